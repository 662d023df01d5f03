"""Records to cells and Arrow types: the one place where values become what is written.

A list is joined with ``;``, a truth value is ``true`` or ``false``, a date is ISO 8601, nothing
is the empty cell.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from operator import attrgetter
from typing import Any

import pyarrow as pa

from pipeline.records import TABLES, Kind, Record, columns

LIST_SEPARATOR = ";"

_ARROW_TYPES: dict[Kind, pa.DataType] = {
    "string": pa.string(),
    "integer": pa.int64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
    "list": pa.string(),
}


def write_cells(record: Record) -> tuple[str, ...]:
    """The cells of a row, in the order of its columns.

    >>> from pipeline.records import Reject
    >>> write_cells(Reject(path="a.txt", sha256="", reason="empty", message="空"))
    ('a.txt', '', 'empty', '空')
    """
    read, others = _plan(record.table)
    cells = list(read(record))
    for index, write in others:
        cells[index] = write(cells[index])
    return tuple(cells)


@cache
def _plan(table: str) -> tuple[attrgetter[Any], list[tuple[int, _Writer]]]:
    """What reads the values of a row, and what turns those that are no strings into cells."""
    (record_type,) = (record_type for record_type in TABLES if record_type.table == table)
    names = [column.name for column in columns(record_type)]
    kinds = enumerate(column.kind for column in columns(record_type))
    others = [(index, _WRITERS[kind]) for index, kind in kinds if kind != "string"]
    return attrgetter(*names), others


_Writer = Callable[[Any], str]
_WRITERS: dict[Kind, _Writer] = {
    "integer": lambda value: "" if value is None else str(value),
    "boolean": lambda value: "true" if value else "false",
    "date": lambda value: value.isoformat() if value else "",
    "list": LIST_SEPARATOR.join,
}


def arrow_schema(record_type: type[Record]) -> pa.Schema:
    """Names, types and nullability of a table in Parquet.

    A string is never null: the empty string says that nothing is known, in Parquet as in CSV.
    """
    return pa.schema(
        pa.field(
            column.name,
            _ARROW_TYPES[column.kind],
            nullable=column.nullable and column.kind not in {"string", "list"},
            metadata={"help": column.help},
        )
        for column in columns(record_type)
    )
