"""Uses: where forms of listed formulations stand in a text.

Takes :class:`~pipeline.segment.Segments` and a :class:`~pipeline.tag.forms.Matcher`, gives
:class:`Use` items, none inside a longer one; what a form passes over, and why, is
:class:`Passed`: 六保 in 六保户 is no use of it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.lexicons import Lexicons, Slogan
from pipeline.segment import Segments, find_points, mark_points
from pipeline.spans import Positions, Span
from pipeline.tag.forms import (
    CLOSING,
    MARK_PATTERN,
    OPENING,
    SEPARATORS,
    Matcher,
    Surface,
    compile_matcher,
    list_divisions,
)

_QUOTE_PATTERN = re.compile(f"[{OPENING}{CLOSING}\n]")
_IS_NO_MARK = ~mark_points(OPENING + CLOSING + SEPARATORS)
# 第四风力发电组, 两千万工程款: a numeral that goes on to the left is another numeral.
_NUMERALS = frozenset("第一二两三四五六七八九十百千万亿0123456789")
# 习近平新时代中国特色社会主义思想研究中心, 乡村振兴局: part of an organ's name, no use of the
# slogan.
_ORGAN_TAIL_PATTERN = re.compile(
    r"[”’」』]?(?:工作|研究|建设|指导|推进|促进|服务|教育|战略|领导){0,2}"
    r"(?:委员会|领导小组|办公室|研究院|研究中心|学院|基金会|协调小组|专班|局(?![面势部])|厅(?!堂))"
)


class Use(NamedTuple):
    """A place where a surface fits, or a template with its slot filled."""

    span: Span
    entries: tuple[Slogan, ...]
    variant: str


class Passed(NamedTuple):
    """A listed spelling that stands in a text and makes no row.

    Attributes:
        span: Where it stands.
        wording: The spelling as listed.
        reason: Why it makes none: its id in the list of reasons.
        inside: What stands there instead, if it is part of something longer.
    """

    span: Span
    wording: str
    reason: str
    inside: str = ""


def find_uses(segments: Segments, lexicons: Lexicons) -> Iterator[Use]:
    """Every use of a listed form, in reading order, none inside a longer one or an organ's name."""
    matcher, reduced = compile_matcher(lexicons), ReducedText.of(segments)
    uses = [*_find_surfaces(reduced, matcher), *_find_templates(reduced, matcher)]
    for use in _keep_longest(uses):
        if not _ORGAN_TAIL_PATTERN.match(segments.text, use.span.end):
            yield use


def list_passed(segments: Segments, lexicons: Lexicons) -> Iterator[Passed]:
    """Every listed spelling in a text that makes no row, with the reason, in reading order."""
    matcher, reduced = compile_matcher(lexicons), ReducedText.of(segments)
    uses = [*_find_surfaces(reduced, matcher), *_find_templates(reduced, matcher)]
    kept = {use.span: use for use in _keep_longest(uses)}
    for index, start, end in matcher.automaton.find_matches_as_indexes(
        reduced.text, overlapping=True
    ):
        surface, span = matcher.surfaces[index], reduced.span(start, end)
        reason = _find_objection(reduced, surface, start, end, span)
        around = next((k for k in kept if k.start <= span.start and span.end <= k.end), None)
        if not surface.entries:
            continue
        if not reason and span in kept and _ORGAN_TAIL_PATTERN.match(segments.text, span.end):
            reason = "slogan.organ"
        elif not reason and span not in kept:
            reason = "slogan.longer" if around else "slogan.lookalike"
        if reason:
            longer = segments.text[slice(*around)] if around and around != span else ""
            yield Passed(span, surface.spellings[0], reason, longer)


@dataclass(frozen=True, slots=True)
class ReducedText:
    """A text without quotation marks and separators, and where its characters stood."""

    text: str
    original: str
    positions: Positions

    @classmethod
    def of(cls, segments: Segments) -> ReducedText:
        """Leave the marks out."""
        positions = find_points(segments.points, _IS_NO_MARK)
        text = segments.points[positions].tobytes().decode("utf-32-le", "surrogatepass")
        return cls(text, segments.text, positions)

    def span(self, start: int, end: int) -> Span:
        """The stretch of the original text, with the quotation mark that a mark inside answers."""
        first, last = self.positions.item(start), self.positions.item(end - 1) + 1
        if last - first == end - start:
            return tuple.__new__(Span, (first, last))
        inside = self.original[first:last]
        opened, closed = sum(map(inside.count, OPENING)), sum(map(inside.count, CLOSING))
        if closed == opened + 1 and first and self.original[first - 1] in OPENING:
            first -= 1  # “四个全面”战略布局
        elif opened == closed + 1 and self.original[last : last + 1] in set(CLOSING):
            last += 1  # 国家粮食安全“压舱石”
        return Span(first, last)

    def is_divided_only_at(self, start: int, end: int, divisions: frozenset[int]) -> bool:
        """Whether separators, or a closing and an opening mark, stand only between listed parts."""
        first, last, before = self.positions.item(start), self.positions.item(end - 1), 0
        for marks in MARK_PATTERN.finditer(self.original, first, last):
            offset = marks.start() - first - before
            before += len(marks.group())
            divides = len(marks.group()) > 1 or marks.group() in SEPARATORS
            if divides and offset not in divisions:
                return False
        return True


class Quotes:
    """The quotation marks of a text; one opened in a paragraph ends with it."""

    def __init__(self, text: str) -> None:
        marks = list(_QUOTE_PATTERN.finditer(text))
        self._starts = [mark.start() for mark in marks]
        self._open = [mark.group() in OPENING for mark in marks]

    def hold(self, position: int) -> bool:
        """Whether the character at ``position`` opens a quotation or stands inside one."""
        index = bisect_right(self._starts, position) - 1
        return index >= 0 and self._open[index]


def _find_surfaces(reduced: ReducedText, matcher: Matcher) -> Iterator[Use]:
    found = matcher.automaton.find_matches_as_indexes(reduced.text, overlapping=True)
    for index, start, end in found:
        surface, span = matcher.surfaces[index], reduced.span(start, end)
        if not _find_objection(reduced, surface, start, end, span):
            yield Use(span, surface.entries, surface.spellings[0])


def _find_objection(
    reduced: ReducedText, surface: Surface, start: int, end: int, span: Span
) -> str:
    """Why a spelling that stands here is no use of the formulation; empty where it is one."""
    has_marks = span.end - span.start != end - start
    if has_marks and not reduced.is_divided_only_at(
        start, end, list_divisions(surface.reduced, surface.spellings)
    ):
        return "slogan.divided"
    if surface.quoted_only and not _is_set_off(reduced.original, span):
        return "slogan.unquoted"
    return "slogan.numeral" if _continues_numeral(reduced.original, span.start) else ""


def _find_templates(reduced: ReducedText, matcher: Matcher) -> Iterator[Use]:
    for match in matcher.template_pattern.finditer(reduced.text):
        for template in matcher.templates[match.group()]:
            if end := _fill_slot(reduced.text, match.end(), template.after, matcher.place_names):
                span = reduced.span(match.start(), end)
                yield Use(span, (template.entry,), template.variant)


def _fill_slot(text: str, at: int, after: str, names: frozenset[str]) -> int | None:
    """Where a template ends whose slot begins at ``at``, if a place name fills it."""
    for length in range(8, 1, -1):
        slot_end = at + length
        if text[at:slot_end] in names and text.startswith(after, slot_end):
            return slot_end + len(after)
    return None


def _keep_longest(uses: Iterable[Use]) -> Iterator[Use]:
    """Leftmost, longest, not overlapping; a look-alike before what it looks like."""
    at = 0
    for use in sorted(uses, key=lambda use: (use.span.start, -use.span.end, bool(use.entries))):
        if use.span.start >= at:
            at = use.span.end
            if use.entries:
                yield use


def _is_set_off(text: str, span: Span) -> bool:
    """Whether quotation marks set the passage off: “双中心”, “六稳”、“六保”, “挑重担、扛重责”."""
    if any(mark in OPENING or mark in CLOSING for mark in text[span.start : span.end]):
        return True
    before, after = text[span.start - 1 : span.start], text[span.end : span.end + 1]
    return bool(before) and before in OPENING and bool(after) and after in CLOSING + SEPARATORS


def _continues_numeral(text: str, start: int) -> bool:
    """Whether the numeral a passage begins with begins before it: 两千万工程 is no 千万工程."""
    return start > 0 and text[start] in _NUMERALS and text[start - 1] in _NUMERALS
