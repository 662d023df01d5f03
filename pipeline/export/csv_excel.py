"""CSV for Excel: a mark that says UTF-8, Windows line ends, and no cell that would be computed.

Takes an output, gives a folder of CSV files that open in Excel with a double click. A cell that
Excel would take for a formula (``=1+1``, ``@某``, ``＋增长``) begins with an apostrophe; one that
has an apostrophe there already gets another, so that taking one away gives back every cell. Known
gap: Excel reads 1-12, which is the id of a row, as a date, and a cell of more than 32,767
characters as several; a workbook (``xlsx``) has neither fault.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Any

from pipeline.export.rows import read_rows
from pipeline.records import TABLES, columns

# Excel drops blanks before a formula; a tab or line end may push it into a cell of its own.
_COMPUTED_PATTERN = re.compile(r"'*(?:[\t\r\n]|\s*[=+\-@＝＋－＠])")


def write_csv_excel(folder: Path, target: Path) -> list[str]:
    """Write the tables of an output for Excel; everything fits."""
    for record_type in TABLES:
        path = target / f"{record_type.table}.csv"
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file, lineterminator="\r\n")
            writer.writerow(column.name for column in columns(record_type))
            for row in read_rows(folder, record_type):
                writer.writerow(map(_write_cell, row))
    return []


def _write_cell(cell: Any) -> str:
    if isinstance(cell, str):
        return guard_formula(cell)
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return "" if cell is None else str(cell)


def guard_formula(cell: str) -> str:
    """Keep Excel from computing a cell.

    >>> guard_formula("=1+1"), guard_formula("－5%"), guard_formula("增长5%")
    ("'=1+1", "'－5%", '增长5%')
    """
    return f"'{cell}" if _COMPUTED_PATTERN.match(cell) else cell
