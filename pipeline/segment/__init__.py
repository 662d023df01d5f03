"""Segment: normalised text to paragraphs, sentences, clauses and words.

Takes a document id and a :class:`~pipeline.normalise.NormalText`, gives :class:`Segments`, e.g.
``会议强调，要抓落实。要见实效。`` is one paragraph of two sentences, the first of two clauses.
A paragraph ends at a line feed; a sentence at ``。！？…`` with the closing marks after them; a
clause at ``，；：`` or where its sentence ends. Known gap: an ASCII full stop ends no sentence,
since it stands in numbers and addresses far more often.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from pipeline.records import Issue, Passage
from pipeline.segment.analysis import Analysis
from pipeline.segment.engines import Engine
from pipeline.spans import OffsetMap, Span

if TYPE_CHECKING:
    from pipeline.normalise import NormalText

Points = npt.NDArray[np.uint32]
"""A text as code points, for a look at every character at once."""

# The closing quotation mark or bracket belongs to the sentence it ends: 他说：“好。”
_SENTENCE_END_PATTERN = re.compile(r"[。！？…]+[”’」』）】》]*|\n")
_CLAUSE_END_PATTERN = re.compile(r"[，；：。！？…][”’」』）】》]*|\n")


@dataclass(frozen=True, eq=False)
class Segments:
    """A document cut into its parts. All spans are code points of ``text``.

    Attributes:
        doc_id: The document.
        text: The normalised text.
        offsets: Its map to the decoded source.
        engine: What cuts words, and reads the document when it is first asked to.
        paragraphs: Without their line feeds.
        sentences: With their closing marks; a sentence never crosses a paragraph.
    """

    doc_id: str
    text: str
    offsets: OffsetMap
    engine: Engine
    paragraphs: tuple[Span, ...]
    sentences: tuple[Span, ...]

    @cached_property
    def points(self) -> Points:
        """The code points of the text."""
        return np.frombuffer(self.text.encode("utf-32-le", "surrogatepass"), dtype="<u4")

    @cached_property
    def clauses(self) -> tuple[Span, ...]:
        """Stretches between commas, semicolons, colons and sentence ends, with their marks."""
        return tuple(_cut(self.text, _CLAUSE_END_PATTERN))

    @cached_property
    def analysis(self) -> Analysis:
        """What the engine reads in the whole text; read once, when first asked for."""
        return self.engine.analyse(self.text, self.sentences)

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    @cached_property
    def _paragraph_starts(self) -> list[int]:
        return [paragraph.start for paragraph in self.paragraphs]

    def sentence_at(self, position: int) -> int:
        """Index into ``sentences`` of the one that holds ``position``."""
        return max(0, bisect_right(self._sentence_starts, position) - 1)

    def paragraph_at(self, position: int) -> int:
        """Index into ``paragraphs`` of the one that holds ``position``."""
        return max(0, bisect_right(self._paragraph_starts, position) - 1)

    def passage(self, start: int, end: int, rule: str) -> Passage:
        """The columns a mention at ``[start, end)`` begins with: ``Plenum(*passage, kind=…)``."""
        raw_start, raw_end = self.offsets.source_span(start, end)
        row_id, text = f"{start}-{end}", self.text[start:end]
        sentence = bisect_right(self._sentence_starts, start) or 1
        columns = self.doc_id, row_id, start, end, text, raw_start, raw_end, sentence, rule
        return tuple.__new__(Passage, columns)  # made by the thousand: its fields need no check

    def issue(self, stage: str, reason: str, message: str, start: int, end: int) -> Issue:
        """A row saying what was met at ``[start, end)`` and could not be decided."""
        raw_start, raw_end = self.offsets.source_span(start, end)
        return Issue(
            doc_id=self.doc_id,
            stage=stage,
            reason=reason,
            message=message,
            start=start,
            end=end,
            text=self.text[start:end],
            raw_start=raw_start,
            raw_end=raw_end,
        )


def mark_points(characters: str) -> npt.NDArray[np.bool_]:
    """For every code point up to U+FFFF, whether it is one of ``characters``."""
    return np.isin(np.arange(0x10000), [ord(character) for character in characters])


def find_points(points: Points, marked: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    """Where the characters that :func:`mark_points` marked stand.

    >>> find_points(np.array([0x5E02, 0xFF0C, 0x53BF]), mark_points("，。")).tolist()
    [1]
    """
    # What lies beyond U+FFFF counts as U+FFFF, which is no character.
    return np.flatnonzero(marked[np.minimum(points, 0xFFFF)])


def segment_text(doc_id: str, normal: NormalText, engine: Engine) -> Segments:
    """Cut a normalised document into paragraphs and sentences; words wait until asked for."""
    return Segments(
        doc_id=doc_id,
        text=normal.text,
        offsets=normal.offsets,
        engine=engine,
        paragraphs=tuple(_cut(normal.text, _LINE_FEED_PATTERN)),
        sentences=tuple(_cut(normal.text, _SENTENCE_END_PATTERN)),
    )


_LINE_FEED_PATTERN = re.compile(r"\n")


def _cut(text: str, end_pattern: re.Pattern[str]) -> Iterator[Span]:
    """Stretches that end where the pattern ends; line feeds belong to none."""
    start = 0
    for match in end_pattern.finditer(text):
        end, following = match.span()
        if text[end] != "\n":
            end = following
        if end > start:
            yield tuple.__new__(Span, (start, end))
        start = following
    if start < len(text):
        yield Span(start, len(text))
