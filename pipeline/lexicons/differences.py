"""Differences: what two folders of lexicons do not share, entry by entry.

Takes two folders, gives :class:`Difference` rows: of 两个确立 whose English was corrected, the
column ``english`` with its old and its new value. A folder that lacks files is compared as it is
laid over those that come with the program.
Known gap: an entry whose key changed is one removed and one added.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, TypeVar

from pipeline.lexicons.entries import Entry, Meeting, Person, Place, Post, Slogan
from pipeline.lexicons.layers import LexiconRows, Rows, key_of, read_layers

EntryT = TypeVar("EntryT", bound=Entry)
Entries = dict[tuple[str, ...], Entry]


class Difference(NamedTuple):
    """An entry that only one side has, or a column in which the sides differ."""

    lexicon: str
    id: str
    column: str
    before: str
    after: str


def find_differences(before: Path, after: Path, base: Path) -> Iterator[Difference]:
    """Compare two folders.

    Args:
        before: One folder.
        after: The other.
        base: What a folder that lacks files is laid over.

    Raises:
        LexiconError: If one cannot be read.
    """
    left, right = (_list_entries(_read(folder, base)) for folder in (before, after))
    for lexicon in left:
        yield from _compare(lexicon, left[lexicon], right[lexicon])


def _read(folder: Path, base: Path) -> LexiconRows:
    files = (Slogan.file, Meeting.file, Place.file, Person.file, Post.file)
    is_whole = all((folder / file).exists() for file in files) and (folder / "words").is_dir()
    return read_layers([folder] if is_whole else [base, folder], [])


def _list_entries(rows: LexiconRows) -> dict[str, Entries]:
    """The entries of each lexicon by key."""
    return {
        "slogans": _by_key(rows.slogans),
        "meetings": _by_key(rows.meetings),
        "places": _by_key(rows.places),
        "people": _by_key(rows.people),
        "posts": _by_key(rows.posts),
        **{f"words/{name}": _by_key(words) for name, words in rows.words.items()},
    }


def _by_key(rows: Rows[EntryT]) -> Entries:
    return {key_of(row.entry): row.entry for row in rows}


def _compare(lexicon: str, before: Entries, after: Entries) -> Iterator[Difference]:
    for key in before | after:
        old, new, name = before.get(key), after.get(key), " ".join(key)
        if old is None or new is None:
            yield Difference(lexicon, name, "", _title(old), _title(new))
        elif old != new:
            for column in old.__struct_fields__:
                was, became = show_value(getattr(old, column)), show_value(getattr(new, column))
                if was != became:
                    yield Difference(lexicon, name, column, was, became)


def show_value(value: object) -> str:
    """A value as its cell has it."""
    if isinstance(value, tuple):
        return ";".join(map(str, value))
    return "" if value is None else str(value)


def _title(entry: Entry | None) -> str:
    """What an entry is called."""
    if entry is None:
        return ""
    return next(show_value(getattr(entry, column)) for column in entry.spelled)
