"""Doubts: what a reference leaves open, and numbers that cannot be right.

Takes a resolved reference, gives issues: 省委十四届四次全会 on a page without a place,
党的二十届九中全会 that never met. Known gap: below the province only missing places are seen,
since no register lists the terms of cities and counties.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pipeline.extract.plenums.event import relate
from pipeline.extract.plenums.resolve import Resolved
from pipeline.lexicons import Lexicons
from pipeline.records import Issue
from pipeline.registries.meetings import load_meetings
from pipeline.segment import Segments
from pipeline.setting import Setting

_STAGE = "plenums"
# party_terms lists the term that began from October 2021; congresses meet every five years.
_LISTED_TERM_FROM = date(2021, 10, 1)
_YEARS_OF_TERM = 5
_LONGEST_DELAY_DAYS = 366
# The register of central plenums has no gaps from here on.
_OLDEST_COMPLETE_TERM = 12


def report_doubts(
    found: Resolved, is_self: bool, segments: Segments, setting: Setting, lexicons: Lexicons
) -> Iterator[Issue]:
    """Say what could not be decided about a reference, and what contradicts the registers."""
    start, end = found.reference.start, found.reference.end
    if found.place is None:
        yield segments.issue(_STAGE, "meeting_unresolved", _explain_open(found), start, end)
    elif fault := _find_contradiction(found, is_self, segments, setting, lexicons):
        yield segments.issue(_STAGE, "meeting_inconsistent", fault, start, end)


def is_dated(setting: Setting) -> bool:
    """Whether the year of the document is printed or given, not estimated."""
    return bool(setting.published) or len(setting.event_date) >= len("2023-08-01")


def is_long_past(found: Resolved, setting: Setting) -> bool:
    """Whether the register dates a meeting too far from the document to be its event."""
    met = found.meeting.start_date if found.meeting else None
    if met is None or setting.date is None or not is_dated(setting):
        return False
    return abs((setting.date - met).days) > _LONGEST_DELAY_DAYS


def _explain_open(found: Resolved) -> str:
    reference = found.reference
    if reference.named and len(reference.named.places) > 1:
        codes = ", ".join(place.adcode for place in reference.named.places)
        return f"the name belongs to several units: {codes}"
    if reference.unit:
        return f"no unit of the type {reference.unit} is known for the document"
    return "nothing says whose meeting it is"


def _find_contradiction(
    found: Resolved, is_self: bool, segments: Segments, setting: Setting, lexicons: Lexicons
) -> str:
    """What the registers say against the numbers; empty where nothing."""
    reference, meeting = found.reference, found.meeting
    if reference.unit == "全国" and meeting is None:
        return _find_unknown_plenum(found, lexicons)
    if meeting and meeting.start_date and is_dated(setting) and setting.date:
        is_followed = relate(reference, segments.text, is_self, is_future=False) == "implemented"
        if is_followed and setting.date < meeting.start_date:
            return f"{meeting.id} met from {meeting.start_date}, the document is of {setting.date}"
    return _find_early_term(found, setting, lexicons)


def _find_unknown_plenum(found: Resolved, lexicons: Lexicons) -> str:
    reference = found.reference
    is_listed = reference.kind == "plenum" and (reference.term or 0) >= _OLDEST_COMPLETE_TERM
    if not (is_listed and reference.term and reference.session):
        return ""
    if not load_meetings(lexicons).has_term("plenum", reference.term + 1):
        return ""  # a sitting committee will meet again
    return f"the register knows no plenum {reference.session} of term {reference.term}"


def _find_early_term(found: Resolved, setting: Setting, lexicons: Lexicons) -> str:
    """省委十五届 cannot have met while the fourteenth committee of the province sat."""
    reference, place = found.reference, found.place
    if reference.kind not in ("plenum", "discipline_plenum", "congress") or not reference.term:
        return ""
    listed = lexicons.words["party_terms"].get(place.adcode if place else "")
    if listed is None or setting.date is None:
        return ""
    years = (setting.date - _LISTED_TERM_FROM).days / 365.25
    latest = int(listed) + int(years // _YEARS_OF_TERM)
    if reference.term <= latest:
        return ""
    return f"term {reference.term} begins after {setting.date}: the province was in term {latest}"
