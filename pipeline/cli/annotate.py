"""``pipeline annotate``: documents out to labelling tools, back in, and agreement of people."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click
from rich import box
from rich.console import Console
from rich.table import Table

from pipeline.annotate import (
    TOOLS,
    Agreement,
    measure_agreement,
    read_labels,
    write_labels,
)
from pipeline.cli.reading import refuse_unusable
from pipeline.cli.status import DONE, UnusableError
from pipeline.evaluate import read_gold

_PATH = click.Path(path_type=Path)
_TOOL = click.Choice(list(TOOLS))


@click.group("annotate")
def annotate_group() -> None:
    """Label documents in doccano or Label Studio, and see how far two people agree."""


@annotate_group.command("export", short_help="Write documents for a labelling tool.")
@click.argument("source", default="data/processed", type=_PATH)
@click.option("--to", "tool", required=True, type=_TOOL, help="The tool.")
@click.option("-o", "--output", "path", required=True, type=_PATH, help="File to write.")
@click.option("--doc", "wanted", multiple=True, metavar="DOC", help="Only this document; repeat.")
def export_labels(source: Path, tool: str, path: Path, wanted: tuple[str, ...]) -> int:
    """Write documents for a labelling tool, their rows already marked.

    SOURCE is an output folder (data/processed if not given) or labelled documents. Beside the file
    the set-up of a project is written: label types for doccano, the interface for Label Studio.

    \b
    Examples:
      pipeline annotate export --to label-studio -o tasks.json
      pipeline annotate export tests/gold --to doccano -o documents.jsonl
      pipeline annotate export --doc suzhou/2023-08-01 --to doccano -o one.jsonl
    """
    with refuse_unusable():
        labels = [label for label in read_labels(source) if not wanted or label["id"] in wanted]
        if missing := set(wanted) - {label["id"] for label in labels}:
            raise UnusableError(f"{source} has no document {min(missing)!r}")
        settings = TOOLS[tool].write(labels, path)
    click.echo(f"{len(labels)} documents written to {path}; set the project up with {settings}")
    return DONE


@annotate_group.command("import", short_help="Read back what people labelled.")
@click.argument("file", type=_PATH)
@click.option("--from", "tool", required=True, type=_TOOL, help="The tool.")
@click.option("-o", "--output", "folder", required=True, type=_PATH, help="Folder to write to.")
def import_labels(file: Path, tool: str, folder: Path) -> int:
    """Read back what people labelled, as documents that evaluate and agree read.

    Where the file holds labels of several people, each has a folder inside the output folder.

    \b
    Examples:
      pipeline annotate import project-1.json --from label-studio -o labelled/
      pipeline annotate import admin.jsonl --from doccano -o labelled/admin
    """
    with refuse_unusable():
        by_annotator, remarks = TOOLS[tool].read(file)
        for who, labels in by_annotator.items():
            place = folder / who.replace("/", "_") if len(by_annotator) > 1 else folder
            click.echo(f"{write_labels(labels, place)} documents written to {place}")
    for remark in remarks:
        click.echo(remark, err=True)
    return DONE


@annotate_group.command("agree", short_help="How far two people agree.")
@click.argument("a", type=_PATH)
@click.argument("b", type=_PATH)
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
def compare_labels(a: Path, b: Path, as_json: bool) -> int:
    """Krippendorff's alpha and F1 between the labels of two people.

    A and B are folders of labelled documents with the same ids and texts.

    \b
    Examples:
      pipeline annotate agree labelled/anna labelled/bo
    """
    with refuse_unusable():
        agreement = measure_agreement(read_gold(a), read_gold(b))
    if as_json:
        plain = asdict(agreement) | {
            "tables": [row._asdict() for row in agreement.tables],
            "columns": [row._asdict() for row in agreement.columns],
        }
        click.echo(json.dumps(plain, ensure_ascii=False, indent=2))
    else:
        _print_agreement(agreement, Console(highlight=False))
    return DONE


def _print_agreement(agreement: Agreement, console: Console) -> None:
    console.print(f"{len(agreement.documents)} documents in both")
    if agreement.alone:
        console.print(f"in one only: {', '.join(agreement.alone)}")
    tables = _open_table("rows of A", "rows of B", "alpha", "F1 exact", "F1 relaxed")
    for row in agreement.tables:
        figures = map(_format, (row.alpha, row.exact, row.relaxed))
        tables.add_row(row.table, str(row.first), str(row.second), *figures)
    console.print(tables)
    by_column = _open_table("rows in both", "agreeing", "alpha")
    for column in agreement.columns:
        name = f"{column.table}.{column.column}"
        by_column.add_row(name, str(column.rows), str(column.agreeing), _format(column.alpha))
    console.print(by_column)


def _open_table(*headers: str) -> Table:
    table = Table(box=box.SIMPLE)
    table.add_column("")
    for header in headers:
        table.add_column(header, justify="right")
    return table


def _format(figure: float | None) -> str:
    return "–" if figure is None else f"{figure:.3f}"
