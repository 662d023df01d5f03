"""``pipeline show``: one document with its evidence and its rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import click
import pyarrow as pa
import pyarrow.compute as pc
from rich.text import Text

from pipeline.cli.reading import open_console, output_option, refuse_unusable
from pipeline.cli.status import DONE, UnusableError
from pipeline.emit.reread import read_texts, read_whole_table
from pipeline.records import (
    Directive,
    Document,
    Instrument,
    Issue,
    Official,
    Passage,
    Plenum,
    Record,
    SloganUse,
    columns,
)

# Directives hold the others, so they come first and only underline.
_STYLES: dict[type[Record], str] = {
    Directive: "underline",
    Plenum: "blue",
    Official: "green",
    Instrument: "magenta",
    SloganUse: "bold red",
    Issue: "reverse",
}
_HEADING = ("place", "published", "event_date", "body", "meeting", "source", "url")
_SUGGESTIONS = 5

_Row = Mapping[str, Any]


@click.command("show", short_help="Show a document with its evidence and its rows.")
@click.argument("doc_id", metavar="DOC")
@output_option
def show_command(doc_id: str, folder: Path) -> int:
    """Show the restored text of a document, its evidence coloured by table, and its rows.

    DOC is a doc_id of the documents table, or its last part where no other ends so.

    \b
    Examples:
      pipeline show fujian/gulou-2024-08-09
      pipeline show gulou-2024-08-09 -d tables/
    """
    console = open_console()
    with refuse_unusable():
        document = _find_document(read_whole_table(folder, Document), doc_id)
        rows = {kind: _read_rows(folder, kind, document["doc_id"]) for kind in _STYLES}
        text = _read_text(folder, document["doc_id"])
    for part in _render(document, text, rows):
        console.print(part)
    return DONE


def _find_document(documents: pa.Table, wanted: str) -> _Row:
    ids = documents["doc_id"].to_pylist()
    fitting = [at for at, doc_id in enumerate(ids) if doc_id == wanted] or [
        at for at, doc_id in enumerate(ids) if doc_id.endswith(f"/{wanted}")
    ]
    if len(fitting) == 1:
        row: _Row = documents.slice(fitting[0], 1).to_pylist()[0]
        return row
    if fitting:
        some = ", ".join(ids[at] for at in fitting[:_SUGGESTIONS])
        raise UnusableError(f"{len(fitting)} documents end in {wanted!r}: {some}; give all of it")
    likely = ", ".join(get_close_matches(wanted, ids, _SUGGESTIONS, cutoff=0.4))
    hint = f"did you mean {likely}?" if likely else "the documents table lists them all"
    raise UnusableError(f"there is no document {wanted!r}; {hint}")


def _read_rows(folder: Path, kind: type[Record], doc_id: str) -> list[_Row]:
    table = read_whole_table(folder, kind)
    rows: list[_Row] = table.filter(pc.equal(table["doc_id"], doc_id)).to_pylist()
    return rows


def _read_text(folder: Path, doc_id: str) -> str:
    for batch in read_texts(folder, "text", doc_id=doc_id):
        for text in batch["text"].to_pylist():
            return str(text)
    raise UnusableError(
        f"{folder}: texts.parquet has no text of {doc_id!r}; run pipeline run again"
    )


def _render(document: _Row, text: str, rows: Mapping[type[Record], list[_Row]]) -> Iterator[Text]:
    yield Text(document["title"] or document["doc_id"], style="bold")
    for name in _HEADING:
        if document[name]:
            yield Text.assemble((f"{name}: ", "dim"), document[name])
    legend = Text(" ").join(Text(kind.table, style) for kind, style in _STYLES.items())
    yield Text.assemble("\n", _colour(text, rows), "\n\n", legend)
    for kind, style in _STYLES.items():
        if rows[kind]:
            yield Text.assemble("\n", (f"{kind.table} ({len(rows[kind])})", style))
            yield from (_render_row(kind, row) for row in rows[kind])


def _colour(text: str, rows: Mapping[type[Record], list[_Row]]) -> Text:
    coloured = Text(text)
    for kind, style in _STYLES.items():
        for row in rows[kind]:
            if row["start"] is not None:
                coloured.stylize(style, row["start"], row["end"])
    return coloured


def _render_row(kind: type[Record], row: _Row) -> Text:
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
