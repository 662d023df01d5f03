"""Meetings: the registry of national assemblies, by key, by name and by date.

Takes the meetings of the lexicons, gives a :class:`MeetingRegistry`: plenum 20, 3 -> the entry
``cc-20-3``, held from 2024-07-15. Known gap: meetings of provinces, cities and counties are in no
registry.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cached_property, lru_cache

import ahocorasick_rs

from pipeline.lexicons import Lexicons, Meeting

_Key = tuple[str, int | None, int | None]
# 中央经济工作会议 of last December is meant until the next one meets.
_LONGEST_REACH_DAYS = 400


class MeetingRegistry:
    """All meetings of the lexicons. Build it with :func:`load_meetings`."""

    def __init__(self, meetings: Iterable[Meeting]) -> None:
        self._meetings = tuple(meetings)
        self._by_key: dict[_Key, Meeting] = {
            (meeting.kind, meeting.term, meeting.session): meeting
            for meeting in self._meetings
            if meeting.term is not None
        }

    def find(self, kind: str, term: int | None, session: int | None) -> Meeting | None:
        """The national meeting of these numbers."""
        return self._by_key.get((kind, term, session))

    def has_term(self, kind: str, term: int) -> bool:
        """Whether the registry knows any meeting of this term."""
        return any(key[:2] == (kind, term) for key in self._by_key)

    def find_numbered(self, kind: str, session: int, on: date) -> Meeting | None:
        """The last one of this session number before ``on``, whatever its term."""
        return _last_begun(
            (m for m in self._meetings if m.kind == kind and m.session == session), on
        )

    def find_conference(self, name: str, on: date) -> Meeting | None:
        """The conference of this name meant on ``on``: the last one, if not long past."""
        meeting = _last_begun((m for m in self._meetings if name in (m.name, *m.short_names)), on)
        if meeting is None or meeting.start_date is None:
            return None
        return meeting if (on - meeting.start_date).days <= _LONGEST_REACH_DAYS else None

    @cached_property
    def conference_names(self) -> frozenset[str]:
        """Names of conferences, long and short."""
        return frozenset(
            name
            for meeting in self._meetings
            if meeting.kind == "conference"
            for name in (meeting.name, *meeting.short_names)
            if not name[0].isdigit()
        )

    @cached_property
    def _dated_names(self) -> dict[str, date]:
        return {
            name: meeting.start_date
            for meeting in self._meetings
            if meeting.start_date and meeting.term
            for name in (meeting.name, *meeting.short_names)
        }

    @cached_property
    def _automaton(self) -> ahocorasick_rs.AhoCorasick:
        return ahocorasick_rs.AhoCorasick(
            list(self._dated_names), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest
        )

    def find_latest_named(self, text: str) -> date | None:
        """First day of the latest meeting named in ``text``: the document is no older than that."""
        days = [self._dated_names[name] for name in self._automaton.find_matches_as_strings(text)]
        return max(days, default=None)


def _last_begun(meetings: Iterable[Meeting], on: date) -> Meeting | None:
    begun = [(m.start_date, m.id, m) for m in meetings if m.start_date and m.start_date <= on]
    return max(begun, default=(None, "", None))[2]


@lru_cache(maxsize=4)
def load_meetings(lexicons: Lexicons) -> MeetingRegistry:
    """The registry of ``lexicons``, built once."""
    return MeetingRegistry(lexicons.meetings)
