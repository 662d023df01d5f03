"""JSON lines: one object a row, one file a table, texts included.

Takes an output, gives a folder of ``.jsonl`` files. A list is an array
(``["区委副书记", "区长"]``), a date ISO text, nothing known of a number or date ``null``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pipeline.arrow import LIST_SEPARATOR
from pipeline.emit.tables import TEXTS, TEXTS_SCHEMA
from pipeline.export.rows import read_rows, read_text_rows
from pipeline.records import TABLES, Record, columns


def write_jsonl(folder: Path, target: Path) -> list[str]:
    """Write the tables and texts of an output as JSON lines; everything fits."""
    for record_type in TABLES:
        names = [column.name for column in columns(record_type)]
        rows = (_split_lists(record_type, row) for row in read_rows(folder, record_type))
        _write_lines(target / f"{record_type.table}.jsonl", names, rows)
    _write_lines(target / f"{TEXTS}.jsonl", TEXTS_SCHEMA.names, read_text_rows(folder))
    return []


def _split_lists(record_type: type[Record], row: tuple[Any, ...]) -> list[Any]:
    return [
        list(filter(None, cell.split(LIST_SEPARATOR))) if column.kind == "list" else cell
        for column, cell in zip(columns(record_type), row, strict=True)
    ]


def _write_lines(path: Path, names: list[str], rows: Iterable[Iterable[Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for row in rows:
            cells = dict(zip(names, row, strict=True))
            file.write(json.dumps(cells, ensure_ascii=False) + "\n")
