"""Pictures: what is counted, as specifications for Vega-Lite, in both languages.

Takes an output folder, gives for each language a list of pictures, each with what leads from one of
its marks to rows: the line of 两个确立 at 2023 to its uses in documents of 2023.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from pipeline.reading import load
from pipeline.reading.tables import Tables
from pipeline.reading.trend import NoUseError
from pipeline.report import charts, counts
from pipeline.report.words import LANGUAGES, read_words

if TYPE_CHECKING:
    import altair as alt

Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Picture:
    """A picture.

    Attributes:
        name: Its name among the words.
        count: What it shows.
        draw: What draws it.
        columns: What its table shows, with the words above.
        rows: The table in which the rows behind a mark stand.
        filters: What picks them: names of filters, and of the columns that hold their values.
    """

    name: str
    count: Callable[[Tables], pd.DataFrame]
    draw: Callable[[pd.DataFrame, Words], alt.Chart]
    columns: Mapping[str, str]
    rows: str
    filters: Mapping[str, str]


def draw_pictures(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """The pictures by language; those without a number are left out."""
    tables = load(folder, names=counts.TABLES)
    counted = [(picture, _count(picture, tables)) for picture in _PICTURES]
    return {
        language: [
            _describe(picture, rows, read_words()[language])
            for picture, rows in counted
            if not rows.empty
        ]
        for language in LANGUAGES
    }


def _count(picture: _Picture, tables: Tables) -> pd.DataFrame:
    try:
        return picture.count(tables)
    except (NoUseError, ValueError):  # no use of any slogan
        return pd.DataFrame()


def _describe(picture: _Picture, rows: pd.DataFrame, words: Words) -> dict[str, Any]:
    labelled = _label(rows, words)
    chart = picture.draw(labelled, words).properties(
        width="container",
        description=words[f"pictures.{picture.name}"],
    )
    shown = {column: words[label] for column, label in picture.columns.items()}
    return {
        "name": picture.name,
        "spec": chart.to_dict(),
        "columns": shown,
        "rows": picture.rows,
        "filters": picture.filters,
    }


def _label(rows: pd.DataFrame, words: Words) -> pd.DataFrame:
    """Values of closed columns in the language of the page."""
    labelled = rows.copy()
    for column in labelled.columns.intersection(["level", "force", "role"]):
        labelled[f"{column}_code"] = labelled[column]
        labelled[column] = [words.get(f"choice.{cell}", cell) for cell in labelled[column]]
    return labelled.astype(dict.fromkeys(labelled.select_dtypes("string"), "object"))


_PICTURES = (
    _Picture(
        "time",
        counts.count_years,
        charts.draw_years,
        {
            "slogan": "column.canonical",
            "year": "pictures.year",
            "documents": "pictures.documents",
            "all_documents": "table.documents",
            "uses": "pictures.uses",
        },
        "slogans",
        {"slogan": "slogan", "from": "year", "to": "year"},
    ),
    _Picture(
        "denominators",
        counts.count_documents_of_years,
        charts.draw_documents,
        {"year": "pictures.year", "all_documents": "pictures.documents"},
        "documents",
        {"from": "year", "to": "year"},
    ),
    _Picture(
        "place",
        counts.count_places,
        charts.draw_places,
        {
            "place": "column.place",
            "slogan": "column.canonical",
            "documents": "pictures.documents",
            "all_documents": "table.documents",
        },
        "slogans",
        {"slogan": "slogan", "place": "place"},
    ),
    _Picture(
        "references",
        counts.count_references,
        charts.draw_references,
        {"meeting": "filter.meeting", "plenum": "filter.plenum", "count": "pictures.count"},
        "plenums",
        {"plenum": "plenum", "meeting": "meeting"},
    ),
    _Picture(
        "addressees",
        counts.count_addressees,
        charts.draw_addressees,
        {"addressee": "column.addressee", "count": "pictures.count"},
        "directives",
        {"addressee": "addressee"},
    ),
    _Picture(
        "officials",
        counts.count_roles,
        charts.draw_roles,
        {"name": "column.name", "role": "filter.role", "count": "pictures.count"},
        "officials",
        {"official": "name", "role": "role_code"},
    ),
    _Picture(
        "force",
        counts.count_forces,
        charts.draw_forces,
        {"level": "column.level", "force": "column.force", "count": "pictures.count"},
        "directives",
        {"level": "level_code", "force": "force_code"},
    ),
)
