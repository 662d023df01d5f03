"""``pipeline merge``: outputs of parts to one output."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

import click

from pipeline.cli.options import format_option
from pipeline.cli.run import print_rows
from pipeline.cli.status import DONE, SOME_REJECTED, UnusableError
from pipeline.emit import Format, OutputError
from pipeline.running.merge import merge
from pipeline.store import StoreError


@click.command("merge")
@click.argument(
    "folders",
    metavar="DIR...",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path, exists=True, file_okay=False),
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help="Folder for the whole.",
)
@format_option
@click.option("--quiet", is_flag=True, help="No summary.")
def merge_command(folders: tuple[Path, ...], output: Path, to: Format, quiet: bool) -> int:
    """Join the outputs of parts of a corpus to the tables that one run would have written.

    Parts are what run --shard 1/2 and run --shard 2/2 wrote.

    \b
    Examples:
      pipeline merge one/ two/ -o whole/
    """
    try:
        summary = merge(folders, output, to, shlex.join(["pipeline", *sys.argv[1:]]))
    except (OSError, OutputError, StoreError) as error:
        raise UnusableError(str(error)) from None
    if not quiet:
        print_rows(summary.folder, summary.rows)
    return SOME_REJECTED if summary.rows["rejects"] else DONE
