"""Charts: how counts are drawn, as specifications for Vega-Lite.

Takes the counts and the words of a language, gives charts of Altair: a line for 两个确立 over the
years. Colours are those of Okabe and Ito, told apart without colour vision; lines have marks of
different shapes besides.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import altair as alt

from pipeline.reading.trend import LEVELS

if TYPE_CHECKING:
    import pandas as pd

COLOURS = (
    *("#0072B2", "#D55E00", "#009E73", "#CC79A7"),
    *("#E69F00", "#56B4E9", "#7F7F7F", "#F0E442"),
)
_FORCES = ("prohibit", "require", "direct", "encourage", "explore")
_ROW_HEIGHT = 22
_HEIGHT = 260

Words = Mapping[str, str]


def draw_years(rows: pd.DataFrame, words: Words) -> alt.Chart:
    """Lines: the share of each year's documents."""
    names = list(dict.fromkeys(rows["slogan"]))
    chart: alt.Chart = (
        alt.Chart(rows)
        .mark_line(point={"size": 70, "filled": True}, strokeWidth=2)
        .encode(
            x=_axis_of_years(words),
            y=alt.Y(
                "share:Q",
                title=words["pictures.share"],
                axis=alt.Axis(format="%", minExtent=44, tickCount=5),
            ),
            color=alt.Color("slogan:N", sort=names, scale=_scale(names), legend=_legend()),
            shape=alt.Shape("slogan:N", sort=names, scale={"domain": names}, legend=_legend()),
            tooltip=_tips(
                ("slogan:N", "column.canonical"),
                ("year:N", "pictures.year"),
                ("documents:Q", "pictures.documents"),
                ("all_documents:Q", "table.documents"),
                ("uses:Q", "pictures.uses"),
                words=words,
            ),
        )
        .properties(height=_HEIGHT)
    )
    return chart


def draw_documents(rows: pd.DataFrame, words: Words) -> alt.Chart:
    """Bars: the documents of each year."""
    chart: alt.Chart = (
        alt.Chart(rows)
        .mark_bar(color="#7F7F7F")
        .encode(
            x=_axis_of_years(words),
            y=alt.Y(
                "all_documents:Q",
                title=words["pictures.documents"],
                axis=alt.Axis(minExtent=44, tickMinStep=1, format="d"),
            ),
            tooltip=_tips(
                ("year:N", "pictures.year"), ("all_documents:Q", "pictures.documents"), words=words
            ),
        )
        .properties(height=80)
    )
    return chart


def draw_places(rows: pd.DataFrame, words: Words) -> alt.Chart:
    """Squares: slogans across, places down."""
    return _draw_grid(rows, words, ("place", "column.place"), ("slogan", "column.canonical"))


def draw_references(rows: pd.DataFrame, words: Words) -> alt.Chart:
    """Squares: meetings reported across, meetings referred to down."""
    return _draw_grid(rows, words, ("plenum", "filter.plenum"), ("meeting", "filter.meeting"))


def _draw_grid(
    rows: pd.DataFrame, words: Words, down: tuple[str, str], across: tuple[str, str]
) -> alt.Chart:
    """Squares, the darker the more, none where there is nothing."""
    is_share = "share" in rows
    value, label, form = ("share", "share", "%") if is_share else ("count", "count", "d")
    ranks, files = list(dict.fromkeys(rows[down[0]])), list(dict.fromkeys(rows[across[0]]))
    numbers = [("documents", "pictures.documents"), ("all_documents", "table.documents")]
    shown = numbers if is_share else [("count", "pictures.count")]
    chart: alt.Chart = (
        alt.Chart(rows)
        .transform_filter(alt.datum[value] > 0)
        .mark_rect(stroke="#888888", strokeWidth=0.3)
        .encode(
            x=alt.X(
                f"{across[0]}:N",
                title=words[across[1]],
                scale=alt.Scale(domain=files),
                axis=alt.Axis(labelAngle=-40),
            ),
            y=alt.Y(f"{down[0]}:N", title=None, scale=alt.Scale(domain=ranks)),
            color=alt.Color(
                f"{value}:Q",
                title=words[f"pictures.{label}"],
                scale=alt.Scale(range=["#cfe1f2", "#08306b"], domainMin=0),
                legend=alt.Legend(orient="top", format=form, tickCount=3),
            ),
            tooltip=_tips(
                (f"{down[0]}:N", down[1]),
                (f"{across[0]}:N", across[1]),
                *((f"{name}:Q", word) for name, word in shown),
                words=words,
            ),
        )
        .properties(height=_ROW_HEIGHT * len(ranks))
    )
    return chart


def draw_addressees(rows: pd.DataFrame, words: Words) -> alt.Chart:
    """Bars, the longest first."""
    chart: alt.Chart = (
        alt.Chart(rows)
        .mark_bar(color=COLOURS[0])
        .encode(
            x=_axis_of_counts(words),
            y=alt.Y("addressee:N", sort=None, title=None),
            tooltip=_tips(
                ("addressee:N", "column.addressee"), ("count:Q", "pictures.count"), words=words
            ),
        )
        .properties(height=_ROW_HEIGHT * len(rows))
    )
    return chart


def draw_forces(rows: pd.DataFrame, words: Words) -> alt.Chart:
    """Bars of one length, parted by force."""
    levels = [words[f"choice.{level}"] for level in LEVELS]
    forces = [words[f"choice.{force}"] for force in _FORCES]
    rows = rows.assign(rank=rows["force_code"].map({each: at for at, each in enumerate(_FORCES)}))
    chart: alt.Chart = (
        alt.Chart(rows)
        .mark_bar(stroke="white", strokeWidth=1)
        .encode(
            x=alt.X(
                "count:Q", stack="normalize", title=words["pictures.count"], axis={"format": "%"}
            ),
            y=alt.Y("level:N", sort=levels, title=None),
            color=alt.Color("force:N", sort=forces, scale=_scale(forces), legend=_legend()),
            order=alt.Order("rank:Q"),
            tooltip=_tips(
                ("level:N", "column.level"),
                ("force:N", "column.force"),
                ("count:Q", "pictures.count"),
                words=words,
            ),
        )
        .properties(height=34 * rows["level"].nunique())
    )
    return chart


def draw_roles(rows: pd.DataFrame, words: Words) -> alt.Chart:
    """Bars parted by role."""
    roles = list(dict.fromkeys(rows["role"]))
    chart: alt.Chart = (
        alt.Chart(rows)
        .mark_bar(stroke="white", strokeWidth=0.6)
        .encode(
            x=_axis_of_counts(words),
            y=alt.Y("name:N", sort=alt.EncodingSortField("count", "sum", "descending"), title=None),
            color=alt.Color("role:N", sort=roles, scale=_scale(roles), legend=_legend()),
            tooltip=_tips(
                ("name:N", "column.name"),
                ("role:N", "filter.role"),
                ("count:Q", "pictures.count"),
                words=words,
            ),
        )
        .properties(height=_ROW_HEIGHT * rows["name"].nunique())
    )
    return chart


def _axis_of_years(words: Words) -> alt.X:
    return alt.X(
        "year:O", title=words["pictures.year"], axis=alt.Axis(labelAngle=0, labelOverlap=True)
    )


def _axis_of_counts(words: Words) -> alt.X:
    return alt.X("count:Q", title=words["pictures.count"], axis=alt.Axis(tickMinStep=1, format="d"))


def _scale(names: list[str]) -> alt.Scale:
    return alt.Scale(domain=names, range=[COLOURS[at % len(COLOURS)] for at in range(len(names))])


def _legend() -> alt.Legend:
    return alt.Legend(orient="bottom", title=None, labelLimit=150, symbolLimit=12)


def _tips(*fields: tuple[str, str], words: Words) -> list[alt.Tooltip]:
    return [alt.Tooltip(field, title=words[label]) for field, label in fields]
