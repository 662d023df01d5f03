"""What the pipeline says of labelled documents.

Takes a fresh result or an output folder, gives :class:`~pipeline.evaluate.gold.Page`: the same form
the labels have, so that 区委副书记;区长 of a CSV file and two titles of a record compare alike.

Known gap: an output folder is read whole, whatever the number of labelled documents.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.emit.reread import read_table
from pipeline.evaluate.gold import MENTIONS, Cell, Page, Row, read_cell
from pipeline.records import Column, Document, Record, Result, columns

Process = Callable[[str, str, str], Result]
"""Processes a labelled document: ``process(doc_id, raw, url)``."""


def read_result(result: Result) -> Page:
    """What a fresh result says."""
    tables = {
        kind.table: [_build_row(_read_record(record)) for record in getattr(result, kind.table)]
        for kind in MENTIONS
    }
    return Page(result.text, _read_record(result.document), tables)


def read_output(folder: Path) -> dict[str, Page]:
    """What an output folder says, by document.

    Raises:
        ValueError: If a table or a column is missing.
    """
    rows: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for kind in MENTIONS:
        for cells in read_rows(folder, kind):
            rows[str(cells["doc_id"])][kind.table].append(_build_row(cells))
    texts = _read_texts(folder)
    pages = {}
    for document in read_rows(folder, Document):
        doc_id = str(document["doc_id"])
        tables = {kind.table: rows[doc_id][kind.table] for kind in MENTIONS}
        fields = {name: read_cell(cell) for name, cell in document.items()}
        pages[doc_id] = Page(texts[doc_id], fields, tables)
    return pages


def read_rows(folder: Path, kind: type[Record]) -> list[dict[str, Cell]]:
    """Read a table of an output folder, whether CSV or Parquet.

    Raises:
        ValueError: If the table or one of its columns is missing.
    """
    try:
        table = read_table(folder, kind)
    except (OSError, pa.ArrowException) as error:
        raise ValueError(f"{folder} is no output folder, or an incomplete one: {error}") from None
    described = columns(kind)
    if missing := [column.name for column in described if column.name not in table.column_names]:
        raise ValueError(f"{folder}: the table {kind.table} has no column {missing[0]!r}")
    names = [column.name for column in described]
    cells = [
        [_split_list(value, column) for value in table[column.name].to_pylist()]
        for column in described
    ]
    return [dict(zip(names, row, strict=True)) for row in zip(*cells, strict=True)]


def _split_list(value: Any, column: Column) -> Cell:
    """A cell as written, nothing empty but None; the order of a list is kept."""
    if column.kind == "list":
        return tuple(value.split(";")) if value else None
    return read_cell(value)


def _read_texts(folder: Path) -> dict[str, str]:
    path = folder / "texts.parquet"
    if not path.exists():
        raise ValueError(f"{folder} is no output folder: it has no {path.name}")
    texts = pq.read_table(path, columns=["doc_id", "text"]).to_pydict()
    return dict(zip(texts["doc_id"], texts["text"], strict=True))


def _read_record(record: Record) -> dict[str, Cell]:
    return {
        column.name: read_cell(getattr(record, column.name)) for column in columns(type(record))
    }


def _build_row(cells: Mapping[str, Cell]) -> Row:
    rest = {name: read_cell(cell) for name, cell in cells.items()}
    start, end, text = rest.pop("start"), rest.pop("end"), rest.pop("text")
    if not (isinstance(start, int) and isinstance(end, int) and isinstance(text, str)):
        raise ValueError(f"a row has no span: {cells}")
    return Row(start, end, text, rest)
