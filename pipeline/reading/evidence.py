"""Evidence: the sentence a row stands in, with its passage marked, and the same in the source.

Takes texts and spans, gives :class:`Evidence`: ``全会强调，【要抓好落实】。`` and the source's
``全會強調，要抓好落實。``. A passage over several sentences is given with all of them.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from html import escape

from pipeline.normalise import NormalText
from pipeline.segment import segment_text
from pipeline.segment.engines import open_engine
from pipeline.spans import OffsetMap, Span


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a row rests on.

    Attributes:
        doc_id: The document.
        left: The sentence before the passage.
        passage: The passage, as the column ``text`` has it.
        right: The sentence after it.
        source: The passage in the decoded source, as found.
    """

    doc_id: str
    left: str
    passage: str
    right: str
    source: str

    @property
    def sentence(self) -> str:
        """The whole sentence, nothing marked."""
        return f"{self.left}{self.passage}{self.right}"

    def __str__(self) -> str:
        return f"{self.left}【{self.passage}】{self.right}"

    def _repr_html_(self) -> str:
        """What a notebook shows."""
        parts = (self.left, self.passage, self.right, self.source)
        left, passage, right, source = map(escape, parts)
        return f"<p>{left}<mark>{passage}</mark>{right}</p><p><small>{source}</small></p>"


def cut_sentences(text: str) -> tuple[Span, ...]:
    """The sentences of a normalised text, as the column ``sentence`` counts them.

    >>> cut_sentences("全会强调，要抓落实。散会。")
    (Span(start=0, end=10), Span(start=10, end=13))
    """
    normal = NormalText(text, OffsetMap.identity(len(text)), "simplified", 0)
    return segment_text("", normal, open_engine("jieba")).sentences


def build_evidence(doc_id: str, raw: str, text: str, place: Span, source: Span) -> Evidence:
    """The evidence of a passage.

    Args:
        doc_id: The document.
        raw: The decoded source.
        text: The normalised text.
        place: The passage in the text.
        source: The passage in the source.

    >>> str(build_evidence("甲", "全會。要實干！", "全会。要实干！", Span(4, 6), Span(4, 6)))
    '要【实干】！'
    """
    start, end = place
    sentences = cut_sentences(text)
    starts = [sentence.start for sentence in sentences]
    first = bisect_right(starts, start) - 1
    last = bisect_right(starts, max(start, end - 1)) - 1
    # A passage may begin at a line feed, which belongs to no sentence.
    opening = min(start, sentences[first].start) if first >= 0 else start
    closing = max(end, sentences[last].end) if last >= 0 else end
    return Evidence(
        doc_id, text[opening:start], text[start:end], text[end:closing], raw[slice(*source)]
    )
