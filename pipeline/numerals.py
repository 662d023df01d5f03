"""Numerals: 十三, 13, 二〇二四 as integers, and integers as names of meetings write them.

Takes a numeral as printed in the names of meetings and in dates, gives an integer, e.g. 二十一 ->
21, or the other way round.
"""

from __future__ import annotations

from functools import lru_cache

NUMERAL = r"(?:\d{1,3}|[一二三四五六七八九十百零〇两]{1,5})"
"""Pattern of the numeral of a term, session, month or day."""

YEAR = r"(?:(?:19|20)\d\d|[一二][〇○零O０一二三四五六七八九]{3})"
"""Pattern of a year, without 年."""

# What nearly every name and date has. The library that reads all others takes a fifth of a second
# to import: 一百零一, 廿三, and to say of 十百 that it is none.
_TENS, _ONES = ("", "十", *(f"{one}十" for one in "二三四五六七八九")), ("", *"一二三四五六七八九")
_SPELT: list[str] = [tens + ones for tens in _TENS for ones in _ONES]
_COMMON = {numeral: number for number, numeral in enumerate(_SPELT) if numeral}

_YEAR_DIGITS = str.maketrans("〇○零O０一二三四五六七八九", "00000123456789")


@lru_cache(maxsize=1024)
def read_numeral(numeral: str) -> int | None:
    """The number a numeral stands for, or None where it is malformed.

    >>> read_numeral("二十一"), read_numeral("5"), read_numeral("十百"), read_numeral("零十一")
    (21, 5, None, None)
    """
    if numeral.isascii() and numeral.isdecimal():
        return int(numeral)
    if numeral in _COMMON:
        return _COMMON[numeral]
    import cn2an

    try:
        return int(cn2an.cn2an(numeral.replace("〇", "零"), "smart"))
    except (ValueError, KeyError):  # cn2an knows no place for 零十一 and 十十一
        return None


@lru_cache(maxsize=1024)
def spell_numeral(number: int) -> str:
    """The numeral of a number, as terms and sessions are written.

    >>> spell_numeral(13), spell_numeral(20), spell_numeral(101)
    ('十三', '二十', '一百零一')
    """
    if 0 < number < len(_SPELT):
        return _SPELT[number]
    import cn2an

    return str(cn2an.an2cn(number))


def read_year(year: str) -> int:
    """The year that was printed digit by digit.

    >>> read_year("二〇一四"), read_year("2014")
    (2014, 2014)
    """
    return int(year.translate(_YEAR_DIGITS))
