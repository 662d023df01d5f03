"""Doubts: what a reference leaves open, and numbers that cannot be right.

Takes a resolved reference, gives issues: 省委十四届四次全会 on a page without a place,
党的二十届九中全会 that never met, 省十六届人大一次会议 ten years too early. Known gap: below the
province only missing places are seen, since no register lists the terms of cities and counties.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from pipeline.extract.plenums.event import Relation, relate
from pipeline.extract.plenums.references import Reference
from pipeline.extract.plenums.resolve import Resolved, code_of
from pipeline.lexicons import Lexicons, Meeting
from pipeline.lexicons.partial_dates import find_first_day, find_last_day
from pipeline.records import Issue
from pipeline.registries.meetings import load_meetings
from pipeline.registries.places import load_gazetteer
from pipeline.segment import Segments
from pipeline.setting import Setting

_STAGE = "plenums"
_LONGEST_DELAY_DAYS = 366
# Delegates to 省第十五次党代会 are elected, and named, within the year before it.
_LONGEST_PREPARATION = timedelta(days=366)
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


def _is_dated(setting: Setting) -> bool:
    """Whether the year of the document is printed or given, not estimated."""
    return bool(setting.published) or len(setting.event_date) >= len("2023-08-01")


def is_long_past(found: Resolved, setting: Setting) -> bool:
    """Whether the register dates a meeting too far from the document to be its event."""
    met = found.meeting.start_date if found.meeting else ""
    if not met or setting.date is None or not _is_dated(setting):
        return False
    too_early = (find_first_day(met) - setting.date).days > _LONGEST_DELAY_DAYS
    return too_early or (setting.date - find_last_day(met)).days > _LONGEST_DELAY_DAYS


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
    relation = relate(reference, segments.text, is_self, is_future=False)
    if meeting and relation == "implemented" and meets_later(meeting, setting):
        return f"{meeting.id} met from {meeting.start_date}, the document is of {setting.date}"
    if found.place is None or found.place == load_gazetteer(lexicons).country:
        return ""
    return _find_wrong_term(found, relation, is_self, setting, lexicons)


def meets_later(meeting: Meeting, setting: Setting) -> bool:
    """Whether the register dates a meeting after a document whose date is known."""
    if not (meeting.start_date and setting.date and _is_dated(setting)):
        return False
    return setting.date < find_first_day(meeting.start_date)


def _find_unknown_plenum(found: Resolved, lexicons: Lexicons) -> str:
    reference = found.reference
    is_listed = reference.kind == "plenum" and (reference.term or 0) >= _OLDEST_COMPLETE_TERM
    if not (is_listed and reference.term and reference.session):
        return ""
    if not load_meetings(lexicons).has_term("plenum", reference.term + 1):
        return ""  # a sitting committee will meet again
    return f"the register knows no plenum {reference.session} of term {reference.term}"


def _find_wrong_term(
    found: Resolved, relation: Relation, is_self: bool, setting: Setting, lexicons: Lexicons
) -> str:
    """省委十五届 cannot have met while the fourteenth committee sat, nor can the thirteenth now."""
    reference, registry = found.reference, load_meetings(lexicons)
    kind, on = _elected_by(reference), setting.date
    if not (kind and reference.term and on and found.place):
        return ""
    code = code_of(found.place, load_gazetteer(lexicons))
    begin = registry.estimate_begin(kind, code, reference.term)
    ahead = timedelta(0) if relation in ("held", "implemented") else _LONGEST_PREPARATION
    if begin and relation != "convened_later" and on + ahead < begin:
        return f"term {reference.term} begins after {on}, not before {begin}"
    following = registry.list_terms(kind, code).get(reference.term + 1)
    if is_self and following and find_last_day(following) < on:
        return f"term {reference.term} ended before {on}: the next one began in {following}"
    return ""


def _elected_by(reference: Reference) -> str:
    """The kind of meeting with which terms of the body begin; empty where terms are not counted."""
    match reference.kind:
        case "plenum" | "discipline_plenum" | "congress":
            return "congress"
        case "peoples_congress" | "cppcc":
            return reference.kind
        case "standing_committee" if "人" in reference.theme:
            return "peoples_congress"
        case "standing_committee" if "政" in reference.theme:
            return "cppcc"
        case "standing_committee":
            return "congress"
        case _:
            return ""
