"""Analysis: what an engine reads in a document, whichever engine it is.

Gives the records :class:`Word`, :class:`Token`, :class:`Entity` and :class:`Analysis`: of
区长缪京主持 the tokens 区长, 缪京 and 主持 with their parts of speech and, from an engine that
reads names, the person 缪京. All positions are code points of the normalised text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from pipeline.spans import Span


class Word(NamedTuple):
    """A word at ``[start, end)``."""

    start: int
    end: int
    text: str


class Token(NamedTuple):
    """A word at ``[start, end)`` with its part of speech, named as its engine names it."""

    start: int
    end: int
    word: str
    pos: str


class Entity(NamedTuple):
    """A named entity at ``[start, end)``."""

    start: int
    end: int
    kind: Literal["person", "place", "organisation"]


@dataclass(frozen=True, slots=True)
class Analysis:
    """One document as an engine read it.

    Attributes:
        tokens: Its words in order, blanks left out.
        entities: The names in it, in order; None from an engine that reads none.
        predicates: Where its main verbs begin, in order.
        source: What rows that rest on it say in ``rule``: hanlp.
    """

    tokens: tuple[Token, ...]
    entities: tuple[Entity, ...] | None = None
    predicates: tuple[int, ...] = ()
    source: str = field(default="", kw_only=True)


# Where a long sentence may be cut, the better mark first.
_CUT_MARKS = ("；;", "，,：:", "、 　")


def cut_pieces(text: str, sentences: Sequence[Span], longest: int) -> Iterator[Span]:
    """Sentences in pieces that a model can take whole: a parser's memory grows with the square.

    >>> list(cut_pieces("要稳，要进。好。", [Span(0, 6), Span(6, 8)], 4))
    [Span(start=0, end=3), Span(start=3, end=6), Span(start=6, end=8)]
    """
    for sentence in sentences:
        start = sentence.start
        while sentence.end - start > longest:
            end = _find_cut(text, start, start + longest)
            yield Span(start, end)
            start = end
        yield Span(start, sentence.end)


def _find_cut(text: str, start: int, limit: int) -> int:
    """After the last good mark; a stretch without any is cut at its limit."""
    for marks in _CUT_MARKS:
        if (cut := max(text.rfind(mark, start, limit) for mark in marks) + 1) > start:
            return cut
    return limit


def drop_blanks(tokens: Iterable[Token]) -> Iterator[Token]:
    """Words alone, for jieba gives line feeds and blanks as words too."""
    return (token for token in tokens if not token.word.isspace())
