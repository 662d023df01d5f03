"""``pipeline status``: what was run over an output, and what would run now."""

from __future__ import annotations

from pathlib import Path

import click
from rich import box
from rich.console import Console
from rich.table import Table

from pipeline.cli.plan import print_plan
from pipeline.cli.run import DEFAULT_OUTPUT
from pipeline.cli.status import DONE, UnusableError
from pipeline.ingest import STDIN, read_url
from pipeline.lexicons import LexiconError
from pipeline.running.scope import Scope, repeat_request
from pipeline.store import BusyError, StoreError, connect, find_store
from pipeline.store.history import Run, list_runs, read_request

_SHOWN = 10
_COLUMNS = {
    "started": "started",
    "finished": "finished",
    "ended": "ended",
    "done": "documents",
    "rejected": "rejected",
    "skipped": "unchanged",
    "gone": "gone",
    "version": "version",
    "engine": "engine",
    "lexicons": "lexicons",
    "command": "command",
}


@click.command("status")
@click.argument(
    "folder",
    metavar="[DIR]",
    default=DEFAULT_OUTPUT,
    type=click.Path(path_type=Path, file_okay=False),
)
@click.option("--all", "everything", is_flag=True, help="All runs, and every file by name.")
def status_command(folder: Path, everything: bool) -> int:
    """Say what was run over the output in DIR, and what the last run would do if repeated now.

    \b
    Examples:
      pipeline status
      pipeline status tables/ --all
    """
    if not find_store(folder).exists():
        raise UnusableError(f"{folder} has no store; write it with pipeline run")
    try:
        runs = _read_runs(folder)
        _print_runs(runs if everything else runs[-_SHOWN:])
        _print_next(runs[-1], folder, everything)
    except BusyError as error:
        click.echo(str(error))
    except (StoreError, LexiconError) as error:
        raise UnusableError(str(error)) from None
    return DONE


def _read_runs(folder: Path) -> list[Run]:
    with connect(folder, read_only=True) as connection:
        runs = list(list_runs(connection))
    if not runs:
        raise UnusableError(f"{folder}: no run of this version stands in its store; run again")
    return runs


def _print_runs(runs: list[Run]) -> None:
    """One block for each run: lines are too wide for a terminal."""
    for run in runs:
        table = Table(box=box.SIMPLE_HEAD, show_header=False, title=f"run {run.run}")
        table.add_column(style="bold")
        table.add_column(overflow="fold")
        for name, title in _COLUMNS.items():
            value = str(getattr(run, name))
            table.add_row(title, value[:12] if name == "lexicons" else value)
        Console().print(table)


def _print_next(run: Run, folder: Path, everything: bool) -> None:
    scope, recipe = repeat_request(read_request(run))
    click.echo("If it were repeated now:")
    if STDIN in scope.inputs:
        click.echo("standard input would be read, of which nothing is known")
        return
    there = [path for path in scope.inputs if read_url(path) or path.exists()]
    for path in set(scope.inputs) - set(there):
        click.echo(f"{path} is not there any more")
    scope = Scope(there, scope.shard, scope.keep_missing)
    print_plan(scope, folder, recipe, briefly=not everything)
