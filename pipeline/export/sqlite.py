"""SQLite: all tables and texts in one file, with keys, references and indexes.

Takes an output, gives a database that ``sqlite3``, Datasette or R open as it is. A row of
``slogans`` refers to its document and, where 两个确立 stands in one, to its directive; an empty
``directive_id`` is NULL, since nothing else may refer to nothing. Truth values are 0 and 1, dates
ISO text.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from pipeline.emit import OutputError
from pipeline.emit.tables import TEXTS
from pipeline.export.rows import read_rows, read_text_rows
from pipeline.records import TABLES, Column, Document, Kind, Record, columns
from pipeline.references import Reference, list_references

_TYPES: dict[Kind, str] = {
    "string": "TEXT",
    "integer": "INTEGER",
    "boolean": "INTEGER",
    "date": "TEXT",
    "list": "TEXT",
}
# What tables are filtered and joined by, besides columns of closed choices and ids.
_SOUGHT = {"adcode", "name", "canonical", "category", "published", "event_date"}


def write_sqlite(folder: Path, target: Path) -> list[str]:
    """Write an output as a database; everything fits.

    Raises:
        OutputError: If a row refers to a document or directive that is not there.
    """
    with closing(sqlite3.connect(target, isolation_level=None)) as database:
        # The file replaces the old one only when it is whole, so a journal would guard nothing.
        database.execute("PRAGMA journal_mode = OFF")
        database.execute("BEGIN")
        for record_type in TABLES:
            database.execute(_describe_table(record_type))
            _insert(database, record_type.table, _read_cells(folder, record_type))
            for statement in _describe_indexes(record_type):
                database.execute(statement)
        database.execute(_TEXTS_TABLE)
        _insert(database, TEXTS, read_text_rows(folder))
        database.execute("COMMIT")
        _check_references(database)
    return []


_TEXTS_TABLE = (
    f'CREATE TABLE "{TEXTS}" ("doc_id" TEXT NOT NULL PRIMARY KEY REFERENCES '
    f'"{Document.table}" ("doc_id"), "raw" TEXT NOT NULL, "text" TEXT NOT NULL)'
)


def _describe_table(record_type: type[Record]) -> str:
    references = list_references(record_type)
    emptied = {reference.columns[-1] for reference in references if reference.optional}
    parts = [_describe_column(column, emptied) for column in columns(record_type)]
    if record_type.key:
        parts.append(f"PRIMARY KEY ({_quote(record_type.key)})")
    parts += map(_describe_reference, references)
    return f'CREATE TABLE "{record_type.table}" ({", ".join(parts)})'


def _describe_column(column: Column, emptied: set[str]) -> str:
    may_be_null = column.name in emptied or (
        column.nullable and column.kind not in {"string", "list"}
    )
    return f'"{column.name}" {_TYPES[column.kind]}{"" if may_be_null else " NOT NULL"}'


def _describe_reference(reference: Reference) -> str:
    pointing, key = _quote(reference.columns), _quote(reference.key)
    return f'FOREIGN KEY ({pointing}) REFERENCES "{reference.table}" ({key})'


def _describe_indexes(record_type: type[Record]) -> Iterator[str]:
    """An index begins with what is sought; the primary key has its own."""
    referring = [reference.columns for reference in list_references(record_type)]
    sought = [
        (column.name,)
        for column in columns(record_type)
        if column.choices or column.name.endswith("_id") or column.name in _SOUGHT
    ]
    for names in dict.fromkeys((*referring, *sought)):
        if names not in (record_type.key[:1], ("row_id",), ("directive_id",)):
            title = f"{record_type.table}_{'_'.join(names)}"
            yield f'CREATE INDEX "{title}" ON "{record_type.table}" ({_quote(names)})'


def _quote(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _read_cells(folder: Path, record_type: type[Record]) -> Iterator[tuple[Any, ...]]:
    names = [column.name for column in columns(record_type)]
    emptied = {
        names.index(reference.columns[-1])
        for reference in list_references(record_type)
        if reference.optional
    }
    if not emptied:
        return read_rows(folder, record_type)
    return (
        tuple(None if at in emptied and cell == "" else cell for at, cell in enumerate(row))
        for row in read_rows(folder, record_type)
    )


def _insert(database: sqlite3.Connection, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
    width = len(database.execute(f'SELECT * FROM "{table}"').description)
    marks = ", ".join("?" * width)
    database.executemany(f'INSERT INTO "{table}" VALUES ({marks})', rows)


def _check_references(database: sqlite3.Connection) -> None:
    for table, row, other, _ in database.execute("PRAGMA foreign_key_check"):
        raise OutputError(f"{table}: row {row} refers to a row of {other} that is not there")
