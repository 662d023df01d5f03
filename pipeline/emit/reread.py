"""An output folder read back as Arrow tables, whatever the format of its tables.

Takes the folder, gives the rows of a table or the texts: ``directives``, typed as the records say.
What is no output, lacks a table or was written with other columns is refused with the remedy.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from pipeline.arrow import arrow_schema
from pipeline.emit.tables import TEXTS, TEXTS_SCHEMA
from pipeline.records import Record, columns

_TEXTS_PER_BATCH = 500
_ROWS_PER_BATCH = 50_000
_BLOCKS = (250_000, 128_000_000)  # bytes; Arrow reads up to 32 ahead


class OutputError(ValueError):
    """A folder that is no output of this program, or an incomplete one."""


def read_version(folder: Path) -> str:
    """The version of the program that wrote an output.

    Raises:
        OutputError: If the folder is no output.
    """
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        return str(manifest["version"]) if "version" in manifest else "unknown"
    except OSError:
        fault = "it has no manifest.json" if folder.is_dir() else "there is no such folder"
        raise OutputError(f"{folder} is no output folder: {fault}; {_REMEDY} {folder}") from None
    except (ValueError, TypeError):
        fault = "its manifest.json cannot be read"
        raise OutputError(f"{folder} is no output folder: {fault}; {_REMEDY} {folder}") from None


def read_whole_table(folder: Path, record_type: type[Record]) -> pa.Table:
    """One table of an output, with exactly the columns of its records.

    Raises:
        OutputError: If it is missing, damaged or has other columns.
    """
    version = read_version(folder)
    try:
        table = read_table(folder, record_type)
    except FileNotFoundError:
        raise OutputError(
            f"{folder} has no {record_type.table}.csv or .parquet; {_REMEDY} {folder}"
        ) from None
    except (OSError, pa.ArrowException) as error:
        raise OutputError(f"{folder}: {record_type.table}: {error}; {_REMEDY} {folder}") from None
    expected = [column.name for column in columns(record_type)]
    _check_columns(folder, version, record_type.table, table.column_names, expected)
    return table


_REMEDY = "write it anew: pipeline run INPUT -o"


def _check_columns(
    folder: Path, version: str, table: str, found: list[str], expected: list[str]
) -> None:
    if found != expected:
        raise OutputError(
            f"{folder} was written by another version of this program ({version}): its table "
            f"{table} {_compare_columns(found, expected)}; {_REMEDY} {folder}"
        )


def _compare_columns(found: list[str], expected: list[str]) -> str:
    if missing := [name for name in expected if name not in found]:
        return f"has no column {missing[0]!r}"
    if unknown := [name for name in found if name not in expected]:
        return f"has a column {unknown[0]!r} that this version does not know"
    return "has its columns in another order"


def read_texts(folder: Path, *names: str, doc_id: str | None = None) -> Iterator[pa.RecordBatch]:
    """The texts of an output, some documents at a time, so that any number fits into memory.

    Args:
        folder: The output.
        names: Columns wanted: ``doc_id``, ``raw``, ``text``; all if none is named.
        doc_id: The one document wanted.

    Raises:
        OutputError: If it has no texts.
    """
    version, path = read_version(folder), folder / f"{TEXTS}.parquet"
    wanted = list(names or TEXTS_SCHEMA.names)
    try:
        _check_columns(folder, version, TEXTS, pq.read_schema(path).names, TEXTS_SCHEMA.names)
        if doc_id is not None:
            only = pc.field("doc_id") == doc_id
            yield from pq.read_table(path, columns=wanted, filters=only).to_batches()
            return
        with pq.ParquetFile(path) as file:
            yield from file.iter_batches(_TEXTS_PER_BATCH, columns=wanted)
    except FileNotFoundError:
        raise OutputError(f"{folder} has no {path.name}; {_REMEDY} {folder}") from None
    except (OSError, pa.ArrowException) as error:
        raise OutputError(f"{folder}: {path.name}: {error}; {_REMEDY} {folder}") from None


def read_table(folder: Path, record_type: type[Record]) -> pa.Table:
    """One table as Arrow, from CSV or Parquet, whichever is there.

    Raises:
        OSError: If neither is.
        pyarrow.ArrowException: If cells do not have the type of their column.
    """
    batches = read_rows(folder, record_type)
    first = next(batches)
    return pa.Table.from_batches([first, *batches])


def read_rows(folder: Path, record_type: type[Record]) -> Iterator[pa.RecordBatch]:
    """The rows of a table some at a time, at least one batch; it raises as :func:`read_table`."""
    parquet = folder / f"{record_type.table}.parquet"
    if parquet.is_file():
        with pq.ParquetFile(parquet) as file:
            schema = pq.read_schema(parquet)
            yield pa.RecordBatch.from_pylist([], schema)
            yield from file.iter_batches(_ROWS_PER_BATCH)
        return
    yield from _read_lines(folder / f"{record_type.table}.csv", record_type)


def _read_lines(path: Path, record_type: type[Record]) -> Iterator[pa.RecordBatch]:
    """The rows of a CSV file; from a row on that no block holds, larger blocks are read."""
    given = 0
    for block in _BLOCKS:
        seen = 0
        try:
            for batch in _read_blocks(path, record_type, block):
                seen += batch.num_rows
                if seen > given or not seen:
                    yield batch.slice(max(0, batch.num_rows - seen + given))
                given = max(given, seen)
        except pa.ArrowInvalid as error:
            if block == _BLOCKS[-1] or "straddling" not in str(error):
                raise
        else:
            return


def _read_blocks(path: Path, record_type: type[Record], block: int) -> Iterator[pa.RecordBatch]:
    types = {field.name: field.type for field in arrow_schema(record_type)}
    convert = pa_csv.ConvertOptions(
        column_types=types,
        null_values=[""],
        strings_can_be_null=False,
        true_values=["true"],
        false_values=["false"],
    )
    parse = pa_csv.ParseOptions(newlines_in_values=True)
    read = pa_csv.ReadOptions(block_size=block, use_threads=False)
    with pa_csv.open_csv(path, read, parse, convert) as reader:
        yield pa.RecordBatch.from_pylist([], reader.schema)
        yield from reader
