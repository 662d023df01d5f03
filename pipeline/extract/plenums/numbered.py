"""Numbered: references that carry 第N届, 第N次, N中 or N大.

Takes the text and a reader of prefixes, gives :class:`Reference` items: 二十届二中、三中全会 is
two, and 省委十届三次、市委七届五次全会 too, since they share the tail. Known gap: a numeral that
a quotation mark splits is not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import regex

from pipeline.extract.plenums.prefixes import Prefix, PrefixReader
from pipeline.extract.plenums.references import Reference
from pipeline.numerals import NUMERAL, YEAR, read_numeral, read_year
from pipeline.records import PlenumKind

_JOIN = r"(?:、|和|及|与|以及|暨|，)"
ENLARGED = r"(?:[（(]扩大[）)]|扩大)?"
_TAIL = (
    rf"(?:全体{ENLARGED}会议|全委{ENLARGED}会议?|全会(?:{ENLARGED}会议|{ENLARGED})|全体会|委员长会议|主任会议|主席会议"
    rf"|常务?委员?会{ENLARGED}会议|常委{ENLARGED}会议?|人代会|党代会"
    rf"|党员?代表大会|人民代表大会|代表大会|{ENLARGED}会议)"
)
_SESSION = rf"(?:第?(?P<session>{NUMERAL})(?P<measure>次|中)|(?P<all>历次))"
_MIDDLE = r"(?P<middle>[一-龥]{0,18}?(?:委员会|代表大会|委|人大|政协|常委会))"
# 十三届五次全会, 第五届委员会第五次全体会议, 十四届全国人大常委会第十次会议. The tail may stand
# behind the next one only.
_NUMBERED_PATTERN = regex.compile(
    rf"第?(?P<term>{NUMERAL})[ ]?届[ ]?{_MIDDLE}??{_SESSION}(?P<tail>{_TAIL})?"
)
# The later ones of 二中、三中全会, 五次、六次全会.
_NEXT_PATTERN = re.compile(
    rf"(?:{_JOIN}|(?=.中))"
    rf"(?P<item>第?(?P<session>{NUMERAL})(?P<measure>次|中)(?P<tail>{_TAIL})?)"
)
_BARE_PLENUM_PATTERN = regex.compile(
    r"(?<![届 ])(?P<session>[一二三四五六七八九十]{1,2})中"
    rf"(?:全会|(?={_JOIN}[一二三四五六七八九]中))"
)
_CONGRESS_PATTERN = regex.compile(
    rf"第?(?P<term>{NUMERAL})次(?P<national>全国)?(?P<tail>党代会|党?员?代表大会)"
    rf"(?:第?(?P<session>{NUMERAL})次(?:会议|全体会议))?"
)
# 十四大 opens neither 十四大产业 nor 二十大类. Below 十二 only with 党的 before it.
_BIG_PATTERN = regex.compile(
    r"第?(?P<term>[一二三四五六七八九]|[二三]?十[一二三四五六七八九]?)大"
    r"(?:第?(?P<session>[一二三])次会议)?"
    r"(?=[^一-龥]|精神|以来|报告|召开|代表|提出|确定|决策|决议|部署|作出|做出|关于|期间|胜利"
    r"|描绘|擘画|开启|选举|通过|党章|闭幕|开幕|指出|强调|明确|要求|战略|所[作做提确]"
    r"|[对把将于之为的和及与前后上就中是开]|以及|$)"
)
_SESSION_ONLY_PATTERN = regex.compile(
    rf"(?:(?P<year>{YEAR})年度?)?第?(?P<session>{NUMERAL})次(?P<tail>{ENLARGED}会议|全会|全体会议"
    rf"|常务?委员?会{ENLARGED}会议|主任会议|委员长会议)"
)
_JOIN_PATTERN = re.compile(_JOIN)
_STANDING_TAIL_PATTERN = re.compile(
    r"常务?委员?会|常委(?:会议?|[（(])|委员长会议|主任会议|主席会议"
)
# 会议建议|常委会第21次会议 审议: no organ before it.
_BARE_COMMITTEE_PATTERN = re.compile(
    r"(?:^|[^一-龥]|[就在对经由]|召开|出席|列席|建议|提请)(?P<organ>常委会|常务委员会)$"
)
# 中央全面深化改革委员会 and its like are no assemblies, whatever their number.
_NO_COMMITTEE_PATTERN = re.compile(
    r"执行|理事|(?<!兵)团|工会|改革|财经|安全|网络|审计|依法|工作|管理|建设(?!兵团)|外事|专门|监督"
)
# The rule of a reference whose organ the page named before.
BARE_ASSEMBLY = "plenum.bare_assembly"
_OLDEST_CONGRESS_CALLED_BARE = 12
_OLDEST_PLENUM_TERM = 6


def find_numbered(text: str, reader: PrefixReader) -> Iterator[Reference]:
    """Terms with sessions, last first: an earlier one may lack the tail it shares with the next."""
    tails: dict[int, str] = {}
    for match in reversed(list(_NUMBERED_PATTERN.finditer(text))):
        following = _read_following(text, match.end())
        end = following[-1].end() if following else match.end()
        tail = match["tail"] or next((item["tail"] for item in following if item["tail"]), None)
        if tail is None and (joined := _JOIN_PATTERN.match(text, end)):
            tail = tails.get(joined.end())
        first = _read_numbered(match, tail or "", reader)
        if first is None or not (tail or match["measure"] == "中"):
            continue
        tails[first.start] = tail or ""
        yield first
        for item in following:
            session = read_numeral(item["session"])
            start, end = item.span("item")
            yield first._replace(start=start, end=end, session=session)


def _read_following(text: str, position: int) -> list[re.Match[str]]:
    """二中|、三中|、四中全会: the sessions that follow, side by side."""
    following = []
    while match := _NEXT_PATTERN.match(text, position):
        following.append(match)
        position = match.end()
    return following


def _read_numbered(match: regex.Match[str], tail: str, reader: PrefixReader) -> Reference | None:
    prefix = reader.read(match.start())
    middle = match["middle"] or ""
    inner = reader.read(match.end("middle")) if middle else Prefix(match.start())
    kind = classify_assembly(prefix, middle, match["measure"] or "次", tail or match["all"] or "")
    is_central = match["measure"] == "中" or "全国" in (prefix.unit, inner.unit)
    if is_central and not (prefix.party or prefix.organ or prefix.unit == "全国"):
        prefix = Prefix(match.start())
    if match["all"] and not (prefix.organ or inner.organ):
        is_central, kind = True, "plenum"
        prefix = prefix if prefix.party else Prefix(match.start())
    term = read_numeral(match["term"])
    if kind is None and tail.endswith("会议") and not middle and _is_bare(prefix, match):
        return Reference(*match.span(), BARE_ASSEMBLY, "cppcc", term=term, session=_session(match))
    if kind is None or (match["measure"] == "中" and (term or 0) < _OLDEST_PLENUM_TERM):
        return None
    return Reference(
        start=prefix.start,
        end=match.end(),
        rule="plenum.numbered_central" if is_central else "plenum.numbered_local",
        kind=kind,
        unit="全国" if is_central else prefix.unit or inner.unit,
        named=prefix.named or inner.named,
        township=prefix.township or inner.township,
        term=term,
        session=_session(match),
        theme=prefix.party + prefix.organ + middle + tail,
    )


def _is_bare(prefix: Prefix, match: regex.Match[str]) -> bool:
    """报告|十一届一次会议以来: no organ is printed; 理事会五届三次会议 is that of another body."""
    return prefix == Prefix(match.start()) and match.string[match.start() - 1] not in "会协团"


def _session(match: regex.Match[str]) -> int | None:
    return read_numeral(match["session"]) if match["session"] else None


def classify_assembly(prefix: Prefix, middle: str, measure: str, tail: str) -> PlenumKind | None:
    """What sort of assembly the printed words make; None for bodies that are no assembly here."""
    organ = prefix.party + prefix.organ + middle
    if measure == "中":
        return "plenum"
    if _NO_COMMITTEE_PATTERN.search(middle):
        return None
    if "纪" in organ:
        return "discipline_plenum"
    if _STANDING_TAIL_PATTERN.search(organ + tail):
        return "standing_committee"
    if "政协" in organ or "政治协商" in organ:
        return "cppcc"
    if "人大" in organ or "人民代表大会" in organ + tail or "人代会" in tail:
        return "peoples_congress"
    if "代表大会" in tail or "党代会" in tail:
        return "congress"
    is_committee = organ.endswith(("委", "委员会")) or prefix.party or prefix.unit or prefix.named
    is_plenary = tail.startswith(("全", "历次")) or organ.endswith(("委", "委员会"))
    return "plenum" if is_committee and is_plenary else None


def find_congresses(text: str, reader: PrefixReader) -> Iterator[Reference]:
    """第十四次党代会, 中国共产党江苏省第十四次代表大会, 党的第二十次全国代表大会."""
    for match in _CONGRESS_PATTERN.finditer(text):
        prefix = reader.read(match.start())
        is_party = prefix.party.startswith(
            ("中国共产党", "中共", "党的", "我党")
        ) or prefix.organ in ("委", "党委")
        if not (is_party or match["national"] or "党" in match["tail"]):
            continue
        is_central = bool(match["national"]) or not (
            prefix.unit or prefix.named or prefix.organ or match["tail"] == "党代会"
        )
        if is_central and not is_party:
            prefix = Prefix(match.start())
        yield Reference(
            start=prefix.start,
            end=match.end(),
            rule="plenum.congress_central" if is_central else "plenum.congress_local",
            kind="congress",
            unit="全国" if is_central else prefix.unit,
            named=prefix.named,
            township=prefix.township,
            term=read_numeral(match["term"]),
            session=read_numeral(match["session"]) if match["session"] else None,
        )


def find_big_congresses(text: str, reader: PrefixReader) -> Iterator[Reference]:
    """党的二十大, 十八大以来, 八大二次会议; 我县十三大 is the county's."""
    last_end = -1
    for match in _BIG_PATTERN.finditer(text):
        prefix = reader.read(match.start())
        term = read_numeral(match["term"]) or 0
        is_local = bool(prefix.unit) and not (prefix.party or prefix.named or prefix.organ)
        is_local = is_local and text[prefix.start - 1] != "全" and prefix.unit != "全国"
        is_joined = bool(_JOIN_PATTERN.fullmatch(text[last_end : match.start()]))
        is_bare = term >= _OLDEST_CONGRESS_CALLED_BARE and not match.group().startswith("第")
        if not (prefix.party or is_local or is_bare or is_joined or match["session"]):
            continue
        last_end = match.end()
        yield Reference(
            start=prefix.start if prefix.party or is_local else match.start(),
            end=match.end(),
            rule="plenum.congress_local" if is_local else "plenum.congress_central",
            kind="congress",
            unit=prefix.unit if is_local else "全国",
            term=term,
            session=read_numeral(match["session"]) if match["session"] else None,
        )


def find_by_session(text: str, reader: PrefixReader) -> Iterator[Reference]:
    """中央纪委三次全会, 省委常委会2022年第21次会议: an organ and a number without a term."""
    for match in _SESSION_ONLY_PATTERN.finditer(text):
        prefix = reader.read(match.start())
        kind = classify_assembly(prefix, "", "次", match["tail"])
        bare = _BARE_COMMITTEE_PATTERN.search(text[max(0, match.start() - 6) : match.start()])
        if bare and match["tail"] == "会议" and not prefix.organ:
            yield _make_bare(match, len(bare["organ"]))
        if not prefix.organ or kind is None or not (prefix.unit or prefix.named):
            continue
        yield Reference(
            start=prefix.start,
            end=match.end(),
            rule="plenum.session_only",
            kind=kind,
            unit=prefix.unit,
            named=prefix.named,
            township=prefix.township,
            term=prefix.term,
            session=read_numeral(match["session"]),
            year=read_year(match["year"]) if match["year"] else None,
            theme=prefix.organ + match["tail"],
        )


def _make_bare(match: regex.Match[str], length: int) -> Reference:
    """就|常委会第21次会议: whose committee it is was said before."""
    return Reference(
        start=match.start() - length,
        end=match.end(),
        rule="plenum.bare_committee",
        kind="standing_committee",
        session=read_numeral(match["session"]),
    )


def find_bare_plenums(text: str, reader: PrefixReader) -> Iterator[Reference]:
    """三中全会 without its term."""
    for match in _BARE_PLENUM_PATTERN.finditer(text):
        prefix = reader.read(match.start())
        yield Reference(
            start=prefix.start if prefix.party else match.start(),
            end=match.end(),
            rule="plenum.bare_central",
            kind="plenum",
            unit="全国",
            session=read_numeral(match["session"]),
        )
