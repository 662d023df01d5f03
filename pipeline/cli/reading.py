"""What the commands that read an output share: its folder, its errors, its texts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import pyarrow.compute as pc
from rich.console import Console

from pipeline.cli.status import UnusableError
from pipeline.emit import OutputError
from pipeline.emit.reread import read_texts

output_option = click.option(
    "-d",
    "--directory",
    "folder",
    metavar="DIR",
    type=click.Path(path_type=Path),
    default=Path("data/processed"),
    show_default=True,
    help="Output folder to read.",
)


_PIPED_WIDTH = 1_000


def open_console() -> Console:
    """A console as wide as the terminal; what goes to another program is never wrapped."""
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=_PIPED_WIDTH)


@contextmanager
def refuse_unusable() -> Iterator[None]:
    """End the command with status 2 and the reason where a folder or a wording cannot be used."""
    try:
        yield
    except BrokenPipeError:  # whoever reads has read enough: pipeline kwic … | head
        raise
    except (OutputError, OSError, ValueError) as error:
        raise UnusableError(str(error)) from None


def read_texts_with(folder: Path, term: str) -> Iterator[tuple[str, str]]:
    """Id and normalised text of every document that holds a wording, read piece by piece."""
    for batch in read_texts(folder, "doc_id", "text"):
        holding = batch.filter(pc.match_substring(batch["text"], term))
        yield from zip(holding["doc_id"].to_pylist(), holding["text"].to_pylist(), strict=True)


def explain_absence(folder: Path, term: str) -> str:
    """Say that a wording stands in no text, and why that may be."""
    from pipeline.normalise import normalise_text

    simplified = normalise_text(term).text
    hint = f"; try {simplified}" if simplified != term else ""
    return f"{term!r} stands in no text of {folder}, which is in simplified characters{hint}"
