"""Writers of tables: rows go out as they come, so memory does not grow with the corpus."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal, Protocol

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.arrow import arrow_schema
from pipeline.emit.cells import format_rows
from pipeline.records import Record

Format = Literal["csv", "parquet"]
_ROWS_PER_GROUP = 50_000

TEXTS = "texts"
"""Name of what holds the texts, beside the tables."""

TEXTS_SCHEMA = pa.schema(
    pa.field(name, pa.string(), nullable=False) for name in ("doc_id", "raw", "text")
)
"""Columns of the texts: the decoded source and the normalised text of every document."""

_TEXTS_PER_GROUP = 250


class TableWriter(Protocol):
    """Writes the rows of one table to one file."""

    def __call__(self, path: Path, schema: pa.Schema, batches: Iterable[pa.RecordBatch]) -> int:
        """Write all rows; give their number."""


def write_csv(path: Path, schema: pa.Schema, batches: Iterable[pa.RecordBatch]) -> int:
    """A table as CSV: UTF-8, line feeds, header in the order of the records."""
    rows = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(",".join(schema.names) + "\n")
        for batch in batches:
            file.writelines(f"{line}\n" for line in format_rows(batch).to_pylist())
            rows += batch.num_rows
    return rows


def write_parquet(
    path: Path,
    schema: pa.Schema,
    batches: Iterable[pa.RecordBatch],
    rows_per_group: int = _ROWS_PER_GROUP,
) -> int:
    """A table as Parquet, with the types of the records."""
    rows = 0
    with pq.ParquetWriter(path, schema, compression="zstd") as file:
        for group in _regroup(batches, schema, rows_per_group):
            file.write_table(group)
            rows += group.num_rows
    return rows


def _regroup(batches: Iterable[pa.RecordBatch], schema: pa.Schema, size: int) -> Iterator[pa.Table]:
    """The rows in groups of one size, however they come: the same rows give the same bytes."""
    held: list[pa.RecordBatch] = []
    for batch in batches:
        while sum(part.num_rows for part in held) + batch.num_rows >= size:
            wanted = size - sum(part.num_rows for part in held)
            yield pa.Table.from_batches([*held, batch.slice(0, wanted)]).cast(schema)
            held, batch = [], batch.slice(wanted)
        held.append(batch)
    if any(part.num_rows for part in held):
        yield pa.Table.from_batches(held).cast(schema)


def write_table(
    record_type: type[Record], batches: Iterable[pa.RecordBatch], folder: Path, to: Format
) -> int:
    """Write a table; give the number of its rows."""
    write: TableWriter = write_csv if to == "csv" else write_parquet
    return write(folder / f"{record_type.table}.{to}", arrow_schema(record_type), batches)


def write_texts(batches: Iterable[pa.RecordBatch], folder: Path) -> int:
    """Write ``texts.parquet``; give the number of documents."""
    return write_parquet(folder / f"{TEXTS}.parquet", TEXTS_SCHEMA, batches, _TEXTS_PER_GROUP)
