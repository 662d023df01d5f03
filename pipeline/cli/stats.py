"""``pipeline stats``: an output in counts and small bars."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.table import Table

from pipeline.cli.reading import open_console, output_option, refuse_unusable
from pipeline.cli.status import DONE
from pipeline.reading import load
from pipeline.reading.tables import Tables
from pipeline.reading.trend import date_documents, group_documents
from pipeline.records import TABLES

if TYPE_CHECKING:
    import pandas as pd

_BAR_WIDTH = 30
_EIGHTHS = " ▏▎▍▌▋▊▉"
_UNKNOWN = "(unknown)"


@click.command("stats")
@output_option
@click.option(
    "--top",
    type=click.IntRange(1),
    default=10,
    show_default=True,
    help="Slogans, people and meetings listed.",
)
def stats_command(folder: Path, top: int) -> int:
    """Count the rows of an output by table, level, year, force and slogan, with small bars.

    \b
    Examples:
      pipeline stats
      pipeline stats -d tables/ --top 30
    """
    console = open_console()
    with refuse_unusable():
        tables = load(folder, names=[kind.table for kind in TABLES])
    for title, counts in _count(tables, top):
        if counts:
            console.print(f"\n{title}", style="bold")
            console.print(_draw_bars(counts))
    return DONE


def _count(tables: Tables, top: int) -> Iterator[tuple[str, Mapping[str, int]]]:
    documents, directives, slogans = (
        tables[name] for name in ("documents", "directives", "slogans")
    )
    years = group_documents(documents, date_documents(documents), "year")
    yield "rows", {name: len(frame) for name, frame in tables.items()}
    yield "documents by level", _tally(documents["level"], by_count=False)
    yield "documents by year", _tally(years, by_count=False)
    yield "directives by force", _tally(directives["force"], by_count=False)
    yield "uses of slogans by level", _tally(slogans["level"], by_count=False)
    yield "uses of slogans by category", _tally(slogans["category"])
    yield (
        f"most used slogans (of {slogans['canonical'].nunique()})",
        _tally(slogans["canonical"], top),
    )
    people = tables["officials"]["name"]
    yield "most named people", _tally(people[people != ""], top)
    meetings = tables["plenums"]["name"]
    yield "most cited meetings", _tally(meetings[meetings != ""], top)


def _tally(cells: pd.Series[str], top: int | None = None, by_count: bool = True) -> dict[str, int]:
    """How often each value stands: by number, or in the order of the choices and years."""
    counts = cells.value_counts(sort=False).sort_index()
    if by_count:
        counts = counts.sort_values(ascending=False, kind="stable")
    found = [(str(value) or _UNKNOWN, int(count)) for value, count in counts.items() if count]
    return dict(found[:top])


def _draw_bars(counts: Mapping[str, int]) -> Table:
    grid = Table.grid(padding=(0, 1))
    grid.add_column(overflow="ellipsis", no_wrap=True)
    grid.add_column(justify="right", no_wrap=True)
    grid.add_column(no_wrap=True)
    most = max(counts.values()) or 1
    for name, count in counts.items():
        grid.add_row(f"  {name}", f"{count:,}", _draw_bar(count / most))
    return grid


def _draw_bar(share: float) -> str:
    """A bar of up to thirty cells, exact to an eighth of one.

    >>> _draw_bar(0.05)
    '█▌'
    """
    eighths = round(share * _BAR_WIDTH * 8)
    return ("█" * (eighths // 8) + _EIGHTHS[eighths % 8]).strip()
