"""Compare two output folders: rows lost, gained and changed, table by table.

Takes folders A and B, gives :class:`Comparison`. A row in A alone is lost, in B alone gained;
where both have a row under the same key (市委十三届五次全会 at 133-144 of one document) with other
cells, it is changed. Columns that say which program made a row are passed over.

Known gap: a passage that moved, because the text before it is normalised otherwise, is a row lost
and a row gained.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from rich.console import Console  # noqa: TC002 - small module, see pyproject.toml
from rich.table import Table
from rich.text import Text

from pipeline.evaluate.faults import show_cell
from pipeline.evaluate.found import read_rows
from pipeline.evaluate.gold import Cell
from pipeline.records import TABLES, Record

PROVENANCE = frozenset({"version", "engine", "lexicons"})
"""Columns that differ between any two versions and say nothing of the document."""

Cells = Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class Change:
    """A row both folders have, with other cells."""

    before: Cells
    after: Cells

    @property
    def columns(self) -> list[str]:
        """The columns in which the two differ."""
        return [name for name, cell in self.before.items() if cell != self.after[name]]


@dataclass(frozen=True, slots=True)
class TableComparison:
    """What became of one table."""

    table: str
    rows_a: int
    rows_b: int
    lost: tuple[Cells, ...]
    gained: tuple[Cells, ...]
    changed: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What became of every table from ``a`` to ``b``."""

    a: str
    b: str
    tables: tuple[TableComparison, ...]

    @property
    def is_same(self) -> bool:
        """Whether the two say the same."""
        return not any(table.lost or table.gained or table.changed for table in self.tables)

    def as_json(self) -> dict[str, Any]:
        """Everything as plain values, ready for ``json.dumps``."""
        return asdict(self)


def compare(a: Path, b: Path) -> Comparison:
    """Compare two output folders.

    Raises:
        ValueError: If one of them is no output folder.
    """
    tables = (compare_rows(kind, read_rows(a, kind), read_rows(b, kind)) for kind in TABLES)
    return Comparison(str(a), str(b), tuple(tables))


def compare_rows(kind: type[Record], a: Iterable[Cells], b: Iterable[Cells]) -> TableComparison:
    """Compare the rows of one table."""
    rows_a, rows_b = list(map(_strip_provenance, a)), list(map(_strip_provenance, b))
    only_a, only_b = _subtract(rows_a, rows_b), _subtract(rows_b, rows_a)
    waiting: dict[Hashable, list[Cells]] = defaultdict(list)
    for row in reversed(only_b):
        waiting[_read_key(kind, row)].append(row)
    lost, changed = [], []
    for row in only_a:
        if partners := waiting[_read_key(kind, row)]:
            changed.append(Change(row, partners.pop()))
        else:
            lost.append(row)
    taken = {id(change.after) for change in changed}
    gained = tuple(row for row in only_b if id(row) not in taken)
    return TableComparison(
        kind.table, len(rows_a), len(rows_b), tuple(lost), gained, tuple(changed)
    )


def _strip_provenance(row: Cells) -> Cells:
    return {name: cell for name, cell in row.items() if name not in PROVENANCE}


def _subtract(rows: list[Cells], others: list[Cells]) -> list[Cells]:
    """The rows without an equal among the others, each of which answers for one row."""
    left = Counter(tuple(row.values()) for row in others)
    only = []
    for row in rows:
        content = tuple(row.values())
        if left[content]:
            left[content] -= 1
        else:
            only.append(row)
    return only


def _read_key(kind: type[Record], row: Cells) -> Hashable:
    return tuple(row[name] for name in kind.key)


def render(comparison: Comparison, console: Console, limit: int | None = 20) -> None:
    """Print a comparison.

    Args:
        comparison: What to print.
        console: Where to.
        limit: Rows listed of each sort and table; None for all.
    """
    console.print(_build_summary(comparison))
    for table in comparison.tables:
        for title, lines in _list_sections(table):
            console.print(Text(f"\n{table.table}: {title}", style="bold"))
            for line in islice(lines, limit):
                console.print(line, soft_wrap=True)


def _build_summary(comparison: Comparison) -> Table:
    title = f"A {comparison.a}\nB {comparison.b}"
    summary = Table("table", title=title, title_justify="left")
    for name in ("rows in A", "rows in B", "lost", "gained", "changed"):
        summary.add_column(name, justify="right")
    for table in comparison.tables:
        sorts = (table.lost, table.gained, table.changed)
        counts = (table.rows_a, table.rows_b, *map(len, sorts))
        summary.add_row(table.table, *map(str, counts))
    return summary


def _list_sections(table: TableComparison) -> Iterator[tuple[str, Iterable[Text]]]:
    if table.lost:
        lines = (Text(f"- {_show_row(row)}", style="red") for row in table.lost)
        yield f"{len(table.lost)} lost", lines
    if table.gained:
        lines = (Text(f"+ {_show_row(row)}", style="green") for row in table.gained)
        yield f"{len(table.gained)} gained", lines
    if table.changed:
        lines = (Text(f"~ {_show_change(change)}", style="yellow") for change in table.changed)
        yield f"{len(table.changed)} changed", lines


def _show_row(row: Cells) -> str:
    """The cells that are filled, the place in the source left out."""
    hidden = {"row_id", "raw_start", "raw_end", "sentence"}
    shown = (
        show_cell(cell) for name, cell in row.items() if name not in hidden and cell is not None
    )
    return " | ".join(shown).replace("\n", "⏎")


def _show_change(change: Change) -> str:
    place = " ".join(
        show_cell(change.before[name])
        for name in ("doc_id", "row_id", "path", "text")
        if change.before.get(name) is not None
    )
    cells = "; ".join(
        f"{name}: {show_cell(change.before[name])} → {show_cell(change.after[name])}"
        for name in change.columns
    )
    return f"{place} | {cells}".replace("\n", "⏎")
