"""Unnumbered: references that name their assembly without 届 and 次.

Takes the text and a reader of prefixes, gives :class:`Reference` items: 全国两会, 中央政治局会议,
县委经济工作会议, 省纪委全会. Known gap: conferences joined by 、 before their common tail
(中央经济工作、城市工作会议) are not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import regex

from pipeline.extract.plenums.numbered import ENLARGED, classify_assembly
from pipeline.extract.plenums.prefixes import Prefix, PrefixReader
from pipeline.extract.plenums.references import Reference
from pipeline.lexicons import Lexicons
from pipeline.numerals import NUMERAL, YEAR, read_numeral
from pipeline.registries.meetings import drop_year, load_meetings

_TWO_SESSIONS_PATTERN = regex.compile(r"(?<![海这])[“「]?两会(?![议员场])[”」]?")
_UNNUMBERED_PATTERN = regex.compile(r"(?:历次)?(?:全会|全体会议)|人代会|党代会")
_POLITBURO_PATTERN = regex.compile(
    r"(?:中共)?中央政治局(?P<standing>常务委员会|常委会|常委)?"
    rf"(?:会议(?![室厅])|于?(?:{YEAR}年)?(?:{NUMERAL}月)?(?:{NUMERAL}日)?(?:[上下]午)?"
    r"(?:在[一-龥]{1,4})?召开(?:专题)?会议)"
)
# What a conference is about never holds these: 中央经济工作会议|和省委经济工作会议.
_NO_THEME = "全体|会议|全会|召开|学习|贯彻|落实|精神|部署|传达|[和及与的在并将等了暨]"
_CALLED = "(?:工作(?:紧急)?(?:电视电话|视频)?|(?:紧急)?(?:电视电话|视频))"
_CONFERENCE_PATTERN = regex.compile(
    r"(?P<organ>中央|全国|国务院|全(?:省|市|区|县|州|盟|旗|自治区)|委|党委|政府)"
    r"(?:第(?P<session>[一二三四五六七八九十]{1,3})次)?"
    rf"(?P<theme>(?:(?!工作|紧急|{_NO_THEME})[一-龥“”]){{2,14}}){_CALLED}会议"
)
# 积石山县|统战民族宗教工作会议: called after the place alone.
_PLACE_CONFERENCE_PATTERN = regex.compile(
    rf"(?<=[省市县区州盟旗])(?!党?委|政府|人民|场)(?P<theme>(?:(?!工作|{_NO_THEME})[一-龥“”]){{2,12}})(?<!委)"
    r"工作会议"
)
# 全省检察长（扩大）会议: of those who hold one office; 人大常委会主任会议 is of another kind.
_OFFICE_CONFERENCE_PATTERN = regex.compile(
    r"(?P<organ>全国|全(?:省|市|区|县|州|盟|旗|自治区))"
    rf"(?P<theme>(?:(?!人大|政协|常委|委员|{_NO_THEME})[一-龥]){{0,10}}?"
    rf"(?:检察长|院长|部长|厅局长|[厅局校]长|主任|书记))(?P<enlarged>{ENLARGED})会议"
)
# 全国春耕生产和抗旱工作会议: a subject of two parts; 全国粮食生产视频会议: one without 工作.
_NATIONAL_CONFERENCE_PATTERN = regex.compile(
    rf"全国(?P<theme>(?:(?!两会|人大|政协|[和及]全国|工作|紧急|{_NO_THEME})[一-龥“”]){{2,12}}"
    rf"(?:[和及与](?:(?!全国|工作|{_NO_THEME})[一-龥“”]){{2,8}})?){_CALLED}会议"
)
_NUMBERED_CONFERENCE_PATTERN = regex.compile(
    r"(?P<organ>中央|全国|国务院)?第(?P<session>[一二三四五六七八九十]{1,3})次"
    rf"(?P<theme>(?:(?!代表|常务|{_NO_THEME})[一-龥“”]){{2,18}}?)"
    r"(?P<tail>座谈会|工作会议)"
)
_ON_DAY = rf"(?:于?{NUMERAL}月{NUMERAL}日)?(?:上午|下午)?(?:主持)?"
_YEAR_PATTERN = re.compile(r"(?P<year>(?:19|20)\d\d)年$")
_STANDING_PATTERN = re.compile(
    rf"(?<=委)(?:常务?委员?会(?:{ENLARGED}会议|{_ON_DAY}召开{ENLARGED}会议)"
    rf"|{_ON_DAY}召开常务?委员?会{ENLARGED}会议)"
)


def find_two_sessions(text: str, reader: PrefixReader) -> Iterator[Reference]:
    """全国两会, 市“两会”; 两会 alone is a row too."""
    for match in _TWO_SESSIONS_PATTERN.finditer(text):
        prefix = reader.read(match.start())
        has_organ = bool(prefix.unit or prefix.named) and not prefix.organ
        yield Reference(
            start=prefix.start if has_organ else text.index("两", match.start()),
            end=match.end() if has_organ else text.index("会", match.start()) + 1,
            rule="plenum.two_sessions",
            kind="two_sessions",
            unit=prefix.unit if has_organ else "",
            named=prefix.named if has_organ else None,
        )


def find_unnumbered(text: str, reader: PrefixReader) -> Iterator[Reference]:
    """省纪委全会, 市人代会, 中央全会: rows because they name their organ."""
    for match in _UNNUMBERED_PATTERN.finditer(text):
        prefix = reader.read(match.start())
        is_plenary = "全" in match.group()
        if not (prefix.unit or prefix.named) or (is_plenary and not _is_plenary_organ(prefix)):
            continue
        kind = classify_assembly(prefix, "", "次", match.group())
        if kind is None or kind == "standing_committee":
            continue
        yield Reference(
            start=prefix.start,
            end=match.end(),
            rule="plenum.unnumbered",
            kind=kind,
            unit=prefix.unit,
            named=prefix.named,
            township=prefix.township,
        )


def _is_plenary_organ(prefix: Prefix) -> bool:
    """省、市全会 names no organ; 中央全会 and 省委全会 do."""
    return bool(prefix.organ) or prefix.unit == "全国"


def find_politburo(text: str, reader: PrefixReader) -> Iterator[Reference]:
    """中央政治局会议, 中共中央政治局4月30日召开会议."""
    del reader
    for match in _POLITBURO_PATTERN.finditer(text):
        theme = "常委会" if match["standing"] else ""
        yield Reference(*match.span(), "plenum.politburo", "politburo", "全国", theme=theme)


def find_conferences(text: str, reader: PrefixReader) -> Iterator[Reference]:
    """中央经济工作会议, 县委农村工作会议, 全市教育工作会议."""
    for match in _CONFERENCE_PATTERN.finditer(text):
        organ = match["organ"]
        if organ in ("委", "党委", "政府"):
            at = match.start() if organ == "政府" else match.end("organ")
            prefix = reader.read(at)
            if not (prefix.unit or prefix.named):
                continue
        else:
            is_local = organ.startswith("全") and organ != "全国"
            prefix = Prefix(match.start(), unit=organ.removeprefix("全") if is_local else "全国")
        yield Reference(
            start=prefix.start,
            end=match.end(),
            rule="plenum.conference",
            kind="conference",
            unit=prefix.unit,
            named=prefix.named,
            session=read_numeral(match["session"]) if match["session"] else None,
            year=_read_year_before(text, match.start()),
            theme=match.group().removeprefix(f"全{prefix.unit}"),
        )


def find_national_conferences(text: str, reader: PrefixReader) -> Iterator[Reference]:
    """全国春耕生产和抗旱工作电视电话会议: what a ministry calls the whole country to."""
    del reader
    for match in _NATIONAL_CONFERENCE_PATTERN.finditer(text):
        yield _make_conference(text, match, "全国", match.group())


def find_office_conferences(text: str, reader: PrefixReader) -> Iterator[Reference]:
    """全国检察长（扩大）会议, 全省组织部长会议."""
    del reader
    for match in _OFFICE_CONFERENCE_PATTERN.finditer(text):
        unit = match["organ"] if match["organ"] == "全国" else match["organ"].removeprefix("全")
        before = unit if unit == "全国" else ""
        yield _make_conference(text, match, unit, f"{before}{match['theme']}会议")


def _make_conference(
    text: str, match: re.Match[str] | regex.Match[str], unit: str, theme: str
) -> Reference:
    return Reference(
        *match.span(),
        rule="plenum.conference",
        kind="conference",
        unit=unit,
        year=_read_year_before(text, match.start()),
        theme=theme,
    )


def find_place_conferences(text: str, reader: PrefixReader) -> Iterator[Reference]:
    """积石山县统战民族宗教工作会议; of 江苏省|苏州市|教育工作会议 the last place calls."""
    called: dict[int, Reference] = {}
    for match in _PLACE_CONFERENCE_PATTERN.finditer(text, overlapped=True):
        prefix = reader.read(match.start())
        if prefix.named and not prefix.organ:
            called[match.end()] = Reference(
                start=prefix.start,
                end=match.end(),
                rule="plenum.conference",
                kind="conference",
                unit=prefix.unit,
                named=prefix.named,
                year=_read_year_before(text, prefix.start),
                theme=match.group(),
            )
    yield from called.values()


def find_numbered_conferences(text: str, reader: PrefixReader) -> Iterator[Reference]:
    """第三次中央新疆工作座谈会."""
    del reader
    for match in _NUMBERED_CONFERENCE_PATTERN.finditer(text):
        is_central = match["organ"] or match["theme"].startswith(("中央", "全国", "国务院"))
        yield Reference(
            start=match.start(),
            end=match.end(),
            rule="plenum.conference_numbered",
            kind="conference",
            unit="全国" if is_central else "",
            session=read_numeral(match["session"]),
            theme=match.group(),
        )


def find_listed_conferences(text: str, lexicons: Lexicons) -> Iterator[Reference]:
    """全国教育大会: names the registry knows, whatever their form."""
    names = sorted(load_meetings(lexicons).conference_names, key=len, reverse=True)
    for match in _compile_names(tuple(names)).finditer(text):
        start = match.end() - len(drop_year(match.group()))
        yield Reference(
            start=start,
            end=match.end(),
            rule="plenum.conference_listed",
            kind="conference",
            unit="全国",
            year=_read_year_before(text, start),
            theme=match.group(),
        )


def _read_year_before(text: str, position: int) -> int | None:
    """2023年|中央经济工作会议: the year says which one is meant, outside the span."""
    year = _YEAR_PATTERN.search(text[max(0, position - 5) : position])
    return int(year["year"]) if year else None


@lru_cache(maxsize=4)
def _compile_names(names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, names)) or r"(?!)")


def find_standing_committees(text: str, reader: PrefixReader) -> Iterator[Reference]:
    """区委常委会会议 without a number: a row only where it is the event."""
    for match in _STANDING_PATTERN.finditer(text):
        prefix = reader.read(match.start())
        if prefix.unit or prefix.named:
            yield Reference(
                start=prefix.start,
                end=match.end(),
                rule="plenum.standing_unnumbered",
                kind="standing_committee",
                unit=prefix.unit,
                named=prefix.named,
                township=prefix.township,
                theme=prefix.organ,
            )
