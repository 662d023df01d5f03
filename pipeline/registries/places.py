"""Places: administrative units, their chain of parents, and their names as printed.

Takes the places of the lexicons, gives a :class:`Gazetteer`: 苏州市相城区 -> the unit 320507,
whose full name is 江苏省苏州市相城区 and whose 市委 is that of 苏州市. Known gaps: townships are
in no list and are made from their printed name; a place known by nickname alone (申城) is not
looked up.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property, lru_cache
from itertools import takewhile
from typing import NamedTuple

from pipeline.automata import Automaton, build_automaton
from pipeline.lexicons import Lexicons, Place

# The type word of a unit, longest first: 地区 before 区.
_UNIT_PATTERN = re.compile(r"生产建设兵团$|自治区$|特别行政区$|地区$|[省市区县州盟旗镇乡]$|街道$")
_DIVISION_PATTERN = re.compile("第[一二三四五六七八九十]{1,3}师")
_TOWNSHIP_PATTERN = re.compile(r"[一-龥]{2}(?:镇|乡|街道)$")


_LONGEST_NAME = 40


class PlaceMention(NamedTuple):
    """Where a place is named, and the units the name may stand for."""

    start: int
    end: int
    places: tuple[Place, ...]
    full: bool
    """Named in full (苏州市), not in short (苏州)."""


class Gazetteer:
    """All places of the lexicons, by code and by name. Build it with :func:`load_gazetteer`."""

    def __init__(self, places: Iterable[Place]) -> None:
        self._by_name: dict[str, list[Place]] = defaultdict(list)
        self._by_adcode: dict[str, Place] = {}
        for place in places:
            self._by_adcode[place.adcode] = place
            for name in (place.name, *place.short_names):
                self._by_name[name].append(place)
        self.country = next(place for place in self._by_adcode.values() if place.level == "country")

    def __getitem__(self, adcode: str) -> Place:
        """The unit that bears ``adcode`` today, or bore it last."""
        return self._by_adcode[adcode]

    def is_listed(self, place: Place) -> bool:
        """Whether the unit stands in the lexicons; townships are made from their printed name."""
        return place in self._by_name.get(place.name, ())

    def chain(self, place: Place) -> tuple[Place, ...]:
        """The place and its parents, smallest first, without the country."""
        return tuple(takewhile(lambda unit: unit.level != "country", self._walk_up(place)))

    def _walk_up(self, place: Place) -> Iterator[Place]:
        yield place
        while place.parent:
            place = self._by_adcode[place.parent]
            yield place

    def full_name(self, place: Place) -> str:
        """The name with the names of all parents: 江苏省苏州市相城区; 全国 for the country."""
        if place.level == "country":
            return place.name
        *below, top = self.chain(place)
        names = [top.name]
        for unit in reversed(below):
            if unit_word(unit) == "兵团":  # beside the autonomous region, not below it
                names.clear()
            elif unit.name.endswith(
                names[-1]
            ):  # 第一师阿拉尔市 and 阿拉尔市: two sides of one unit
                names.pop()
            names.append(unit.name)
        return "".join(names)

    def organ_name(self, place: Place) -> str:
        """The name organs of the place bear.

        A district bears its city's name before its own (苏州市相城区), a township its county's
        (湄潭县永兴镇); counties and cities stand alone (鹤庆县, 昆山市).
        """
        if place.level == "special" and place.parent:
            parent = self.organ_name(self._by_adcode[place.parent])
            known = place.name.startswith(parent[:2]) or place.name.endswith(parent)
            return place.name if known else parent + place.name
        if place.level == "county" and place.name.endswith("区"):
            return self._by_adcode[place.parent].name + place.name
        return place.name

    def formal_name(self, place: Place) -> str:
        """The name party organs bear in full: a division stands behind its corps."""
        is_division = place.level == "special" and _DIVISION_PATTERN.match(place.name)
        corps = self._sole_units["兵团"].name if is_division else ""
        return corps + self.organ_name(place).removeprefix(corps)

    def coded(self, place: Place) -> Place:
        """The unit of GB/T 2260 that a place is: of 第一师阿拉尔市 the city 阿拉尔市."""
        if place.level != "special" or not place.parent:
            return place
        parent = self._by_adcode[place.parent]
        return parent if place.name.endswith(parent.name) else place

    def unit_of(self, place: Place, word: str) -> Place | None:
        """The unit a document of ``place`` means by 省, 市, 区, 县, 州 … in 省委, 市委, 区委.

        That is the first one of this type, walking up. In an autonomous region 区 and 自治区 both
        mean the region where no district stands below it; in a county-level city 市 is that city.
        """
        chain = self.chain(place)
        for unit in chain:
            if unit_word(unit) == word:
                return unit
        if word in self._sole_units:
            return self._sole_units[word]
        if word == "区" and chain and unit_word(chain[-1]) == "自治区":
            return chain[-1]
        return None

    @cached_property
    def _sole_units(self) -> dict[str, Place]:
        """Types the nation has one unit of (兵团): no chain is needed to tell which."""
        units: dict[str, set[Place]] = defaultdict(set)
        for place in self._by_adcode.values():
            units[unit_word(place)].add(place)
        return {
            word: next(iter(found)) for word, found in units.items() if word and len(found) == 1
        }

    def lookup(self, printed: str) -> tuple[Place, ...]:
        """The units a printed name may stand for; names of parents before it narrow them down.

        Args:
            printed: A name (相城区, 江苏) or a chain, also one with gaps (江苏省相城区).
        """
        if known := self._by_name.get(printed):
            return tuple(known)
        if len(printed) > _LONGEST_NAME:
            return ()
        for cut in range(1, len(printed)):
            if not (below := self._by_name.get(printed[cut:])):
                continue
            above = self.lookup(printed[:cut])
            if found := self.within(below, above):
                return found
        return self._lookup_township(printed)

    def _lookup_township(self, printed: str) -> tuple[Place, ...]:
        """湄潭县永兴镇: a unit below a known county that no list holds."""
        if not _TOWNSHIP_PATTERN.search(printed):
            return ()
        for cut in range(len(printed) - 2, 1, -1):
            counties = self.lookup(printed[:cut]) if printed[cut - 1] in "县市区旗" else ()
            if counties:
                return tuple(make_township(printed[cut:], county) for county in counties)
        return ()

    def within(self, places: Iterable[Place], parents: Iterable[Place]) -> tuple[Place, ...]:
        """Those of ``places`` that lie in one of ``parents``."""
        codes = {parent.adcode for parent in parents}
        return tuple(
            place for place in places if any(unit.adcode in codes for unit in self.chain(place)[1:])
        )

    def choose(
        self, places: tuple[Place, ...], near: Place | None, on: date | None = None
    ) -> Place | None:
        """The one of ``places`` that is meant, or None where that is open.

        Args:
            places: What a printed name may stand for.
            near: The place of the document: the candidate nearest to it wins.
            on: The date of the document: units that did not exist then lose.
        """
        places = _keep_existing(places, on)
        if len(places) > 1 and near is not None:
            shared = {place: self._count_shared(place, near) for place in places}
            best = max(shared.values())
            places = tuple(place for place in places if shared[place] == best and best)
        return places[0] if len(places) == 1 else None

    def _count_shared(self, place: Place, near: Place) -> int:
        """How many units the two chains have in common."""
        codes = {unit.adcode for unit in self.chain(near)}
        return sum(unit.adcode in codes for unit in self.chain(place))

    @cached_property
    def _names(self) -> list[str]:
        """Names to look for in running text.

        Short names of counties are too often other words (振兴, 资源) or cut words in two
        (锚|定南|昌), so only those that show their type (鹤庆县, 大厂县) are looked for.
        """
        return [
            name
            for name, places in self._by_name.items()
            if any(self._is_telling(name, place) for place in places)
        ]

    def _is_telling(self, name: str, place: Place) -> bool:
        if place.level in ("province", "prefecture"):
            return len(name) > (1 if name[-1] != "县" else 2)  # 传|达县委精神
        return place.level != "country" and len(name) > 2 and name[-1] in "市区县旗镇州盟团"

    @cached_property
    def _named(self) -> list[tuple[tuple[Place, ...], bool]]:
        """For each of these names: the units that bear it, whether it is one's full name."""
        borne = ((name, tuple(self._by_name[name])) for name in self._names)
        return [(places, any(place.name == name for place in places)) for name, places in borne]

    @cached_property
    def _automaton(self) -> Automaton:
        return build_automaton(self._names)

    def find_mentions(self, text: str) -> tuple[PlaceMention, ...]:
        """Every place named in ``text``; names of a chain (江苏省苏州市相城区) are one mention."""
        mentions: list[PlaceMention] = []
        for index, start, end in self._automaton.find_matches_as_indexes(text):
            mention = PlaceMention(start, end, *self._named[index])
            if mentions and (joined := self._join(mentions[-1], mention)):
                mentions[-1] = joined
            else:
                mentions.append(mention)
        return tuple(mentions)

    def _join(self, left: PlaceMention, right: PlaceMention) -> PlaceMention | None:
        """苏州市 and 相城区, side by side, as one; None where the right is not in the left."""
        if left.end != right.start or not (inside := self.within(right.places, left.places)):
            return None
        return PlaceMention(left.start, right.end, inside, right.full)


@lru_cache(maxsize=1)
def find_mentions(text: str, gazetteer: Gazetteer) -> tuple[PlaceMention, ...]:
    """Every place named in ``text``, looked for once though several stages of a document ask."""
    return gazetteer.find_mentions(text)


def unit_word(place: Place) -> str:
    """The type word of a unit as short forms print it.

    >>> unit_word(Place(adcode="532900", name="大理白族自治州", level="prefecture", source="-"))
    '州'
    """
    match = _UNIT_PATTERN.search(place.name)
    word = match.group() if match else ""
    return {"生产建设兵团": "兵团"}.get(word, word)


def make_township(name: str, county: Place) -> Place:
    """A unit below county level; it bears its county's code, since GB/T 2260 has none for it."""
    return Place(
        adcode=county.adcode, name=name, level="special", parent=county.adcode, source="document"
    )


def _keep_existing(places: tuple[Place, ...], on: date | None) -> tuple[Place, ...]:
    """Drop units that were gone or not yet there; without a date, those that are gone today."""
    day = on.isoformat() if on else "9999"
    kept = tuple(
        place
        for place in places
        if (not place.valid_to or day[: len(place.valid_to)] <= place.valid_to)
        and day[: len(place.valid_from)] >= place.valid_from
    )
    return kept or places


@lru_cache(maxsize=4)
def load_gazetteer(lexicons: Lexicons) -> Gazetteer:
    """The gazetteer of ``lexicons``, built once."""
    return Gazetteer(lexicons.places)
