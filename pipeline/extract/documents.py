"""Documents: the one row that describes a source document.

Takes source, text, setting and the plenums found, gives :class:`~pipeline.records.Document`: a
report on 鼓楼区委十三届八次全会 has the body 中国共产党福州市鼓楼区委员会, the level ``county``
and that plenum as its meeting. Known gaps: an enterprise's level is always ``other``; a meeting
without a name of its own (召开会议) stays empty.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, cast

from pipeline.extract.mass_congresses import find_mass_congress
from pipeline.ingest.source import Source
from pipeline.lexicons import Lexicons
from pipeline.normalise import NormalText, restore_name
from pipeline.records import Document, Plenum
from pipeline.registries.places import Gazetteer, load_gazetteer, unit_word
from pipeline.running.manifest import program_version
from pipeline.segment import Segments
from pipeline.segment.engines import Engine
from pipeline.setting import Setting, find_lead
from pipeline.setting.locate import Organ

Script = Literal["simplified", "traditional", "mixed"]
Level = Literal["", "national", "province", "city", "county", "township", "other"]

_LEVEL_OF_UNIT: dict[str, Level] = {
    "省": "province",
    "自治区": "province",
    "兵团": "province",
    "市": "city",
    "州": "city",
    "盟": "city",
    "地区": "city",
    "师市": "city",
    "区": "county",
    "县": "county",
    "旗": "county",
    "镇": "township",
    "乡": "township",
    "街道": "township",
}
_LEVEL_OF_PLACE: dict[str, Level] = {
    "country": "national",
    "province": "province",
    "prefecture": "city",
    "county": "county",
}
# What stands behind the place or its type word, longest first, and the name of that organ.
_ORGAN_NAMES = (
    # 市委副书记、市长 acts as the head of the government
    (
        r"党?委副书记、(?:[一-龥]{0,8}?政府)?(?:代理?)?(?:[省市区县州盟旗]长|(?:自治区)?主席)"
        r"(?!、|[^。\n]{0,24}召开[^，。\n]{0,3}委)",
        "{place}人民政府",
    ),
    ("委常委会|委常务委员会|委", "中国共产党{place}委员会"),
    ("党委|党工委", "中国共产党{place}委员会"),
    ("纪委监委|纪委|监委", "中国共产党{place}纪律检查委员会"),
    ("人大常委会|人民代表大会常务委员会", "{place}人民代表大会常务委员会"),
    ("人大|人民代表大会", "{place}人民代表大会"),
    ("政协", "中国人民政治协商会议{place}委员会"),
    ("行政公署|行署", "{place}行政公署"),
    ("总工会", "{place}总工会"),
    ("妇女联合会|妇联", "{place}妇女联合会"),
    ("(?:人民)?检察院", "{place}人民检察院"),
    ("人民政府|政府", "{place}人民政府"),
)
_ORGAN_PATTERNS = tuple((re.compile(forms), name) for forms, name in _ORGAN_NAMES)
_DEPARTMENT_PATTERN = re.compile(
    r"(?P<department>[一-龥]{1,10}?(?:厅|局|委员会|办公室|指挥部|领导小组|委))(?P<group>党组|党委)?"
)
# Whoever reports to the congress: 我代表区人民政府, 我代表国务院.
_REPORTER_PATTERN = re.compile(
    r"我[^。\n]{0,12}?代表(?P<unit>[一-龥]{0,14}?)(?P<organ>人民政府|政府|国务院|人大常委会|人民代表大会常务委员会"
    r"|(?:高级|中级)?人民法院|人民检察院)"
)
# 中央第三巡视组向某省反馈巡视情况: the team acts, at the level of whoever sent it.
_TEAM_PATTERN = re.compile(
    r"(?<![一-龥])(?P<team>(?P<sender>中央|[一-龥]{0,12}?(?:自治区|[省市州盟区县旗])党?委)"
    r"(?:第?[一二三四五六七八九十]{1,3}(?:生态环境保护)?|生态环境保护|提级|常规)?(?:巡视|巡察|督察|督导)组)向[^，。；\n]{1,24}反馈"
)
_COMPANY_PATTERN = re.compile(
    r"(?:^|[，。：、\n])(?P<name>[一-龥（）]{2,24}?(?:有限公司|有限责任公司|股份公司|集团公司|公司|集团|油田|煤矿|矿务局|研究院|研究所|大学|学院|医院|银行|厂))"
    r"(?=党委|党组|董事会|召开|举行|在[一-龥]{1,8}(?:召开|举行))"
)
_ON_DAY = (
    r"(?:\d{1,2}月)?(?:\d{1,2}日)?(?:[上下]午)?(?:在[一-龥（）]{1,14})?"
    r"(?:以视频(?:会议)?形式|通过视频(?:会议)?)?"
)
_OWN_MEETING_PATTERN = re.compile(
    rf"(?:^|[，。：；\n])(?P<host>[一-龥（）]{{0,30}}?){_ON_DAY}(?:主持)?(?:召开|举行)"
    r"(?P<name>(?:(?!会议|传达|学习贯彻)[一-龥\d“”]){2,30}?"
    r"(?:大会|动员会|推进会|部署会|座谈会|现场会|学习会|调度会|视频会|汇报会|生活会|工作会议|研讨班)(?!议))"
)
# 全市防汛动员会 is that of the unit, whoever called it.
_WHOLE_UNIT_PATTERN = re.compile("全(?:自治区|[省市县区州盟旗])")
_CALLING_PATTERN = re.compile(rf"{_ON_DAY}(?:主持)?(?:召开|举行)")
# 广西壮族自治区成立60周年庆祝大会在…举行: the meeting stands before the verb.
_HELD_MEETING_PATTERN = re.compile(
    r"(?:^|[，。；：\n])(?:\d{1,2}月)?(?:\d{1,2}日)?(?:[上下]午)?，?"
    r"(?P<name>(?:(?!会议|传达|学习贯彻|召开|举行)[一-龥\d“”]){4,40}?(?:庆祝大会|纪念大会|表彰大会|动员大会|命名大会))"
    rf"{_ON_DAY}(?:隆重)?(?:召开|举行)"
)
_CLASS_PATTERN = re.compile(
    rf"(?:^|[，。：；\n])(?P<name>[一-龥“”、]{{4,50}}?(?:专题研讨班|研讨班|研讨会)){_ON_DAY}(?:开班|结业|举行|举办|开幕)"
)
_CABINET_PATTERN = re.compile(
    r"(?:政府|国务院)(?:[^，。\n]{0,8}?(?:召开|举行))?(?P<name>(?:第\d{1,3}次|第[一二三四五六七八九十百]{1,5}次)?(?:常务|全体)会议)(?!精神)"
)
_CLAUSE_PATTERN = re.compile(r"[，。；：\n]")
_STUDIED_PATTERN = re.compile(r"传达|学习|贯彻|落实")
_REPORT_HEAD_CHARS = 1500


def describe_document(
    source: Source,
    normal: NormalText,
    segments: Segments,
    setting: Setting,
    plenums: Sequence[Plenum],
    engine: Engine,
    lexicons: Lexicons,
) -> Document:
    """Describe a document in one row.

    Args:
        source: The file, its digest and metadata.
        normal: The restored text.
        segments: The same, cut.
        setting: What the document says about itself.
        plenums: The meetings found in it.
        engine: What cut the words.
        lexicons: Places, and the digest of all lexicons.
    """
    gazetteer = load_gazetteer(lexicons)
    place = gazetteer.coded(setting.place) if setting.place else None
    level, body, meeting = describe_act(segments, setting, plenums, lexicons)
    return Document(
        doc_id=source.doc_id,
        path=source.path,
        sha256=source.sha256,
        encoding=source.encoding,
        script=cast("Script", normal.script),
        repaired=normal.repaired,
        title=setting.title,
        url=source.metadata.url,
        published=setting.published,
        event_date=setting.event_date,
        place=gazetteer.full_name(place) if place else "",
        adcode=place.adcode if place and place.level != "country" else "",
        level=level,
        body=body,
        meeting=meeting,
        byline=list(dict.fromkeys((*source.byline, *setting.byline))),
        chars=len(segments.text),
        sentences=len(segments.sentences),
        source=restore_name(source.metadata.source, normal),
        duplicate_of="",
        version=program_version(),
        engine=engine.name,
        lexicons=lexicons.digest[:12],
    )


def describe_act(
    segments: Segments, setting: Setting, plenums: Sequence[Plenum], lexicons: Lexicons
) -> tuple[Level, str, str]:
    """Level, body and meeting: whose act the document is, and at which meeting."""
    gazetteer, text = load_gazetteer(lexicons), segments.text
    lead = find_lead(segments, setting.headline)
    own = _find_own(plenums)
    opening = "\n".join(text[start:end] for start, end in lead)
    told = opening.partition("\n")[2] or opening if setting.headline else opening
    if own is None and (team := _TEAM_PATTERN.search(opening)):
        return "national" if team["sender"] == "中央" else _find_level(setting), team["team"], ""
    if own is None and (congress := find_mass_congress(opening)):
        is_works = congress.body.endswith("职工代表大会")
        return "other" if is_works else _find_level(setting), congress.body, congress.name
    unit = gazetteer.organ_name(setting.place) if setting.place else ""
    company = _COMPANY_PATTERN.search(opening) if own is None else None
    if company:
        longest = max((m["name"] for m in _COMPANY_PATTERN.finditer(opening)), key=len)
        body = f"中国共产党{longest}委员会" if "党委" in opening else longest
        return "other", body, _name_own_meeting(opening, told, body, longest, unit)
    is_report = own is not None or "工作报告" in setting.title
    body = _name_reporter(segments, setting, gazetteer) if is_report else ""
    body = body or (own.body if own else _name_cabinet(opening, setting, gazetteer))
    body = body or _name_body(setting, text, gazetteer)
    meeting = own.name if own else _name_own_meeting(opening, told, body, "", unit)
    return _find_level(setting), body, meeting


def _find_own(plenums: Sequence[Plenum]) -> Plenum | None:
    """The meeting reported; of the two sessions the people's congress, which decides."""
    own = [plenum for plenum in plenums if plenum.is_self and plenum.kind != "two_sessions"]
    congress = (plenum for plenum in own if plenum.kind == "peoples_congress")
    return next(congress, own[0] if own else None)


def _find_level(setting: Setting) -> Level:
    place, organ = setting.place, setting.organ
    if place is None:
        return _LEVEL_OF_UNIT.get(organ.word, "") if organ else ""
    if place.level in _LEVEL_OF_PLACE:
        return _LEVEL_OF_PLACE[place.level]
    word = unit_word(place)
    level = _LEVEL_OF_UNIT.get(word, "other")
    return level if level in ("township", "province", "city") else "other"


def _name_reporter(segments: Segments, setting: Setting, gazetteer: Gazetteer) -> str:
    """The organ in whose name a report is given at a congress; empty for other documents."""
    match = _REPORTER_PATTERN.search(segments.text, 0, _REPORT_HEAD_CHARS)
    if not match and "政府工作报告" not in setting.title:
        return ""
    if match and match["organ"] == "国务院":
        return "国务院"
    if setting.place is None or setting.place.level == "country":
        return "国务院" if match is None and setting.place else ""
    organ = match["organ"] if match else "人民政府"
    full = {"政府": "人民政府", "人大常委会": "人民代表大会常务委员会"}.get(organ, organ)
    return gazetteer.organ_name(setting.place) + full


def _name_body(setting: Setting, text: str, gazetteer: Gazetteer) -> str:
    """The acting organ by its full name; by its printed name where the place is open."""
    organ = setting.organ
    if organ is None:
        return ""
    if organ.word == "全国":
        return _name_national_body(organ, text)
    printed = text[slice(*organ.span)]
    place = gazetteer.formal_name(setting.place) if setting.place else printed
    for pattern, name in _ORGAN_PATTERNS:
        if pattern.match(text, organ.span.end):
            return name.format(place=place)
    match = _DEPARTMENT_PATTERN.match(text, organ.span.end)
    if match := match or _find_calling_department(text, organ, printed):
        before = "中共" if match["group"] else ""
        return f"{before}{place}{match.group()}"
    return ""


def _find_calling_department(text: str, organ: Organ, printed: str) -> re.Match[str] | None:
    """赣州市召开动员会 above 赣州市防汛抗旱指挥部召开…: the department that called it."""
    if not text.startswith(("召开", "举行"), organ.span.end):
        return None
    at = text.find(printed, organ.span.end, _REPORT_HEAD_CHARS)
    match = _DEPARTMENT_PATTERN.match(text, at + len(printed)) if at >= 0 else None
    return match if match and _CALLING_PATTERN.match(text, match.end()) else None


def _name_cabinet(opening: str, setting: Setting, gazetteer: Gazetteer) -> str:
    """市委书记某某主持召开市政府第71次常务会议: the government met, whoever is named first."""
    match = _CABINET_PATTERN.search(opening)
    if match is None or setting.place is None or match.group().startswith("国务院"):
        return ""
    clause = _CLAUSE_PATTERN.split(opening[: match.start()])[-1]
    return (
        "" if _STUDIED_PATTERN.search(clause) else gazetteer.organ_name(setting.place) + "人民政府"
    )


def _name_national_body(organ: Organ, text: str) -> str:
    """中央政治局, 国务院, 全国政协农业和农村委员会; other national leads name no one body."""
    after = text[organ.span.start : organ.span.end + 24]
    if match := re.match(r"(?:中共)?中央政治局(?:常务委员会|常委会)?(?=会议|召开|于|\d)", after):
        return match.group().removeprefix("中共").replace("中央", "中共中央", 1)
    if match := re.match(r"全国政协[一-龥]{2,12}?委员会", after):
        return match.group()
    if re.match(r"国务院(?=常务会议|全体会议|召开|办公厅|关于)", after):
        return "国务院"
    return ""


def _name_own_meeting(opening: str, told: str, body: str, host: str, unit: str) -> str:
    """A meeting of no kind of the plenums table: 第62次常务会议, 动员大会, 研讨班."""
    if match := _CABINET_PATTERN.search(opening):
        return body + match["name"] if body.endswith(("政府", "国务院")) else ""
    met = "召开" in told or "举行" in told
    if met and (match := _OWN_MEETING_PATTERN.search(told)):
        if unit and (whole := _WHOLE_UNIT_PATTERN.match(match["name"])):
            return unit + match["name"][whole.end() :]
        printed = match["host"]
        return (printed if printed.startswith(host) else host) + match["name"]
    if met and (match := _HELD_MEETING_PATTERN.search(told)):
        return match["name"]
    if "研讨" in opening and (match := _CLASS_PATTERN.search(opening)):
        return match["name"]
    return ""
