"""Rows of an output as plain values: what every format but Parquet is written from.

Takes an output folder and a record type, gives tuples in the order of the columns: strings (a list
is ``区委副书记;区长``), integers, truth values, dates as ``2024-07-15``, None for nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipeline.emit.reread import read_texts, read_whole_table
from pipeline.records import Record

_ROWS_PER_BATCH = 10_000


def read_rows(folder: Path, record_type: type[Record]) -> Iterator[tuple[Any, ...]]:
    """The rows of a table.

    Raises:
        OutputError: If the folder is no output, or the table is missing or of another version.
    """
    yield from _list_rows(read_whole_table(folder, record_type))


def read_text_rows(folder: Path) -> Iterator[tuple[str, str, str]]:
    """``doc_id``, ``raw`` and ``text`` of every document."""
    for batch in read_texts(folder):
        yield from zip(*batch.to_pydict().values(), strict=True)


def _list_rows(table: pa.Table) -> Iterator[tuple[Any, ...]]:
    for batch in _write_dates(table).to_batches(max_chunksize=_ROWS_PER_BATCH):
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


def _write_dates(table: pa.Table) -> pa.Table:
    """Dates become ISO 8601 text."""
    fields = [
        field.with_type(pa.string()) if pa.types.is_date(field.type) else field
        for field in table.schema
    ]
    return table.cast(pa.schema(fields))
