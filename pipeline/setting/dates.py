"""Dates: day, month and year as the genre prints them.

Takes a stretch of text, gives :class:`PrintedDate` items: 2025年12月5日至6日 is the 5th to the
6th of December 2025, 7月28日至29日 the same without a year. Known gap: 日前, 近日 and 上周 are no
dates.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from pipeline.numerals import NUMERAL, YEAR, read_numeral, read_year

_TO = r"(?:至|到|、|—{1,2}|－|-|–|~|～)"
_DAY_PATTERN = re.compile(
    rf"""(?:(?P<year>{YEAR})[ ]?年[ ]?)?
    (?:(?P<month>{NUMERAL})[ ]?月[ ]?(?P<day>{NUMERAL})[ ]?日?|(?<![\d月])(?P<bare>{NUMERAL})日)
    (?:[上下]午|晚)?
    (?:(?<=[\d日午晚]){_TO}(?:(?P<year2>{YEAR})年)?(?:(?P<month2>{NUMERAL})月)?(?P<day2>{NUMERAL})日)?
    |(?P<relative>今天|今日|昨天|昨日)
    |(?<!\d)(?P<iso>(?:19|20)\d\d[-/.]\d{{1,2}}[-/.]\d{{1,2}})(?!\d)""",
    re.VERBOSE,
)

# What every date holds, rare enough to look closely only around it; a date begins at most so far
# before its first sign and ends at most so far behind it.
_SIGN_PATTERN = re.compile(r"[月日]|今天|昨天|(?:19|20)\d\d[-/.]")
_LONGEST_BEFORE, _LONGEST_BEHIND = 16, 48


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a month; ``year`` and ``month`` are None where they are not printed."""

    day: int
    month: int | None = None
    year: int | None = None

    def as_text(self) -> str:
        """ISO 8601, or ``MM-DD`` without a year.

        >>> Day(1, 8).as_text(), Day(1, 8, 2023).as_text()
        ('08-01', '2023-08-01')
        """
        year = f"{self.year}-" if self.year else ""
        return f"{year}{self.month:02}-{self.day:02}"

    def as_date(self) -> date | None:
        """The date, where all of it is known."""
        return date(self.year, self.month, self.day) if self.year and self.month else None


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A date at ``[start, end)``; ``first`` and ``last`` differ where several days are named."""

    start: int
    end: int
    first: Day
    last: Day

    def as_text(self) -> str:
        """ISO 8601; first and last day joined by ``/`` where they differ."""
        days = dict.fromkeys((self.first.as_text(), self.last.as_text()))
        return "/".join(days)

    def in_year(self, year: int) -> PrintedDate:
        """The same days in a year; what is printed stays."""
        first = replace(self.first, year=self.first.year or year)
        return replace(self, first=first, last=replace(self.last, year=self.last.year or year))


def find_dates(
    text: str, start: int, end: int, published: date | None = None
) -> Iterator[PrintedDate]:
    """Find dates in ``text[start:end]``, in order.

    Args:
        text: The document.
        start: Where to begin.
        end: Where to stop.
        published: Day of publication: 今天, 28日 and days without a year are read from there.

    >>> [printed.as_text() for printed in find_dates("7月28日至29日，全会召开。", 0, 14)]
    ['07-28/07-29']
    """
    for match in _match_days(text, start, end):
        days = _read_days(match, published)
        if days and all(_is_possible(day) for day in days):
            first, last = (_complete(day, published) for day in days)
            yield PrintedDate(match.start(), match.end(), first, last)


def _match_days(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    for sign in _SIGN_PATTERN.finditer(text, start, end):
        at = sign.start()
        if at >= start:
            first, last = max(start, at - _LONGEST_BEFORE), min(end, at + _LONGEST_BEHIND)
            match = _DAY_PATTERN.search(text, first, last)
            if match and match.start() <= at:
                yield match
                start = match.end()


def _read_days(match: re.Match[str], published: date | None) -> tuple[Day, Day] | None:
    """First and last day as printed; None for a day that nothing gives a month."""
    if iso := match["iso"]:
        day = Day(*(int(part) for part in reversed(re.split(r"[-/.]", iso))))
        return day, day
    if relative := match["relative"]:
        if published is None:
            return None
        meant = _from_date(published - timedelta(days=relative.startswith("昨")))
        return meant, meant
    month = read_numeral(match["month"]) if match["month"] else None
    first = Day(
        read_numeral(match["day"] or match["bare"]) or 0,
        month,
        read_year(match["year"]) if match["year"] else None,
    )
    if month is None:
        if published is None:
            return None
        first = _last_before(first, published)
    return first, _read_last(match, first)


def _read_last(match: re.Match[str], first: Day) -> Day:
    """The second day of 5日至6日; it takes month and year from the first."""
    if not match["day2"]:
        return first
    month = read_numeral(match["month2"]) if match["month2"] else first.month
    year = read_year(match["year2"]) if match["year2"] else first.year
    if year and not match["year2"] and month and first.month and month < first.month:
        year += 1  # 2024年12月30日至1月2日
    return Day(read_numeral(match["day2"]) or 0, month, year)


def _last_before(day: Day, published: date) -> Day:
    """28日 in a text published on the 2nd is the 28th of the month before."""
    month = published if day.day <= published.day else published.replace(day=1) - timedelta(days=1)
    return replace(day, month=month.month, year=month.year)


def _complete(day: Day, published: date | None) -> Day:
    """Give a day without a year the last year in which it came no later than publication."""
    if day.year or published is None or day.month is None:
        return day
    later = (day.month, day.day) > (published.month, published.day)
    return replace(day, year=published.year - later)


def _is_possible(day: Day) -> bool:
    """Refuse 13月40日; 29 February passes without a year."""
    try:
        date(day.year or 2000, day.month or 1, day.day)
    except ValueError:
        return False
    return True


def _from_date(day: date) -> Day:
    return Day(day.day, day.month, day.year)
