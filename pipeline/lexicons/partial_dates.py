"""Partial dates: days of which only the year or the month is known, 2021-11.

Takes a date as the lexicons write it, gives the days it may mean, e.g. 2021-11 (a 党代会 of that
month) -> the first and the last of November. Known gap: a season or 上旬 has no form.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date


def find_first_day(partial: str) -> date:
    """The earliest day that is meant.

    >>> find_first_day("2021-11"), find_first_day("2021")
    (datetime.date(2021, 11, 1), datetime.date(2021, 1, 1))
    """
    return date.fromisoformat(partial + "0000-01-01"[len(partial) :])


def find_last_day(partial: str) -> date:
    """The latest day that is meant.

    >>> find_last_day("2021-11"), find_last_day("2021")
    (datetime.date(2021, 11, 30), datetime.date(2021, 12, 31))
    """
    first = find_first_day(partial + "-12" if len(partial) == len("2021") else partial)
    if len(partial) == len("2021-11-25"):
        return first
    return first.replace(day=monthrange(first.year, first.month)[1])


def read_exact_day(partial: str) -> date | None:
    """The day, where it is known.

    >>> read_exact_day("2021-11-25"), read_exact_day("2021-11")
    (datetime.date(2021, 11, 25), None)
    """
    return date.fromisoformat(partial) if len(partial) == len("2021-11-25") else None
