"""Lists of names, cut at their marks from the end.

Takes a text and a stretch of it, gives what stands between the marks, last first: 张三、李四同志 is
李四, then 张三. Which stretch is a name is for the reader of names to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

LIST_MARK_PATTERN = re.compile(
    r"（[^（）\n]{1,24}）|同志|、|等(?:[0-9一二三四五六七八九十]{1,3}[名位人])?|以及"
)
CONJUNCTION_PATTERN = re.compile("[和与及]")


def split_back(
    marks: re.Pattern[str], text: str, floor: int, end: int
) -> Iterator[tuple[int, int]]:
    """Stretches between marks, last first, without blanks before them."""
    pieces, start = [], floor
    for mark in marks.finditer(text, floor, end):
        pieces.append((start, mark.start()))
        start = mark.end()
    pieces.append((start, end))
    for piece_start, piece_end in reversed(pieces):
        while piece_start < piece_end and text[piece_start] in " 　":
            piece_start += 1
        if piece_start < piece_end:
            yield piece_start, piece_end
