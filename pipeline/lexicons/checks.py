"""Consistency of the lexicons: what a column's type cannot say.

Takes the rows of all files with their line numbers, gives nothing, or the first fault with file,
line and remedy: slogans.csv:52: surface '三件大事' is also that of san-jian-da-shi-beijing; flag
both ambiguous. Known gap: whether a fact is true only a reader of its source can say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator
from itertools import pairwise
from operator import attrgetter
from pathlib import Path
from typing import TypeVar

from pipeline.lexicons.entries import WORD_LISTS, Entry, Meeting, Person, Place, Slogan
from pipeline.lexicons.layers import LexiconRows, Row, Rows
from pipeline.lexicons.partial_dates import find_first_day, find_last_day
from pipeline.lexicons.reader import LexiconError
from pipeline.lexicons.spelling import normalise_spelling, reduce_spelling, surface_of
from pipeline.numerals import NUMERAL, read_numeral

EntryT = TypeVar("EntryT", bound=Entry)
Fault = tuple[Path, int, str]

# Two characters that are no punctuation: 双减, 5G, but not “新” or ——.
_TELLING_PATTERN = re.compile(r"[^\W_][\W_]*[^\W_]")
# 第二十届中央委员会第三次全体会议: term before 届, session before 次; of a congress 次 is the term.
_TERM_PATTERN = re.compile(f"第({NUMERAL})届")
_SESSION_PATTERN = re.compile(f"第({NUMERAL})次(?:全体)?会议")
_CONGRESS_PATTERN = re.compile(f"第({NUMERAL})次(?:全国)?代表大会")


def check_rows(rows: LexiconRows) -> None:
    """Raise the first fault of the rows, if there is one.

    Raises:
        LexiconError: With the line and what to do about it.
    """
    for check in (_check_slogans, _check_meetings, _check_places, _check_people, _check_words):
        for fault in check(rows):
            raise LexiconError(*fault)


def check_reach(rows: LexiconRows) -> None:
    """Raise for the first spelling no normalised text can contain: 兩個確立, ９５條.

    Raises:
        LexiconError: With the spelling to write instead.
    """
    for path, line, spelling in _list_spellings(rows):
        if (plain := normalise_spelling(spelling)) != spelling:
            fault = f"{spelling!r} never stands in a normalised text; write {plain!r}"
            raise LexiconError(path, line, fault)


def _check_slogans(rows: LexiconRows) -> Iterator[Fault]:
    adcodes = {row.entry.adcode for row in rows.places}
    yield from _find_repeated(rows.slogans, attrgetter("id"), "id", "choose another")
    yield from _find_repeated(
        rows.slogans, attrgetter("canonical"), "canonical", "add a sense in （）"
    )
    for path, line, slogan in rows.slogans:
        for fault in _list_slogan_faults(slogan, adcodes):
            yield path, line, fault
    yield from _find_shared_surfaces(rows.slogans)


def _list_slogan_faults(slogan: Slogan, adcodes: set[str]) -> Iterator[str]:
    for spelling in (surface_of(slogan.canonical), *slogan.variants):
        if not ((len(spelling) > 1 and spelling.isalnum()) or _TELLING_PATTERN.search(spelling)):
            yield f"{spelling!r} has less than two characters that tell; lengthen or delete it"
    if slogan.place and slogan.place not in adcodes:
        yield f"place {slogan.place} is not in {Place.file}; correct it or add the place"
    if slogan.level == "central" and slogan.place:
        yield "a central slogan has no place; change level or empty place"
    if "template" in slogan.flags and "X" not in surface_of(slogan.canonical):
        yield "a template has a slot X for a place; add it or remove the flag"
    if bool(slogan.english) != bool(slogan.english_type):
        yield "english and english_type go together; fill or empty both"
    if slogan.first_date:
        yield from _list_date_faults(slogan.first_date)


def _find_shared_surfaces(slogans: Rows[Slogan]) -> Iterator[Fault]:
    """Surfaces that stand twice, in one entry or in two that are not declared ambiguous."""
    owners: dict[str, Slogan] = {}
    for path, line, slogan in slogans:
        for spelling in (surface_of(slogan.canonical), *slogan.variants):
            surface = reduce_spelling(spelling)
            owner = owners.get(surface)
            if owner is None:
                owners[surface] = slogan
            elif owner is slogan:
                fault = f"variant {spelling!r} differs by marks alone; marks need none, delete it"
                yield path, line, fault
            elif not _are_ambiguous(slogan, owner):
                fault = f"surface {surface!r} is also that of {owner.id}; flag both ambiguous"
                yield path, line, fault


def _are_ambiguous(*slogans: Slogan) -> bool:
    return all("ambiguous" in slogan.flags for slogan in slogans)


def _check_meetings(rows: LexiconRows) -> Iterator[Fault]:
    yield from _find_repeated(rows.meetings, lambda meeting: meeting.id, "id", "choose another")
    numbered = tuple(row for row in rows.meetings if row.entry.term is not None)
    yield from _find_repeated(
        numbered,
        lambda meeting: (meeting.place, meeting.kind, meeting.term, meeting.session),
        "place, kind, term and session",
        "delete one",
    )
    names: dict[str, list[str]] = {}
    for row in rows.places:
        names.setdefault(row.entry.adcode, []).append(row.entry.name)
    for path, line, meeting in rows.meetings:
        for fault in _list_meeting_faults(meeting):
            yield path, line, fault
        if meeting.place and not any(name in meeting.name for name in names.get(meeting.place, ())):
            fault = f"place {meeting.place} is not the one in the name; correct place or name"
            yield path, line, fault
    yield from _find_disordered_terms(numbered)


def _list_meeting_faults(meeting: Meeting) -> Iterator[str]:
    if meeting.kind != "conference":
        found = _read_numbers(meeting)
        if found != (meeting.term, meeting.session):
            yield f"term and session are {found} in the name; correct name or numbers"
    if meeting.certain == "no" and (meeting.start_date or meeting.end_date):
        yield "an uncertain meeting has no dates; verify them or move them to notes"
    if meeting.end_date and not meeting.start_date:
        yield "end_date without start_date; fill or empty both"
    yield from _list_date_faults(meeting.start_date, meeting.end_date)


def _find_disordered_terms(meetings: Rows[Meeting]) -> Iterator[Fault]:
    """Meetings of one place and kind whose numbers and dates disagree: the 14th before the 13th."""
    series: dict[Hashable, list[Row[Meeting]]] = {}
    for row in meetings:
        if row.entry.start_date:
            series.setdefault((row.entry.place, row.entry.kind), []).append(row)
    for rows in series.values():
        rows.sort(key=lambda row: (row.entry.term or 0, row.entry.session or 0))
        for (_, _, earlier), (path, line, later) in pairwise(rows):
            if find_last_day(later.start_date) < find_first_day(earlier.start_date):
                fault = f"meets before {earlier.id}, which has a lower number; correct the dates"
                yield path, line, fault


def _read_numbers(meeting: Meeting) -> tuple[int | None, int | None]:
    """Term and session as the full name states them."""
    term = _CONGRESS_PATTERN if meeting.kind == "congress" else _TERM_PATTERN
    numbers = [
        read_numeral(match[1]) if (match := pattern.search(meeting.name)) else None
        for pattern in (term, _SESSION_PATTERN)
    ]
    return numbers[0], numbers[1]


def _check_places(rows: LexiconRows) -> Iterator[Fault]:
    yield from _find_repeated(
        rows.places, lambda place: (place.adcode, place.name), "adcode and name", "delete one"
    )
    current = tuple(row for row in rows.places if not row.entry.valid_to)
    yield from _find_repeated(
        current, lambda place: place.adcode, "adcode of a current unit", "fill valid_to of one"
    )
    yield from _find_overlapping_places(rows.places)
    by_adcode = {row.entry.adcode: row.entry for row in rows.places}
    for path, line, place in rows.places:
        for fault in _list_place_faults(place, by_adcode):
            yield path, line, fault


def _find_overlapping_places(places: Rows[Place]) -> Iterator[Fault]:
    """Units of one code that existed at once: 襄阳市 before 襄樊市 was gone."""
    last: dict[str, Place] = {}
    for path, line, place in places:
        earlier = last.get(place.adcode)
        last[place.adcode] = place
        if earlier and earlier.valid_to and place.valid_from:
            for fault in _list_date_faults(earlier.valid_to, place.valid_from):
                yield path, line, f"{place.name} follows {earlier.name}, but {fault}"


def _list_place_faults(place: Place, by_adcode: dict[str, Place]) -> Iterator[str]:
    yield from _list_date_faults(place.valid_from, place.valid_to)
    for name in (place.name, *place.short_names):
        if len(name) < 2:
            yield f"{name!r} is a single character; keep the word for its type (沛县)"
    if place.level == "country":
        return
    unit: Place | None = place
    for _ in range(6):  # 师 in 兵团 in 自治区 in 全国 is four steps
        if unit is None or unit.level == "country":
            break
        unit = by_adcode.get(unit.parent)
    if unit is None:
        yield f"parent {place.parent or 'missing'} leads nowhere; name a listed unit"
    elif unit.level != "country":
        yield f"parent {place.parent} leads round in a circle; name the unit above"


def _check_people(rows: LexiconRows) -> Iterator[Fault]:
    yield from _find_repeated(rows.people, lambda person: person.id, "id", "choose another")
    known = {row.entry.id for row in rows.people}
    for path, line, post in rows.posts:
        if post.person_id not in known:
            fault = f"person {post.person_id} is not in {Person.file}; add the person"
            yield path, line, fault
        for fault in _list_date_faults(post.start_date, post.end_date):
            yield path, line, fault


def _check_words(rows: LexiconRows) -> Iterator[Fault]:
    for name, words in rows.words.items():
        yield from _find_repeated(words, lambda word: word.word, "word", "delete one")
        if (allowed := WORD_LISTS[name]) is not None:
            for path, line, word in words:
                if word.value not in allowed:
                    yield path, line, f"{word.value!r} is none of {', '.join(sorted(allowed))}"


def _find_repeated(
    rows: Iterable[Row[EntryT]],
    key: Callable[[EntryT], Hashable],
    what: str,
    remedy: str,
) -> Iterator[Fault]:
    """Rows whose key stands on an earlier line; hardly ever one, which a set of the keys shows."""
    rows = tuple(rows)
    if len({key(row.entry) for row in rows}) == len(rows):
        return
    first: dict[Hashable, Row[EntryT]] = {}
    for row in rows:
        earlier = first.setdefault(key(row.entry), row)
        if earlier is not row:
            where = "" if earlier.path == row.path else f"{earlier.path} "
            fault = f"{what} {key(row.entry)!r} stands on {where}line {earlier.line} too; {remedy}"
            yield row.path, row.line, fault


def _list_date_faults(start: str, end: str = "") -> Iterator[str]:
    """Faults of partial dates; 2001 and 2001-03-02 may follow each other either way."""
    if not (start or end):
        return
    for day in (start, end):
        if day and not _is_date(day):
            yield f"{day} is no date; write YYYY, YYYY-MM or YYYY-MM-DD"
    shared = min(len(start), len(end))
    if end[:shared] < start[:shared]:
        yield f"ends {end} before it starts {start}; correct the dates"


def _is_date(day: str) -> bool:
    try:
        find_first_day(day)
    except ValueError:
        return False
    return True


def _list_spellings(rows: LexiconRows) -> Iterator[tuple[Path, int, str]]:
    """What texts are searched for, other than words."""
    for path, line, slogan in rows.slogans:
        for spelling in (surface_of(slogan.canonical), *slogan.variants):
            yield path, line, spelling
    for path, line, meeting in rows.meetings:
        yield from ((path, line, name) for name in (meeting.name, *meeting.short_names))
    for path, line, place in rows.places:
        yield from ((path, line, name) for name in (place.name, *place.short_names))
    for path, line, person in rows.people:
        yield path, line, person.name
    for path, line, post in rows.posts:
        yield from ((path, line, title) for title in (post.title, *post.short_titles))
