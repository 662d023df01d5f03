"""Check of what was written: types, required cells, closed choices and keys, from the records.

Takes an output folder, gives one sentence for every fault, e.g. ``plenums.csv: column kind holds
'plenm'``. Read with Arrow and checked column by column, so that it costs a small part of writing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.emit.reread import read_rows
from pipeline.records import TABLES, Column, Record, Result, columns
from pipeline.store.opening import open_memory
from pipeline.store.queries import with_table

if TYPE_CHECKING:
    import duckdb


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


def validate_output(folder: Path, rows: Mapping[str, int] | None = None) -> list[str]:
    """Find the faults of an output; none if it keeps what the records promise.

    Args:
        folder: The output.
        rows: How many rows each table must have, where that is known.
    """
    faults: list[str] = []
    with open_memory() as memory:
        for kind in TABLES:
            number = rows[kind.table] if rows else None
            faults += _validate_table(folder, kind, memory, number)
    return list(dict.fromkeys(faults))


def _validate_table(
    folder: Path,
    record_type: type[Record],
    memory: duckdb.DuckDBPyConnection,
    rows: int | None,
) -> Iterator[str]:
    expected, read = [column.name for column in columns(record_type)], 0
    try:
        for batch in read_rows(folder, record_type):
            read += batch.num_rows
            if batch.schema.names != expected:
                yield f"{record_type.table}: columns are {batch.schema.names}, not {expected}"
                return
            for column in columns(record_type):
                yield from _validate_cells(record_type.table, column, batch[column.name])
        if rows not in (None, read):
            yield f"{record_type.table}: {read} rows are there, {rows} were written"
        if record_type.key and not _is_unique(folder, record_type, memory):
            yield f"{record_type.table}: {', '.join(record_type.key)} is not unique"
    except (OSError, pa.ArrowException) as error:
        yield f"{record_type.table}: {error}"


def _is_unique(folder: Path, record_type: type[Record], memory: duckdb.DuckDBPyConnection) -> bool:
    """Whether no two rows have the same key; DuckDB sets aside on disk what memory cannot hold."""
    key, batches = list(record_type.key), read_rows(folder, record_type)
    first = next(batches)
    keys = (batch.select(key) for batch in chain([first], batches))
    reader = pa.RecordBatchReader.from_batches(first.select(key).schema, keys)
    names = ", ".join(key)
    twice = f"SELECT {names} FROM packed GROUP BY {names} HAVING count(*) > 1 LIMIT 1"
    with reader, with_table(memory, reader):
        return not memory.execute(twice).fetchall()


def _validate_cells(table: str, column: Column, cells: pa.Array) -> Iterator[str]:
    empty = pc.equal(cells, "") if pa.types.is_string(cells.type) else pc.is_null(cells)
    if not column.nullable and pc.any(empty).as_py():
        yield f"{table}: column {column.name} has an empty cell"
    if column.choices:
        admitted = pa.array([*column.choices, *([""] if column.nullable else [])])
        strange = cells.filter(pc.invert(pc.is_in(cells, admitted)))
        if len(strange):
            yield f"{table}: column {column.name} holds {strange[0].as_py()!r}"
