"""Labelled documents: one JSON file each, with the passages a careful annotator marked.

Takes a file or a folder, gives one :class:`Labelled` per document. Rows keep the column names of
:mod:`pipeline.records`; 市委书记 under ``titles`` comes to stand in the column ``title``. Reading
is strict: an unknown column or a row that is no slice of the text is an error naming the file.

Known gap: empty and absent mean the same (null, ``""``, ``[]``), so a label cannot say "unknown".
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pipeline.records import (
    Directive,
    Document,
    Instrument,
    Mention,
    Official,
    Plenum,
    SloganUse,
    columns,
)

MENTIONS: tuple[type[Mention], ...] = (Plenum, Official, Directive, SloganUse, Instrument)
"""The tables that are measured row by row."""

TWIN_SUFFIX = "_scrambled"
"""Ends the id of a document that repeats another one with its text damaged."""

Cell = str | int | tuple[str, ...] | None


class GoldError(ValueError):
    """A labelled document that cannot be used; the message names file and place."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: where it stands and what it says."""

    start: int
    end: int
    text: str
    cells: Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class Page:
    """What is said of one document: its normalised text, its fields, its rows by table."""

    text: str
    document: Mapping[str, Cell]
    tables: Mapping[str, Sequence[Row]]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A document with its labels.

    Attributes:
        doc_id: Its name.
        url: Address, all a collector would know; may be empty.
        form: How ``raw`` is written: simplified, traditional or scrambled.
        level: Administrative level, for grouping.
        kind: Sort of document, for grouping.
        raw: The text as collected.
        gold: The labels.
    """

    doc_id: str
    url: str
    form: str
    level: str
    kind: str
    raw: str
    gold: Page

    @property
    def original(self) -> str:
        """The document this one repeats; its own id where it repeats none."""
        return self.doc_id.removesuffix(TWIN_SUFFIX)

    @property
    def is_twin(self) -> bool:
        """Whether the document repeats another one."""
        return self.doc_id.endswith(TWIN_SUFFIX)


def read_gold(path: Path) -> list[Labelled]:
    """Read a labelled document, or all of a folder in the order of their names.

    Args:
        path: A file; a folder of nothing but labelled documents; or a folder that keeps them in
            ``documents``, with what else belongs to them (floors, notes) beside it.

    Raises:
        GoldError: At the first document that cannot be used.
    """
    return [_read_file(file) for file in list_gold_files(path)]


def list_gold_files(path: Path) -> list[Path]:
    """The files that :func:`read_gold` reads, in their order.

    Raises:
        GoldError: If there are none.
    """
    folder = path / "documents" if (path / "documents").is_dir() else path
    files = sorted(folder.glob("*.json")) if folder.is_dir() else [path]
    if not files:
        raise GoldError(f"{path} holds no labelled documents (*.json)")
    return files


def _read_file(path: Path) -> Labelled:
    try:
        label = json.loads(path.read_text(encoding="utf-8"))
        return _build_labelled(label)
    except FileNotFoundError:
        raise GoldError(f"{path} does not exist") from None
    except json.JSONDecodeError as error:
        raise GoldError(f"{path} is not JSON: {error}") from None
    except KeyError as error:
        raise GoldError(f"{path} lacks the key {error}") from None
    except (GoldError, TypeError, AttributeError) as error:
        raise GoldError(f"{path}: {error}") from None


def _build_labelled(label: Mapping[str, Any]) -> Labelled:
    text = label["clean"]
    tables = {kind.table: _build_rows(kind, label[kind.table], text) for kind in MENTIONS}
    return Labelled(
        doc_id=label["id"],
        url=label.get("url") or "",
        form=label["form"],
        level=label.get("level") or label["document"].get("level") or "",
        kind=label.get("kind") or "",
        raw=label["raw"],
        gold=Page(text, _build_document(label["document"]), tables),
    )


def _build_document(fields: Mapping[str, Any]) -> dict[str, Cell]:
    known = {column.name: column.kind for column in columns(Document)}
    _refuse_unknown(fields, known, "document")
    return {
        name: read_cell(value.split(";") if known[name] == "list" and value else value)
        for name, value in fields.items()
    }


def _build_rows(kind: type[Mention], labels: Iterable[Mapping[str, Any]], text: str) -> list[Row]:
    known = {column.name for column in columns(kind)} | {"titles", "occ", "core"}
    rows = []
    for label in labels:
        _refuse_unknown(label, known, kind.table)
        start, end = label["start"], label["end"]
        if text[start:end] != label["text"]:
            fault = f"{start}-{end} is {text[start:end]!r}, not {label['text']!r}"
            raise GoldError(f"{kind.table}: {fault}")
        rows.append(Row(start, end, label["text"], _build_cells(kind, label)))
    return rows


def _build_cells(kind: type[Mention], label: Mapping[str, Any]) -> dict[str, Cell]:
    """The cells labelled; an instruction without deadline or ordinal has them empty."""
    cells = {
        {"titles": "title"}.get(name, name): read_cell(value)
        for name, value in label.items()
        if name not in {"start", "end", "text", "occ"}
    }
    empty: dict[str, Cell] = {"deadline": None, "item": None} if kind is Directive else {}
    return empty | cells


def _refuse_unknown(label: Mapping[str, Any], known: Iterable[str], table: str) -> None:
    if strange := sorted(set(label) - set(known)):
        raise GoldError(f"{table}: no column is called {strange[0]!r}")


def read_cell(value: Any) -> Cell:
    """A value in the form it is compared in: nothing empty but None, lists in any order.

    >>> read_cell(["区长", "区委副书记"])
    ('区委副书记', '区长')
    >>> read_cell("") is None
    True
    """
    if value is None or value == "":
        return None
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return tuple(sorted(value)) or None
    if isinstance(value, str | int):
        return value
    raise TypeError(f"{value!r} cannot stand in a cell")
