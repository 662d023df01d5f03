"""One line of page furniture: what it is made of.

Takes a line, gives the sorts of furniture on it and what they say: 来源：贵溪先锋网 【打印】 is
source and button. A line any part of which is something else is no furniture: 时间：3月5日
地点：区委党校 gives nothing.

Known gap: a label without its colon (责任编辑 谭思) is not seen.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from pipeline.ingest.metadata import read_date

SEPARATORS = " \t\u3000\xa0|｜/／·•,，;；【】[]〖〗（）()<>〈〉-—_"
"""What stands between the parts of a line."""

# Traditional pages have the same furniture.
_SIMPLIFIED = (
    "当页网来编辑责发布时间览访问击数阅读体号条扫维码标识备办单术关闭记员讯稿审终监无题录链热门荐权"
    "馈语转载声闻设为复简障浏点联评论纠错顶传邮话电协执实动"
)
_TRADITIONAL = (
    "當頁網來編輯責發佈時間覽訪問擊數閱讀體號條掃維碼標識備辦單術關閉記員訊稿審終監無題錄鏈熱門薦權"
    "饋語轉載聲聞設爲複簡障瀏點聯評論糾錯頂傳郵話電協執實動"
)
_BOTH_SCRIPTS = str.maketrans(
    {
        simplified: f"[{simplified}{traditional}]"
        for simplified, traditional in zip(_SIMPLIFIED, _TRADITIONAL, strict=True)
    }
)


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern.translate(_BOTH_SCRIPTS), re.VERBOSE)


_CHUNK_PATTERN = re.compile(f"[^{re.escape(SEPARATORS)}]+")

# Lines that are furniture by how they begin; not 首页 alone, 位置：城北 or 上篇：五年回顾.
_WHOLE_LINE_PATTERN = _compile(
    r"""(?:您|你|现在|当前|目前|所在|所处)(?:现在|当前|目前|所在|所处|的){0,3}位置\s?[:：]
    |(?:网站)?(?:首|主)页\s*(?:[>＞»›→|｜·/\-]|&gt;)
    |(?:上|下|前|后)一(?:篇|条)(?:文章|新闻)?\s*[:：]
    |(?:版权所有|Copyright|©)
    |.{0,30}(?:网站标识码|公网安备|ICP备|增值电信业务)
    |(?:微信)?扫(?:一扫|描)二维码|扫一扫
    |.{0,12}(?:转载请注明|免责声明\s*[:：])"""
)
_RELATED_PATTERN = _compile(
    r"""[\s【]*(?:(?:相关|推荐|热门|延伸|最新)(?:新闻|阅读|链接|文章|报道|推荐|信息|稿件)
    |猜你喜欢|阅读排行)[\s：:】]*\Z"""
)
_LABEL_PATTERN = _compile(
    r"""(?<![\u4e00-\u9fff])(?:
    (?P<source>(?:信息|文章|新闻|稿件|内容)?来源|稿源)
    |(?P<date>(?:发布|发表|更新|发稿|录入|信息)(?:时间|日期)|时间|日期)
    |(?P<author>作者|记者|通讯员|撰稿)
    |(?P<editor>(?:责任|网络|值班|本期|网站|执行|实习)?编辑|责编|(?:责任)?校对|编审
        |(?:初|复|终|一|二|三)?审核?|监制)
    |(?P<count>(?:浏览|访问|点击|阅读)(?:次数|量|数|率)?|人气|点赞数?)
    |(?P<font>(?:字体|字号|文字)(?:大小)?)
    |(?P<share>分享到?|分享至)
    |(?P<site>(?:主办|承办|协办|技术支持)(?:单位)?|地址|邮编|电话|传真)
    )\s?[:：]"""
)
_BUTTON_PATTERN = _compile(
    r"""(?:[大中小A+\-]|[Tt]|特大|默认|标准
    |(?:我要|在线)?(?:打印|关闭|收藏|分享|纠错|返回|下载|复制|转发|评论|朗读)
        (?:本页|此页|页面|本文|文章|窗口|顶部|首页|列表|上一?页|链接)?
    |加入收藏|设为首页|首页|[大中小]号?字号?|字(?:体|号)
    |(?:新浪|腾讯)?微博|微信|朋友圈|QQ(?:空间|好友)?
    |网站地图|联系我们|关于我们|网站声明|隐私声明|使用帮助
    |繁体|简体|无障碍(?:浏览|阅读)?|语音播报|点击数?|浏览|分享到|\d+次?)\Z"""
)
_VALUE_PATTERNS = {
    "count": re.compile(r"[\d,，]*[ ]?[次人]?\Z"),
    "font": re.compile(r"[大中小特默认標标准準AT+\- ]*\Z"),
    # 责任编辑：谭思 摄影 记者：… names a reporter, who belongs to the byline
    "editor": re.compile(r"(?!.{0,24}(?:记者|記者|通讯|通訊|摄|攝))[^。；！？：:]{1,24}\Z"),
    "share": re.compile(r"\Z"),
}
_OPEN_VALUE_PATTERN = re.compile(r"[^。；！？：:，]{0,40}\Z")
_STAMP_PATTERN = re.compile(
    r"[\s【\[]*(?P<day>(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?)\s*"
    r"(?P<time>\d{1,2}[:：]\d\d(?:[:：]\d\d)?)?"
)
_CREDIT_PATTERN = _compile(
    r"[（(\[【]\s*(?:责任编辑|责编|编辑|校对|审核)\s?[:：][^（）()\[\]【】。\n]{1,30}[）)\]】]\Z"
)
_CAPTION_PATTERN = re.compile(
    r"[（(]?(?:图[为：:]|圖[為：:]|▲|△|图片说明)|[^。]{0,60}[^拍][摄攝][)）]?\Z"
)

_CERTAIN = frozenset({"whole", "editor", "count", "font", "share", "button"})
_PAIRED = frozenset({"source", "date", "author"})


def parse_line(text: str) -> dict[str, str]:
    """The sorts of furniture on a line and their values; nothing if any of it is something else.

    >>> parse_line("来源：贵溪先锋网　发布时间：2020-01-17 09:12　【打印】")
    {'source': '贵溪先锋网', 'date': '2020-01-17', 'button': ''}
    """
    if _WHOLE_LINE_PATTERN.match(text):
        return {"whole": ""}
    labels = list(_LABEL_PATTERN.finditer(text))
    opening = text[: labels[0].start()] if labels else text
    values = _parse_opening(opening, alone=not labels)
    ends = [*(label.start() for label in labels[1:]), len(text)]
    for label, end in zip(labels, ends, strict=False):
        taken = _parse_value(label.lastgroup or "", text[label.end() : end])
        if values is None or taken is None:
            return {}
        values |= taken
    return values or {}


def is_certain(values: Mapping[str, str]) -> bool:
    """Whether no report has such a line: 来源：解放日报 may stand in one, but not beside a date.

    >>> is_certain(parse_line("来源：解放日报")), is_certain(parse_line("责任编辑：谭思"))
    (False, True)
    """
    return not _CERTAIN.isdisjoint(values) or len(_PAIRED & values.keys()) > 1


def opens_related(text: str) -> bool:
    """Whether other pages' headlines follow: 相关新闻."""
    return bool(_RELATED_PATTERN.match(text))


def is_caption(text: str) -> bool:
    """Whether a line describes a picture or names its photographer: 图为会议现场。（张三 摄）."""
    return bool(_CAPTION_PATTERN.match(text))


def find_credit(text: str) -> tuple[int, int] | None:
    """Where the editor's name stands in brackets at the end of a paragraph.

    >>> find_credit("全会号召，要实干。（责任编辑：谭思）")
    (9, 18)
    """
    match = _CREDIT_PATTERN.search(text.rstrip())
    return match.span() if match else None


def _parse_opening(text: str, alone: bool) -> dict[str, str] | None:
    """What stands before the first label: nothing, a date, buttons; None if anything else."""
    if not text.strip(SEPARATORS):
        return {}
    if stamp := _STAMP_PATTERN.match(text):
        is_known = stamp["time"] or not alone  # 2023年8月1日 on a line of its own dates a decision
        return _parse_date(text) if is_known else None
    return _parse_buttons(text)


def _parse_value(sort: str, text: str) -> dict[str, str] | None:
    """The value of a label and the buttons after it; None if it is no such value."""
    if sort == "date":
        return _parse_date(text)
    if sort in _PAIRED and (stamp := _STAMP_PATTERN.search(text)):  # 来源：人民网 2020-01-17
        name, day = _parse_value(sort, text[: stamp.start()]), _parse_date(text[stamp.start() :])
        return name | day if name is not None and day is not None else None
    chunks = [chunk.span() for chunk in _CHUNK_PATTERN.finditer(text)]
    is_button = [sort != "count" and bool(_BUTTON_PATTERN.match(text[slice(*at)])) for at in chunks]
    first = is_button.index(True) if True in is_button else len(chunks)
    value = text[chunks[0][0] : chunks[first - 1][1]] if first else ""
    if not (all(is_button[first:]) and _VALUE_PATTERNS.get(sort, _OPEN_VALUE_PATTERN).match(value)):
        return None
    buttons = {"button": ""} if first < len(chunks) and sort not in {"font", "share"} else {}
    return {sort: value} | buttons


def _parse_date(text: str) -> dict[str, str] | None:
    """A date, its time, and buttons."""
    stamp = _STAMP_PATTERN.match(text)
    day = read_date(stamp["day"]) if stamp else ""
    rest = text[stamp.end() :].strip(SEPARATORS) if stamp else ""
    buttons = _parse_buttons(rest) if rest else {}
    return {"date": day} | buttons if day and buttons is not None else None


def _parse_buttons(text: str) -> dict[str, str] | None:
    """【打印】【关闭】, but not a lone 大 or 7."""
    chunks = _CHUNK_PATTERN.findall(text)
    is_named = any(len(chunk) > 1 and not chunk.isdigit() for chunk in chunks)
    return {"button": ""} if is_named and all(map(_BUTTON_PATTERN.match, chunks)) else None
