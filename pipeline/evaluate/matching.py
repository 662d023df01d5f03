"""Pair gold rows with found rows, and say when a pair is right.

Takes the rows of one table of one document, gives pairs: the rows that share most characters
first, each row once. 党的二十届二中全会 where 二十届二中全会 is labelled makes a pair with an
overlap of 7/9: right as to the meeting, wrong as to the span.

Known gap: pairing is greedy. Rows of one table hardly ever overlap one another, and then
greedy pairing is the best one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from pipeline.evaluate.gold import Cell, Row
from pipeline.lexicons.spelling import reduce_spelling

Status = Literal["right", "wrong", "missed"]

EXACT, RELAXED, TOUCHING = 1.0, 0.8, 0.0
"""Shares of characters in common (intersection over union) a measure asks for."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A gold row and the found row nearest to it; either may be missing."""

    gold: Row | None
    found: Row | None
    overlap: float = 0.0


@dataclass(frozen=True, slots=True)
class Measure:
    """When a found row counts as right.

    Attributes:
        table: The table measured.
        name: The measure.
        overlap: The share of characters a pair must have in common.
        fields: The columns in which it must agree.
    """

    table: str
    name: str
    overlap: float
    fields: tuple[str, ...] = ()

    def accepts(self, pair: Pair) -> bool:
        """Whether the pair is right."""
        if pair.gold is None or pair.found is None or pair.overlap < self.overlap:
            return False
        gold, found = pair.gold.cells, pair.found.cells
        return all(agree(name, gold.get(name), found.get(name)) for name in self.fields)


MEETING = ("kind", "place", "term", "session")
"""The columns that say which meeting a row means."""

MEASURES = (
    Measure("plenums", "span", EXACT),
    Measure("plenums", "meeting", TOUCHING, MEETING),
    Measure("plenums", "strict", EXACT, MEETING),
    Measure("officials", "name", EXACT, ("name",)),
    Measure("officials", "titles", EXACT, ("name", "title")),
    Measure("directives", "exact", EXACT),
    Measure("directives", "relaxed", RELAXED),
    Measure("slogans", "core", EXACT),
    Measure("slogans", "canonical", EXACT, ("canonical",)),
    Measure("instruments", "title", EXACT),
    Measure("instruments", "relation", EXACT, ("relation",)),
)

FIELD_OVERLAP = {"directives": RELAXED}
"""What a pair must share before its fields are compared; elsewhere the spans must be equal."""


class Verdict(NamedTuple):
    """One row judged; ``row`` is the gold row where there is one."""

    status: Status
    row: Row


def pair_rows(gold: Sequence[Row], found: Sequence[Row]) -> list[Pair]:
    """Pair the rows of a table one to one; what has no partner stands alone."""
    candidates = sorted(
        (
            (share_overlap(one, other), _count_agreeing(one, other), -i, -j)
            for i, one in enumerate(gold)
            for j, other in enumerate(found)
            if max(one.start, other.start) < min(one.end, other.end)
        ),
        reverse=True,
    )
    partners: dict[int, tuple[int, float]] = {}
    taken: set[int] = set()
    for overlap, _, i, j in candidates:
        if -i not in partners and -j not in taken:
            partners[-i] = (-j, overlap)
            taken.add(-j)
    return list(_list_pairs(gold, found, partners))


def _list_pairs(
    gold: Sequence[Row], found: Sequence[Row], partners: dict[int, tuple[int, float]]
) -> Iterator[Pair]:
    for i, row in enumerate(gold):
        if i in partners:
            j, overlap = partners[i]
            yield Pair(row, found[j], overlap)
        else:
            yield Pair(row, None)
    taken = {j for j, _ in partners.values()}
    yield from (Pair(None, row) for j, row in enumerate(found) if j not in taken)


def share_overlap(one: Row, other: Row) -> float:
    """Characters in both rows as a share of the characters in either.

    >>> share_overlap(Row(0, 9, "党的二十届二中全会", {}), Row(2, 9, "二十届二中全会", {}))
    0.7777777777777778
    """
    common = min(one.end, other.end) - max(one.start, other.start)
    return max(0, common) / (max(one.end, other.end) - min(one.start, other.start))


def judge_pairs(pairs: Iterable[Pair], measure: Measure) -> Iterator[Verdict]:
    """Judge every row; rows that are labelled but not asked for are passed over when found."""
    for pair in pairs:
        if measure.accepts(pair):
            assert pair.gold is not None
            if is_asked_for(pair.gold):
                yield Verdict("right", pair.gold)
            continue
        if pair.gold is not None and is_asked_for(pair.gold):
            yield Verdict("missed", pair.gold)
        if pair.found is not None and not _is_known(pair):
            yield Verdict("wrong", pair.found)


def is_asked_for(row: Row) -> bool:
    """Whether missing the row is a fault: not for an ad-hoc phrase among the slogans."""
    return row.cells.get("core") is not False


def _is_known(pair: Pair) -> bool:
    """Whether the found row is exactly a labelled one that is not asked for."""
    return pair.gold is not None and not is_asked_for(pair.gold) and pair.overlap == EXACT


def list_differences(pair: Pair, table: str) -> dict[str, tuple[Cell, Cell]] | None:
    """The labelled columns in which a matched pair differs: gold, found. None if not matched."""
    if pair.gold is None or pair.found is None:
        return None
    if pair.overlap < FIELD_OVERLAP.get(table, EXACT):
        return None
    gold, found = pair.gold.cells, pair.found.cells
    return {
        name: (gold[name], found.get(name))
        for name in compared_fields(pair.gold)
        if not agree(name, gold[name], found.get(name))
    }


def agree(column: str, gold: Cell, found: Cell) -> bool:
    """Whether two cells say the same; marks do not make another formulation.

    >>> agree("canonical", "“三个代表”重要思想", "三个代表重要思想")
    True
    """
    if column == "canonical" and isinstance(gold, str) and isinstance(found, str):
        return reduce_spelling(gold) == reduce_spelling(found)
    return gold == found


def compared_fields(row: Row) -> list[str]:
    """The columns a label fills, except the one only labels have."""
    return [name for name in row.cells if name != "core"]


def _count_agreeing(one: Row, other: Row) -> int:
    return sum(agree(name, cell, other.cells.get(name)) for name, cell in one.cells.items())
