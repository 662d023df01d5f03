"""Plenums: references to named party and state assemblies (全会、党代会、两会).

Takes segments, setting and lexicons, gives :class:`~pipeline.records.Plenum` rows and issues in
reading order: in a paper of 苏州市相城区, 市委十三届五次全会 is
中国共产党苏州市第十三届委员会第五次全体会议. Find first, resolve second; what cannot be resolved
keeps its row with an empty name. Known gaps: those of the two steps.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.extract.plenums.doubts import is_long_past, meets_later, report_doubts
from pipeline.extract.plenums.event import TWO_SESSIONS, find_events, relate
from pipeline.extract.plenums.find import find_references
from pipeline.extract.plenums.names import name_body, name_meeting
from pipeline.extract.plenums.references import Reference
from pipeline.extract.plenums.resolve import Resolved, resolve_references
from pipeline.lexicons import Lexicons
from pipeline.lexicons.partial_dates import read_exact_day
from pipeline.records import Issue, Plenum
from pipeline.registries.places import Gazetteer, find_mentions, load_gazetteer
from pipeline.segment import Segments
from pipeline.setting import Setting
from pipeline.setting.dates import find_dates

__all__ = ["extract_plenums"]

# 全国政协农业和农村委员会22日在京召开|第一次对口协商座谈会: who met stands before the verb.
_HOST_PATTERN = re.compile(
    r"(?:^|[，。：；\n])(?P<host>[一-龥]{3,24}?)(?:\d{1,2}月)?(?:\d{1,2}日)?(?:[上下]午)?(?:在[一-龥]{1,6}?)?(?:主持)?(?:召开|举行)$"
)
_LONGEST_FRAME = 60
# A ministry, commission or bureau, not who presided for it.
_HOSTING_ORGAN_PATTERN = re.compile(r"(?:部|委|委员会|总局|局|署|院|办公室)$")
# Before 省委全会: another one than the one reported.
_ANOTHER_PATTERN = re.compile(
    r"(?:去年|上年|上次|历次|每次|每年|今后|[向经]|提请|提交)[^，。；\n]{0,4}$"
)
# Meetings that bear a name and no number: their day says which one is meant.
_UNNUMBERED = frozenset({"politburo", "conference"})


def extract_plenums(
    segments: Segments, setting: Setting, lexicons: Lexicons
) -> Iterator[Plenum | Issue]:
    """Find and resolve every reference to an assembly.

    Args:
        segments: The document.
        setting: Its place and date.
        lexicons: Places, meetings, terms.
    """
    gazetteer = load_gazetteer(lexicons)
    mentions = find_mentions(segments.text, gazetteer)
    references = find_references(segments.text, mentions, lexicons)
    events = find_events(references, segments, setting)
    references = _keep_rows(references, events[0] if events else None, setting)
    resolved = tuple(resolve_references(references, setting, lexicons))
    reported = [
        found
        for found in resolved
        if any(_stands_for(found.reference, event) for event in events)
        and not is_long_past(found, setting)
    ]
    for found in resolved:
        own = _find_full_form(found, reported, segments.text)
        is_self = (
            own is not None
            or _is_pair_reported(found, reported)
            or any(_is_reported(found, own, segments, setting) for own in reported)
        )
        yield _make_row(found, own, is_self, segments, setting, gazetteer)
        yield from report_doubts(found, is_self, segments, setting, lexicons)


def _keep_rows(
    references: Sequence[Reference], event: Reference | None, setting: Setting
) -> tuple[Reference, ...]:
    """Drop committees' meetings without a number, but for the event: once, best in the body."""
    is_unnumbered = "plenum.standing_unnumbered"
    kept = None
    if event and event.rule == is_unnumbered:
        headline_end = setting.headline.end if setting.headline else 0
        same = [r for r in references if r.rule == is_unnumbered and r.unit == event.unit]
        kept = next((r for r in same if r.start >= headline_end), event)
    return tuple(r for r in references if r.rule != is_unnumbered or r is kept)


def _stands_for(reference: Reference, event: Reference) -> bool:
    """Whether it is the event's reference, or the row kept in its stead."""
    if event.rule == "plenum.standing_unnumbered":
        return reference.rule == event.rule
    return reference.start == event.start


def _is_reported(found: Resolved, reported: Resolved, segments: Segments, setting: Setting) -> bool:
    """Whether a reference means the meeting reported; without numbers its date must agree."""
    if found is reported:
        return True
    if not found.is_same_meeting(reported):
        return False
    if found.reference.session is not None or found.reference.kind == "congress":
        return True
    return found.reference.kind in _UNNUMBERED and _is_on_event_day(found, segments, setting)


def _find_full_form(found: Resolved, reported: Sequence[Resolved], text: str) -> Resolved | None:
    """州委全会 on a page that reports 州委五届九次全会: the meeting it stands for."""
    short = found.reference
    before = text[max(0, short.start - 12) : short.start]
    if short.rule != "plenum.unnumbered" or "历次" in text[short.start : short.end]:
        return None
    if found.place is None or _ANOTHER_PATTERN.search(before):
        return None
    return next(
        (
            own
            for own in reported
            if own.place == found.place
            and own.reference.kind == short.kind
            and own.reference.session is not None
        ),
        None,
    )


def _is_pair_reported(found: Resolved, reported: Sequence[Resolved]) -> bool:
    """Whether 两会 means the two sessions the document reports."""
    kinds = {own.reference.kind for own in reported if found.place in (None, own.place)}
    return found.reference.kind == "two_sessions" and kinds >= TWO_SESSIONS


def _is_on_event_day(found: Resolved, segments: Segments, setting: Setting) -> bool:
    sentence = segments.sentences[segments.sentence_at(found.reference.start)]
    start = max(sentence.start, found.reference.start - _LONGEST_FRAME)
    published = read_exact_day(setting.published)
    days = [
        day.as_text() for day in find_dates(segments.text, start, found.reference.end, published)
    ]
    return (
        not days
        or setting.event_date in (days[-1], days[-1][5:])
        or days[-1] == setting.event_date[5:]
    )


def _make_row(
    found: Resolved,
    full: Resolved | None,
    is_self: bool,
    segments: Segments,
    setting: Setting,
    gazetteer: Gazetteer,
) -> Plenum:
    reference, place, meeting = found.reference, found.place, (full or found).meeting
    is_national = place == gazetteer.country
    formal = gazetteer.formal_name(place) if place else ""
    coded = gazetteer.coded(place) if place else None
    start, end = (meeting.start_date, meeting.end_date) if meeting else ("", "")
    is_future = meeting is not None and meets_later(meeting, setting)
    return Plenum(
        *segments.passage(reference.start, reference.end, reference.rule),
        kind=reference.kind,
        name=meeting.name if meeting else _name(full or found, segments, gazetteer),
        body=(meeting.body if meeting else "")
        or (name_body(reference, formal) if place else "")
        or _find_organ_before(reference, segments),
        place=gazetteer.full_name(coded) if coded else "",
        adcode=coded.adcode if coded and not is_national else "",
        term=reference.term,
        session=reference.session,
        start_date=read_exact_day(start),
        end_date=read_exact_day(end),
        is_self=is_self,
        relation=relate(reference, segments.text, is_self, is_future),
        meeting_id=meeting.id if meeting else "",
    )


def _name(found: Resolved, segments: Segments, gazetteer: Gazetteer) -> str:
    if not found.place:
        return ""
    if found.reference.rule == "plenum.conference_numbered":
        return _find_host(found.reference, segments) + found.reference.theme
    is_conference = found.reference.kind == "conference"  # 第七师…市党委经济工作会议, as in use
    name_place = gazetteer.organ_name if is_conference else gazetteer.formal_name
    return name_meeting(found.reference, name_place(found.place))


def _find_host(reference: Reference, segments: Segments) -> str:
    before = segments.text[max(0, reference.start - 60) : reference.start]
    match = _HOST_PATTERN.search(before)
    return match["host"] if match and not reference.unit else ""


def _find_organ_before(reference: Reference, segments: Segments) -> str:
    """农业部召开|全国春耕生产工作会议: the organ that called a conference of nobody's name."""
    if reference.kind != "conference":
        return ""
    before = segments.text[max(0, reference.start - 60) : reference.start]
    match = _HOST_PATTERN.search(before)
    return match["host"] if match and _HOSTING_ORGAN_PATTERN.search(match["host"]) else ""
