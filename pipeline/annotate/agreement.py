"""How far two people who labelled the same documents agree.

Takes two sets of labelled documents, gives by table Krippendorff's alpha over characters and F1
of rows, and by column alpha over the rows both marked. A character of 市委书记张三强调要抓好落实
that one person puts in a directive and the other does not is a disagreement.

Alpha is 1 - Do/De for nominal data: disagreement observed over disagreement expected by chance
(Krippendorff, Content Analysis, 4th edition, chapter 12).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pipeline.annotate.labels import AnnotationError
from pipeline.evaluate.gold import MENTIONS, Cell, Labelled, Row
from pipeline.evaluate.matching import EXACT, RELAXED, Pair, list_differences, pair_rows

Judgements = Counter[tuple[Cell, Cell]]
"""How often the first person said the one and the second the other."""


class TableAgreement(NamedTuple):
    """Agreement on which passages are rows of a table.

    Attributes:
        table: The table.
        first: Rows of the first person.
        second: Rows of the second.
        alpha: Krippendorff's alpha over characters; None where nobody marked any.
        exact: F1 of rows with the same span.
        relaxed: F1 of rows that share 0.8 of their characters.
    """

    table: str
    first: int
    second: int
    alpha: float | None
    exact: float | None
    relaxed: float | None


class ColumnAgreement(NamedTuple):
    """Agreement on one column, over the rows both people marked."""

    table: str
    column: str
    rows: int
    agreeing: int
    alpha: float | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """Everything two sets of labels say of each other.

    Attributes:
        documents: Ids of the documents in both.
        alone: Ids of documents in one of them only.
        tables: By table.
        columns: By column.
    """

    documents: tuple[str, ...]
    alone: tuple[str, ...]
    tables: tuple[TableAgreement, ...]
    columns: tuple[ColumnAgreement, ...]


def measure_agreement(first: Sequence[Labelled], second: Sequence[Labelled]) -> Agreement:
    """Compare two people's labels.

    Raises:
        AnnotationError: If they have no document in common, or a document has two texts.
    """
    ones, others = ({one.doc_id: one for one in labelled} for labelled in (first, second))
    shared = [(ones[doc_id], others[doc_id]) for doc_id in ones if doc_id in others]
    if not shared:
        raise AnnotationError("the two have no document in common; ids must be the same")
    if unlike := [one.doc_id for one, other in shared if one.gold.text != other.gold.text]:
        raise AnnotationError(f"{unlike[0]}: the two have different texts (clean)")
    return Agreement(
        documents=tuple(one.doc_id for one, _ in shared),
        alone=tuple(sorted(set(ones) ^ set(others))),
        tables=tuple(_measure_table(kind.table, shared) for kind in MENTIONS),
        columns=tuple(row for kind in MENTIONS for row in _measure_columns(kind.table, shared)),
    )


Shared = Sequence[tuple[Labelled, Labelled]]


def _measure_table(table: str, shared: Shared) -> TableAgreement:
    pairs = list(_pair_all(table, shared))
    first = sum(pair.gold is not None for pair in pairs)
    second = sum(pair.found is not None for pair in pairs)
    characters = Judgements()
    for one, other in shared:
        characters += _judge_characters(table, one, other)
    f1 = {
        share: 2 * sum(_is_match(pair, share) for pair in pairs) / (first + second)
        for share in (EXACT, RELAXED)
        if first + second
    }
    alpha = compute_alpha(characters)
    return TableAgreement(table, first, second, alpha, f1.get(EXACT), f1.get(RELAXED))


def _pair_all(table: str, shared: Shared) -> Iterator[Pair]:
    for one, other in shared:
        yield from pair_rows(one.gold.tables[table], other.gold.tables[table])


def _is_match(pair: Pair, share: float) -> bool:
    return pair.gold is not None and pair.found is not None and pair.overlap >= share


def _judge_characters(table: str, one: Labelled, other: Labelled) -> Judgements:
    length = len(one.gold.text)
    a, b = (_mark(labelled.gold.tables[table], length) for labelled in (one, other))
    counts = {(0, 0): ~a & ~b, (0, 1): ~a & b, (1, 0): a & ~b, (1, 1): a & b}
    return Judgements({said: int(marks.sum()) for said, marks in counts.items()})


def _mark(rows: Sequence[Row], length: int) -> npt.NDArray[np.bool_]:
    marks = np.zeros(length, dtype=np.bool_)
    for row in rows:
        marks[row.start : row.end] = True
    return marks


def _measure_columns(table: str, shared: Shared) -> Iterator[ColumnAgreement]:
    said: dict[str, Judgements] = defaultdict(Judgements)
    for pair in _pair_all(table, shared):
        if pair.gold is None or pair.found is None or list_differences(pair, table) is None:
            continue
        for column in _list_columns(pair.gold.cells, pair.found.cells):
            said[column][pair.gold.cells.get(column), pair.found.cells.get(column)] += 1
    for column, judgements in said.items():
        agreeing = sum(times for (a, b), times in judgements.items() if a == b)
        alpha = compute_alpha(judgements)
        yield ColumnAgreement(table, column, judgements.total(), agreeing, alpha)


def _list_columns(*rows: Mapping[str, Cell]) -> list[str]:
    return list(dict.fromkeys(column for cells in rows for column in cells))


def compute_alpha(judgements: Judgements) -> float | None:
    """Krippendorff's alpha for two people and nominal values.

    Args:
        judgements: How often each pair of values was given to the same thing.

    Returns:
        1 for full agreement, 0 for what chance would give; None where all values are the same, so
        that chance alone would agree.

    >>> round(compute_alpha(Counter({("指出", "指出"): 6, ("要求", "指出"): 4})), 3)
    -0.188
    """
    values = Counter[Cell]()
    for (a, b), times in judgements.items():
        values[a] += times
        values[b] += times
    total = values.total()
    same_by_chance = sum(times * (times - 1) for times in values.values())
    expected = total * (total - 1) - same_by_chance
    if not expected:
        return None
    observed = 2 * sum(times for (a, b), times in judgements.items() if a != b)
    return 1 - (total - 1) * observed / expected
