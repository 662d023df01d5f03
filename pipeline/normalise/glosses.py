"""Readings that a tool wrote after characters, and whether a text was treated by such a tool.

Takes a text, gives the readings in it that a tool inserted: 習(xí)近平 and 產(chǎn)業(yè) are the
work of one, 喬木(qiáo mù), 朱镕(róng)基 or 學(xué)而(ér)時(shí)習(xí)之(zhī) that of an author.

Two tools are known. One writes toned readings, always the same for a character, after characters
that its conversion to traditional ones had changed, and after all of them on a page. The other
writes readings without tones, often twice, after any character.

A page holds hundreds of readings of some dozens of kinds; the text is split at its brackets and
only one bracket of each kind is looked at.

Known gaps: one reading alone on a page is taken for an author's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

import numpy as np

from pipeline.normalise.characters import HALF, TONED_LETTERS, Codes, Survey, simple_forms
from pipeline.normalise.readings import is_converted, is_read_as, is_toned
from pipeline.spans import Positions

Tool = Literal["none", "toned", "toneless"]
Pair = tuple[str, str]  # a character and its reading

LETTERS: Final = f"a-zɑɡüê{TONED_LETTERS}"
TONED_READING: Final = f"[a-zɑɡüê]{{0,3}}[{TONED_LETTERS}][a-zɑɡüê]{{0,4}}"
BRACKET_PATTERN: Final = re.compile(rf"(\([{LETTERS}]{{1,6}}[ \u00a0\u3000]?\))")
PAIR_PATTERN: Final = re.compile(rf"(.)\(([{LETTERS}]+)[ \u00a0\u3000]?\)")
BROKEN_PATTERN: Final = re.compile(rf"\?({TONED_READING})[ \u00a0\u3000]?\)")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the readings in a text show.

    Attributes:
        tool: The kind of tool that wrote them.
        starts: Where the readings that are to be taken out begin, brackets included.
        ends: Where they end.
    """

    tool: Tool
    starts: Positions
    ends: Positions


NOTHING: Final = np.zeros(0, dtype=np.int64)
NO_TOOL: Final = Evidence("none", NOTHING, NOTHING)


def weigh_readings(text: str, survey: Survey) -> Evidence:
    """Decide whether a tool wrote the readings in a text.

    >>> from pipeline.normalise.characters import survey_text
    >>> text = "習(xí)近平關(guān)于產(chǎn)業(yè)的講話"
    >>> weigh_readings(text, survey_text(text)).tool
    'toned'
    """
    if survey.traditional <= survey.simplified or not survey.has(HALF):
        return NO_TOOL
    parts = BRACKET_PATTERN.split(text)  # kept text and brackets by turns
    found = [kept[-1:] + bracket for kept, bracket in zip(parts[::2], parts[1::2], strict=False)]
    kinds = Counter(found)
    pairs = {kind: _read_pair(kind) for kind in kinds}
    counts: Counter[Pair] = Counter()
    for kind, pair in pairs.items():
        counts[pair] += kinds[kind] if pair[0] else 0
    toned = any(is_toned(reading) for _, reading in counts)
    inserted = _weigh_toned(text, survey, counts) if toned else _weigh_toneless(survey, counts)
    if not inserted:
        return NO_TOOL
    wanted = {kind for kind, pair in pairs.items() if pair in inserted}
    undone = np.array(_mark_undone(found, wanted, doubled=any(not char for char, _ in counts)))
    bounds = np.cumsum(np.fromiter(map(len, parts), dtype=np.int64, count=len(parts)))
    return Evidence("toned" if toned else "toneless", bounds[:-1:2][undone], bounds[1::2][undone])


@lru_cache(maxsize=1 << 14)
def _read_pair(kind: str) -> Pair:
    """The character and its reading; no character where the bracket follows another: 幕(mu)(mu)."""
    match = PAIR_PATTERN.fullmatch(kind)
    return (match[1], match[2]) if match else ("", kind[1:-1])


def _mark_undone(found: Sequence[str], inserted: Set[str], doubled: bool) -> list[bool]:
    """Which brackets to take out: those inserted, and with each the same again at once after it."""
    undone = [kind in inserted for kind in found]
    for at, kind in enumerate(found) if doubled else ():
        if at and kind[0] == "(" and undone[at - 1] and found[at - 1].endswith(kind):
            undone[at] = True
    return undone


def _weigh_toned(text: str, survey: Survey, counts: Mapping[Pair, int]) -> frozenset[Pair]:
    toned = [pair for pair in counts if pair[0] and is_toned(pair[1])]
    fitting = {pair for pair in toned if is_converted(pair[0]) and is_read_as(*pair)}
    inserted = sum(counts[pair] for pair in fitting)
    # After a sign, as in ^(qū), a reading follows a character that was read one byte off.
    others = sum(counts[pair] for pair in toned if not pair[0].isascii()) - inserted
    broken = len(BROKEN_PATTERN.findall(text))
    enough = len(fitting) > 1 or inserted > 2 or (inserted and broken)
    if not enough or others * 8 > inserted + broken:
        return frozenset()
    if not _is_consistent(fitting) or not _is_complete(survey.codes, fitting, inserted):
        return frozenset()
    odd = {p for p in toned if counts[p] > 1 and p not in fitting and is_converted(p[0])}
    return frozenset(fitting | odd)


def _is_consistent(pairs: Collection[Pair]) -> bool:
    """Whether each character has one reading and no simplified character two traditional forms.

    One in ten may differ: a misread character can meet a reading that fits it.
    """
    forms = simple_forms()
    return len({forms[char] for char, _ in pairs}) * 10 >= len(pairs) * 9


def _is_complete(codes: Codes, pairs: Iterable[Pair], inserted: int) -> bool:
    """Whether nearly all occurrences of these characters have their reading."""
    listed = np.zeros(0x10001, dtype=np.bool_)
    listed[[ord(char) for char, _ in pairs]] = True
    occurring = int(np.count_nonzero(listed.take(codes, mode="clip")))
    return inserted * 10 >= 7 * occurring


def _weigh_toneless(survey: Survey, counts: Mapping[Pair, int]) -> frozenset[Pair]:
    fitting = {pair for pair in counts if is_read_as(*pair)}
    inserted = sum(counts[pair] for pair in fitting)
    enough = len(fitting) > 4 and inserted * 50 > survey.traditional
    others = sum(n for pair, n in counts.items() if not pair[0].isascii()) - inserted
    return frozenset(fitting) if enough and others * 9 < inserted else frozenset()
