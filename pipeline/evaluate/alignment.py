"""Carry spans over where the normalised text is not the text that was labelled.

Takes what was found and the labelled text, gives what was found with spans of the labelled
text: in 区委五届 五次全会 for 区委五届五次全会 all before and after the blank keeps its place. Only
equal stretches are used, never a likeness: line by line what both begin and end with, and for
the rest the same passage at the same occurrence. A row that is in neither is nowhere (``-1``), and
wrong.

Known gap: where lines were added or lost, only the first and last equal stretch of the whole are
known, and a row in between follows the occurrence of its text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from itertools import accumulate
from typing import NamedTuple

from pipeline.evaluate.gold import Page, Row

NOWHERE = -1


class Stretch(NamedTuple):
    """A stretch equal in both texts."""

    found: int
    gold: int
    length: int


def align_page(found: Page, gold_text: str) -> Page:
    """Give every row its span in the labelled text, or none."""
    if found.text == gold_text:
        return found
    stretches = find_stretches(found.text, gold_text)
    tables = {
        table: [_align_row(row, found.text, gold_text, stretches) for row in rows]
        for table, rows in found.tables.items()
    }
    return Page(gold_text, found.document, tables)


def describe_difference(found_text: str, gold_text: str) -> str:
    """Say where two texts part; empty where they are the same.

    >>> describe_difference("区委五届 五次全会", "区委五届五次全会")
    'text differs from gold at 4: 区委五届| 五次全会 for 区委五届|五次全会 (9 characters for 8)'
    """
    if found_text == gold_text:
        return ""
    at = count_shared(found_text, gold_text)
    found, gold = (
        f"{text[max(0, at - 8) : at]}|{text[at : at + 8]}".replace("\n", "⏎")
        for text in (found_text, gold_text)
    )
    lengths = f"{len(found_text)} characters for {len(gold_text)}"
    return f"text differs from gold at {at}: {found} for {gold} ({lengths})"


def find_stretches(found_text: str, gold_text: str) -> list[Stretch]:
    """Find the stretches both texts share, in order.

    >>> find_stretches("会议　强调", "会议强调")
    [Stretch(found=0, gold=0, length=2), Stretch(found=3, gold=2, length=2)]
    """
    found_lines, gold_lines = found_text.split("\n"), gold_text.split("\n")
    if len(found_lines) != len(gold_lines):
        return list(_pair_ends(found_text, gold_text, 0, 0))
    stretches: list[Stretch] = []
    found_starts = accumulate((len(line) + 1 for line in found_lines), initial=0)
    gold_starts = accumulate((len(line) + 1 for line in gold_lines), initial=0)
    for lines in zip(found_lines, gold_lines, found_starts, gold_starts, strict=False):
        stretches += _pair_ends(*lines)
    return stretches


def _pair_ends(found: str, gold: str, found_at: int, gold_at: int) -> Iterator[Stretch]:
    """What two passages begin with and what they end with."""
    head = count_shared(found, gold)
    tail = count_shared(found[head:][::-1], gold[head:][::-1])
    if head:
        yield Stretch(found_at, gold_at, head)
    if tail:
        yield Stretch(found_at + len(found) - tail, gold_at + len(gold) - tail, tail)


def count_shared(one: str, other: str) -> int:
    """How many characters two passages begin with in common."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def _align_row(row: Row, found_text: str, gold_text: str, stretches: list[Stretch]) -> Row:
    start, last = _align_place(row.start, stretches), _align_place(row.end - 1, stretches)
    if start != NOWHERE and last != NOWHERE:
        return replace(row, start=start, end=last + 1)
    start = _find_occurrence(row, found_text, gold_text)
    return replace(row, start=start, end=NOWHERE if start == NOWHERE else start + len(row.text))


def _align_place(place: int, stretches: list[Stretch]) -> int:
    at = bisect_right(stretches, place, key=lambda stretch: stretch.found) - 1
    if at < 0 or place >= stretches[at].found + stretches[at].length:
        return NOWHERE
    return place - stretches[at].found + stretches[at].gold


def _find_occurrence(row: Row, found_text: str, gold_text: str) -> int:
    """Where the passage stands in the labelled text, at the same occurrence."""
    rank = found_text.count(row.text, 0, row.start)
    start = gold_text.find(row.text)
    while rank and start != NOWHERE:
        start = gold_text.find(row.text, start + len(row.text))
        rank -= 1
    return start
