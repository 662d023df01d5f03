"""Lists of names, read from their end: 张三、李四（女）同志 is 李四, then 张三.

Takes a text and where a list ends, gives the stretches between its marks. Known gap: a list joined
by blanks alone is one stretch.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_LIST_MARK_PATTERN = re.compile(r"（[^（）\n]{1,24}）|同志|、|等|(?:以及|和|与|及)")


def split_back(text: str, floor: int, end: int) -> Iterator[tuple[int, int]]:
    """Stretches between the marks of a list, last first.

    >>> list(split_back("张三、李四（女）同志", 0, 10))
    [(3, 5), (0, 2)]
    """
    pieces, start = [], floor
    for mark in _LIST_MARK_PATTERN.finditer(text, floor, end):
        pieces.append((start, mark.start()))
        start = mark.end()
    pieces.append((start, end))
    for piece_start, piece_end in reversed(pieces):
        while piece_start < piece_end and text[piece_start] in " 　":
            piece_start += 1
        if piece_start < piece_end:
            yield piece_start, piece_end
