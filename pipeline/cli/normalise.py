"""``pipeline normalise``: one file restored, for the eye or another program."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli.status import DONE, UnusableError
from pipeline.ingest import STDIN, Metadata, list_files, read_file
from pipeline.normalise import Change, normalise_text
from pipeline.records import Reject


@click.command("normalise")
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--diff", is_flag=True, help="Show each change instead of the text.")
def normalise_command(path: Path, diff: bool) -> int:
    """Print the restored text of FILE (- for standard input).

    \b
    Examples:
      pipeline normalise scraped.txt > clean.txt
      pipeline normalise scraped.txt --diff
    """
    if path != STDIN and not path.exists():
        raise UnusableError(f"{path}: no such file; check the path")
    for file in list_files([path]):
        for source in read_file(file, Metadata()):
            if isinstance(source, Reject):
                raise UnusableError(f"{source.path}: {source.message}")
            normal = normalise_text(source.raw)
            click.echo("\n".join(map(_show_change, normal.list_changes())) if diff else normal.text)
    return DONE


def _show_change(change: Change) -> str:
    """One line: where in the source, which step, what became of what."""
    return f"{change.start}-{change.end}\t{change.step}\t{change.before!r} → {change.after!r}"
