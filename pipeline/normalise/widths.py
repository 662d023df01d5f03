"""Full-width letters and digits as ASCII, and round signs among Chinese numerals as 〇.

Takes a text, gives edits of the same length: ２０２５年 becomes 2025年, ５．２％ 5.2%, 二0二五年
二〇二五年. A ○ between numerals stays as printed.

Known gaps: full-width signs away from digits and letters stay (Ａ＋ only after Ａ).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from pipeline.normalise.characters import WIDE, Survey
from pipeline.spans import Edit

# A sign belongs to the number or letter before it: ５．２％, Ａ＋; not the ／ of 甲／乙.
WIDE_PATTERN: Final = re.compile(
    r"(?:[０-９Ａ-Ｚａ-ｚ]|(?<=[0-9０-９])[％．]|(?<=[0-9A-Za-z０-９Ａ-Ｚａ-ｚ％])[－＋／](?=[0-9A-Za-z０-９Ａ-Ｚａ-ｚ]))+"
)
NUMERALS: Final = "〇○一二三四五六七八九"
ZERO_PATTERN: Final = re.compile(rf"0(?<=[{NUMERALS}]0)0{{0,2}}(?=[{NUMERALS}年])")
ROUND_PATTERN: Final = re.compile(rf"(?<=[{NUMERALS}])[O◯]{{1,3}}(?=[{NUMERALS}年])")
WIDE_TO_ASCII: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


def narrow_letters(text: str, survey: Survey) -> Iterator[Edit]:
    """Write full-width letters, digits and the signs of numbers as ASCII.

    >>> from pipeline.normalise.characters import survey_text
    >>> list(narrow_letters("增长５．２％", survey_text("增长５．２％")))
    [Edit(start=2, end=6, replacement='5.2%')]
    """
    if not survey.has(WIDE):
        return
    for match in WIDE_PATTERN.finditer(text):
        yield Edit(*match.span(), match[0].translate(WIDE_TO_ASCII))


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
