"""Resolve: which meeting a reference means.

Takes a :class:`Reference` and the document's setting, gives the reference with its term
completed, the unit that met and its entry in the registry: 市委十三届五次全会 in a paper of
相城区 is 苏州市's. Known gap: local meetings without a term are not identified by date.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.extract.plenums.names import name_body
from pipeline.extract.plenums.references import Reference
from pipeline.lexicons import Lexicons, Meeting, Place
from pipeline.registries.meetings import MeetingRegistry, load_meetings
from pipeline.registries.places import Gazetteer, load_gazetteer, make_township
from pipeline.setting import Setting

_CENTRAL_PARTY_KINDS = ("plenum", "congress", "discipline_plenum")
_Key = tuple[str, int | None, int | None]


@dataclass(frozen=True, slots=True)
class Resolved:
    """A reference with what was found out about it."""

    reference: Reference
    place: Place | None
    meeting: Meeting | None

    def is_same_meeting(self, other: Resolved) -> bool:
        """Whether both mean one meeting, as far as printed numbers and units tell."""
        mine, others = self.reference, other.reference
        if mine.kind != others.kind or self.place != other.place:
            return False
        if self.place is None and mine.unit != others.unit:
            return False
        if mine.kind == "conference":
            return mine.theme == others.theme
        same_term = mine.term == others.term or (mine.session and None in (mine.term, others.term))
        same_number = (mine.session, mine.year) == (others.session, others.year)
        return bool(same_term) and same_number and name_body(mine, "") == name_body(others, "")


def resolve_references(
    references: Iterable[Reference], setting: Setting, lexicons: Lexicons
) -> Iterator[Resolved]:
    """Resolve references in reading order; what was named before helps with what follows."""
    gazetteer, registry = load_gazetteer(lexicons), load_meetings(lexicons)
    last_term: int | None = None
    places: dict[_Key, Place | None] = {}
    for reference in _share_terms(tuple(references)):
        reference = _complete_term(reference, last_term, setting, registry)
        key = (reference.kind, reference.term, reference.session)
        if reference.unit == "全国" and reference.kind in _CENTRAL_PARTY_KINDS:
            last_term = reference.term or last_term
        is_listed = reference.theme in registry.conference_names  # 第七次西藏工作座谈会
        if reference.unit == "全国" or is_listed:
            place: Place | None = gazetteer.country
        else:
            place = _find_place(reference, places.get(key), setting, gazetteer)
        places[key] = place
        yield Resolved(
            reference, place, _find_meeting(reference, place, setting, registry, gazetteer)
        )


def _share_terms(references: Sequence[Reference]) -> Iterator[Reference]:
    """市人大常委会第二十次主任会议 has the term that 市七届人大常委会第二十次主任会议 prints."""
    printed: dict[tuple[str | int | None, ...], set[int]] = defaultdict(set)
    for reference in references:
        if reference.term:
            printed[_number_key(reference)].add(reference.term)
    last: Reference | None = None
    for reference in references:
        if reference.rule == "plenum.bare_committee":
            if last:  # 常委会第21次会议 is that of the committee named last
                yield last._replace(
                    start=reference.start,
                    end=reference.end,
                    rule=reference.rule,
                    session=reference.session,
                )
            continue
        if reference.kind == "standing_committee":
            last = reference
        terms = printed.get(_number_key(reference), set())
        is_open = not (reference.term or reference.year) and reference.session
        yield reference._replace(term=min(terms)) if is_open and len(terms) == 1 else reference


def _number_key(reference: Reference) -> tuple[str | int | None, ...]:
    return reference.kind, reference.unit, reference.theme, reference.session


def _complete_term(
    reference: Reference, last_term: int | None, setting: Setting, registry: MeetingRegistry
) -> Reference:
    """三中全会 and 中央纪委三次全会 take the term named last, else the one sitting at the date."""
    if reference.term or not reference.session or reference.unit != "全国":
        return reference
    if reference.kind not in ("plenum", "discipline_plenum"):
        return reference
    if last_term is None and setting.date:
        found = registry.find_numbered(reference.kind, reference.session, setting.date)
        last_term = found.term if found else None
    return reference._replace(term=last_term)


def _find_place(
    reference: Reference, before: Place | None, setting: Setting, gazetteer: Gazetteer
) -> Place | None:
    """The unit that met; ``before`` is that of the last reference with the same numbers."""
    if reference.township:
        return _find_township(reference, setting, gazetteer)
    if reference.named:
        return gazetteer.choose(reference.named.places, setting.place, setting.date)
    if reference.unit and setting.place:
        return _find_unit(reference, setting.place, gazetteer)
    if reference.unit:
        return None
    if reference.kind == "conference":  # 第四次“一带一路”建设工作座谈会 bears no organ's name
        return setting.place if setting.place == gazetteer.country else None
    return before  # 两会 alone is the pair named last


def _find_unit(reference: Reference, home: Place, gazetteer: Gazetteer) -> Place | None:
    """省委 and its like, seen from the document's place."""
    if reference.unit == "区" and reference.theme.startswith("党委"):  # 西藏's 区党委
        return gazetteer.unit_of(home, "自治区")
    if reference.unit == "师市":
        return gazetteer.unit_of(home, "市")
    return gazetteer.unit_of(home, reference.unit)


def _find_township(reference: Reference, setting: Setting, gazetteer: Gazetteer) -> Place | None:
    if reference.named:
        county = gazetteer.choose(reference.named.places, setting.place, setting.date)
        return make_township(reference.township, county) if county else None
    home = setting.place
    if home is None or home.level == "county":
        return make_township(reference.township, home) if home else None
    return home if home.name == reference.township else None


def _find_meeting(
    reference: Reference,
    place: Place | None,
    setting: Setting,
    registry: MeetingRegistry,
    gazetteer: Gazetteer,
) -> Meeting | None:
    if place is None or not gazetteer.is_listed(place):
        return None
    if reference.kind == "conference":
        on = date(reference.year, 12, 31) if reference.year else setting.date
        is_national = place == gazetteer.country
        return registry.find_conference(reference.theme, on) if on and is_national else None
    if reference.term is None:
        return None
    code = code_of(place, gazetteer)
    return registry.find(reference.kind, reference.term, reference.session, code)


def code_of(place: Place, gazetteer: Gazetteer) -> str:
    """The code under which meetings of a unit are registered: none for the nation."""
    return "" if place == gazetteer.country else place.adcode
