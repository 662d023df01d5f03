"""``pipeline show``: one document with its evidence and its rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import click
from rich.text import Text

from pipeline.cli.document import (
    Row,
    find_document,
    read_document_rows,
    read_document_text,
    render_row,
)
from pipeline.cli.reading import open_console, output_option, refuse_unusable
from pipeline.cli.status import DONE
from pipeline.records import (
    Directive,
    Instrument,
    Issue,
    Official,
    Plenum,
    Record,
    SloganUse,
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


@click.command("show")
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
        document = find_document(folder, doc_id)
        rows = {kind: read_document_rows(folder, kind, document["doc_id"]) for kind in _STYLES}
        text = read_document_text(folder, document["doc_id"])
    for part in _render(document, text, rows):
        console.print(part)
    return DONE


def _render(document: Row, text: str, rows: Mapping[type[Record], list[Row]]) -> Iterator[Text]:
    yield Text(document["title"] or document["doc_id"], style="bold")
    for name in _HEADING:
        if document[name]:
            yield Text.assemble((f"{name}: ", "dim"), document[name])
    legend = Text(" ").join(Text(kind.table, style) for kind, style in _STYLES.items())
    yield Text.assemble("\n", _colour(text, rows), "\n\n", legend)
    for kind, style in _STYLES.items():
        if rows[kind]:
            yield Text.assemble("\n", (f"{kind.table} ({len(rows[kind])})", style))
            yield from (render_row(kind, row) for row in rows[kind])


def _colour(text: str, rows: Mapping[type[Record], list[Row]]) -> Text:
    coloured = Text(text)
    for kind, style in _STYLES.items():
        for row in rows[kind]:
            if row["start"] is not None:
                coloured.stylize(style, row["start"], row["end"])
    return coloured
