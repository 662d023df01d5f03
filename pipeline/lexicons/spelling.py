"""Spellings: what a text shows of an entry, and how its marks and characters may vary.

Takes the cells of a lexicon, gives what is compared: 双中心（相城） is 双中心 in a text, and
走在前、做示范 is the same surface as 走在前做示范.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.lexicons.reader import Cell

_MARK_PATTERN = re.compile("[“”‘’「」『』、，]+")
# Letters and digits as wide as characters (４１５, ＋), but not the marks of Chinese print.
_WIDE_PATTERN = re.compile("[０-９Ａ-Ｚａ-ｚ＋－％＆]")


def surface_of(canonical: str) -> str:
    """What a text shows of a canonical form: without the sense behind it.

    >>> surface_of("双中心（相城）")
    '双中心'
    """
    return canonical if canonical.isalnum() else canonical.partition("（")[0]


def reduce_spelling(spelling: str) -> str:
    """A spelling without its marks, by which spellings are compared.

    >>> reduce_spelling("“四个全面”战略布局")
    '四个全面战略布局'
    """
    return spelling if spelling.isalnum() else _MARK_PATTERN.sub("", spelling)


def normalise_spelling(spelling: str) -> str:
    """A spelling as a normalised text would show it, between two Chinese characters.

    >>> normalise_spelling("兩個維護")
    '两个维护'
    """
    # The tables are large, and only what is suspicious needs them.
    from pipeline.normalise import normalise_text
    from pipeline.normalise.characters import is_gb2312, simple_forms

    simple = simple_forms()
    plain = "".join(c if is_gb2312(c) else simple.get(c, c) for c in spelling)
    return normalise_text(f"的{plain}的").text[1:-1]


def is_plain(cells: Iterable[Cell]) -> bool:
    """Whether a look shows that all cells are normalised; one look for all is fast.

    >>> is_plain(["四个意识", ["两个维护"]]), is_plain(["四个意識"])
    (True, False)
    """
    joined = "".join(cell if isinstance(cell, str) else "".join(cell) for cell in cells)
    return not _is_suspicious(joined)


def simplify_cell(cell: Cell) -> Cell:
    """A cell whose spellings are normalised where a look shows that they are not.

    >>> simplify_cell(["四个意識", "四个意识"])
    ['四个意识', '四个意识']
    """
    if isinstance(cell, str):
        return normalise_spelling(cell) if _is_suspicious(cell) else cell
    return [normalise_spelling(value) if _is_suspicious(value) else value for value in cell]


def _is_suspicious(spelling: str) -> bool:
    """Whether it holds what no normalised text does: a character that GB 2312 lacks, ４１５."""
    try:
        spelling.encode("gb2312")
    except UnicodeEncodeError:
        return True
    return bool(_WIDE_PATTERN.search(spelling))
