"""``pipeline trend``: how often formulations are used over time, places or levels."""

from __future__ import annotations

import sys
from pathlib import Path

import click
import pandas as pd
from rich.table import Table

from pipeline.cli.reading import (
    explain_absence,
    open_console,
    output_option,
    read_texts_with,
    refuse_unusable,
)
from pipeline.cli.status import DONE, UnusableError
from pipeline.reading import load
from pipeline.reading.concordance import find_uses
from pipeline.reading.trend import By, NoUseError, count_documents, count_trend

_PICTURES = (".png", ".svg")


@click.command("trend")
@click.argument("slogans", metavar="SLOGAN...", nargs=-1, required=True)
@output_option
@click.option(
    "--by",
    type=click.Choice(["month", "year", "place", "level"]),
    default="year",
    show_default=True,
    help="What the documents are grouped by.",
)
@click.option("--in-texts", is_flag=True, help="Count any wording in the texts, listed or not.")
@click.option("--distinct", is_flag=True, help="Leave out documents whose text came before.")
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV instead of a table.")
@click.option(
    "-o",
    "--output",
    "picture",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Draw a picture as well: FILE.png or FILE.svg.",
)
@click.option(
    "--font",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Font file with Chinese characters for the picture; one is found if not given.",
)
def trend_command(
    slogans: tuple[str, ...],
    folder: Path,
    by: By,
    in_texts: bool,
    distinct: bool,
    as_csv: bool,
    picture: Path | None,
    font: Path | None,
) -> int:
    """Count uses of slogans by month, year, place or level, with what they are part of.

    SLOGAN is a listed slogan, its id or one of its spellings. Each row says how often it is used,
    in how many of the documents of its group, their share, the uses per 100,000 characters, and
    the dates of the first and last use. A document counts by the date it was published, or that of
    its event where none is known. A text reprinted elsewhere is a document of its own unless
    --distinct is given.

    \b
    Examples:
      pipeline trend 两个确立 两个维护
      pipeline trend 共同富裕 --by place --csv > places.csv
      pipeline trend 高质量发展 --by month -o trend.png
      pipeline trend 百千万工程 --in-texts
    """
    if picture is not None and picture.suffix.lower() not in _PICTURES:
        raise UnusableError(f"{picture}: pictures are written as {' or '.join(_PICTURES)}")
    with refuse_unusable():
        trend = _count(folder, tuple(dict.fromkeys(slogans)), by, in_texts, distinct)
        if as_csv:
            trend.to_csv(sys.stdout, index=False, float_format="%.6g", lineterminator="\n")
        else:
            _print(trend, by)
        if picture is not None:
            _save(trend, picture, font)
            click.echo(f"Written to {picture}", err=True)
    return DONE


def _count(
    folder: Path, slogans: tuple[str, ...], by: By, in_texts: bool, distinct: bool
) -> pd.DataFrame:
    if in_texts:
        documents = load(folder, names=["documents"])["documents"]
        found = {term: _find_in_texts(folder, term) for term in slogans}
        return count_documents(documents, found, by, distinct)
    try:
        tables = load(folder, names=["documents", "slogans"])
        return count_trend(tables, slogans, by, distinct)
    except NoUseError as error:
        raise UnusableError(f"{error}; --in-texts counts any wording") from None


def _find_in_texts(folder: Path, term: str) -> pd.Series[str]:
    found = [use.doc_id for use in find_uses(read_texts_with(folder, term), term, width=0)]
    if not found:
        raise UnusableError(explain_absence(folder, term))
    return pd.Series(found, dtype="string")


def _print(trend: pd.DataFrame, by: By) -> None:
    console = open_console()
    for slogan, part in trend.groupby("slogan", sort=False):
        console.print(f"\n{slogan}", style="bold")
        console.print(_build_table(part, by))
        console.print(_summarise(part))


def _build_table(part: pd.DataFrame, by: By) -> Table:
    table = Table(by, box=None, padding=(0, 2, 0, 0), pad_edge=False)
    for name in ("uses", "documents", "of", "share", "per 100k chars"):
        table.add_column(name, justify="right")
    table.add_column("first use")
    table.add_column("last use")
    for row in part.to_dict("records"):
        table.add_row(
            row[by] or "(unknown)",
            f"{row['uses']:,}",
            f"{row['documents']:,}",
            f"{row['all_documents']:,}",
            f"{row['share']:.1%}",
            f"{row['uses_per_100k_chars']:.1f}",
            row["first_use"],
            row["last_use"],
        )
    return table


def _summarise(part: pd.DataFrame) -> str:
    totals = part[["uses", "documents", "all_documents", "all_chars"]].sum()
    first = min(filter(None, part["first_use"]), default="undated")
    last = max(filter(None, part["last_use"]), default="undated")
    uses = "1 use" if totals["uses"] == 1 else f"{totals['uses']:,} uses"
    return (
        f"{uses} in {totals['documents']:,} of {totals['all_documents']:,} "
        f"documents ({totals['all_chars']:,} characters), from {first} to {last}"
    )


def _save(trend: pd.DataFrame, picture: Path, font: Path | None) -> None:
    try:
        from pipeline.reading.plots import save_trend
    except ModuleNotFoundError as error:
        fault = f"a picture needs {error.name}: pip install 'communique-pipeline[plots]'"
        raise UnusableError(fault) from None
    picture.parent.mkdir(parents=True, exist_ok=True)
    save_trend(trend, picture, font)
