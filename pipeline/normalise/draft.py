"""A text on its way through the steps: what it is now, where it came from, what was done.

Each step hands its edits to ``Draft.apply``; a step without edits costs nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from pipeline.spans import Edit, OffsetMap, Positions, cut_text, edit_text, map_edits


class Change(NamedTuple):
    """One thing a step did: which stretch of the source, what stood there then, what stands now."""

    step: str
    start: int
    end: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class _Cuts:
    """Deletions, as edits when somebody asks for them."""

    starts: Positions
    ends: Positions

    def __iter__(self) -> Iterator[Edit]:
        for start, end in zip(self.starts.tolist(), self.ends.tolist(), strict=True):
            yield Edit(start, end, "")


class Applied(NamedTuple):
    """The edits of one step, the text they were made in and its map, if it has come to need one."""

    step: str
    text: str
    offsets: OffsetMap | None
    edits: Iterable[Edit]

    def list_changes(self) -> Iterator[Change]:
        """Each edit on its own; of one that replaces character by character only what differs."""
        for edit in self.edits:
            for start, end, after in _narrow(self.text, edit):
                span = self.offsets.source_span(start, end) if self.offsets else (start, end)
                yield Change(self.step, *span, self.text[start:end], after)


@dataclass(slots=True)
class Draft:
    """A text under repair.

    >>> draft = Draft("產(chǎn)業")
    >>> draft.apply("descramble", [Edit(1, 7, "")])
    >>> draft.text
    '產業'
    """

    text: str
    _offsets: OffsetMap | None = None
    applied: list[Applied] = field(default_factory=list)

    @property
    def offsets(self) -> OffsetMap:
        """The map of the text as it is now to the source."""
        return self._offsets or OffsetMap.identity(len(self.text))

    def apply(self, step: str, edits: Iterable[Edit]) -> None:
        """Carry out the edits of a step."""
        listed = tuple(edits)
        if not listed:
            return
        self.applied.append(Applied(step, self.text, self._offsets, listed))
        before, self.text = self.text, edit_text(self.text, listed)
        if any(len(edit.replacement) != edit.end - edit.start for edit in listed):
            self._compose(map_edits(len(before), listed))

    def cut(self, step: str, starts: Positions, ends: Positions) -> None:
        """Delete these stretches."""
        if not len(starts):
            return
        self.applied.append(Applied(step, self.text, self._offsets, _Cuts(starts, ends)))
        self.text, made = cut_text(self.text, starts, ends)
        self._compose(made)

    def _compose(self, made: OffsetMap) -> None:
        self._offsets = self._offsets.then(made) if self._offsets else made


def _narrow(text: str, edit: Edit) -> Iterator[Edit]:
    if len(edit.replacement) != edit.end - edit.start:
        yield edit
        return
    pairs = enumerate(zip(text[edit.start : edit.end], edit.replacement, strict=True), edit.start)
    for differs, run in groupby(pairs, lambda pair: pair[1][0] != pair[1][1]):
        if differs:
            places = list(run)
            after = "".join(new for _, (_, new) in places)
            yield Edit(places[0][0], places[-1][0] + 1, after)
