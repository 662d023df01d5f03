"""Merging: accepted proposals into a folder of lexicons, all of them or none.

Takes an edited list of proposals and a folder, gives the folder's ``slogans.csv`` with the accepted
rows at its end: 家门口的幸福圈 with an id made from it. What stood in the file stays as it was,
comments and order too; a file with fewer columns gets those the new rows need. The result is
checked before it takes the place of the old file.
"""

from __future__ import annotations

import csv
import io
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from pipeline.lexicons import LexiconError, list_layers, load_lexicons
from pipeline.lexicons.differences import show_value
from pipeline.lexicons.entries import Slogan
from pipeline.lexicons.naming import make_id
from pipeline.lexicons.proposals import Proposal
from pipeline.lexicons.reader import read_table, type_rows

_YES = frozenset({"yes", "y", "x", "1", "true", "是", "√", "✓"})
_NO = frozenset({"", "no", "n", "0", "false", "否"})
_CHOSEN = [
    "id",
    "canonical",
    "variants",
    "category",
    "level",
    "place",
    "english",
    "flags",
    "source",
    "notes",
]

Row = dict[str, str]


def merge_proposals(file: Path, folder: Path) -> int:
    """Add the accepted rows of ``file`` to the slogans of ``folder``.

    Args:
        file: A list that ``pipeline lexicons candidates`` wrote, edited.
        folder: Lexicons of one's own, made if missing, or those that come with the program.

    Returns:
        How many entries were added.

    Raises:
        LexiconError: If a row cannot be used; the folder is then unchanged.
    """
    numbered = _read_accepted(file)
    if not numbered:
        return 0
    target = folder / Slogan.file
    merged, first = _append(target, [row for _, row in numbered])
    with tempfile.TemporaryDirectory() as name:
        trial = Path(name) / folder.name
        _copy_files(folder, trial)
        (trial / Slogan.file).write_text(merged, encoding="utf-8", newline="")
        try:
            load_lexicons(**_layers_of(folder, trial))
        except LexiconError as error:
            raise _explain(error, trial, folder, file, first, numbered) from None
    _replace(target, merged)
    return len(numbered)


def _read_accepted(file: Path) -> list[tuple[int, Row]]:
    """The rows to add, with their lines; an id is made where none was given."""
    table = read_table(file, Proposal, [])
    accepted = []
    for line, proposal in zip(table.lines, type_rows(table, Proposal), strict=True):
        answer = proposal.accept.lower()
        if answer not in _YES | _NO:
            raise LexiconError(file, line, f"accept is {answer!r}; write yes or leave it empty")
        if answer in _YES:
            row = {name: show_value(getattr(proposal, name)) for name in _CHOSEN}
            row["id"] = row["id"] or make_id(proposal.canonical)
            row["english_type"] = "own" if row["english"] else ""
            accepted.append((line, {name: value for name, value in row.items() if value}))
    return accepted


def _append(target: Path, rows: Sequence[Row]) -> tuple[str, int]:
    """The file with rows at its end, and the line of the first."""
    needed = list(dict.fromkeys(name for row in rows for name in row))
    if not target.exists():
        return _write_rows([dict(zip(needed, needed, strict=True)), *rows], needed, ",", "\n"), 2
    table = read_table(target, Slogan, [])
    old = target.read_bytes().decode("utf-8-sig")
    end = "\r\n" if "\r\n" in old else "\n"
    lines = old.replace("\r\n", "\n").rstrip("\n").split("\n")
    header_at = next(at for at, line in enumerate(lines) if line.strip() and line[0] != "#")
    comma = "\t" if "\t" in lines[header_at] else ","
    missing = [name for name in needed if name not in table.header]
    if missing:
        for line in table.lines:
            lines[line - 1] += comma * len(missing)
        lines[header_at] = comma.join((lines[header_at], *missing))
    mark = "\ufeff" if target.read_bytes().startswith(b"\xef\xbb\xbf") else ""
    kept = mark + end.join(lines) + end
    return kept + _write_rows(rows, [*table.header, *missing], comma, end), len(lines) + 1


def _write_rows(rows: Iterable[Row], header: Sequence[str], comma: str, end: str) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=comma, lineterminator=end)
    writer.writerows([row.get(name, "") for name in header] for row in rows)
    return stream.getvalue()


def _copy_files(folder: Path, trial: Path) -> None:
    trial.mkdir()
    if folder.is_dir():
        for path in folder.glob("*.csv"):
            shutil.copy(path, trial)
        if (folder / "words").is_dir():
            shutil.copytree(folder / "words", trial / "words")


def _layers_of(folder: Path, trial: Path) -> dict[str, Path]:
    """What to load in the folder's stead: alone, or over those that come with the program."""
    return {"base" if len(list_layers(folder)) == 1 else "folder": trial}


def _explain(
    error: LexiconError,
    trial: Path,
    folder: Path,
    file: Path,
    first: int,
    numbered: Sequence[tuple[int, Row]],
) -> LexiconError:
    """The fault where its cause stands: in the list, or in the folder as it was."""
    if error.path == trial / Slogan.file and error.line >= first:
        return LexiconError(file, numbered[error.line - first][0], error.fault)
    return LexiconError(folder / error.path.relative_to(trial), error.line, error.fault)


def _replace(target: Path, content: str) -> None:
    """Write a file whole or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(f".{target.name}.partial")
    partial.write_text(content, encoding="utf-8", newline="")
    partial.replace(target)
