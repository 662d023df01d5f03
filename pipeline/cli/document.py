"""One document of an output: found by what the user calls it, with its rows and its text.

Every command that takes DOC finds it here; what cannot be found is refused with what is likely
meant.
"""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import pyarrow.compute as pc
from rich.text import Text

from pipeline.cli.status import UnusableError
from pipeline.emit.reread import read_texts, read_whole_table
from pipeline.records import Document, Passage, Record, columns

Row = Mapping[str, Any]
"""The cells of a row by column."""

_SUGGESTIONS = 5


def find_document(folder: Path, wanted: str) -> Row:
    """The row of the document that is meant: its id, or the end of it where no other ends so."""
    documents = read_whole_table(folder, Document)
    ids = documents["doc_id"].to_pylist()
    fitting = [at for at, doc_id in enumerate(ids) if doc_id == wanted] or [
        at for at, doc_id in enumerate(ids) if doc_id.endswith(f"/{wanted}")
    ]
    if len(fitting) == 1:
        row: Row = documents.slice(fitting[0], 1).to_pylist()[0]
        return row
    if fitting:
        some = ", ".join(ids[at] for at in fitting[:_SUGGESTIONS])
        raise UnusableError(f"{len(fitting)} documents end in {wanted!r}: {some}; give all of it")
    likely = ", ".join(get_close_matches(wanted, ids, _SUGGESTIONS, cutoff=0.4))
    hint = f"did you mean {likely}?" if likely else "the documents table lists them all"
    raise UnusableError(f"there is no document {wanted!r}; {hint}")


def read_document_rows(folder: Path, kind: type[Record], doc_id: str) -> list[Row]:
    """The rows of a document in one table, in reading order."""
    table = read_whole_table(folder, kind)
    rows: list[Row] = table.filter(pc.equal(table["doc_id"], doc_id)).to_pylist()
    return rows


def read_document_text(folder: Path, doc_id: str) -> str:
    """The normalised text of a document."""
    for batch in read_texts(folder, "text", doc_id=doc_id):
        for text in batch["text"].to_pylist():
            return str(text)
    raise UnusableError(
        f"{folder}: texts.parquet has no text of {doc_id!r}; run pipeline run again"
    )


def render_row(kind: type[Record], row: Row) -> Text:
    """Place, passage and whatever else the row says: ``7-11 要实干 force=direct modality=要``."""
    place = "" if row["start"] is None else f"{row['start']}-{row['end']}"
    line = Text.assemble((f"  {place:>11} ", "dim"), row["text"].replace("\n", " "))
    for name in _list_telling_columns(kind):
        cell = row[name]
        if cell not in (None, "", False, row["text"]):
            line.append(f" {name}=", style="dim").append("yes" if cell is True else str(cell))
    return line


def _list_telling_columns(kind: type[Record]) -> list[str]:
    """Columns beyond those that say where a row stands."""
    return [column.name for column in columns(kind) if column.name not in Passage._fields]
