"""Setting: when, where and by whom, as the page itself says.

Takes :class:`~pipeline.segment.Segments` and the document's metadata, gives :class:`Setting`, the
frame in which short forms (市委, 省第十四次党代会, 总书记) are resolved.
``8月1日，中国共产党苏州市相城区…`` belongs to 江苏省苏州市相城区 and has the event date 08-01,
since no year is printed. Known gap: of a headline over several lines the first line is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from pipeline.ingest.source import Metadata
from pipeline.lexicons import Lexicons, Place
from pipeline.numerals import NUMERAL, read_numeral
from pipeline.records import Issue
from pipeline.registries.meetings import load_meetings
from pipeline.registries.places import load_gazetteer
from pipeline.segment import Segments
from pipeline.setting.bylines import Byline, find_bylines
from pipeline.setting.dates import Day, PrintedDate, find_dates
from pipeline.setting.locate import Organ, Seat, locate_document
from pipeline.spans import Span


@dataclass(frozen=True, slots=True)
class Setting:
    """What a document says about itself.

    Attributes:
        title: Headline, from the text or else the metadata.
        headline: Where the headline stands in the text, if it does.
        published: Date printed or in the metadata, ISO 8601, or the year alone, or empty.
        event_date: Date of what is reported: ISO 8601, ``MM-DD`` without a year, ``first/last``.
        date: Best single date for resolving references; None where no year is known.
        place: Administrative unit the document belongs to; None where undecided.
        byline: Names of reporters and editors.
        byline_spans: Where bylines, credits and editors' notes stand: no officials in there.
        issues: What could not be decided.
        organ: The organ that acts in headline and lead; None where none is named.
    """

    title: str
    headline: Span | None
    published: str
    event_date: str
    date: date | None
    place: Place | None
    byline: tuple[str, ...]
    byline_spans: tuple[Span, ...]
    issues: tuple[Issue, ...]
    organ: Organ | None = None


_LONGEST_HEADLINE = 90
_NO_HEADLINE_PATTERN = re.compile(
    r"[—\-－（【]|.{0,12}(?:讯|消息|电)|来源|(?:各位|同志)|.{0,4}\d日"
)
_HEADLINE_END_PATTERN = re.compile(r"[。；：，、]$")
_URL_DATE_PATTERN = re.compile(r"(?<!\d)(20[0-2]\d|19[89]\d)[/-]?([01]\d)[/-]?([0-3]\d)(?!\d)")
# Where the press, not the event, is dated: 新华社北京2009年3月14日电, 发布时间：2023-08-02.
_PRESS_DATE_PATTERN = re.compile(
    r"(?:新华社|本报|记者)[^，。\n]{0,12}$|(?:发布|发表|时间|日期|来源)[^，。\n]{0,12}$"
)
_PRESS_AFTER_PATTERN = re.compile(r"[^，。\n]{0,3}(?:电|讯|发布|来源)")
# Dates that no event took place on: 8月底前, 7月1日起, 3月1日以来, 1月1日施行.
_NO_EVENT_PATTERN = re.compile(r"[^，。]{0,2}(?:前|起|以来|后|之前|施行|印发|《)")
# 2月28日至4月28日，巡视组对某省开展了巡视: the days looked into, not those of the report.
_LOOKED_INTO_PATTERN = re.compile(
    r"[^。；\n]{0,40}(?:开展|进行)了?[^。；\n]{0,12}(?:巡视|巡察|督察|督导|检查|审计)"
)
_HELD_AT_PATTERN = re.compile(r"[^，。\n]{0,40}(?:会议|大会)[^，。\n]{0,3}上|[）)]?$")
_ADOPTED_PATTERN = re.compile(r"[^\n]{0,60}通过[）)]")
_HEADED_YEAR_PATTERN = re.compile(r"(?P<year>(?:19|20)\d\d)年?[^\n]{0,20}报告")
_CUE_FRAME_PATTERN = re.compile(r"(?P<when>明年|去年|上年|今年|(?:19|20)\d\d)年?[^。；\n]{0,24}$")
_SECOND_DAY_PATTERN = re.compile(
    rf"[^。；\n]{{0,80}}[开闭]幕；(?P<day>{NUMERAL})日[^。；\n]{{0,60}}[开闭]幕"
)
_TOUR_PATTERN = re.compile(r"[^。；\n]{0,40}?(?:察看|查看|调研|考察|视察|检查|看望|慰问)")
_TOUR_GOES_ON_PATTERN = re.compile(
    r"(?:[上下]午)?，[^。；\n]{0,30}?(?:召开|举行|来到|前往|察看|查看|调研|考察|检查|看望|慰问)"
)
_LAST_DAY = 28  # no month is too short for it
_LEAD_PARAGRAPHS = 4
_HEADER_PARAGRAPHS = 8


def find_setting(segments: Segments, metadata: Metadata, lexicons: Lexicons) -> Setting:
    """Find what a document says about itself.

    Args:
        segments: The document.
        metadata: What is known from outside its text; it overrides what the page says.
        lexicons: Places, meetings and phrases that date a text.
    """
    text = segments.text
    bylines = tuple(find_bylines(text, segments.paragraphs))
    headline = find_headline(segments, bylines)
    lead = find_lead(segments, headline)
    published = _find_published(segments, metadata)
    told = _find_told_year(text, lexicons)
    event = find_event_date(segments, lead, _find_dateline(segments, published) or published)
    event = event.in_year(told) if event and told else event
    seat = locate_document(text, lead, metadata.place, load_gazetteer(lexicons))
    return Setting(
        title=text[slice(*headline)] if headline else metadata.title,
        headline=headline,
        published=published.isoformat() if published else metadata.published,
        event_date=event.as_text() if event else "",
        date=_estimate_date(text, event, published, told or _read_year(metadata), lexicons),
        place=seat.place,
        byline=tuple(dict.fromkeys(name for byline in bylines for name in byline.names)),
        byline_spans=tuple(byline.span for byline in bylines),
        issues=tuple(_report_doubts(segments, seat, metadata.place, lexicons)),
        organ=seat.organ,
    )


def find_headline(segments: Segments, bylines: Sequence[Byline] = ()) -> Span | None:
    """The first paragraph, if it reads like a headline: short, without the end of a sentence."""
    if len(segments.paragraphs) < 2:
        return None
    first = segments.paragraphs[0]
    line = segments.text[slice(*first)]
    is_text = _NO_HEADLINE_PATTERN.match(line) or _HEADLINE_END_PATTERN.search(line)
    if len(line) > _LONGEST_HEADLINE or is_text or any(b.span == first for b in bylines):
        return None
    return first


def find_lead(segments: Segments, headline: Span | None) -> tuple[Span, ...]:
    """Headline and first paragraphs of the body: where the event is named."""
    body = segments.paragraphs[1:] if headline else segments.paragraphs
    return (*((headline,) if headline else ()), *body[:_LEAD_PARAGRAPHS])


def _find_published(segments: Segments, metadata: Metadata) -> date | None:
    """Day of publication: metadata, address, dateline; in the year of the metadata, if told."""
    year = _read_year(metadata)
    if metadata.published and not year:
        return date.fromisoformat(metadata.published)
    day = _find_printed_day(segments, metadata.url)
    return day if day and year in (None, day.year) else None


def _read_year(metadata: Metadata) -> int | None:
    """The year of publication, where the metadata give no more than that."""
    return int(metadata.published) if len(metadata.published) == len("2016") else None


def _find_printed_day(segments: Segments, url: str) -> date | None:
    for match in _URL_DATE_PATTERN.finditer(url):
        try:
            return date(*(int(part) for part in match.groups()))
        except ValueError:
            continue
    return _find_dateline(segments, None)


def _find_dateline(segments: Segments, published: date | None) -> date | None:
    """新华社北京11月2日电: the day on which 今天 was written, whenever it was printed."""
    for start, end in segments.paragraphs[:_HEADER_PARAGRAPHS]:
        for printed in find_dates(segments.text, start, min(end, start + 60), published):
            if _is_press_date(segments.text, printed) and (day := printed.first.as_date()):
                return day
    return None


def _is_press_date(text: str, printed: PrintedDate) -> bool:
    before = text[max(0, printed.start - 16) : printed.start]
    after = _PRESS_AFTER_PATTERN.match(text, printed.end)
    return bool(_PRESS_DATE_PATTERN.search(before) and (after or "间" in before or "期" in before))


def find_event_date(
    segments: Segments, lead: Sequence[Span], published: date | None
) -> PrintedDate | None:
    """When it happened: a header that dates a report, else the lead, else the signature."""
    for candidates in (
        _find_header_dates(segments, published, _HELD_AT_PATTERN),
        _find_lead_dates(segments, lead, published),
        _find_header_dates(segments, published, _ADOPTED_PATTERN),
        _find_signature_dates(segments),
    ):
        if printed := next(candidates, None):
            return printed
    return None


def _find_header_dates(
    segments: Segments, published: date | None, following: re.Pattern[str]
) -> Iterator[PrintedDate]:
    """——二〇一四年一月八日在…会议上, （2020年10月29日…通过）: a line that opens with its date."""
    text = segments.text
    for start, end in segments.paragraphs[:_HEADER_PARAGRAPHS]:
        opening = len(text[start:end]) - len(text[start:end].lstrip("—-－（( "))
        for printed in find_dates(text, start, min(end, start + 24), published):
            held = following.match(text, printed.end, end)
            if printed.start - start <= opening and held and end - start <= 90:
                yield printed


def _find_lead_dates(
    segments: Segments, lead: Sequence[Span], published: date | None
) -> Iterator[PrintedDate]:
    """Dates of the lead; a period that was looked into gives way to any later date."""
    dates = tuple(_list_lead_dates(segments, lead, published))
    periods = [printed for printed in dates if _is_looked_into(segments.text, printed)]
    events = [printed for printed in dates if printed not in periods]
    if periods and events:
        yield from (_take_year(printed, periods[-1].last) for printed in events)
    else:
        yield from dates


def _take_year(printed: PrintedDate, before: Day) -> PrintedDate:
    """2月28日至4月28日 of 2016, then 6月3日: the first such day after the period."""
    if before.year is None or before.month is None or printed.first.month is None:
        return printed
    return printed.in_year(before.year + (printed.first.month < before.month))


def _is_looked_into(text: str, printed: PrintedDate) -> bool:
    several = printed.first != printed.last
    return several and bool(_LOOKED_INTO_PATTERN.match(text, printed.end))


def _list_lead_dates(
    segments: Segments, lead: Sequence[Span], published: date | None
) -> Iterator[PrintedDate]:
    text = segments.text
    for number, (start, end) in enumerate(lead):
        for printed in find_dates(text, start, end, published):
            clause_end = min(end, printed.end + 8)
            opens_header = text[start] in "（(" and _ADOPTED_PATTERN.match(text, printed.end, end)
            is_no_event = _NO_EVENT_PATTERN.match(text, printed.end, clause_end)
            if not (opens_header or is_no_event or _is_press_date(text, printed)):
                several = _extend_to_second_day(text, printed, end)
                yield _extend_to_later_paragraph(text, several, lead[number + 1 :])


def _extend_to_second_day(text: str, printed: PrintedDate, end: int) -> PrintedDate:
    """十五日上午，政协会议闭幕；十六日，人代会闭幕: both days, in one sentence."""
    later = _SECOND_DAY_PATTERN.match(text, printed.end, end)
    day = read_numeral(later["day"]) if later else None
    if day is None or printed.first != printed.last or not printed.last.day < day <= _LAST_DAY:
        return printed
    return replace(printed, last=replace(printed.last, day=day))


def _extend_to_later_paragraph(
    text: str, printed: PrintedDate, paragraphs: Sequence[Span]
) -> PrintedDate:
    """3月4日，某书记到某县察看春耕 and below it 3月6日，市委召开会议: a tour of several days."""
    if printed.first != printed.last or not _TOUR_PATTERN.match(text, printed.end):
        return printed
    for start, end in paragraphs:
        later = next(find_dates(text, start, min(end, start + 16)), None)
        if later and later.start == start and _TOUR_GOES_ON_PATTERN.match(text, later.end, end):
            day, month = later.last.day, later.last.month or printed.last.month
            if month == printed.last.month and printed.last.day < day <= _LAST_DAY:
                printed = replace(printed, last=replace(printed.last, day=day))
    return printed


def _find_signature_dates(segments: Segments) -> Iterator[PrintedDate]:
    """A date alone on one of the last lines."""
    for start, end in segments.paragraphs[-3:]:
        for printed in find_dates(segments.text, start, end):
            if (printed.start, printed.end) == (start, end):
                yield printed


def _estimate_date(
    text: str,
    event: PrintedDate | None,
    published: date | None,
    told: int | None,
    lexicons: Lexicons,
) -> date | None:
    """The best single date: printed, published, told, or soon after the last meeting named."""
    day = event.last if event else None
    if day and day.year:
        return day.as_date()
    if published:
        return published
    if day is None and (headed := _HEADED_YEAR_PATTERN.match(text)):
        return _place_in_year(day, int(headed["year"]))
    if told:
        return _place_in_year(day, told)
    if latest := load_meetings(lexicons).find_latest_named(text):
        estimate = _place_in_year(day, latest.year)
        return estimate if estimate >= latest else _place_in_year(day, latest.year + 1)
    return None


def _find_told_year(text: str, lexicons: Lexicons) -> int | None:
    """The year that phrases tell; None where there is none or they disagree."""
    years = set(_find_told_years(text, lexicons))
    return years.pop() if len(years) == 1 else None


def _find_told_years(text: str, lexicons: Lexicons) -> Iterator[int]:
    """Years of the document told by phrases: 今年是“十五五”开局之年 and 明年是… a year earlier."""
    for cue, year in lexicons.words["year_cues"].items():
        if (position := text.find(cue)) < 0:
            continue
        before = _CUE_FRAME_PATTERN.search(text[max(0, position - 30) : position])
        shift = {"明年": -1, "去年": 1, "上年": 1}.get(before["when"], 0) if before else 0
        # 庆祝改革开放40周年大会: an anniversary may lie back; 今年是改革开放40周年 tells.
        is_loose = before is None and cue.endswith("周年")
        if not (is_loose or (before and before["when"].isdigit())):
            yield int(year) + shift


def _place_in_year(day: Day | None, year: int) -> date:
    """The day in that year; the middle of the year where no day is printed."""
    return date(year, day.month or 7, min(day.day, 28)) if day else date(year, 7, 1)


def _report_doubts(
    segments: Segments, seat: Seat, given: str, lexicons: Lexicons
) -> Iterator[Issue]:
    """Say why the place is open, and where the one given is unknown."""
    gazetteer = load_gazetteer(lexicons)
    if given and not gazetteer.lookup(given):
        message = f"the place given, {given!r}, is no unit of the lexicons"
        yield segments.issue("setting", "place_not_listed", message, 0, 0)
    if seat.place is not None:
        return
    start, end = seat.organ.span if seat.organ else Span(0, 0)
    if seat.rivals:
        rivals = "、".join(gazetteer.full_name(place) for place in seat.rivals)
        yield segments.issue("setting", "place_ambiguous", f"may be {rivals}", start, end)
    else:
        message = "nothing on the page says which place it belongs to"
        yield segments.issue("setting", "place_unknown", message, start, end)
