"""Layers: lexicons of one's own on top of those that come with the program.

Takes folders, the lowest first, gives their rows as one: an entry of an upper folder is added, or
overrides the entry of the same keys, column by column: what its file has no column for stays as
it is below. A ``slogans.csv`` of the one column ``canonical`` is enough (两个先行).
``removed.csv`` names entries to leave out.
Known gap: a word list can be extended, but its kinds cannot.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from itertools import repeat
from operator import attrgetter
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeVar

import msgspec

from pipeline.lexicons.entries import (
    WORD_LISTS,
    Entry,
    Example,
    Meeting,
    Person,
    Place,
    Post,
    Removal,
    Slogan,
    Word,
)
from pipeline.lexicons.naming import name_slogans
from pipeline.lexicons.reader import Cell, LexiconError, Table, describe, read_table, type_rows
from pipeline.lexicons.spelling import is_plain, simplify_cell

EntryT = TypeVar("EntryT", bound=Entry)

# What an entry of one's own need not say.
_DEFAULTS: dict[type[Entry], dict[str, Cell]] = {
    Slogan: {"category": "other", "level": "central", "source": "user"},
    Meeting: {"source": "user"},
    Place: {"source": "user"},
    Person: {"source": "user"},
    Post: {"source": "user"},
    Word: {},
}
_ENTRY_TYPES: dict[str, type[Entry]] = {
    entry_type.file: entry_type for entry_type in (Slogan, Meeting, Place, Person, Post)
} | {f"words/{name}.csv": Word for name in WORD_LISTS}
LEXICON_FILES = (*sorted(_ENTRY_TYPES), Removal.file)
"""The files that decide what is found, within a folder."""

_FOREIGN_PATTERN = re.compile(r"\.(?:ya?ml|json|tsv|xlsx?|ods)$", re.IGNORECASE)


class Row(NamedTuple, Generic[EntryT]):
    """An entry and where it was written."""

    path: Path
    line: int
    entry: EntryT


Rows = tuple[Row[EntryT], ...]


class LexiconRows(NamedTuple):
    """All entries that refer to one another, and the word lists."""

    slogans: Rows[Slogan]
    meetings: Rows[Meeting]
    places: Rows[Place]
    people: Rows[Person]
    posts: Rows[Post]
    words: dict[str, Rows[Word]]


def read_layers(folders: Sequence[Path], remarks: list[str]) -> LexiconRows:
    """Read folders, the lowest first; only that must be complete.

    Raises:
        LexiconError: At the first line that cannot be read, in the file it stands in.
    """
    removals = [_read_removals(folder, remarks) for folder in folders[1:]]

    def read(
        entry_type: type[EntryT], file: str, amend: Callable[[Table, Rows[EntryT]], Table] = _keep
    ) -> Rows[EntryT]:
        rows = _read_file(folders[0] / file, entry_type, remarks)
        for folder, removed in zip(folders[1:], removals, strict=True):
            rows = _leave_out(rows, removed.get(file, []))
            if (folder / file).exists():
                table = _respell(
                    read_table(folder / file, entry_type, remarks), entry_type, remarks
                )
                rows = _lay_over(rows, amend(table, rows), entry_type)
        return rows

    def name(table: Table, below: Rows[Slogan]) -> Table:
        return name_slogans(table, [row.entry for row in below], places, remarks)

    place_rows = read(Place, Place.file)
    places = [row.entry for row in place_rows]
    return LexiconRows(
        slogans=read(Slogan, Slogan.file, name),
        meetings=read(Meeting, Meeting.file),
        places=place_rows,
        people=read(Person, Person.file),
        posts=read(Post, Post.file),
        words={words: read(Word, f"words/{words}.csv") for words in WORD_LISTS},
    )


def check_folder(folder: Path, remarks: list[str]) -> None:
    """Refuse files whose names would have them left unread, and an upper folder with none.

    Raises:
        LexiconError: If there is such a file: slogan.csv.
    """
    found = [
        path for part in (folder, folder / "words") if part.is_dir() for path in part.iterdir()
    ]
    names = {path.relative_to(folder).as_posix(): path for path in sorted(found)}
    for name, path in names.items():
        if name.endswith(".csv") and name not in (*LEXICON_FILES, Example.file):
            known = ", ".join(file for file in LEXICON_FILES if "/" not in file)
            fault = f"is no lexicon file; rename it ({known} or words/*.csv) or move it elsewhere"
            raise LexiconError(path, 0, fault)
        if _FOREIGN_PATTERN.search(name):
            remarks.append(describe(path, 0, "is not read; lexicons are CSV files"))
    if not set(LEXICON_FILES) & set(names):
        raise LexiconError(folder, 0, f"holds no lexicon file; add one, such as {Slogan.file}")


def key_of(entry: Entry) -> tuple[str, ...]:
    """What tells an entry from others of its file."""
    return tuple(str(getattr(entry, column)) for column in entry.keys)


def _read_file(path: Path, entry_type: type[EntryT], remarks: list[str]) -> Rows[EntryT]:
    table = read_table(path, entry_type, remarks)
    return tuple(map(Row, repeat(path), table.lines, type_rows(table, entry_type)))


def _read_removals(folder: Path, remarks: list[str]) -> dict[str, list[Row[Removal]]]:
    """The entries a folder leaves out, by the file they stand in."""
    removals: dict[str, list[Row[Removal]]] = {}
    if (folder / Removal.file).exists():
        for row in _read_file(folder / Removal.file, Removal, remarks):
            file = f"{row.entry.lexicon.removesuffix('.csv')}.csv"
            if file not in _ENTRY_TYPES:
                fault = f"no lexicon {row.entry.lexicon!r}; write slogans, places, words/modals …"
                raise LexiconError(row.path, row.line, fault)
            removals.setdefault(file, []).append(row)
    return removals


def _leave_out(rows: Rows[EntryT], removals: Iterable[Row[Removal]]) -> Rows[EntryT]:
    """The rows without those named by their whole key or its first part (320500, 李鹏)."""
    for removal in removals:
        name = removal.entry.id
        kept = tuple(row for row in rows if name not in _names_of(row.entry))
        if len(kept) == len(rows):
            fault = f"no entry {name!r} to remove; correct the id or delete the line"
            raise LexiconError(removal.path, removal.line, fault)
        rows = kept
    return rows


def _names_of(entry: Entry) -> tuple[str, str]:
    key = key_of(entry)
    return key[0], " ".join(key)


def _keep(table: Table, below: object) -> Table:  # noqa: ARG001
    return table


def _respell(table: Table, entry_type: type[Entry], remarks: list[str]) -> Table:
    """The table with spellings as a normalised text has them: 兩個確立 is 两个确立.

    Words stay: they are parts of texts, and some are rare surnames.
    """
    columns = set(entry_type.spelled) if entry_type is not Word else set()
    if is_plain(row[column] for row in table.rows for column in columns & row.keys()):
        return table
    for line, row in zip(table.lines, table.rows, strict=True):
        for column in columns & row.keys():
            plain = simplify_cell(cell := row[column])
            if plain != cell:
                remarks.append(describe(table.path, line, f"{cell!r} read as {plain!r}"))
                row[column] = plain
    return table


def _lay_over(below: Rows[EntryT], table: Table, entry_type: type[EntryT]) -> Rows[EntryT]:
    """The rows below with those of a table added, or in the place of what they override."""
    find_key = attrgetter(*entry_type.keys)
    at: dict[Hashable, int] = {find_key(row.entry): index for index, row in enumerate(below)}
    full = [_fill(row, table.header, below, at, entry_type) for row in table.rows]
    entries = type_rows(table._replace(rows=full), entry_type)
    rows, own = list(below), dict[Hashable, int]()
    for line, entry in zip(table.lines, entries, strict=True):
        key = find_key(entry)
        if (earlier := own.setdefault(key, line)) != line:
            fault = f"{' '.join(key_of(entry))!r} stands on line {earlier} too; delete one"
            raise LexiconError(table.path, line, fault)
        if key in at:
            rows[at[key]] = Row(table.path, line, entry)
        else:
            rows.append(Row(table.path, line, entry))
    return tuple(rows)


def _fill(
    row: dict[str, Cell],
    header: Sequence[str],
    below: Rows[EntryT],
    at: Mapping[Hashable, int],
    entry_type: type[EntryT],
) -> dict[str, Any]:
    """A row with what it leaves unsaid: columns of the entry it overrides, or defaults."""
    first, *rest = entry_type.keys
    key: Hashable = str(row.get(first, ""))
    index = at.get((key, *(str(row.get(name, "")) for name in rest)) if rest else key)
    if index is None:
        return _DEFAULTS[entry_type] | row
    overridden = msgspec.to_builtins(below[index].entry)
    return {name: value for name, value in overridden.items() if name not in header} | row
