"""Labelled documents as they travel: plain dictionaries in the form of ``docs/gold.md``.

Takes a folder of labelled documents or an output folder, gives one dictionary a document, and
back: files that ``pipeline evaluate`` reads. A row of an output becomes a label with the columns a
person judges: 区委书记;区长 under ``title`` is the list ``titles``.

Known gap: whether a slogan is ``core`` stands in no table; labels made from an output lack it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline.emit.reread import read_texts
from pipeline.evaluate.found import read_output
from pipeline.evaluate.gold import MENTIONS, Page, Row, list_gold_files, read_gold
from pipeline.records import Directive, Instrument, Mention, Official, Plenum, SloganUse

Label = dict[str, Any]
"""A labelled document, or one of its rows."""


class AnnotationError(ValueError):
    """A file that cannot be read as labels, or labels that do not fit their text."""


JUDGED: Mapping[type[Mention], tuple[str, ...]] = {
    Plenum: ("kind", "name", "place", "term", "session", "is_self", "relation"),
    Official: ("name", "titles", "roles", "mention"),
    Directive: (
        "speech_act",
        "issuer",
        "issuer_name",
        "addressee",
        "modality",
        "force",
        "deadline",
        "item",
    ),
    SloganUse: ("canonical", "core"),
    Instrument: ("title", "relation", "type"),
}
"""The cells of a row that a person judges, by table."""

# Told apart without colour vision as well (palette of Okabe and Ito).
COLOURS: Mapping[str, str] = dict(
    zip(
        (kind.table for kind in MENTIONS),
        ("#0072B2", "#D55E00", "#009E73", "#E69F00", "#CC79A7"),
        strict=True,
    )
)
"""The colour a tool shows a table in."""

_DOCUMENT = ("title", "published", "event_date", "place", "adcode", "level", "body", "meeting")


def read_labels(path: Path) -> list[Label]:
    """Read labelled documents, or make labels of what an output says.

    Args:
        path: A labelled document, a folder of them, or an output folder.

    Raises:
        GoldError: If a labelled document cannot be used.
        OutputError: If the output cannot be read.
    """
    if (path / "manifest.json").is_file():
        return list(_label_output(path))
    read_gold(path)  # refuses what is no label, naming the file
    return [json.loads(file.read_text(encoding="utf-8")) for file in list_gold_files(path)]


def _label_output(folder: Path) -> Iterator[Label]:
    pages = read_output(folder)
    for batch in read_texts(folder, "doc_id", "raw"):
        for doc_id, raw in zip(*batch.to_pydict().values(), strict=True):
            yield _label_page(doc_id, raw, pages[doc_id])


def _label_page(doc_id: str, raw: str, page: Page) -> Label:
    document = {name: page.document.get(name) for name in _DOCUMENT}
    script = page.document.get("script")
    return {
        "id": doc_id,
        "url": page.document.get("url") or "",
        "form": "scrambled" if page.document.get("repaired") else script,
        "level": document["level"] or "",
        "kind": "",
        "raw": raw,
        "clean": page.text,
        "document": document | {"byline": ";".join(_list(page.document.get("byline"))) or None},
        **{
            kind.table: [_label_row(row, kind, page.text) for row in page.tables[kind.table]]
            for kind in MENTIONS
        },
        "notes": "",
    }


def _label_row(row: Row, kind: type[Mention], text: str) -> Label:
    cells = {
        name: row.cells.get({"titles": "title"}.get(name, name))
        for name in JUDGED[kind]
        if name != "core"
    }
    lists = {name: _list(cells[name]) for name in ("titles", "roles") if name in cells}
    return label_span(text, row.start, row.end) | cells | lists


def _list(cell: Any) -> list[str]:
    return list(cell or ())


def label_span(text: str, start: int, end: int) -> Label:
    """The cells that say where a row stands.

    >>> label_span("要抓好，要抓实", 4, 7)
    {'text': '要抓实', 'occ': 1, 'start': 4, 'end': 7}
    """
    passage = text[start:end]
    occurrence = sum(text.startswith(passage, at) for at in range(start + 1))
    return {"text": passage, "occ": occurrence, "start": start, "end": end}


def write_labels(labels: Iterable[Label], folder: Path) -> int:
    """Write labelled documents, one file each; a file that is there already is an error.

    Returns:
        How many were written.

    Raises:
        AnnotationError: If a file exists, or two documents have one id.
    """
    every = list(labels)
    files = {folder / _name_file(label["id"]): label for label in every}
    if len(files) < len(every):
        raise AnnotationError("two documents have the same id; export them apart")
    if standing := [file for file in files if file.exists()]:
        raise AnnotationError(f"{standing[0]} exists; give another folder or move it away")
    folder.mkdir(parents=True, exist_ok=True)
    for file, label in files.items():
        file.write_text(json.dumps(label, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return len(files)


def _name_file(doc_id: str) -> str:
    return doc_id.replace("/", "__") + ".json"


def restore_label(original: Label, rows: Sequence[tuple[str, Label]], text: str) -> Label:
    """A labelled document with the rows a person left, changed or added.

    Args:
        original: The document as it went out.
        rows: Table and row of every marked passage.
        text: The text as it came back.

    Raises:
        AnnotationError: If the text is another one, or a table is unknown.
    """
    if text != original["clean"]:
        raise AnnotationError(f"{original['id']}: its text was changed while it was labelled")
    tables: dict[str, list[Label]] = {kind.table: [] for kind in MENTIONS}
    for table, row in rows:
        if table not in tables:
            known = ", ".join(tables)
            raise AnnotationError(f"{original['id']}: no table is called {table!r}; use {known}")
        tables[table].append(row)
    for kept in tables.values():
        kept.sort(key=lambda row: (row["start"], row["end"]))
    return original | tables


def find_row(original: Label, table: str, start: int, end: int) -> Label:
    """The row as it went out; where a person marked a new passage, its span alone.

    Raises:
        AnnotationError: If the span lies outside the text.
    """
    if not 0 <= start < end <= len(original["clean"]):
        raise AnnotationError(f"{original['id']}: {start}-{end} is no passage of its text")
    for row in original.get(table, ()):
        if (row["start"], row["end"]) == (start, end):
            return dict(row)
    return label_span(original["clean"], start, end)
