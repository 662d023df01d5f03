"""Records as Arrow: the types of their columns, and rows as tables.

Takes records, e.g. a directive 要抓好落实, gives a table with a column for each of theirs. A list
is one string, joined with ``;``; a string is never null: the empty one says that nothing is known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
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


Cells = tuple[Any, ...]


def _describe_columns(record_type: type[Record]) -> pa.Schema:
    return pa.schema(
        pa.field(
            column.name,
            _ARROW_TYPES[column.kind],
            nullable=column.nullable and column.kind not in {"string", "list"},
            metadata={"help": column.help},
        )
        for column in columns(record_type)
    )


def _plan_reading(record_type: type[Record]) -> Callable[[Record], Cells]:
    read = attrgetter(*(column.name for column in columns(record_type)))
    lists = [at for at, column in enumerate(columns(record_type)) if column.kind == "list"]
    if not lists:
        return read

    def read_joined(record: Record) -> Cells:
        cells = list(read(record))
        for at in lists:
            cells[at] = LIST_SEPARATOR.join(cells[at])
        return tuple(cells)

    return read_joined


_SCHEMAS = {record_type: _describe_columns(record_type) for record_type in TABLES}
_READERS = {record_type: _plan_reading(record_type) for record_type in TABLES}


def arrow_schema(record_type: type[Record]) -> pa.Schema:
    """Names, types and nullability of a table; what each column says is in its metadata."""
    return _SCHEMAS[record_type]


def cell_reader(record_type: type[Record]) -> Callable[[Record], Cells]:
    """A function that gives the cells of a record, in the order of its columns.

    >>> from pipeline.records import Reject
    >>> cell_reader(Reject)(Reject(path="a.txt", sha256="", reason="empty", message="空"))
    ('a.txt', '', 'empty', '空')
    """
    return _READERS[record_type]


def pack_rows(rows: Sequence[Iterable[Any]], schema: pa.Schema) -> pa.Table:
    """Rows of cells as a table.

    >>> pack_rows([("全会", 1)], pa.schema({"text": pa.string(), "start": pa.int64()})).num_rows
    1
    """
    cells = zip(*rows, strict=True) if rows else ([] for _ in schema)
    arrays = [
        pa.array(list(values), field.type) for values, field in zip(cells, schema, strict=True)
    ]
    return pa.table(arrays, schema=schema)
