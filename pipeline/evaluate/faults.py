"""Every row missed, wrong or differing, with the words around it.

Takes judged documents, gives :class:`Fault` in reading order, such as a missed 市委十二届八次全会
between 、 and 要求作出安排.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from pipeline.evaluate.gold import Cell, Row
from pipeline.evaluate.matching import EXACT, Pair, is_asked_for, list_differences
from pipeline.evaluate.scores import Judged

CONTEXT = 12
"""Characters shown on either side of a row."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is not as labelled.

    Attributes:
        doc_id: The document.
        table: The table, ``documents`` for a field of the document.
        sort: missed, wrong, span (found with other bounds) or field (a cell differs).
        start: Where it stands in the labelled text; -1 where it stands nowhere.
        text: The row's text: the labelled one where there is one.
        before: The words before it.
        after: The words after it.
        detail: What the row says, or how it differs.
    """

    doc_id: str
    table: str
    sort: Literal["missed", "wrong", "span", "field"]
    start: int
    text: str
    before: str
    after: str
    detail: str


def list_faults(page: Judged) -> Iterator[Fault]:
    """List what is not as labelled in one document."""
    doc_id = page.labelled.doc_id
    for column, (gold, found) in page.document.items():
        if gold != found:
            detail = f"{column}: {show_cell(gold)}, found {show_cell(found)}"
            yield Fault(doc_id, "documents", "field", -1, "", "", "", detail)
    for table, pairs in page.pairs.items():
        faults = (fault for pair in pairs for fault in _list_pair_faults(page, table, pair))
        yield from sorted(faults, key=lambda fault: fault.start)


def _list_pair_faults(page: Judged, table: str, pair: Pair) -> Iterator[Fault]:
    if pair.gold is None:
        assert pair.found is not None
        yield _build_fault(page, table, "wrong", pair.found, _show_cells(pair.found))
        return
    if not is_asked_for(pair.gold) and (pair.found is None or pair.overlap == EXACT):
        return
    if pair.found is None:
        yield _build_fault(page, table, "missed", pair.gold, _show_cells(pair.gold))
        return
    if pair.overlap < EXACT:
        detail = f"{pair.overlap:.0%} in common with {pair.found.text} [{_name_rule(pair.found)}]"
        yield _build_fault(page, table, "span", pair.gold, detail)
    if differences := list_differences(pair, table):
        detail = "; ".join(
            f"{column}: {show_cell(gold)}, found {show_cell(found)}"
            for column, (gold, found) in differences.items()
        )
        yield _build_fault(page, table, "field", pair.gold, f"{detail} [{_name_rule(pair.found)}]")


def _build_fault(
    page: Judged,
    table: str,
    sort: Literal["missed", "wrong", "span", "field"],
    row: Row,
    detail: str,
) -> Fault:
    text, (start, end) = page.labelled.gold.text, (row.start, row.end)
    before = text[max(0, start - CONTEXT) : start] if start >= 0 else ""
    after = text[end : end + CONTEXT] if start >= 0 else ""
    return Fault(page.labelled.doc_id, table, sort, start, row.text, before, after, detail)


def show_cell(cell: Cell) -> str:
    """A cell as a person reads it.

    >>> show_cell(("区委副书记", "区长"))
    '区委副书记;区长'
    >>> show_cell(None)
    '∅'
    """
    if cell is None:
        return "∅"
    return ";".join(cell) if isinstance(cell, tuple) else str(cell)


_TOLD = (
    *("rule", "kind", "place", "term", "session", "name", "title", "modality", "force"),
    *("speech_act", "issuer", "canonical", "relation"),
)


def _show_cells(row: Row) -> str:
    """The telling cells of a row that stands alone."""
    told = ((name, row.cells.get(name)) for name in _TOLD)
    return "; ".join(f"{name}: {show_cell(cell)}" for name, cell in told if cell is not None)


def _name_rule(row: Row) -> str:
    return show_cell(row.cells.get("rule"))
