"""``pipeline run``: documents to tables."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import click
from rich import box
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from pipeline.batch import run
from pipeline.cli.options import build_recipe, recipe_options
from pipeline.cli.status import DONE, SOME_REJECTED, UnusableError
from pipeline.emit import Format, OutputError, OutputSummary
from pipeline.executors import count_workers
from pipeline.ingest import STDIN, list_files, read_url
from pipeline.segment.engines import EngineError

_DEFAULT_INPUT, _DEFAULT_OUTPUT = Path("data/raw"), Path("data/processed")


@click.command("run", short_help="Process documents and write the tables.")
@click.argument("inputs", metavar="[INPUT]...", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    default=_DEFAULT_OUTPUT,
    show_default=True,
    help="Folder for the tables.",
)
@click.option("--workers", default="1", show_default=True, help="Processes to work in, or auto.")
@click.option(
    "--format",
    "to",
    type=click.Choice(["csv", "parquet"]),
    default="csv",
    show_default=True,
    help="Format of the tables.",
)
@click.option("--tokens", is_flag=True, help="Write the words of the documents too.")
@click.option("--quiet", is_flag=True, help="No progress and no summary.")
@recipe_options
def run_command(
    inputs: tuple[Path, ...],
    output: Path,
    workers: str,
    to: Format,
    tokens: bool,
    quiet: bool,
    **recipe_values: Any,
) -> int:
    """Process documents and write the tables.

    INPUT is a file, a folder or - for standard input; data/raw if none is given. Exit status: 0
    all documents done, 1 some rejected (see rejects.csv), 2 wrong usage or unusable lexicons,
    130 interrupted.

    \b
    Examples:
      pipeline run
      pipeline run press/ -o tables/ --workers auto
      pipeline run press/ --engine hanlp --model models/close_tok_pos_ner/ --tokens
      pipeline run report.txt --place 江苏省苏州市相城区 --published 2023-08-02
      cat report.txt | pipeline run - -o tables/
    """
    paths = inputs or (_DEFAULT_INPUT,)
    total, processes = _count_files(paths), _read_workers(workers)
    recipe = dataclasses.replace(build_recipe(**recipe_values), tokens=tokens)
    with _open_progress(quiet) as progress:
        task = progress.add_task("files", total=total)
        try:
            summary = run(paths, output, recipe, processes, to, lambda: progress.advance(task))
        except EngineError as error:
            raise UnusableError(str(error)) from None
        except (OSError, OutputError) as error:
            raise UnusableError(f"{output}: {error}") from None
    if not quiet:
        _print_summary(summary)
    return SOME_REJECTED if summary.rows["rejects"] else DONE


def _count_files(paths: tuple[Path, ...]) -> int:
    """How many files there are to read.

    Raises:
        UnusableError: If a path is missing, or there is nothing to read.
    """
    local = [path for path in paths if path != STDIN and not read_url(path)]
    if missing := [path for path in local if not path.exists()]:
        raise UnusableError(f"{missing[0]}: no such file or folder; check the path")
    if not (files := list_files(paths)):
        raise UnusableError(f"{paths[0]}: the folder holds no files; put documents into it")
    return len(files)


def _read_workers(wanted: str) -> int:
    try:
        return count_workers(wanted)
    except ValueError as error:
        raise UnusableError(f"--workers: {error}") from None


def _open_progress(quiet: bool) -> Progress:
    """A bar on standard error, shown only to a terminal."""
    console = Console(stderr=True)
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=console,
        disable=quiet or not console.is_terminal,
        transient=True,
    )


def _print_summary(summary: OutputSummary) -> None:
    table = Table(box=box.SIMPLE)
    table.add_column("table")
    table.add_column("rows", justify="right")
    for name, rows in summary.rows.items():
        table.add_row(name, str(rows))
    click.echo(f"Written to {summary.folder}")
    Console().print(table)
    if rejected := summary.rows["rejects"]:
        where = summary.folder / "rejects.csv"
        click.echo(f"{rejected} inputs gave no document; the reasons are in {where}", err=True)
