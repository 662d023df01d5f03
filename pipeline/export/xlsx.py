"""Excel: a workbook with a sheet for each table.

Takes an output, gives a file that opens right at once: every string is a text cell of a text column
(350102 stays a code, ``=1+1`` and ``@某`` stay what they are when edited, an address is no link),
integers are numbers, the header is frozen and filters the rows. Texts are left out, since few fit
into a cell. Known gap: a carriage return inside a cell is read back as a line feed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len

from pipeline.export.rows import read_rows
from pipeline.records import TABLES, Column, columns

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

MAX_CELL, MAX_ROWS = 32_767, 1_048_576
"""What Excel holds: UTF-16 units in a cell, rows in a sheet with the header."""

_NARROWEST, _WIDEST, _FILTER_BUTTON = 8, 60, 3
_ROWS_MEASURED = 100
# The time of the export would make every file differ.
_CREATED = datetime(2000, 1, 1)
# XML cannot hold these; the writer takes a cell <r>…</r> for formatted text of its own making.
_FOREIGN_PATTERN = re.compile("[\ufffe\uffff]")
_FORMATTED_PATTERN = re.compile(r"<r>.*</r>\Z", re.DOTALL)

_Row = tuple[Any, ...]


def write_xlsx(folder: Path, target: Path) -> list[str]:
    """Write an output as a workbook; give a sentence for every cell that had to be changed.

    A table of more rows than a sheet holds goes on in a second one, ``directives_2``.
    """
    import xlsxwriter

    notes: list[str] = []
    # Strings stand in the cells instead of a list of all of them, so memory does not grow.
    with xlsxwriter.Workbook(str(target), {"constant_memory": True}) as book:
        book.set_properties({"created": _CREATED})
        heading = book.add_format({"bold": True, "num_format": "@"})
        text, number = book.add_format({"num_format": "@"}), book.add_format({"num_format": "0"})
        for record_type in TABLES:
            described = columns(record_type)
            formats = [number if column.kind == "integer" else text for column in described]
            for title, rows in _divide(record_type.table, read_rows(folder, record_type)):
                sheet = book.add_worksheet(title)
                _lay_out(sheet, described, formats, rows)
                sheet.write_row(0, 0, [column.name for column in described], heading)
                notes += _write_cells(sheet, described, rows)
    return notes


def _divide(table: str, rows: Iterator[_Row]) -> Iterator[tuple[str, list[_Row]]]:
    """Sheets of a table: one, unless it is longer than a sheet may be."""
    yield table, list(islice(rows, MAX_ROWS - 1))
    number = 2
    while part := list(islice(rows, MAX_ROWS - 1)):
        yield f"{table}_{number}", part
        number += 1


def _lay_out(
    sheet: Worksheet, described: Sequence[Column], formats: Sequence[Format], rows: list[_Row]
) -> None:
    for at, (column, kind) in enumerate(zip(described, formats, strict=True)):
        width = _measure(column, (row[at] for row in rows[:_ROWS_MEASURED]))
        sheet.set_column(at, at, width, kind)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(1, len(rows)), len(described) - 1)
    sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{MAX_ROWS}"})


def _write_cells(
    sheet: Worksheet, described: Sequence[Column], rows: Iterable[_Row]
) -> Iterator[str]:
    """Write the rows below the header; give a sentence for every cell that was changed."""
    for line, row in enumerate(rows, start=1):
        for at, cell in enumerate(row):
            if isinstance(cell, str) and cell:
                fitting, fault = _fit(cell) if _may_not_fit(cell) else (cell, "")
                sheet.write_string(line, at, fitting)
                if fault:
                    yield f"sheet {sheet.name}, row {line + 1}, {described[at].name}: {fault}"
            elif isinstance(cell, bool):
                sheet.write_boolean(line, at, cell)
            elif isinstance(cell, int):
                sheet.write_number(line, at, cell)


def _measure(column: Column, cells: Iterable[Any]) -> int:
    """The width of a column; a Chinese character is two digits wide."""
    widest = max((cell_len(str(cell)) for cell in cells if cell is not None), default=0)
    return min(_WIDEST, max(_NARROWEST, len(column.name) + _FILTER_BUTTON, widest + 1))


def _may_not_fit(cell: str) -> bool:
    return len(cell) * 2 > MAX_CELL or cell.startswith("<r>") or bool(_FOREIGN_PATTERN.search(cell))


def _fit(cell: str) -> tuple[str, str]:
    """A cell as Excel can hold it, and what was done to it."""
    units = len(cell.encode("utf-16-le")) // 2
    if units > MAX_CELL:
        kept = cell.encode("utf-16-le")[: 2 * (MAX_CELL - 1)].decode("utf-16-le", "ignore")
        return _fit(kept + "…")[0], f"cut to {MAX_CELL:,} of {units:,} characters, ends in …"
    if _FOREIGN_PATTERN.search(cell):
        return _FOREIGN_PATTERN.sub("\ufffd", cell), "characters that are none stand as \ufffd"
    if _FORMATTED_PATTERN.match(cell):
        return f" {cell}", "begins with a blank, since <r> marks formatted text"
    return cell, ""
