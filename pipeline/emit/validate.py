"""Check of what was written: types, required cells, closed choices and keys, from the records.

Takes an output folder, gives one sentence for every fault, e.g. ``plenums.csv: column kind holds
'plenm'``. Read with Arrow and checked column by column, so that it costs a small part of writing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.emit.reread import read_table
from pipeline.records import TABLES, Column, Record, Result, columns


def check_result(result: Result) -> None:
    """Refuse a document that would break a table for all others.

    Raises:
        ValueError: If two rows of one table stand at the same place.
    """
    mentions = (result.plenums, result.officials, result.directives, result.slogans)
    for rows in (*mentions, result.instruments):
        if len({row.row_id for row in rows}) < len(rows):
            (place, _), *_ = Counter(row.row_id for row in rows).most_common(1)
            raise ValueError(f"{rows[0].table}: two rows at {place}")


def validate_output(folder: Path) -> list[str]:
    """Find the faults of an output; none if it keeps what the records promise."""
    return [fault for record_type in TABLES for fault in _validate_table(folder, record_type)]


def _validate_table(folder: Path, record_type: type[Record]) -> Iterator[str]:
    try:
        table = read_table(folder, record_type)
    except (OSError, pa.ArrowException) as error:
        yield f"{record_type.table}: {error}"
        return
    expected = [column.name for column in columns(record_type)]
    if table.column_names != expected:
        yield f"{record_type.table}: columns are {table.column_names}, not {expected}"
        return
    for column in columns(record_type):
        yield from _validate_column(record_type.table, column, table[column.name])
    key = list(record_type.key)
    if key and table.select(key).group_by(key).aggregate([]).num_rows != table.num_rows:
        yield f"{record_type.table}: {', '.join(key)} is not unique"


def _validate_column(table: str, column: Column, cells: pa.ChunkedArray) -> Iterator[str]:
    empty = pc.equal(cells, "") if pa.types.is_string(cells.type) else pc.is_null(cells)
    if not column.nullable and pc.any(empty).as_py():
        yield f"{table}: column {column.name} has an empty cell"
    if column.choices:
        admitted = pa.array([*column.choices, *([""] if column.nullable else [])])
        strange = cells.filter(pc.invert(pc.is_in(cells, admitted)))
        if len(strange):
            yield f"{table}: column {column.name} holds {strange[0].as_py()!r}"
