"""Plots: a trend as a picture.

Takes the table of :func:`pipeline.reading.trend.count_trend`, gives a figure or a PNG or SVG
file: over time a line for each formulation (两个确立) above the number of documents, over places or
levels bars. The same table gives the same bytes with the same version of matplotlib.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, fontManager
from matplotlib.ticker import MaxNLocator, PercentFormatter

from pipeline.reading.fonts import find_chinese_font

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST_GROUPS = 25
"""Places shown at most: those with most documents."""

_MOST_TICKS = 12
_LABELS = {"": "unknown"}


def save_trend(trend: pd.DataFrame, path: Path, font: Path | None = None) -> None:
    """Draw a trend and write it to a file.

    Args:
        trend: From :func:`pipeline.reading.trend.count_trend`.
        path: What to write; its ending (.png, .svg) says which format.
        font: A font file with Chinese characters; one is found if not given.

    Raises:
        FontError: If no font has Chinese characters.
        ValueError: If there is nothing to draw.
        OSError: If the file cannot be written.
    """
    with mpl.rc_context():
        set_chinese_font(font)
        mpl.rcParams["svg.hashsalt"] = "trend"  # else ids inside an SVG are drawn by lot
        metadata = {"Date": None} if path.suffix.lower() == ".svg" else None
        partial = path.with_name(f".partial-{path.name}")
        try:
            draw_trend(trend).savefig(partial, dpi=150, metadata=metadata)
            partial.replace(path)
        finally:
            partial.unlink(missing_ok=True)


def set_chinese_font(font: Path | None = None) -> str:
    """Let all figures from here on show Chinese; give the name of the font.

    For notebooks: call it once, before the first figure.

    Raises:
        FontError: If no font has Chinese characters.
    """
    path = find_chinese_font(font)
    fontManager.addfont(path)
    name = FontProperties(fname=path).get_name()
    mpl.rcParams["font.family"] = [name]
    mpl.rcParams["axes.unicode_minus"] = False  # few Chinese fonts have that sign
    return name


def draw_trend(trend: pd.DataFrame) -> Figure:
    """Draw a trend with the fonts that are set; a notebook shows the figure it gives.

    Raises:
        ValueError: If it is one over time, and no document is dated so precisely.
    """
    by = str(trend.columns[1])
    return _draw_time(trend, by) if by in ("month", "year") else _draw_bars(trend, by)


def _draw_time(trend: pd.DataFrame, by: str) -> Figure:
    dated = trend[trend[by] != ""]
    if dated.empty:
        raise ValueError(f"no document has a {by}, so there is nothing to draw")
    periods = _list_periods(dated[by], by)
    figure = Figure(figsize=(9, 5), layout="constrained")
    shares, totals = figure.subplots(2, 1, sharex=True, height_ratios=(4, 1))
    for slogan, part in dated.groupby("slogan", sort=False):
        # A period without documents breaks the line: there is no share to show.
        values = part.set_index(by)["share"].reindex(periods).to_numpy(dtype="float64")
        shares.plot(periods, values, marker="o", clip_on=False, label=str(slogan))
    _dress_shares(shares)
    shares.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    shares.set_ylim(bottom=0)
    counts = dated.drop_duplicates(by).set_index(by)["all_documents"].reindex(periods).fillna(0)
    totals.bar(periods, counts.to_numpy(dtype="float64"), color="0.75")
    totals.yaxis.set_major_locator(MaxNLocator(3, integer=True))
    totals.set_ylabel("documents")
    step = -(-len(periods) // _MOST_TICKS) or 1
    totals.set_xticks(range(0, len(periods), step), periods[::step], rotation=0)
    return figure


def _list_periods(found: pd.Series[str], by: str) -> list[str]:
    """Every period from the first to the last, also those without documents."""
    frequency = "M" if by == "month" else "Y"
    return pd.period_range(found.min(), found.max(), freq=frequency).astype(str).tolist()


def _draw_bars(trend: pd.DataFrame, by: str) -> Figure:
    groups = _list_groups(trend, by)
    slogans = trend["slogan"].unique().tolist()
    height = 1.2 + len(groups) * (0.18 + 0.2 * len(slogans))
    figure = Figure(figsize=(9, height), layout="constrained")
    axes = figure.subplots()
    thickness = 0.8 / len(slogans)
    for number, slogan in enumerate(slogans):
        part = trend[trend["slogan"] == slogan].set_index(by).reindex(groups)
        places = np.arange(len(groups)) + (number - (len(slogans) - 1) / 2) * thickness
        axes.barh(places, part["share"].to_numpy(dtype="float64"), thickness, label=slogan)
    totals = trend.drop_duplicates(by).set_index(by)["all_documents"]
    labels = [f"{_LABELS.get(group, group)}  n={totals[group]}" for group in groups]
    axes.set_yticks(range(len(groups)), labels)
    axes.invert_yaxis()
    _dress_shares(axes)
    axes.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    axes.set_xlim(left=0)
    return figure


def _list_groups(trend: pd.DataFrame, by: str) -> list[str]:
    """Those with most documents, in the order of the table."""
    totals = trend.drop_duplicates(by).set_index(by)["all_documents"]
    kept = totals.sort_values(ascending=False, kind="stable").head(MOST_GROUPS).index
    return [str(name) for name in totals.index if name in kept]


def _dress_shares(axes: Axes) -> None:
    axes.set_title("Share of documents that use the formulation", loc="left", fontsize=11)
    axes.legend(frameon=False, loc="upper left", bbox_to_anchor=(1, 1))
    axes.grid(alpha=0.3)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
