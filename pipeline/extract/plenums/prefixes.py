"""Prefixes: the organ printed before the number of a meeting, read from right to left.

Takes the text and the position where 第N届 begins, gives :class:`Prefix`: before 十三届五次全会
stands 苏州市委, an organ (委) of a unit of the type 市 whose name is 苏州市. Known gap: an organ
cut off from its number by a clause (市委召开的十三届五次全会) is not seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from pipeline.numerals import NUMERAL, read_numeral
from pipeline.registries.places import PlaceMention

_WINDOW = 40


class _Ending(NamedTuple):
    """What may stand right before a place, and what its last character may be."""

    pattern: re.Pattern[str]
    lasts: frozenset[str]


def _ending_with(lasts: str, pattern: str) -> _Ending:
    """A pattern for words at the end of a line or of what is read of it."""
    return _Ending(re.compile(pattern), frozenset(lasts) | {"\n"})


_ORGAN_PATTERN = _ending_with(
    "会大协委议党",
    r"(?P<organ>人民代表大会常务委员会|人大常务?委员?会|政协常务?委员?会|委常务?委员?会|党委常务?委员?会"
    r"|纪律检查委员会|党委纪委|纪委|中纪委|人民代表大会|人大|政协|中国人民政治协商会议|党工委|党委|委员会|委|党)$",
)
# 社区, 校区, 景区 are no districts; 全市 and 我市 are left outside the span.
_UNIT_PATTERN = _ending_with(
    "国央区团省市县州盟旗地镇乡道",
    r"(?:(?P<unit>全国|中央|中共中央|自治区|兵团|[省市县州盟旗]|(?<![社校园小城景片辖地])区|师市)|(?P<prefecture>地区?)"
    r"|(?P<town>[一-龥]{0,4}?(?:镇|乡|街道)))$",
)
# 完成了|镇十六届人大二次会议, 围绕|永兴镇十六届人大二次会议: verbs belong to no name.
_BEFORE_TOWN = "了|完成|贯彻|落实|学习|传达|按照|根据|围绕"
_TOWN_PATTERN = _ending_with(
    "镇乡道",
    rf"(?:^|[^一-龥]|在|中国共产党|中共|{_BEFORE_TOWN})"
    rf"(?P<town>(?:(?!{_BEFORE_TOWN})[一-龥]){{1,5}}(?:镇|乡|街道))$",
)
_PARTY_PATTERN = _ending_with(
    "党央共的议协",
    r"(?:中国共产党(?:中央)?|中共(?:中央)?|党的|我党|中国人民政治协商会议|人民政协|政协|中央)$",
)
# 市人大常委会召开|第十二次会议: the organ stands before the verb, outside the span.
_VERB_PATTERN = _ending_with(
    "开行", r"(?:\d{1,2}月)?(?:\d{1,2}日)?(?:[上下]午)?(?:在京)?(?:主持)?(?:召开|举行)$"
)
_TERM_PATTERN = _ending_with("届", rf"第?(?P<term>{NUMERAL})届$")
# 中共隆德县第十五届委员会|举行第一次全体会议
_FULL_ORGAN_PATTERN = _ending_with(
    "会", rf"第(?P<term>{NUMERAL})届(?P<organ>委员会|纪律检查委员会)$"
)
_SPELT_PATTERN = _ending_with(
    "省市区县州盟旗镇乡道团",
    r"(?:中国共产党|中共)(?P<place>(?:(?!关于|委)[一-龥]){1,20}(?:[省市区县州盟旗镇乡]|街道|兵团))$",
)


class Prefix(NamedTuple):
    """What stands before the number of a meeting.

    Attributes:
        start: Where it begins; the position asked for where there is none.
        organ: 委, 纪委, 人大 … as printed, empty where only a place or nothing stands there.
        party: 中国共产党, 中共, 党的, 政协 … as printed before the place.
        unit: Type word of the unit, or 全国.
        named: The place printed.
        township: The township printed.
        term: The term printed before the organ of an acting committee (十四届|全国人大常委会举行…).
    """

    start: int
    organ: str = ""
    party: str = ""
    unit: str = ""
    named: PlaceMention | None = None
    township: str = ""
    term: int | None = None


class PrefixReader:
    """Reads prefixes in one document."""

    def __init__(self, text: str, mentions: Iterable[PlaceMention]) -> None:
        self._text = text
        self._ending_at = {mention.end: mention for mention in mentions}

    def read(self, position: int) -> Prefix:
        """The organ that ends at ``position``, or at the verb before it (区政协举行|十届三次会议).

        >>> PrefixReader("落实省委十届三次全会", ()).read(4)
        Prefix(start=2, organ='委', party='', unit='省', named=None, township='', term=None)
        """
        if verb := self._search(_VERB_PATTERN, position):
            return self._read_acting(position - len(verb.group()))._replace(start=position)
        return self._read_adjacent(position)

    def _read_acting(self, position: int) -> Prefix:
        """市十七届人大常委会, 十四届全国人大常委会: a term before the organ or its unit."""
        if full := self._search(_FULL_ORGAN_PATTERN, position):
            before = self._read_adjacent(position - len(full.group()))
            return before._replace(organ=full["organ"], party="", term=read_numeral(full["term"]))
        prefix = self._read_adjacent(position)._replace(party="")
        if not (match := self._search(_TERM_PATTERN, prefix.start)):
            return prefix
        term = read_numeral(match["term"])
        if prefix.unit or prefix.named:
            return prefix._replace(term=term)
        before = self._read_adjacent(prefix.start - len(match.group()))
        return before._replace(organ=prefix.organ, party="", term=term)

    def _read_adjacent(self, position: int) -> Prefix:
        organ_match = self._search(_ORGAN_PATTERN, position)
        organ = organ_match["organ"] if organ_match else ""
        at = position - len(organ)
        prefix = self._read_unit(at, organ)
        if prefix is None and organ in ("委", "党", "委员会"):
            prefix = Prefix(position)  # 国资委, 支部委员会 are no committees of a unit
        prefix = prefix or Prefix(at, organ)
        return self._read_party(prefix)

    def _search(self, ending: _Ending, position: int) -> re.Match[str] | None:
        if position and self._text[position - 1] not in ending.lasts:
            return None
        return ending.pattern.search(self._text[max(0, position - _WINDOW) : position])

    def _read_unit(self, at: int, organ: str) -> Prefix | None:
        """A place by name, a type word alone (省), a township; None where there is none of them."""
        if organ == "中纪委":
            return Prefix(at, organ, unit="全国")
        if mention := self._ending_at.get(at):
            unit = self._text[at - 1]
            return Prefix(mention.start, organ, unit=unit, named=mention)
        if not (match := self._search(_UNIT_PATTERN, at)):
            return None
        if match["town"]:
            town_unit = "街道" if match["town"].endswith("街道") else match["town"][-1]
            alone = Prefix(at - len(town_unit), organ, unit=town_unit)
            return self._read_town(at, organ) or alone
        unit = "地区" if match["prefecture"] else match["unit"]
        unit = "全国" if unit in ("中央", "中共中央") else unit
        return Prefix(at - len(match.group()), organ, unit=unit)

    def _read_town(self, at: int, organ: str) -> Prefix | None:
        for mention_end in range(at - 2, max(0, at - 7), -1):
            if mention := self._ending_at.get(mention_end):
                town = self._text[mention_end:at]
                return Prefix(mention.start, organ, unit=town[-1], named=mention, township=town)
        if match := self._search(_TOWN_PATTERN, at):
            town = match["town"]
            return Prefix(at - len(town), organ, unit=town[-1], township=town)
        return None

    def _read_party(self, prefix: Prefix) -> Prefix:
        """Add 中国共产党, 中共, 党的, 政协 where they stand before the place or alone."""
        if match := self._search(_PARTY_PATTERN, prefix.start):
            unit = prefix.unit or ("全国" if match.group().endswith("中央") else "")
            start = prefix.start - len(match.group())
            return prefix._replace(start=start, party=match.group(), unit=unit)
        if prefix.organ or prefix.named:
            return prefix
        if not (match := self._search(_SPELT_PATTERN, prefix.start)):
            return prefix
        start, unit = prefix.start - len(match.group()), match["place"][-1]
        return prefix._replace(start=start, party=match.group()[:2], unit=unit)
