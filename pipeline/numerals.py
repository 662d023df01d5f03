"""Numerals: 十三, 13, 二〇二四 as integers.

Takes a numeral as printed in the names of meetings and in dates, gives an integer, e.g. 二十一 ->
21.
"""

from __future__ import annotations

from functools import lru_cache

import cn2an

NUMERAL = r"(?:\d{1,3}|[一二三四五六七八九十百零〇两]{1,5})"
"""Pattern of the numeral of a term, session, month or day."""

YEAR = r"(?:(?:19|20)\d\d|[一二][〇○零O０一二三四五六七八九]{3})"
"""Pattern of a year, without 年."""

_YEAR_DIGITS = str.maketrans("〇○零O０一二三四五六七八九", "00000123456789")


@lru_cache(maxsize=1024)
def read_numeral(numeral: str) -> int | None:
    """The number a numeral stands for, or None where it is malformed.

    >>> read_numeral("二十一"), read_numeral("5"), read_numeral("十百")
    (21, 5, None)
    """
    try:
        return int(cn2an.cn2an(numeral.replace("〇", "零"), "smart"))
    except ValueError:
        return None


def read_year(year: str) -> int:
    """The year that was printed digit by digit.

    >>> read_year("二〇一四"), read_year("2014")
    (2014, 2014)
    """
    return int(year.translate(_YEAR_DIGITS))
