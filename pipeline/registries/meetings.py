"""Meetings: the registry of assemblies of the nation and its provinces, by key, name and date.

Takes the meetings of the lexicons, gives a :class:`MeetingRegistry`: plenum 20, 3 of the nation ->
the entry ``cc-20-3``, held from 2024-07-15; congress 14 of 320000 -> 江苏省第十四次党代会. Known
gap: meetings of cities and counties are in no registry.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import cached_property, lru_cache

from pipeline.automata import Automaton, build_automaton
from pipeline.lexicons import Lexicons, Meeting
from pipeline.lexicons.partial_dates import find_first_day

_YEAR_PATTERN = re.compile(r"^(?:19|20)\d\d年")
_Key = tuple[str, str, int | None, int | None]
# 中央经济工作会议 of last December is meant until the next one meets.
_LONGEST_REACH_DAYS = 400
# Congresses and assemblies are elected for five years; some meet up to a year early.
_YEARS_OF_TERM = 5
_MOST_DAYS_EARLY = 366


class MeetingRegistry:
    """All meetings of the lexicons. Build it with :func:`load_meetings`."""

    def __init__(self, meetings: Iterable[Meeting]) -> None:
        self._meetings = tuple(meetings)
        self._by_key: dict[_Key, Meeting] = {
            (meeting.place, meeting.kind, meeting.term, meeting.session): meeting
            for meeting in self._meetings
            if meeting.term is not None
        }

    def find(
        self, kind: str, term: int | None, session: int | None, place: str = ""
    ) -> Meeting | None:
        """The meeting of these numbers; ``place`` is the code of its unit, empty for the nation."""
        return self._by_key.get((place, kind, term, session))

    def has_term(self, kind: str, term: int) -> bool:
        """Whether the registry knows any meeting of this term of the nation."""
        return any(key[:3] == ("", kind, term) for key in self._by_key)

    def list_terms(self, kind: str, place: str) -> Mapping[int, str]:
        """Term -> when its congress or first session met, of one unit.

        Args:
            kind: ``congress``, whose ordinal is the term of the committees it elects,
                ``peoples_congress`` or ``cppcc``.
            place: Code of the unit, empty for the nation.
        """
        return self._terms.get((place, kind), {})

    @cached_property
    def _terms(self) -> Mapping[tuple[str, str], Mapping[int, str]]:
        terms: dict[tuple[str, str], dict[int, str]] = defaultdict(dict)
        for (place, kind, term, session), meeting in self._by_key.items():
            is_first = session is None if kind == "congress" else session == 1
            if term is not None and is_first and meeting.start_date:
                terms[place, kind][term] = meeting.start_date
        return terms

    def estimate_begin(self, kind: str, place: str, term: int) -> date | None:
        """The earliest day a term can have begun; after the last known one in five-year steps."""
        terms = self.list_terms(kind, place)
        if term in terms:
            return find_first_day(terms[term])
        if not terms or term < (last := max(terms)):
            return None
        begun = find_first_day(terms[last])
        due = begun.replace(year=begun.year + _YEARS_OF_TERM * (term - last), day=1)
        return due - timedelta(days=_MOST_DAYS_EARLY)

    def find_numbered(self, kind: str, session: int, on: date) -> Meeting | None:
        """The nation's last one of this session number before ``on``, whatever its term."""
        return _last_begun(
            (m for m in self._meetings if (m.place, m.kind, m.session) == ("", kind, session)), on
        )

    def find_conference(self, name: str, on: date) -> Meeting | None:
        """The conference of this name meant on ``on``: the last one, if not long past."""
        meeting = _last_begun((m for m in self._meetings if name in (m.name, *m.short_names)), on)
        if meeting is None:
            return None
        reach = (on - find_first_day(meeting.start_date)).days
        return meeting if reach <= _LONGEST_REACH_DAYS else None

    @cached_property
    def conference_names(self) -> frozenset[str]:
        """Names of conferences, long and short; with a year where they are known with it only."""
        names = {
            name
            for meeting in self._meetings
            if meeting.kind == "conference"
            for name in (meeting.name, *meeting.short_names)
        }
        return frozenset(name for name in names if drop_year(name) not in names - {name})

    @cached_property
    def _dated_names(self) -> dict[str, date]:
        return {
            name: find_first_day(meeting.start_date)
            for meeting in self._meetings
            if meeting.start_date and meeting.term
            for name in (meeting.name, *meeting.short_names)
        }

    @cached_property
    def _automaton(self) -> Automaton:
        return build_automaton(self._dated_names)

    def find_latest_named(self, text: str) -> date | None:
        """First day of the latest meeting named in ``text``: the document is no older than that."""
        days = [self._dated_names[name] for name in self._automaton.find_matches_as_strings(text)]
        return max(days, default=None)


def drop_year(name: str) -> str:
    """A name without the year before it.

    >>> drop_year("1985年全国代表会议")
    '全国代表会议'
    """
    return _YEAR_PATTERN.sub("", name)


def _last_begun(meetings: Iterable[Meeting], on: date) -> Meeting | None:
    begun = ((find_first_day(m.start_date), m.id, m) for m in meetings if m.start_date)
    return max((item for item in begun if item[0] <= on), default=(None, "", None))[2]


@lru_cache(maxsize=4)
def load_meetings(lexicons: Lexicons) -> MeetingRegistry:
    """The registry of ``lexicons``, built once."""
    return MeetingRegistry(lexicons.meetings)
