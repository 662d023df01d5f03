"""Clauses of a document, with what is quoted or bracketed kept quiet.

Takes the normalised text, gives a copy of the same length in which labels in quotation marks,
titles, brackets and words that only look modal are blotted out, and its clauses: in
``牢牢把握“疫情要防住”要求`` the 要 says nothing. Direct speech (他说：“…”) stays readable. Known
gap: a quotation without a closing mark in its paragraph stays readable too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from typing import NamedTuple

from pipeline.extract.directives.grammar import (
    BLOT,
    COUNTED,
    EVERY_SIGN,
    NAMED,
    ORDINAL_CHARACTERS,
    Grammar,
)

_TITLE_PATTERN = re.compile(r"《[^《》\n]{1,200}》")
# An ordinal in brackets stays: （一）着力扩大有效投资.
_BRACKET_PATTERN = re.compile(
    r"（(?![一二三四五六七八九十\d]{1,3}）)[^（）\n]{1,120}）|〔[^〔〕\n]{1,20}〕"
)
_QUOTE_PATTERN = re.compile(r"“[^“”\n]{1,600}”|「[^「」\n]{1,600}」|『[^『』\n]{1,600}』")
_SENTENCE_END_PATTERN = re.compile(r"[。！？…]")
_GAP_PATTERN = re.compile(r"([，；：。！？…—\n“”「」『』 　]+)")


class Clause(NamedTuple):
    """A stretch without pausing marks.

    Attributes:
        start: Where it begins.
        end: Where it ends, before the mark.
        level: What begins with it: 3 a paragraph, 2 a sentence, 1 a segment (after ；), 0 nothing.
        text: Its characters in the quiet copy.
        binding: The same with words that only look modal blotted out.
        after: The mark that follows it.
        signs: The signs of the grammar it may have; without one it has no word that gives it.
    """

    start: int
    end: int
    level: int
    text: str
    binding: str
    after: str
    signs: int = EVERY_SIGN

    @property
    def opens_paragraph(self) -> bool:
        """Whether it is the first of its paragraph."""
        return self.level == 3

    @property
    def opens_sentence(self) -> bool:
        """Whether it is the first of its sentence."""
        return self.level >= 2

    @property
    def opens_segment(self) -> bool:
        """Whether it is the first after a sentence end or a semicolon."""
        return self.level >= 1

    def rest(self, at: int) -> Clause:
        """What is left of it from ``at``, counted from its own start."""
        text, binding = self.text[at:], self.binding[at:]
        signs = self.signs | COUNTED
        return Clause(self.start + at, self.end, 0, text, binding, self.after, signs)


class Speech(NamedTuple):
    """Direct speech in quotation marks.

    Attributes:
        start: Its opening quotation mark.
        end: After its closing quotation mark.
        tag: The words after it that name the speaker (他说); None where they come before it.
    """

    start: int
    end: int
    tag: Clause | None


def quieten_text(text: str, grammar: Grammar) -> tuple[str, tuple[Speech, ...]]:
    """The quiet copy of a text and the direct speech in it."""
    speeches: list[Speech] = []

    def quieten_quote(match: re.Match[str]) -> str:
        if (name := match.group()[1:-1]) in grammar.heads.words:
            return f"{BLOT}{name}{BLOT}"
        speech = _find_speech(match, grammar)
        if speech is None:
            return BLOT * len(match.group())
        speeches.append(speech)
        return match.group()

    def blot(match: re.Match[str]) -> str:
        return BLOT * len(match.group())

    quiet = _TITLE_PATTERN.sub(blot, text)
    quiet = _QUOTE_PATTERN.sub(quieten_quote, quiet)
    return _BRACKET_PATTERN.sub(blot, quiet), tuple(speeches)


_SPEECH_CONTENT_PATTERN = re.compile(r"[，。！？；]")
_TAG_PATTERN = re.compile(r"，?(?P<tag>[\u4e00-\u9fff·]{1,20}?(?:说|表示|强调|指出))(?=[，。：])")


def _find_speech(quote: re.Match[str], grammar: Grammar) -> Speech | None:
    """The quotation as direct speech: whole clauses, with a speaker before or after it."""
    if not _SPEECH_CONTENT_PATTERN.search(quote.group()):
        return None
    before = quote.string[max(0, quote.start() - 6) : quote.start()]
    if before[-1:] in ("：", "，") and grammar.acts.word_before(before, len(before) - 1):
        return Speech(quote.start(), quote.end(), None)
    if match := _TAG_PATTERN.match(quote.string, quote.end()):
        words = match["tag"]
        tag = Clause(match.start("tag"), match.end(), 2, words, words, "，")
        return Speech(quote.start(), quote.end(), tag)
    return None


def cut_clauses(quiet: str, grammar: Grammar) -> Iterator[Clause]:
    """The clauses of a quiet text, in order: 会议强调，要抓落实；不得推诿。 has three."""
    binding, blots = _blot_lookalikes(quiet, grammar)
    found = iter(grammar.signs.find_matches_as_indexes(quiet, overlapping=True))
    no_more = 0, len(quiet), len(quiet) + 1
    blot, sign = next(blots, len(quiet)), next(found, no_more)
    level, following, lasts = 3, 0, grammar.heads.lasts | {BLOT}
    pieces = _GAP_PATTERN.split(quiet)
    for text, gap in zip(pieces[::2], (*pieces[1::2], ""), strict=True):
        start, end = following, following + len(text)
        following = end + len(gap)
        if not text:
            continue
        bound = text
        if blot < end:
            bound = binding[start:end]
            while blot < end:
                blot = next(blots, len(quiet))
        signs, after = 0, gap[:1]
        while sign[2] <= end:
            signs |= grammar.sign_bits[sign[0]]
            sign = next(found, no_more)
        if text[0] in ORDINAL_CHARACTERS:
            signs |= COUNTED
        if after == "，" and text[-1] in lasts:
            signs |= NAMED
        yield _make_clause((start, end, level, text, bound, after, signs))
        level = _read_gap(gap)


# Clauses are made by the ten thousand; this spares them the check of their fields.
_make_clause: Callable[[tuple[object, ...]], Clause] = partial(tuple.__new__, Clause)


def _blot_lookalikes(quiet: str, grammar: Grammar) -> tuple[str, Iterator[int]]:
    """The text without the words that only look modal, and where they begin."""
    pieces, at = list[str](), 0
    found = grammar.lookalikes.find_matches_as_indexes(quiet)
    for index, start, end in found:
        pieces += quiet[at:start], grammar.blots[index]
        at = end
    return "".join((*pieces, quiet[at:])), (start for _, start, _ in found)


@lru_cache(maxsize=256)
def _read_gap(gap: str) -> int:
    """What ends with the marks between two clauses."""
    if "\n" in gap:
        return 3
    if _SENTENCE_END_PATTERN.search(gap):
        return 2
    return int("；" in gap)
