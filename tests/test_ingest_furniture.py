"""What a page carries around the text goes, and nothing of the text does."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ingest.furniture import find_furniture, find_statements
from pipeline.ingest.furniture_lines import is_certain, parse_line

BODY = "全会强调，要抓好落实。"


def leave_out(raw: str, captions: bool = True) -> str:
    kept, at = [], 0
    for start, end in find_furniture(raw, captions).spans:
        kept.append(raw[at:start])
        at = end
    return "".join([*kept, raw[at:]])


@pytest.mark.parametrize(
    "line",
    [
        "首页 >> 党建 >> 要闻",
        "当前位置：首页 > 新闻中心",
        "您所在的位置：网站首页 > 要闻",
        "您现在的位置： 首頁 » 要聞",
        "首页 | 党建 | 要闻",
        "来源：鼓楼新闻网　发布时间：2024-08-10 09:30　浏览次数：33【字体：大 中 小】",
        "2024年08月10日09:30　来源：鼓楼新闻网",
        "来源：鼓楼新闻网 2024-08-10",
        "來源：江門日報 發佈時間：2023年4月21日",
        "作者：林语岚 来源：鼓楼新闻网",
        "【字体：大 中 小】",
        "责任编辑：谭思",
        "責任編輯：譚思",
        "（编辑：罗静）",
        "[责任编辑：谭思 审核：祝云]",
        "一审：谭思 二审：祝云 三审：罗静",
        "打印本页 关闭窗口",
        "【打印】【关闭】",
        "分享到：",
        "分享到：微信 新浪微博 QQ空间",
        "阅读：1,283次",
        "上一篇：我区召开安全会，要求抓实抓细！",
        "下一篇：没有了",
        "主办：鼓楼区人民政府　网站标识码：3501020001　网站地图",
        "版权所有：鼓楼区人民政府",
        "闽ICP备05000000号 闽公网安备 35010202000000号",
        "扫一扫在手机打开当前页",
    ],
)
def test_certain_lines(line: str) -> None:
    assert is_certain(parse_line(line)), parse_line(line)
    assert leave_out(f"{line}\n全会召开\n{BODY}") == f"全会召开\n{BODY}"
    assert leave_out(f"全会召开\n{BODY}\n{line}") == f"全会召开\n{BODY}\n"


@pytest.mark.parametrize(
    "line",
    [
        "来源：解放日报",
        "主办单位：省交通运输厅，各州、市人民政府",
        "地址：区会议中心",
        "（记者 林语岚）",
        "（林语岚）",
        "记者：林语岚 编辑部",
        "（集团党委宣传部供稿）",
        "鼓政人〔2018〕7号",
        "2018年11月6日",
        "2018-11-06",
        "时间：2023年3月5日 地点：区委党校",
        "时间：3月5日上午",
        "上篇：过去五年工作回顾",
        "下篇：今后五年工作安排",
        "位置：城北片区",
        "首页",
        "大",
        "7",
        "首 都 发 展",
        "返回家乡创业就业",
        "分享发展成果",
        "编辑出版《区志》",
        "审核通过的项目",
        "阅读推广活动方案",
        "来源：群众反映的问题。",
        "责任编辑：谭思 摄影：记者祝云",
        "各位代表：",
        "——2012年2月29日在区第十三届人民代表大会第六次会议上",
    ],
)
def test_lines_of_a_text(line: str) -> None:
    alone = f"{line}\n全会召开\n{BODY}\n{line}"
    if line != "首页":
        assert leave_out(alone) == alone


def test_a_doubtful_line_goes_beside_a_certain_one() -> None:
    assert leave_out(f"来源：解放日报\n全会召开\n{BODY}") == f"来源：解放日报\n全会召开\n{BODY}"
    raw = f"首页 > 要闻\n全会召开\n来源：解放日报\n{BODY}\n来源：解放日报"
    assert leave_out(raw) == f"全会召开\n{BODY}\n来源：解放日报"


def test_furniture_between_paragraphs_stays() -> None:
    raw = f"全会召开\n{BODY}\n责任编辑：谭思\n{BODY}"
    assert leave_out(raw) == raw


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\r\n\r\n"])
def test_line_ends_go_with_the_line(end: str) -> None:
    assert leave_out(end.join(["首页 > 要闻", "全会召开", BODY])) == end.join(["全会召开", BODY])


def test_credit_at_the_end_of_the_last_paragraph() -> None:
    assert leave_out(f"{BODY}\n{BODY}（责任编辑：谭思）\n【打印】【关闭】\n") == f"{BODY}\n{BODY}\n"
    assert leave_out(f"{BODY}（责任编辑：谭思）\n{BODY}") == f"{BODY}（责任编辑：谭思）\n{BODY}"


def test_inserted_readings_do_not_hide_it() -> None:
    raw = f"來(lái)源：江门日报　訪(fǎng)問量：12\n全會(huì)召開\n{BODY}\n責(zé)任編輯(jí)：譚思"
    assert leave_out(raw) == f"全會(huì)召開\n{BODY}\n"
    assert find_furniture(raw).source == "江门日报"


def test_related_headlines() -> None:
    raw = f"{BODY}\n责任编辑：谭思\n相关新闻\n我区召开安全会\n我区部署防汛\n"
    assert leave_out(raw) == f"{BODY}\n"
    assert leave_out(f"{BODY}\n我区召开安全会\n") == f"{BODY}\n我区召开安全会\n"


def test_captions_stay_unless_unwanted() -> None:
    raw = f"图为会议现场。\n{BODY}\n祝云 摄\n主动配合拍摄\n{BODY}"
    assert leave_out(raw) == raw
    assert leave_out(raw, captions=False) == f"{BODY}\n主动配合拍摄\n{BODY}"


def test_what_the_page_says() -> None:
    raw = "全会召开\n作者：林语岚 祝云 来源：鼓楼新闻网 发布时间：2024年8月10日 09:30 打印\n" + BODY
    furniture = find_furniture(raw)
    assert furniture.source == "鼓楼新闻网"
    assert furniture.published == "2024-08-10"
    assert furniture.byline == ("林语岚", "祝云")


def test_a_date_alone_is_no_date_of_publication() -> None:
    assert find_furniture(f"全会召开\n时间：2024-08-10\n{BODY}").published == ""
    assert find_statements(f"全会召开\n时间：2024-08-10\n{BODY}").published == ""


@pytest.mark.parametrize("name", ["dev_03_guixi_discipline_plenum", "dev_09_xihu_gov_meeting"])
def test_labelled_pages(shared: Path, name: str) -> None:
    gold = json.loads((shared / "gold" / f"{name}.json").read_text(encoding="utf-8"))
    assert leave_out(gold["raw"]).split() == gold["clean"].split()


PIECES = st.sampled_from(
    [
        "来源：",
        "首页 > ",
        "责任编辑：谭",
        "全会。",
        "\n",
        "\r",
        " ",
        "（",
        "2024-08-10",
        "大",
        "\u3000",
        "图为",
        "摄",
    ]
)


@given(st.lists(PIECES, max_size=40).map("".join), st.booleans())
def test_spans_are_in_order(raw: str, captions: bool) -> None:
    at = 0
    for start, end in find_furniture(raw, captions).spans:
        assert at <= start < end <= len(raw)
        at = end


@pytest.mark.parametrize(
    "unit", ["\n", "\r", " \n", "来源：", "（", "首页 ", "-", "(a", "图为\n", "上一篇：x\n"]
)
def test_time_is_linear(unit: str) -> None:
    raw = unit * (1_000_000 // len(unit))
    start = time.perf_counter()
    find_furniture(raw, captions=False)
    assert time.perf_counter() - start < 8
