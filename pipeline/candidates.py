"""Candidates: formulations the lexicon does not list but that behave like slogans.

Takes :class:`~pipeline.segment.Segments` and the slogan uses found in them, gives the uses of
short quoted phrases (“家门口的幸福圈”) and of numeral formulas (一核两翼, 三个不变). What is a
sentence in quotation marks, a listed slogan or a place name is none. A curator reads the list
when extending the lexicon.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

import regex

from pipeline.records import CandidateKind, CandidateUse, SloganUse
from pipeline.segment import Segments
from pipeline.tag import Tagged

# Up to twenty characters a quotation is a label rather than speech; marks that end a sentence or
# divide clauses other than parallel parts make it speech.
_QUOTED_PATTERN = re.compile(r"[“「]([^“”「」。！？：；\n]{2,20})[”」]")
_SPEECH_PATTERN = re.compile(r"[我你他她它您咱]|吗$|呢$|吧$|啊$")
_HAN_PATTERN = re.compile(r"[一-龥]")
# What is counted must be no numeral itself, nor a unit of time: 一百二十三个, 一月八日.
_COUNTED = r"(?![一二两三四五六七八九十百千万亿零年月日时])[一-龥]"
_NUMERAL_PATTERN = regex.compile(
    r"(?<![一二两三四五六七八九十百千万第])"
    rf"(?:[一两双]{_COUNTED}(?:[二两三四五六七八九十]{_COUNTED}){{1,4}}"
    rf"|[三四五六七八九十]{{1,2}}个{_COUNTED}{_COUNTED}(?=[”、，。；]))"
)
_PERIOD_PATTERN = re.compile(r"[一二三四五六七八九十]{1,2}五")  # 十四五: a plan's period
_FORMULA_PATTERN = re.compile(r"[一二两三四五六七八九十双0-9]+(?:个|大|项|张|条|区|高|新)")


def find_candidates(
    segments: Segments, slogans: Sequence[Tagged | SloganUse]
) -> Iterator[CandidateUse]:
    """Find the uses of formulations that might be listed, in reading order.

    Args:
        segments: The document.
        slogans: The uses of listed formulations, in reading order.
    """
    taken = _Taken(slogans)
    found: dict[tuple[int, int], CandidateKind] = {}
    for match in _QUOTED_PATTERN.finditer(segments.text):
        phrase = match.group(1)
        if _HAN_PATTERN.search(phrase) and not _is_speech_or_period(phrase):
            found[match.span(1)] = "numeral" if _is_formula(phrase) else "quoted"
    for formula in _NUMERAL_PATTERN.finditer(segments.text):
        found.setdefault(formula.span(), "numeral")
    at = 0
    for (start, end), kind in sorted(found.items(), key=lambda use: (use[0][0], -use[0][1])):
        if start >= at and not taken.touches(start, end):
            at = end
            raw = segments.offsets.source_span(start, end)
            yield CandidateUse(segments.text[start:end], kind, start, end, *raw)


def _is_speech_or_period(phrase: str) -> bool:
    return bool(_SPEECH_PATTERN.search(phrase) or _PERIOD_PATTERN.fullmatch(phrase))


def _is_formula(phrase: str) -> bool:
    return bool(_FORMULA_PATTERN.match(phrase) or _NUMERAL_PATTERN.fullmatch(phrase))


class _Taken:
    """Stretches that listed slogans occupy."""

    def __init__(self, slogans: Sequence[Tagged | SloganUse]) -> None:
        self._starts = [use.start for use in slogans]
        self._ends = [use.end for use in slogans]

    def touches(self, start: int, end: int) -> bool:
        """Whether a listed slogan stands in ``[start, end)``, even in part."""
        last = bisect_right(self._starts, end - 1) - 1
        return last >= 0 and self._ends[last] > start
