"""Export: an output folder in the formats other programs open.

Takes an output and a format, gives one file (``sqlite``, ``xlsx``) or a folder with a file for each
table and the codebook (``csv-excel``, ``parquet``, ``jsonl``). Columns and types come from the
records. What is written stands beside its target first and replaces it whole, so that a reader of
``tables.xlsx`` sees the old 提法 or the new; the same output gives the same bytes. Documents' texts
go along where a cell may hold them: not into spreadsheets.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from pipeline.emit import OutputError
from pipeline.emit.codebook import write_codebooks
from pipeline.emit.reread import read_version
from pipeline.export.csv_excel import write_csv_excel
from pipeline.export.jsonl import write_jsonl
from pipeline.export.parquet import write_parquet
from pipeline.export.sqlite import write_sqlite
from pipeline.export.xlsx import write_xlsx

__all__ = ["FORMATS", "export_output"]


class _Format(NamedTuple):
    """Where a format goes by default, and what writes it.

    The writer takes the output folder and a target, a new file or an empty folder, and gives one
    sentence for everything that did not fit.
    """

    name: str
    is_folder: bool
    write: Callable[[Path, Path], list[str]]


FORMATS = {
    "sqlite": _Format("tables.sqlite", False, write_sqlite),
    "xlsx": _Format("tables.xlsx", False, write_xlsx),
    "csv-excel": _Format("csv-excel", True, write_csv_excel),
    "parquet": _Format("parquet", True, write_parquet),
    "jsonl": _Format("jsonl", True, write_jsonl),
}
"""The formats by name."""


def export_output(folder: Path, to: str, path: Path | None = None) -> tuple[Path, list[str]]:
    """Write an output in another format.

    Args:
        folder: The output.
        to: One of :data:`FORMATS`.
        path: The file or folder to write; by default ``tables.xlsx`` and the like in the output.

    Returns:
        What was written, and a sentence for everything that did not fit the format.

    Raises:
        OutputError: If the folder is no output, or ``path`` is of the wrong sort.
        OSError: If ``path`` cannot be written; what stood there is then untouched.
    """
    read_version(folder)  # before anything is made, should there be no such folder
    kind = FORMATS[to]
    target = path or folder / kind.name
    if kind.is_folder and target.resolve() == folder.resolve():
        raise OutputError(f"{target} is the output itself; name another folder with -o")
    if target.exists() and target.is_dir() is not kind.is_folder:
        raise OutputError(f"{target} is in the way; name another path with -o")
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = Path(tempfile.mkdtemp(prefix=".partial-", dir=target.parent))
    try:
        notes = kind.write(folder, partial if kind.is_folder else partial / target.name)
        if kind.is_folder:
            write_codebooks(partial)
        _move_into_place(partial, target if kind.is_folder else target.parent)
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return target, notes


def _move_into_place(partial: Path, folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    for written in sorted(partial.iterdir()):
        written.replace(folder / written.name)
