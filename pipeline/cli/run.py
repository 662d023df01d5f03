"""``pipeline run``: documents to tables.

What makes them is imported when all that was asked for is known to be there, so that a wrong path
or an engine without its model (hanlp) is refused at once.
"""

from __future__ import annotations

import dataclasses
import shlex
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from pipeline.cli.options import build_recipe, format_option, recipe_options
from pipeline.cli.status import DONE, SOME_REJECTED, UnusableError
from pipeline.ingest import STDIN, read_url
from pipeline.running.executors import WorkersError, count_workers
from pipeline.running.scope import Scope
from pipeline.running.shards import Shard, read_shard

if TYPE_CHECKING:
    from pipeline.emit import Format, OutputSummary
    from pipeline.running.recipe import Recipe

DEFAULT_INPUT, DEFAULT_OUTPUT = Path("data/raw"), Path("data/processed")


@click.command("run")
@click.argument("inputs", metavar="[INPUT]...", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    default=DEFAULT_OUTPUT,
    show_default=True,
    help="Folder for the tables.",
)
@click.option("--workers", default="1", show_default=True, help="Processes to work in, or auto.")
@click.option(
    "--scheduler", default="", metavar="ADDRESS", help="Work on the cluster of a Dask scheduler."
)
@click.option(
    "--dask-workers",
    type=click.IntRange(min=1),
    metavar="N",
    help="Work on a Dask cluster of N workers on this machine.",
)
@format_option
@click.option("--tokens", is_flag=True, help="Write the words of the documents too.")
@click.option("--full-refresh", is_flag=True, help="Do all documents again, changed or not.")
@click.option("--keep-missing", is_flag=True, help="Keep the rows of inputs that are gone.")
@click.option("--shard", default="", metavar="I/N", help="Do the I-th of N parts of the inputs.")
@click.option("--dry-run", is_flag=True, help="Say what would be done and why; write nothing.")
@click.option("--log-json", is_flag=True, help="A line of JSON for every event, on standard error.")
@click.option("--quiet", is_flag=True, help="No progress and no summary.")
@recipe_options
def run_command(
    inputs: tuple[Path, ...],
    output: Path,
    workers: str,
    scheduler: str,
    dask_workers: int | None,
    to: Format,
    tokens: bool,
    full_refresh: bool,
    keep_missing: bool,
    shard: str,
    dry_run: bool,
    log_json: bool,
    quiet: bool,
    **recipe_values: Any,
) -> int:
    """Process documents and write the tables.

    INPUT is a file, a folder or - for standard input; data/raw if none is given. What was done
    before and has not changed is not done again. Exit status: 0 all documents done, 1 some
    rejected (see rejects.csv), 2 wrong usage or unusable lexicons, 130 interrupted.

    \b
    Examples:
      pipeline run
      pipeline run press/ -o tables/ --workers auto
      pipeline run press/ --engine hanlp --model models/close_tok_pos_ner/ --tokens
      pipeline run report.txt --place 江苏省苏州市相城区 --published 2023-08-02
      pipeline run press/ -o tables/ --scheduler tcp://10.0.0.7:8786
      pipeline run press/ -o tables/ --dry-run
      cat report.txt | pipeline run - -o tables/
    """
    scope = Scope(inputs or (DEFAULT_INPUT,), _read_shard(shard), keep_missing, full_refresh)
    _check_inputs(scope)
    where = _read_workers(workers, scheduler, dask_workers)
    recipe = dataclasses.replace(build_recipe(**recipe_values), tokens=tokens)
    with _refuse_unusable(output):
        if dry_run:
            from pipeline.cli.plan import print_plan

            print_plan(scope, output, recipe)
            return DONE
        summary = _run(scope, output, recipe, where, to, log_json, quiet)
    if not (quiet or log_json):
        _print_summary(summary, to)
    return SOME_REJECTED if summary.rows["rejects"] else DONE


@contextmanager
def _refuse_unusable(output: Path) -> Iterator[None]:
    from pipeline.emit import OutputError
    from pipeline.segment.engines import EngineError
    from pipeline.store import StoreError

    try:
        yield
    except (EngineError, WorkersError) as error:
        raise UnusableError(str(error)) from None
    except (OSError, OutputError, StoreError) as error:
        raise UnusableError(f"{output}: {error}") from None


class _Where(NamedTuple):
    """Where the work is done; see :func:`~pipeline.running.executors.open_crew`."""

    workers: int
    scheduler: str
    dask_workers: int


def _run(
    scope: Scope,
    output: Path,
    recipe: Recipe,
    where: _Where,
    to: Format,
    log_json: bool,
    quiet: bool,
) -> OutputSummary:
    from pipeline.cli.progress import open_listener
    from pipeline.running.batch import run

    command = shlex.join(["pipeline", *sys.argv[1:]])
    with open_listener(log_json, quiet) as tell:
        return run(
            scope.inputs,
            output,
            recipe,
            where.workers,
            to,
            tell,
            scheduler=where.scheduler,
            dask_workers=where.dask_workers,
            shard=scope.shard,
            keep_missing=scope.keep_missing,
            full_refresh=scope.full_refresh,
            command=command,
        )


def _check_inputs(scope: Scope) -> None:
    """Refuse inputs that are not there.

    Raises:
        UnusableError: If a path is missing, or there is nothing to read.
    """
    local = [path for path in scope.inputs if path != STDIN and not read_url(path)]
    if missing := [path for path in local if not path.exists()]:
        raise UnusableError(f"{missing[0]}: no such file or folder; check the path")
    everything = Scope(scope.inputs)  # a part of the inputs may well be empty
    if next(everything.files(), None) is None:
        raise UnusableError(f"{scope.inputs[0]}: the folder holds no files; put documents into it")


def _read_workers(workers: str, scheduler: str, dask_workers: int | None) -> _Where:
    given = {"--scheduler": scheduler, "--dask-workers": dask_workers, "--workers": workers != "1"}
    if len(asked := [name for name, value in given.items() if value]) > 1:
        raise UnusableError(f"{asked[0]} and {asked[1]} name two places to work in; give one")
    try:
        return _Where(count_workers(workers), scheduler, dask_workers or 0)
    except ValueError as error:
        raise UnusableError(f"--workers: {error}") from None


def _read_shard(wanted: str) -> Shard | None:
    try:
        return read_shard(wanted) if wanted else None
    except ValueError as error:
        raise UnusableError(f"--shard: {error}") from None


def _print_summary(summary: OutputSummary, to: Format) -> None:
    print_rows(summary.folder, summary.rows)
    done, rejected, skipped, gone = summary.tally
    click.echo(f"{done} documents done, {rejected} inputs rejected, ", nl=False)
    click.echo(f"{skipped} files unchanged, {gone} gone")
    if summary.rows["rejects"]:
        where = summary.folder / f"rejects.{to}"
        rejects = summary.rows["rejects"]
        click.echo(f"{rejects} inputs gave no document; the reasons are in {where}", err=True)


def print_rows(folder: Path, rows: dict[str, int]) -> None:
    """The tables written and their rows."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    table = Table(box=box.SIMPLE)
    table.add_column("table")
    table.add_column("rows", justify="right")
    for name, number in rows.items():
        table.add_row(name, str(number))
    click.echo(f"Written to {folder}")
    Console().print(table)
