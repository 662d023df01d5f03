"""``pipeline export``: the tables in the formats of other programs."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli.status import DONE, UnusableError
from pipeline.emit import OutputError
from pipeline.export import FORMATS, export_output

_NOTES_SHOWN = 10


@click.command("export")
@click.argument(
    "folder", metavar="[DIR]", default="data/processed", type=click.Path(path_type=Path)
)
@click.option("--to", required=True, type=click.Choice(list(FORMATS)), help="Format.")
@click.option(
    "-o",
    "--output",
    "path",
    metavar="PATH",
    type=click.Path(path_type=Path),
    help="File or folder to write; by default tables.sqlite, tables.xlsx or a folder csv-excel, "
    "parquet or jsonl inside DIR.",
)
def export_command(folder: Path, to: str, path: Path | None) -> int:
    """Write the tables of an output for Excel, SQLite, R and others.

    DIR is an output folder, data/processed if not given. sqlite: one database with keys and
    indexes, texts included (Datasette opens it). xlsx: a workbook with a sheet for each table.
    csv-excel: CSV that Excel opens with a double click, formulas disarmed by an apostrophe.
    parquet, jsonl: one file for each table and for the texts.

    \b
    Examples:
      pipeline export --to xlsx
      pipeline export data/processed --to sqlite -o communiques.sqlite
      pipeline export tables/ --to jsonl -o lines/
    """
    try:
        written, notes = export_output(folder, to, path)
    except (OutputError, OSError) as error:
        raise UnusableError(str(error)) from None
    click.echo(f"Written to {written}")
    for note in notes[:_NOTES_SHOWN]:
        click.echo(note, err=True)
    if len(notes) > _NOTES_SHOWN:
        click.echo(f"… and {len(notes) - _NOTES_SHOWN} more cells", err=True)
    return DONE
