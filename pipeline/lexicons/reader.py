"""Strict reading of one lexicon file: every fault names file, line and remedy.

Takes a CSV file in UTF-8, gives its rows: ``liang-ge-que-li,两个确立`` becomes ``{"id":
"liang-ge-que-li", "canonical": "两个确立"}``. What a spreadsheet leaves behind and nobody sees (a
byte order mark, CRLF, tabs for commas, blanks at the edge of a cell) is read as meant, and said.
Known gap: a cell cannot run over several lines.
"""

from __future__ import annotations

import csv
import re
from bisect import bisect_right
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple, TypeVar, get_origin, get_type_hints

import msgspec

from pipeline.lexicons.entries import Entry

EntryT = TypeVar("EntryT", bound=Entry)
Cell = str | list[str]

# A tab for a comma, a full-width or no-break blank: nobody sees them in an editor, and they make a
# spelling unreachable.
_STRAY = "\t\u3000\u00a0\ufeff"
_STRAY_PATTERN = re.compile(f"[{_STRAY}]")
# One of them, or a blank that may stand at the edge of a cell; in a quoted cell it may be inside
# (a, b). It is looked for in lines between line feeds.
_ODD_PATTERN = re.compile(rf'[ {_STRAY}](?:(?<! )|(?=[,"\n])|(?<=[,"\n] ))')


class LexiconError(ValueError):
    """A lexicon that cannot be used; the message names file, line and remedy."""

    def __init__(self, path: Path, line: int, fault: str) -> None:
        self.path, self.line, self.fault = path, line, fault
        super().__init__(describe(path, line, fault))


_LONGEST_LINE = 50_000  # characters; the longest entry known has 900


class Table(NamedTuple):
    """A file as it was read: the filled cells of each row, and the line it stands on."""

    path: Path
    header: list[str]
    lines: list[int]
    rows: list[dict[str, Cell]]


def describe(path: Path, line: int, fault: str) -> str:
    """What to say of a line; of the whole file where the line is 0."""
    return f"{path}:{line}: {fault}" if line else f"{path}: {fault}"


def read_table(path: Path, entry_type: type[Entry], remarks: list[str]) -> Table:
    """Read a lexicon file; cells are split and named, but not yet typed.

    Args:
        path: A CSV file in UTF-8; lines that begin with ``#`` are comments.
        entry_type: The class whose fields are the columns.
        remarks: Where to say what was accepted although it is not as it should be.

    Raises:
        LexiconError: At the first line that cannot be read.
    """
    numbered = _read_lines(path, remarks)
    if not numbered:
        raise LexiconError(path, 0, "has no header line; the first row must name the columns")
    header, *filled = _split_lines(path, numbered, remarks)
    first, *lines = (line for line, _ in numbered)
    lists = _check_header(path, first, header, entry_type)
    _check_widths(path, header, lines, filled)
    rows: list[dict[str, Cell]] = [
        {name: cell for name, cell in zip(header, cells, strict=True) if cell} for cells in filled
    ]
    for name in lists:
        _split_cells(rows, name)
    return Table(path, header, lines, rows)


def type_rows(table: Table, entry_type: type[EntryT]) -> list[EntryT]:
    """The entries of a table, every cell checked.

    Raises:
        LexiconError: At the first cell that is not what its column holds.
    """
    try:
        return msgspec.convert(table.rows, list[entry_type], strict=False)  # type: ignore[valid-type]
    except msgspec.ValidationError as error:
        index, fault = _explain(error)
        raise LexiconError(table.path, table.lines[index], fault) from None


def _check_header(path: Path, line: int, header: list[str], entry_type: type[Entry]) -> list[str]:
    """The columns that hold lists; refuse unknown and repeated ones."""
    known = entry_type.__struct_fields__
    if strange := [name for name in header if name not in known]:
        fault = f"unknown column {strange[0]!r}; the first line names the columns, known are"
        raise LexiconError(path, line, f"{fault} {', '.join(sorted(known))}")
    if repeated := [name for name in header if header.count(name) > 1]:
        raise LexiconError(path, line, f"column {repeated[0]!r} stands twice; delete one")
    return [name for name in header if name in _list_lists(entry_type)]


@cache
def _list_lists(entry_type: type[Entry]) -> frozenset[str]:
    """The fields whose cells hold several values."""
    types = get_type_hints(entry_type)
    return frozenset(name for name, hint in types.items() if get_origin(hint) is tuple)


def _check_widths(path: Path, header: list[str], lines: list[int], filled: list[list[str]]) -> None:
    for line, cells in zip(lines, filled, strict=True):
        if len(cells) != len(header):
            fault = f"{len(cells)} cells where the header has {len(header)}"
            raise LexiconError(path, line, f"{fault}; quote cells with commas")


def _split_cells(rows: list[dict[str, Cell]], name: str) -> None:
    """Make lists of the cells of a column; blanks beside a semicolon are harmless."""
    for row in rows:
        if isinstance(cell := row.get(name), str):
            row[name] = [cell] if ";" not in cell else _split(cell)
            if not row[name]:
                del row[name]


def _read_lines(path: Path, remarks: list[str]) -> list[tuple[int, str]]:
    """The lines that are no comments, with their numbers."""
    try:
        text = path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        raise LexiconError(path, 0, "is missing; restore it or reinstall") from None
    except UnicodeDecodeError as error:
        raise LexiconError(path, 0, f"is not UTF-8 ({error}); save it as UTF-8") from None
    if text.startswith("\ufeff"):
        text = text[1:]
        remarks.append(describe(path, 1, "byte order mark ignored"))
    if "\r" in text:
        remarks.append(describe(path, 0, "CRLF read as ends of lines"))
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return [
        (line, content)
        for line, content in enumerate(text.split("\n"), start=1)
        if content.strip() and not content.startswith("#")
    ]


def _split_lines(
    path: Path, numbered: list[tuple[int, str]], remarks: list[str]
) -> list[list[str]]:
    """The cells of each line, none with a blank that nobody sees."""
    contents = [content for _, content in numbered]
    if len(longest := max(contents, key=len)) > _LONGEST_LINE:
        fault = f"a line of {len(longest):,} characters, more than {_LONGEST_LINE:,}; is it a text?"
        raise LexiconError(path, numbered[contents.index(longest)][0], fault)
    has_tabs = "\t" in contents[0] and "," not in contents[0]
    if has_tabs:
        remarks.append(describe(path, numbered[0][0], "cells are parted by tabs; commas are usual"))
    comma = "\t" if has_tabs else ","
    try:
        rows = list(csv.reader(contents, delimiter=comma, strict=True))
    except csv.Error:
        rows = []
    if len(rows) < len(contents):
        raise _find_open_cell(path, numbered, comma)
    for at in sorted(_find_odd_lines(contents)):
        rows[at] = [_trim(cell, path, numbered[at][0], remarks) for cell in rows[at]]
    return rows


def _find_open_cell(path: Path, numbered: list[tuple[int, str]], comma: str) -> LexiconError:
    """What to say of lines that are not each a row: the first one that is none."""
    reader = csv.reader((content for _, content in numbered), delimiter=comma, strict=True)
    for read, (line, _) in enumerate(numbered, start=1):
        try:
            next(reader)
        except csv.Error as error:
            return LexiconError(path, line, f"{error}; close the quotation marks")
        if reader.line_num != read:
            break
    return LexiconError(path, line, "a cell runs over its line; close the quotation marks")


def _find_odd_lines(contents: list[str]) -> set[int]:
    """Which lines may have a blank to trim; one look at all is fast."""
    whole = "\n".join(("", *contents, ""))
    starts = list(accumulate((len(content) + 1 for content in contents), initial=1))
    return {bisect_right(starts, match.start()) - 1 for match in _ODD_PATTERN.finditer(whole)}


def _trim(cell: str, path: Path, line: int, remarks: list[str]) -> str:
    """A cell without blanks at its edges; none that nobody sees may be inside."""
    trimmed = cell.strip(f" {_STRAY}")
    if trimmed != cell:
        remarks.append(describe(path, line, f"blank at the edge of {cell!r} ignored"))
    if stray := _STRAY_PATTERN.search(trimmed):
        fault = f"holds {stray[0]!r}; use commas and single plain blanks"
        raise LexiconError(path, line, fault)
    return trimmed


def _split(cell: str) -> list[str]:
    return [value for part in cell.split(";") if (value := part.strip())]


def _explain(error: msgspec.ValidationError) -> tuple[int, str]:
    """Which row the validator means, and its words as an editor's words."""
    fault, _, place = str(error).partition(" - at `$[")
    index, _, column = place.rstrip("`").partition("]")
    if not column:
        return int(index), f"{fault}; fill the cell"
    fault = f"column {column.lstrip('.')!r}: {fault}; correct the cell as the file's header says"
    return int(index), fault
