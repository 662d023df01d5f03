"""Concordance: every use of a wording with the words around it (keyword in context).

Takes texts by document and a wording, gives :class:`Use` in reading order: of 高质量发展 in
``推动高质量发展，``, left 推动 and right ``，``. Characters are compared, not words; uses never
overlap.
Known gap: the wording is looked for as given, in normalised text, so in simplified characters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple


class Use(NamedTuple):
    """One use: ``left``, ``hit`` and ``right`` are slices of the normalised text."""

    left: str
    hit: str
    right: str
    doc_id: str
    start: int


def find_uses(texts: Iterable[tuple[str, str]], term: str, width: int = 20) -> Iterator[Use]:
    """Find a wording.

    Args:
        texts: Document ids and normalised texts.
        term: The wording.
        width: Characters shown on either side.

    Raises:
        ValueError: If the wording is empty or the width negative.

    >>> list(find_uses([("甲", "推动高质量发展，要实干。")], "高质量发展", width=2))
    [Use(left='推动', hit='高质量发展', right='，要', doc_id='甲', start=2)]
    """
    if not term:
        raise ValueError("the wording to look for is empty")
    if width < 0:
        raise ValueError(f"width is {width}; it must be 0 or more")
    return _find_uses(texts, term, width)


def _find_uses(texts: Iterable[tuple[str, str]], term: str, width: int) -> Iterator[Use]:
    for doc_id, text in texts:
        start = text.find(term)
        while start >= 0:
            end = start + len(term)
            left = text[max(0, start - width) : start]
            yield Use(left, term, text[end : end + width], doc_id, start)
            start = text.find(term, end)
