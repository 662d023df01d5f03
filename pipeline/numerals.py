"""Numerals: 十三, 13, 二〇二四 as integers, and integers as names of meetings write them.

Takes a numeral as printed in the names of meetings and in dates, gives an integer, e.g. 二十一 ->
21, or the other way round. Known gap: from 一千 on only numerals without 千 are read (二〇二四).
"""

from __future__ import annotations

import re
from functools import lru_cache

NUMERAL = r"(?:\d{1,3}|[一二三四五六七八九十百零〇两]{1,5})"
"""Pattern of the numeral of a term, session, month or day."""

YEAR = r"(?:(?:19|20)\d\d|[一二][〇○零O０一二三四五六七八九]{3})"
"""Pattern of a year, without 年."""

_YEAR_DIGITS = str.maketrans("〇○零O０一二三四五六七八九", "00000123456789")


_DIGITS = "零一二三四五六七八九"
_VALUES = str.maketrans(f"〇两{_DIGITS}", "020123456789")
# 二百一 is 210: behind 百 a last digit without 零 counts tens.
_WITH_UNITS_PATTERN = re.compile(
    r"(?:(?P<hundreds>\d)百(?:(?P<short>[1-9])$|0(?!.*十))?)?(?:(?P<tens>[1-9])?(?P<ten>十))?(?P<ones>[1-9])?"
)


@lru_cache(maxsize=1024)
def read_numeral(numeral: str) -> int | None:
    """The number a numeral stands for, or None where it is malformed.

    >>> read_numeral("二十一"), read_numeral("5"), read_numeral("十百")
    (21, 5, None)
    """
    digits = numeral.translate(_VALUES)
    if digits.isdecimal():
        return int(digits)
    match = _WITH_UNITS_PATTERN.fullmatch(digits)
    if match is None or match["hundreds"] == "0":
        return None
    tens = int(match["short"] or match["tens"] or bool(match["ten"]))
    return 100 * int(match["hundreds"] or 0) + 10 * tens + int(match["ones"] or 0)


def spell_numeral(number: int) -> str:
    """The numeral of a number below 100,000.

    >>> spell_numeral(13), spell_numeral(20), spell_numeral(101)
    ('十三', '二十', '一百零一')
    """
    digits = [int(digit) for digit in f"{number:05}"]
    places = zip(digits, "万千百十 ", strict=True)
    spelt = "".join(_DIGITS[digit] + unit if digit else "零" for digit, unit in places)
    spelt = re.sub("零+", "零", spelt.replace(" ", "")).strip("零")
    return spelt.removeprefix("一") if spelt.startswith("一十") else spelt or "零"


def read_year(year: str) -> int:
    """The year that was printed digit by digit.

    >>> read_year("二〇一四"), read_year("2014")
    (2014, 2014)
    """
    return int(year.translate(_YEAR_DIGITS))
