"""Precision, recall, F1 and field accuracy, with intervals.

Takes judged documents, gives one :class:`Score` per measure and group, and one
:class:`FieldScore` per column. Intervals (95 %) come from drawing documents anew, a document and
its damaged twin together: 县委全会 comes back in every paragraph of a page, so rows are not
independent, documents are. The draws have a fixed seed: the same input gives the same interval.

Known gap: a group met in few documents has an interval that is too narrow, as has a figure at its
limit (1.000); within one document there is none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pipeline.evaluate.gold import Cell, Labelled, Row
from pipeline.evaluate.matching import (
    MEASURES,
    Pair,
    compared_fields,
    is_asked_for,
    judge_pairs,
    list_differences,
)

Floats = npt.NDArray[np.float64]

DRAWS = 1000
SEED = 20

ROW_GROUPS: Mapping[str, str] = {
    "plenums": "kind",
    "officials": "mention",
    "directives": "force",
    "instruments": "relation",
}
"""The column whose values split the rows of a table."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A labelled document with what was found in it.

    Attributes:
        labelled: The document.
        pairs: By table, gold rows and found rows.
        document: The labelled fields of the document: gold, found.
        remarks: What stood in the way of a fair comparison.
    """

    labelled: Labelled
    pairs: Mapping[str, Sequence[Pair]]
    document: Mapping[str, tuple[Cell, Cell]]
    remarks: tuple[str, ...]


class Group(NamedTuple):
    """What a figure covers: ``Group("level", "county")``; ``Group("all", "")`` is everything."""

    by: str
    value: str


ALL = Group("all", "")
ORIGINALS = Group("originals", "")


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its interval; None where there is nothing to divide or to draw from."""

    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Score:
    """How often a table is right within a group."""

    table: str
    measure: str
    group: Group
    right: int
    wrong: int
    missed: int
    precision: Estimate
    recall: Estimate
    f1: Estimate


@dataclass(frozen=True, slots=True)
class FieldScore:
    """How often a column of matched rows is right, all of them and those with a label in it."""

    table: str
    column: str
    group: Group
    right: int
    total: int
    accuracy: Estimate
    filled_right: int
    filled_total: int


def score_tables(judged: Sequence[Judged]) -> list[Score]:
    """Score every measure in every group."""
    counts: dict[tuple[str, str, Group], Floats] = defaultdict(
        lambda: np.zeros((len(judged), 3), dtype=np.float64)
    )
    for at, page in enumerate(judged):
        for measure in MEASURES:
            for status, row in judge_pairs(page.pairs[measure.table], measure):
                column = ("right", "wrong", "missed").index(status)
                for group in _list_groups(page.labelled, measure.table, row):
                    counts[measure.table, measure.name, group][at, column] += 1
    draws = draw_documents([page.labelled.original for page in judged])
    return [
        _build_score(*key, count, draws)
        for measure in MEASURES
        for key, count in sorted(counts.items(), key=lambda entry: entry[0][2])
        if key[:2] == (measure.table, measure.name)
    ]


def score_fields(judged: Sequence[Judged]) -> list[FieldScore]:
    """Score every labelled column of matched rows and of documents, with and without twins."""
    counts: dict[tuple[str, str, Group], Floats] = defaultdict(
        lambda: np.zeros((len(judged), 4), dtype=np.float64)
    )
    for at, page in enumerate(judged):
        for table, column, is_right, is_filled in _list_checks(page):
            check = (is_right, 1, is_right and is_filled, is_filled)
            for group in _list_headline_groups(page.labelled):
                counts[table, column, group][at] += check
    draws = draw_documents([page.labelled.original for page in judged])
    return [_build_field_score(*key, count, draws) for key, count in counts.items()]


def _list_checks(page: Judged) -> Iterator[tuple[str, str, bool, bool]]:
    for table, pairs in page.pairs.items():
        for pair in pairs:
            differences = list_differences(pair, table)
            if differences is None or pair.gold is None or not is_asked_for(pair.gold):
                continue
            for column in compared_fields(pair.gold):
                filled = pair.gold.cells[column] is not None
                yield table, column, column not in differences, filled
    for column, (gold, found) in page.document.items():
        yield "documents", column, gold == found, gold is not None


def _list_groups(labelled: Labelled, table: str, row: Row) -> Iterator[Group]:
    yield from _list_headline_groups(labelled)
    yield Group("form", labelled.form)
    yield Group("level", labelled.level)
    yield Group("document kind", labelled.kind)
    if column := ROW_GROUPS.get(table):
        yield Group(column, str(row.cells.get(column) or ""))


def _list_headline_groups(labelled: Labelled) -> Iterator[Group]:
    yield ALL
    if not labelled.is_twin:
        yield ORIGINALS


class Draws(NamedTuple):
    """Documents drawn anew: how often each counts (by draw and document), and its original."""

    times: Floats
    originals: npt.NDArray[np.str_]


def draw_documents(originals: Sequence[str]) -> Draws:
    """Draw documents anew; a twin is drawn with the document it repeats."""
    names, places = np.unique(originals, return_inverse=True)
    generator = np.random.default_rng(SEED)
    times = generator.multinomial(len(names), np.full(len(names), 1 / len(names)), size=DRAWS)
    return Draws(times[:, places].astype(np.float64), np.array(originals))


def estimate(share: Floats, whole: Floats, draws: Draws) -> Estimate:
    """The ratio of two sums over documents, with its interval.

    Args:
        share: By document, what goes above the line.
        whole: By document, what goes below it.
        draws: The documents drawn anew.
    """
    if not whole.sum():
        return Estimate(None, None, None)
    value = float(share.sum() / whole.sum())
    if len(set(draws.originals[whole > 0])) < 2:
        return Estimate(value, None, None)
    above, below = draws.times @ share, draws.times @ whole
    ratios = above[below > 0] / below[below > 0]
    low, high = np.percentile(ratios, [2.5, 97.5])
    return Estimate(value, float(low), float(high))


def _build_score(table: str, measure: str, group: Group, count: Floats, draws: Draws) -> Score:
    right, wrong, missed = count.T
    return Score(
        table,
        measure,
        group,
        right=int(right.sum()),
        wrong=int(wrong.sum()),
        missed=int(missed.sum()),
        precision=estimate(right, right + wrong, draws),
        recall=estimate(right, right + missed, draws),
        f1=estimate(2 * right, 2 * right + wrong + missed, draws),
    )


def _build_field_score(
    table: str, column: str, group: Group, count: Floats, draws: Draws
) -> FieldScore:
    right, total, filled_right, filled_total = (int(value) for value in count.sum(axis=0))
    accuracy = estimate(count[:, 0], count[:, 1], draws)
    return FieldScore(table, column, group, right, total, accuracy, filled_right, filled_total)
