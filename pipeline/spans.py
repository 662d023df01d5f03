"""Spans, edits and the map from normalised text back to the source; nothing else.

All positions are code points, half-open: ``text[start:end]``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Positions = npt.NDArray[np.int64]


class Span(NamedTuple):
    """A half-open stretch of text in code points."""

    start: int
    end: int


class Edit(NamedTuple):
    """Replace ``text[start:end]`` by ``replacement``; an empty replacement deletes."""

    start: int
    end: int
    replacement: str


@dataclass(frozen=True, slots=True, eq=False)
class OffsetMap:
    """For every character of a text, the stretch of an earlier text it came from.

    ``starts[i]`` and ``ends[i]`` bound the origin of character ``i`` (code points). Both are
    non-decreasing. ``length`` is the length of the earlier text.
    """

    starts: Positions
    ends: Positions
    length: int

    @classmethod
    def identity(cls, length: int) -> OffsetMap:
        """The map of a text onto itself."""
        starts = np.arange(length, dtype=np.int64)
        return cls(starts, starts + 1, length)

    def source_span(self, start: int, end: int) -> Span:
        """The stretch of the earlier text that ``[start, end)`` came from.

        An empty stretch maps to the empty stretch before the character at ``start``.

        >>> _, offsets = apply_edits("產(chǎn)業", [Edit(1, 7, "")])
        >>> offsets.source_span(0, 2)
        Span(start=0, end=8)
        """
        if start == end:
            at = self.starts.item(start) if start < len(self.starts) else self.length
            return Span(at, at)
        # Every row asks: the fields need no check.
        return tuple.__new__(Span, (self.starts.item(start), self.ends.item(end - 1)))

    def text_span(self, start: int, end: int) -> Span:
        """The stretch of the later text whose characters came from ``[start, end)``."""
        first = int(np.searchsorted(self.ends, start, side="right"))
        last = int(np.searchsorted(self.starts, end, side="left"))
        return Span(first, max(first, last))

    def then(self, step: OffsetMap) -> OffsetMap:
        """Compose: ``self`` maps B to A, ``step`` maps C to B; the result maps C to A."""
        if len(self.starts) == 0:
            return OffsetMap(step.starts, step.ends, self.length)
        return OffsetMap(self.starts[step.starts], self.ends[step.ends - 1], self.length)


def apply_edits(text: str, edits: Iterable[Edit]) -> tuple[str, OffsetMap]:
    """Carry out edits and say where every character of the result came from.

    Args:
        text: The text the edits refer to.
        edits: In order, not overlapping. A replacement as long as what it replaces maps
            character by character; any other maps as a whole.

    Returns:
        The new text and its map to ``text``.

    Raises:
        ValueError: If edits overlap, are out of order or insert into an empty stretch.

    >>> apply_edits("產(chǎn)業", [Edit(1, 7, "")])[0]
    '產業'
    """
    listed = list(edits)
    return edit_text(text, listed), map_edits(len(text), listed)


def cut_text(text: str, starts: Positions, ends: Positions) -> tuple[str, OffsetMap]:
    """Delete many stretches at once, given in order and not overlapping.

    >>> cut_text("產(chǎn)業(yè)", np.array([1, 8]), np.array([7, 12]))[0]
    '產業'
    """
    kept = np.concatenate(([0], ends)), np.concatenate((starts, [len(text)]))
    bounds = zip(kept[0].tolist(), kept[1].tolist(), strict=True)
    sizes = kept[1] - kept[0]
    origins = np.arange(sizes.sum())
    origins += np.repeat(kept[0] - np.cumsum(sizes) + sizes, sizes)
    left = "".join([text[start:end] for start, end in bounds])
    return left, OffsetMap(origins, origins + 1, len(text))


def edit_text(text: str, edits: Iterable[Edit]) -> str:
    """Carry out edits, as :func:`apply_edits` does, without asking where characters came from."""
    pieces: list[str] = []
    at = 0
    for start, end, replacement in edits:
        if start < at or end <= start or end > len(text):
            raise ValueError(f"edit {start}:{end} overlaps, is empty or out of order")
        pieces += text[at:start], replacement
        at = end
    pieces.append(text[at:])
    return "".join(pieces)


def map_edits(length: int, edits: Iterable[Edit]) -> OffsetMap:
    """The map to a text of this length from what edits make of it."""
    shifts, stretches = [0], []  # how much further on the earlier text is, and for how long
    uneven: list[tuple[int, int, int, int]] = []
    at = 0
    for start, end, replacement in edits:
        size = len(replacement)
        if size != end - start:
            begin = start - shifts[-1]
            if size:
                uneven.append((begin, begin + size, start, end))
            stretches.append(begin + size - at)
            shifts.append(shifts[-1] + end - start - size)
            at = begin + size
    total = length - shifts[-1]
    stretches.append(total - at)
    starts = np.arange(total)
    starts += np.repeat(np.array(shifts), np.array(stretches))
    ends = starts + 1
    for begin, stop, start, end in uneven:
        starts[begin:stop] = start
        ends[begin:stop] = end
    return OffsetMap(starts, ends, length)
