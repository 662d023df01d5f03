"""Lexicons: the facts and word lists behind every table, loaded strictly and frozen.

Takes a folder of CSV files (``lexicons/`` of this project) and perhaps one that is laid over
it, gives one :class:`Lexicons`, e.g. ``load_lexicons().words["modals"]["必须"] == "require"``.
Code holds grammar, lexicons hold facts.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple, TypeVar

from pipeline.lexicons.checks import check_reach, check_rows
from pipeline.lexicons.entries import Entry, Meeting, Person, Place, Post, Slogan, Word
from pipeline.lexicons.layers import (
    LEXICON_FILES,
    LexiconRows,
    Rows,
    check_folder,
    read_layers,
)
from pipeline.lexicons.reader import LexiconError

__all__ = [
    "Entry",
    "Layer",
    "LexiconError",
    "Lexicons",
    "Meeting",
    "Person",
    "Place",
    "Post",
    "Slogan",
    "Word",
    "check_lexicons",
    "find_lexicons",
    "list_layers",
    "load_lexicons",
]

EntryT = TypeVar("EntryT", bound=Entry)
WordList = Mapping[str, str]


class Layer(NamedTuple):
    """A folder that was loaded.

    Attributes:
        name: Its name alone, or ``program``: where it lies on a machine is no part of a result.
        digest: SHA-256 over the names and bytes of its files.
    """

    name: str
    digest: str


@dataclass(frozen=True, eq=False)
class Lexicons:
    """Everything that was loaded. Compared and hashed by identity, so it can key a cache.

    Attributes:
        words: For each list in ``lexicons/words/``, word -> value.
        digest: SHA-256 of all layers; of a single one its own digest.
        layers: The folders, the lowest first.
        remarks: What was accepted although it is not as it should be, with file and line.
    """

    slogans: tuple[Slogan, ...]
    meetings: tuple[Meeting, ...]
    places: tuple[Place, ...]
    people: tuple[Person, ...]
    posts: tuple[Post, ...]
    words: Mapping[str, WordList]
    digest: str
    layers: tuple[Layer, ...] = ()
    remarks: tuple[str, ...] = ()


def find_lexicons() -> Path:
    """The folder that came with the program: inside an installed copy or beside a checkout."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "lexicon_files"
    return installed if installed.is_dir() else package.parent / "lexicons"


def load_lexicons(folder: Path | None = None, *, base: Path | None = None) -> Lexicons:
    """Load and check all lexicon files.

    Args:
        folder: Lexicons of one's own, any subset of the files, laid over the others.
        base: The others, complete; those that came with the program if not given.

    Raises:
        LexiconError: If a file is missing, broken or inconsistent.
    """
    remarks: list[str] = []
    folders = list_layers(folder, base)
    rows = _read_sound(folders, remarks)
    layers = tuple(Layer(_name_layer(path), _digest(path)) for path in folders)
    return Lexicons(
        slogans=_entries(rows.slogans),
        meetings=_entries(rows.meetings),
        places=_entries(rows.places),
        people=_entries(rows.people),
        posts=_entries(rows.posts),
        words=MappingProxyType({name: _word_list(words) for name, words in rows.words.items()}),
        digest=_join_digests(layers),
        layers=layers,
        remarks=tuple(remarks),
    )


def check_lexicons(
    folder: Path | None = None, *, base: Path | None = None, thorough: bool = True
) -> tuple[str, ...]:
    """Check all lexicon files without keeping them.

    Args:
        folder: Lexicons of one's own, laid over the others.
        base: The others; those that came with the program if not given.
        thorough: Also whether every spelling survives normalising, which loading does not ask.

    Returns:
        What is accepted although it is not as it should be, with file and line.

    Raises:
        LexiconError: At the first fault, with file, line and remedy.
    """
    remarks: list[str] = []
    rows = _read_sound(list_layers(folder, base), remarks)
    if thorough:
        check_reach(rows)
    return tuple(remarks)


def list_layers(folder: Path | None = None, base: Path | None = None) -> tuple[Path, ...]:
    """The folders that make up the lexicons, the lowest first."""
    base = base or find_lexicons()
    if folder is None or folder.resolve() == base.resolve():
        return (base,)
    return base, folder


def _read_sound(folders: tuple[Path, ...], remarks: list[str]) -> LexiconRows:
    for folder in folders:
        if not folder.is_dir():
            raise LexiconError(folder, 0, "is no folder; give a folder of lexicon files")
        check_folder(folder, remarks)
    rows = read_layers(folders, remarks)
    check_rows(rows)
    return rows


def _entries(rows: Rows[EntryT]) -> tuple[EntryT, ...]:
    return tuple(row.entry for row in rows)


def _word_list(rows: Rows[Word]) -> WordList:
    return MappingProxyType({row.entry.word: row.entry.value for row in rows})


def _digest(folder: Path) -> str:
    """What stands in the files that decide what is found; sentences for the tests do not."""
    sha256 = hashlib.sha256()
    for name in LEXICON_FILES:
        if (path := folder / name).exists():
            sha256.update(name.encode() + b"\0")
            sha256.update(path.read_bytes() + b"\0")
    return sha256.hexdigest()


def _name_layer(folder: Path) -> str:
    return "program" if folder == find_lexicons() else folder.resolve().name


def _join_digests(layers: tuple[Layer, ...]) -> str:
    if len(layers) == 1:
        return layers[0].digest
    return hashlib.sha256("".join(layer.digest for layer in layers).encode()).hexdigest()
