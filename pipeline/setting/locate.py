"""Locate: the organ a document speaks for, and the administrative unit it belongs to.

Takes the text with its lead, gives a :class:`Seat`: 鼓楼区委…福州市 is 福建省福州市鼓楼区. The
first organ that acts in headline and lead decides, since a city's paper also names the province
and the nation it follows; among units of one name those near the other places of the page win.
Known gap: a company is located by where it met.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import regex

from pipeline.lexicons import Place
from pipeline.numerals import NUMERAL
from pipeline.registries.places import Gazetteer, PlaceMention, find_mentions, make_township
from pipeline.spans import Span

_TERM = rf"第?{NUMERAL}[届次]"
# What makes a place before it an organ: 江门市|委, 鼓楼区|人民政府, 相城区|第五届, 陕西省|水利厅.
_ORGAN_TAIL = (
    rf"(?:{_TERM}|成立[\d一二三四五六七八九十]{{1,4}}周年|代表大?会|(?:召开|举行)|委(?![托派任婉屈])|党[委组工]|工委|纪委|监委|政府|人民|人大|政协|行政公署|行署|地委|常委|法院|检察院|总?工会|妇联|妇女|两会"
    r"|(?:(?![镇乡](?:第|党|人大|人民|政府)|街道)[一-龥]){1,10}?"
    r"(?:厅|局|委员会|委|办公室|党组|集团|公司|指挥部|领导小组))"
)
_ORGAN_TAIL_PATTERN = re.compile(_ORGAN_TAIL)
# 省委 and its like without a name. 社区委员会, 校区 and 地区 are no districts.
_SHORT_ORGAN_PATTERN = regex.compile(
    r"(?P<word>自治区|(?<![社校园厂小城景片辖地])区|兵团|[省市县州盟旗]|(?<=中共)[镇乡]|(?P<prefecture>地(?=委)|行(?=署)))"
    rf"(?:党?委(?![托派任婉屈])|纪委|监委|政府|人民政府|人大|政协|署|(?<=区){_TERM}|(?<=[省市县]){_TERM})"
)
_TOWN_ORGAN_PATTERN = re.compile(
    r"(?:(?<=[，。：、\n（《“ 在])|^|(?<=中国共产党)|(?<=中共)|(?<=[县区市旗]))"
    r"(?P<town>[一-龥](?:(?![县区市旗])[一-龥]){1,4}?(?P<word>镇|乡|街道))"
    rf"(?={_TERM}|党[委工]|人大|人民|政府|办事处|召开)"
)
# 阳朔县|召开会议: the unit acts; 在阳朔县召开: it is where they met.
_VERBS = ("召开", "举行")
_TOWN_WORDS = ("镇", "乡", "街道")
_NATIONAL_PATTERN = re.compile(
    r"中共中央|中国共产党中央|党中央|中央(?:政治局|委员会|纪|军委|党校|书记处|财经|全面)"
    rf"|全国(?:人民代表大会|人大|政协|委员会|代表大会)|国务院|党和国家领导人|中国共产党(?:第?{NUMERAL}届中央|第{NUMERAL}次全国)"
    r"|习近平(?![新总]|同志|.{0,4}思想)|中华人民共和国"
)
# 农业部在北京召开全国春耕生产工作会议: who calls the whole country is an organ of the nation.
_CALLED_NATION = "召开全国"
_CALLING_PATTERN = re.compile(
    r"(?:^|[，。：、；\n])(?P<host>(?![省市县区州盟旗我全各本])[一-龥]{2,12}?(?:部|委|委员会|总局|局|署))"
    r"(?:\d{1,2}月)?(?:\d{1,2}日)?(?:[上下]午)?(?:在[一-龥]{1,6}?)?(?:联合)?$"
)
_WORKS_PATTERN = re.compile(
    r"(?:^|(?<=[，。：、；）\n日]))"
    r"(?P<name>[一-龥]{3,24}?(?:公司|集团|矿务局|大学|学院|医院|银行|厂))"
    rf"(?=党委|党组|{_TERM}|召开|举行|在[一-龥]{{1,8}}(?:召开|举行))",
    re.MULTILINE,
)
_LONGEST_CLAUSE = 80
_FOLLOWING_PATTERN = re.compile(r"传达|学习|贯彻|落实|按照|根据|围绕|遵照|受.{0,6}委托|为指导|精神")
_CLAUSE_START_PATTERN = re.compile(r"[，。；：\n》]")
_PLACE_OF_MEETING_PATTERN = re.compile(
    r"[在于](?=[一-龥]{2,12}(?:召开|举行|闭幕|开幕))|本报(?=[一-龥]{2,8}讯)"
)

# Words that prove a unit of that type above the document: 省委 rules out a district of Lhasa.
_PROOF_PATTERN = regex.compile(
    r"(?:全|我)(?P<all>[省州盟])|(?P<organ>[省州盟市])(?:委|政府)(?![托派任])"
)


# A name that may mean three units gives each a third of its weight.
Votes = dict[Place, float]
# Fewer votes than this times the best are too few to rival it.
_CLEAR_LEAD = 1.2


@dataclass(frozen=True, slots=True)
class Organ:
    """The first organ that acts in a document.

    Attributes:
        span: Its place name and type as printed; empty for a national organ.
        word: Its type: 省, 市, 区 …; 全国 for a national organ.
        places: The units the printed name may stand for; empty where it has no name.
    """

    span: Span
    word: str
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Seat:
    """The organ a document speaks for and its unit; ``rivals`` where several units fit."""

    organ: Organ | None
    place: Place | None
    rivals: tuple[Place, ...] = ()


def locate_document(text: str, lead: Sequence[Span], given: str, gazetteer: Gazetteer) -> Seat:
    """Find the seat of a document.

    Args:
        text: The document.
        lead: Headline and first paragraphs.
        given: Full name of the place from metadata; it overrides what the page says.
        gazetteer: All places.
    """
    mentions = find_mentions(text, gazetteer)
    organ = find_acting_organ(text, lead, mentions)
    if place := gazetteer.choose(gazetteer.lookup(given), near=None):
        return Seat(organ, place)
    if organ is None:
        return _seat_without_organ(text, lead, mentions)
    works = None if organ.places else _find_works(text, lead, organ)
    if organ.word == "全国":
        own = _find_own_place(works, mentions) if works else None
        return _choose(organ, _count_votes([own])) if own else Seat(organ, gazetteer.country)
    seat = _seat_of(organ, text, mentions, gazetteer)
    if works and seat.place is None:
        own = _find_own_place(works, mentions)
        votes = _count_votes([own]) if own else {}
        return _choose(organ, votes) if own else _seat_without_organ(text, lead, mentions)
    return seat


def _find_works(text: str, lead: Sequence[Span], organ: Organ) -> Span | None:
    """The enterprise or school that acts before the first organ: 某大学党委召开…，省委督导组…."""
    for start, end in lead:
        if match := _WORKS_PATTERN.search(text, start, min(end, max(start, organ.span.start))):
            return Span(*match.span("name"))
    return None


def _find_own_place(works: Span, mentions: Sequence[PlaceMention]) -> PlaceMention | None:
    """洛阳 in 洛阳第二矿山机械厂."""
    own = bisect_left(mentions, (works.start,))
    return mentions[own] if mentions[own : own + 1] and mentions[own].start == works.start else None


def find_acting_organ(
    text: str, lead: Sequence[Span], mentions: Sequence[PlaceMention]
) -> Organ | None:
    """The first organ of headline and lead that is not merely followed or studied there."""
    acting = _find_acting(text, lead, mentions)
    if (first := next(acting, None)) is None or first.places:
        return first
    # 市委十四届三次全会召开 above 中共昆山市委…: the first of the same type with a name says which.
    return next((organ for organ in acting if organ.places and organ.word == first.word), first)


def _find_acting(
    text: str, lead: Sequence[Span], mentions: Sequence[PlaceMention]
) -> Iterator[Organ]:
    for start, end in lead:
        for organ in sorted(_find_organs(text, start, end, mentions), key=lambda organ: organ.span):
            if not _is_followed(text, start, organ.span.start):
                yield organ


def _find_organs(
    text: str, start: int, end: int, mentions: Sequence[PlaceMention]
) -> Iterator[Organ]:
    for match in _NATIONAL_PATTERN.finditer(text, start, end):
        yield Organ(Span(*match.span()), "全国")
    yield from _find_calling(text, start, end)
    first = bisect_left(mentions, (start,))
    for mention in mentions[first : bisect_left(mentions, (end,))]:
        if (tail := _ORGAN_TAIL_PATTERN.match(text, mention.end)) and not (
            tail.group() in _VERBS and text[mention.start - 1] in "在于赴到由"
        ):
            yield Organ(Span(mention.start, mention.end), text[mention.end - 1], mention.places)
    for short in _SHORT_ORGAN_PATTERN.finditer(text, start, end):
        word = "地区" if short["prefecture"] else short["word"]
        yield Organ(Span(short.start(), short.end("word")), word)
    if not any(text.find(word, start, end) >= 0 for word in _TOWN_WORDS):
        return
    for match in _TOWN_ORGAN_PATTERN.finditer(text, start, end):
        yield Organ(Span(*match.span("town")), match["word"])


def _find_calling(text: str, start: int, end: int) -> Iterator[Organ]:
    """The ministry that calls a conference of the whole country."""
    at = text.find(_CALLED_NATION, start, end)
    while at >= 0:
        floor = max(start, at - 40)
        if match := _CALLING_PATTERN.search(text[floor:at]):
            host = Span(floor + match.start("host"), floor + match.end("host"))
            yield Organ(host, "全国")
        at = text.find(_CALLED_NATION, at + 1, end)


def _is_followed(text: str, start: int, position: int) -> bool:
    """传达学习省委全会精神: an organ behind such a verb in its clause does not act."""
    start = max(start, position - _LONGEST_CLAUSE)
    ends = [match.end() for match in _CLAUSE_START_PATTERN.finditer(text, start, position)]
    return bool(_FOLLOWING_PATTERN.search(text, ends[-1] if ends else start, position))


def _seat_of(
    organ: Organ, text: str, mentions: Sequence[PlaceMention], gazetteer: Gazetteer
) -> Seat:
    votes = _count_votes(mentions)
    if organ.word in _TOWN_WORDS:
        return _seat_of_township(organ, text, votes)
    if organ.places:
        return _choose(organ, _rank_by_surroundings(organ.places, votes, text, gazetteer))
    units: Votes = defaultdict(float)
    for place, weight in votes.items():
        if unit := gazetteer.unit_of(place, organ.word):
            units[unit] += weight
    # 龙朝阳 alone is no sign of 朝阳市.
    return _choose(organ, {unit: weight for unit, weight in units.items() if weight > 1})


def _seat_of_township(organ: Organ, text: str, votes: Votes) -> Seat:
    """A township lies in the county the page names most."""
    counties = {
        place: weight for place, weight in votes.items() if place.level == "county" and weight >= 1
    }
    seat = _choose(organ, counties)
    name = text[slice(*organ.span)]
    return Seat(organ, seat.place and make_township(name, seat.place), seat.rivals)


def _count_votes(mentions: Iterable[PlaceMention]) -> Votes:
    """How often each unit is named; a full name counts three times."""
    votes: Votes = defaultdict(float)
    for mention in mentions:
        existing = [place for place in mention.places if not place.valid_to] or mention.places
        for place in existing:
            votes[place] += (3 if mention.full else 1) / len(existing)
    return votes


def _rank_by_surroundings(
    places: tuple[Place, ...], votes: Votes, text: str, gazetteer: Gazetteer
) -> Votes:
    """Score units of one name by how often the units around them are named."""
    existing = [place for place in places if not place.valid_to] or list(places)
    proven = [place for place in existing if _fits_proof(place, text, gazetteer)] or existing
    if len(proven) == 1:
        return {proven[0]: 1}
    around: dict[str, float] = defaultdict(float)
    for place, weight in votes.items():
        for unit in gazetteer.chain(place) if place not in places else ():
            around[unit.adcode] += weight
    # Naming 鼓楼区 alone speaks for all of them, naming 福州市鼓楼区 for one.
    alone = min(votes.get(place, 0) for place in proven)
    return {
        place: sum(around[unit.adcode] for unit in gazetteer.chain(place)[1:])
        + votes.get(place, 0)
        - alone
        for place in proven
    }


def _fits_proof(place: Place, text: str, gazetteer: Gazetteer) -> bool:
    words = {match["all"] or match["organ"] for match in _PROOF_PATTERN.finditer(text)}
    return all(gazetteer.unit_of(place, word) for word in words)


def _choose(organ: Organ | None, units: Votes) -> Seat:
    """The unit with clearly most votes; the others are its rivals where none has."""
    if not units:
        return Seat(organ, None)
    best = max(units.values())
    rivals = tuple(unit for unit, weight in units.items() if weight * _CLEAR_LEAD >= best)
    return Seat(organ, rivals[0]) if len(rivals) == 1 else Seat(organ, None, rivals)


def _seat_without_organ(text: str, lead: Sequence[Span], mentions: Sequence[PlaceMention]) -> Seat:
    """A page that names no organ belongs where it was dated or the meeting held."""
    starts = {
        match.end()
        for start, end in lead
        for match in _PLACE_OF_MEETING_PATTERN.finditer(text, start, end)
    }
    named = [mention for mention in mentions if mention.start in starts] or [
        mention for mention in mentions if mention.full
    ]
    return _choose(None, _count_votes(named))
