"""Writers of tables: rows go out as they come, so memory does not grow with the corpus."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal, Protocol, TextIO

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.emit.cells import LIST_SEPARATOR, arrow_schema, write_cells
from pipeline.records import Record, columns

Format = Literal["csv", "parquet"]
_ROWS_PER_GROUP = 50_000


class TableWriter(Protocol):
    """Takes rows of one table and writes them to one file."""

    path: Path
    rows: int

    def add(self, records: Iterable[Record]) -> None:
        """Append rows."""

    def close(self) -> None:
        """Write what is left and close the file."""


class CsvWriter:
    """A table as CSV: UTF-8, line feeds, header in the order of the records."""

    def __init__(self, record_type: type[Record], folder: Path) -> None:
        self.path, self.rows = folder / f"{record_type.table}.csv", 0
        self._file = self.path.open("w", encoding="utf-8", newline="")
        self._writer = csv.writer(_LineFeeds(self._file), lineterminator="\r\n")
        self._writer.writerow(column.name for column in columns(record_type))

    def add(self, records: Iterable[Record]) -> None:
        """Append rows."""
        cells = [write_cells(record) for record in records]
        self._writer.writerows(cells)
        self.rows += len(cells)

    def close(self) -> None:
        """Close the file."""
        self._file.close()


class _LineFeeds:
    """Ends rows in a line feed alone.

    The csv module of Python 3.11 and 3.12 quotes a carriage return inside a cell only where rows
    end in one, and readers take it for the end of the row; so it is told that they do.
    """

    def __init__(self, file: TextIO) -> None:
        self._file = file

    def write(self, row: str) -> None:
        self._file.write(row[:-2] + "\n")


class ParquetWriter:
    """A table as Parquet, with the types of the records."""

    def __init__(self, record_type: type[Record], folder: Path) -> None:
        self.path, self.rows = folder / f"{record_type.table}.parquet", 0
        self._names = [column.name for column in columns(record_type)]
        self._lists = {column.name for column in columns(record_type) if column.kind == "list"}
        self._file = _ArrowFile(self.path, arrow_schema(record_type))

    def add(self, records: Iterable[Record]) -> None:
        """Append rows."""
        for record in records:
            self._file.add([self._value(record, name) for name in self._names])
            self.rows += 1

    def _value(self, record: Record, name: str) -> object:
        value = getattr(record, name)
        return LIST_SEPARATOR.join(value) if name in self._lists else value

    def close(self) -> None:
        """Write what is left and close the file."""
        self._file.close()


TEXTS = "texts"
"""Name of what holds the texts, beside the tables."""


class TextsWriter:
    """``texts.parquet``: the decoded source and the normalised text of every document."""

    SCHEMA = pa.schema(
        pa.field(name, pa.string(), nullable=False) for name in ("doc_id", "raw", "text")
    )

    def __init__(self, folder: Path) -> None:
        self._file = _ArrowFile(folder / f"{TEXTS}.parquet", self.SCHEMA, rows_per_group=1_000)

    def add(self, doc_id: str, raw: str, text: str) -> None:
        """Append one document."""
        self._file.add([doc_id, raw, text])

    def close(self) -> None:
        """Write what is left and close the file."""
        self._file.close()


class _ArrowFile:
    """Rows collected into row groups of a Parquet file."""

    def __init__(
        self, path: Path, schema: pa.Schema, rows_per_group: int = _ROWS_PER_GROUP
    ) -> None:
        self._schema, self._limit = schema, rows_per_group
        self._rows: list[Sequence[object]] = []
        self._writer = pq.ParquetWriter(path, schema, compression="zstd")

    def add(self, row: Sequence[object]) -> None:
        self._rows.append(row)
        if len(self._rows) == self._limit:
            self._flush()

    def _flush(self) -> None:
        cells = zip(*self._rows, strict=True) if self._rows else ([] for _ in self._schema)
        arrays = [
            pa.array(list(values), field.type)
            for values, field in zip(cells, self._schema, strict=True)
        ]
        self._writer.write_table(pa.table(arrays, schema=self._schema))
        self._rows = []

    def close(self) -> None:
        if self._rows:
            self._flush()
        self._writer.close()


def open_table(record_type: type[Record], folder: Path, to: Format) -> TableWriter:
    """Open the writer of a table."""
    return (CsvWriter if to == "csv" else ParquetWriter)(record_type, folder)
