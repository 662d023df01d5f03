"""``pipeline kwic``: a wording in its contexts."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.cells import cell_len, set_cell_size
from rich.text import Text

from pipeline.cli.reading import (
    explain_absence,
    open_console,
    output_option,
    read_texts_with,
    refuse_unusable,
)
from pipeline.cli.status import DONE, UnusableError
from pipeline.reading.concordance import Use, find_uses

if TYPE_CHECKING:
    from rich.console import Console

_SPACES = str.maketrans("\n\r\t", "   ")


@click.command("kwic")
@click.argument("term")
@output_option
@click.option(
    "--width",
    type=click.IntRange(0),
    default=20,
    show_default=True,
    help="Characters shown on either side.",
)
@click.option("--limit", type=click.IntRange(1), help="Show only so many uses.")
def kwic_command(term: str, folder: Path, width: int, limit: int | None) -> int:
    """Show every use of TERM in the texts, with the words around it (keyword in context).

    A terminal shows the uses below each other, cut to its width; another program gets columns
    parted by tabs: document, first character, left, TERM, right.

    \b
    Examples:
      pipeline kwic 高质量发展
      pipeline kwic 两个确立 -d tables/ --width 40 > uses.tsv
    """
    console = open_console()
    with refuse_unusable():
        uses = islice(find_uses(read_texts_with(folder, term), term, width), limit)
        count = _print_aligned(uses, width, console) if console.is_terminal else _print_tabbed(uses)
    if not count:
        raise UnusableError(explain_absence(folder, term))
    return DONE


def _print_tabbed(uses: Iterable[Use]) -> int:
    count = 0
    for use in uses:
        left, hit, right = (part.translate(_SPACES) for part in use[:3])
        click.echo("\t".join((use.doc_id, str(use.start), left, hit, right)))
        count += 1
    return count


def _print_aligned(uses: Iterable[Use], width: int, console: Console) -> int:
    """Print uses with the wording in one column; a Chinese character takes two cells."""
    count = 0
    for use in uses:
        left, hit, right = (part.translate(_SPACES) for part in use[:3])
        room = max(2, (console.width - cell_len(hit) - 2) // 3)
        side = min(2 * width, room)
        line = Text.assemble(
            _align_right(left, side),
            " ",
            (hit, "bold red"),
            " ",
            set_cell_size(right, side),
            "  ",
            (f"{use.doc_id} {use.start}", "dim"),
        )
        console.print(line, no_wrap=True, overflow="ellipsis", crop=True)
        count += 1
    return count


def _align_right(text: str, cells: int) -> str:
    """The end of a text, in so many cells."""
    return set_cell_size(text[::-1], cells)[::-1]
