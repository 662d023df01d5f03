"""Full-width letters and digits as ASCII, and round signs among Chinese numerals as 〇.

Takes a text, gives edits of the same length: ２０２５年 becomes 2025年, ５．２％ 5.2%, 二0二五年
二〇二五年. A ○ between numerals stays as printed.

Known gaps: full-width signs away from digits and letters stay (Ａ＋ only after Ａ).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import numpy as np

from pipeline.normalise.characters import (
    WIDE,
    WIDE_SIGN,
    Survey,
    kind_table,
    read_codes,
    write_codes,
)
from pipeline.spans import Edit

# A sign belongs to the number or letter before it: ５．２％, Ａ＋; not the ／ of 甲／乙.
SIGN_PATTERN: Final = re.compile("[％．](?<=[0-9].)|[－＋／](?<=[0-9A-Za-z％].)(?=[0-9A-Za-z])")
NUMERALS: Final = "〇○一二三四五六七八九"
ZERO_PATTERN: Final = re.compile(rf"0(?<=[{NUMERALS}]0)0{{0,2}}(?=[{NUMERALS}年])")
ROUND_PATTERN: Final = re.compile(rf"(?<=[{NUMERALS}])[O◯]{{1,3}}(?=[{NUMERALS}年])")
NARROWING: Final = np.uint32(ord("０") - ord("0"))


def narrow_letters(text: str, survey: Survey) -> Iterator[Edit]:
    """Write full-width letters, digits and the signs of numbers as ASCII.

    >>> from pipeline.normalise.characters import survey_text
    >>> list(narrow_letters("增长５．２％", survey_text("增长５．２％")))
    [Edit(start=0, end=6, replacement='增长5.2%')]
    """
    if not survey.has(WIDE | WIDE_SIGN):
        return
    codes = read_codes(text)
    wide = (kind_table().take(codes, mode="clip") & WIDE).astype(np.bool_)
    narrowed = np.where(wide, codes - NARROWING, codes)
    if survey.has(WIDE_SIGN):
        signs = [sign.start() for sign in SIGN_PATTERN.finditer(write_codes(narrowed))]
        narrowed[signs] -= NARROWING
    if not np.array_equal(narrowed, codes):
        yield Edit(0, len(text), write_codes(narrowed))


def write_zeros(text: str) -> Iterator[Edit]:
    """Write a zero or letter O between Chinese numerals as 〇.

    >>> list(write_zeros("二0二五年"))
    [Edit(start=1, end=2, replacement='〇')]
    """
    zeros = list(ZERO_PATTERN.finditer(text))
    if "O" in text or "◯" in text:
        zeros = sorted(zeros + list(ROUND_PATTERN.finditer(text)), key=re.Match.start)
    for zero in zeros:
        yield Edit(*zero.span(), "〇" * len(zero[0]))
