"""Tables: CSV, TSV and XLSX, a document in each row.

Takes 标题,日期,正文 over 区委全会召开,2023-08-02,8月1日，… and gives the document ``path#2``; an id
column gives a better name.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import date

from pipeline.ingest.archives import check_package
from pipeline.ingest.columns import choose_text_column, read_records
from pipeline.ingest.decode import decode_bytes
from pipeline.ingest.entry import Entry, read_suffix
from pipeline.ingest.limits import MAX_DOCUMENT_BYTES
from pipeline.ingest.rejection import RejectedError
from pipeline.ingest.source import Source
from pipeline.ingest.time_limit import limit_time
from pipeline.records import Reject

_Row = tuple[str, dict[str, object] | RejectedError]


def read_delimited(entry: Entry) -> Iterator[Source | Reject]:
    """CSV and TSV; a comma, semicolon or tab, whichever the header has most of.

    Raises:
        RejectedError: If there is no text column, or the file is no table.
    """
    text, encoding = decode_bytes(entry.content)
    csv.field_size_limit(MAX_DOCUMENT_BYTES)
    header_line = text[: text.find("\n")]
    separator = "\t" if read_suffix(entry.name) == ".tsv" else max(",;\t", key=header_line.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    header = _read_header(rows)
    choose_text_column(header, entry.options.text_column)
    yield from read_records(entry, encoding, _read_rows(header, rows))


def read_workbook(entry: Entry) -> Iterator[Source | Reject]:
    """The first sheet of an XLSX file.

    Raises:
        RejectedError: If there is no text column, or the file unpacks to too much.
    """
    from openpyxl import load_workbook

    check_package(entry.content)
    with limit_time():
        workbook = load_workbook(io.BytesIO(entry.content), read_only=True, data_only=True)
    rows = workbook.worksheets[0].iter_rows(values_only=True)
    header = [str(cell or "").strip() for cell in next(rows, ())]
    choose_text_column(header, entry.options.text_column)
    yield from read_records(entry, "utf-8", _read_cells(header, rows))


def _read_header(rows: Iterator[list[str]]) -> list[str]:
    try:
        header = next(rows, None)
    except csv.Error as error:
        raise RejectedError("bad_record", f"line 1: {error}; correct the quotes") from None
    if header is None:  # nothing but a byte order mark
        raise RejectedError("empty", "the file holds no text; remove it or fetch it again")
    return [name.strip() for name in header]


def _read_rows(header: Sequence[str], rows: Iterator[list[str]]) -> Iterator[_Row]:
    line = 2
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield f"line {line}", RejectedError("bad_record", f"{error}; correct the quotes")
            return
        if row and len(row) != len(header):
            message = f"{len(row)} cells under {len(header)} columns; quote cells with separators"
            yield f"line {line}", RejectedError("bad_record", message)
        elif row:
            yield f"line {line}", dict(zip(header, row, strict=True))
        line = rows.line_num + 1  # type: ignore[attr-defined]


def _read_cells(header: Sequence[str], rows: Iterator[tuple[object, ...]]) -> Iterator[_Row]:
    for number, row in enumerate(rows, 2):
        if any(cell is not None for cell in row):
            yield f"row {number}", dict(zip(header, map(_read_cell, row), strict=False))


def _read_cell(cell: object) -> object:
    if isinstance(cell, date):
        return cell.isoformat()
    return "" if cell is None else cell if isinstance(cell, str) else str(cell)
