"""Counts: what the pictures of the page show.

Takes the tables of an output, gives a DataFrame for each picture: 两个确立 in 2023 in 6 of 40
documents. Only what is most frequent is counted, so that a picture can be read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.reading.tables import Tables
from pipeline.reading.trend import count_trend

if TYPE_CHECKING:
    import pandas as pd

MOST_SLOGANS = 7
MOST_ROWS = 20

TABLES = ("documents", "slogans", "directives", "officials", "plenums")
"""The tables needed."""


def count_years(tables: Tables) -> pd.DataFrame:
    """The slogans that most documents use, by year: ``slogan``, ``year``, ``share`` and others."""
    trend = count_trend(tables, _list_slogans(tables), "year")
    return trend[trend["year"] != ""]


def count_documents_of_years(tables: Tables) -> pd.DataFrame:
    """What the shares of :func:`count_years` are shares of: ``year``, ``all_documents``."""
    return count_years(tables)[["year", "all_documents"]].drop_duplicates()


def count_places(tables: Tables) -> pd.DataFrame:
    """The same slogans by place, for the places with most documents."""
    trend = count_trend(tables, _list_slogans(tables), "place")
    sizes = trend[trend["place"] != ""].drop_duplicates("place")
    largest = sizes.sort_values("all_documents", ascending=False, kind="stable")["place"]
    return trend[trend["place"].isin(largest[:MOST_ROWS])]


def count_addressees(tables: Tables) -> pd.DataFrame:
    """Who most directives address: ``addressee``, ``count``."""
    return _count(_drop_empty(tables["directives"], "addressee"), ["addressee"])[:MOST_ROWS]


def count_forces(tables: Tables) -> pd.DataFrame:
    """Directives by level of their document and force: ``level``, ``force``, ``count``."""
    directives = tables.join("directives", "documents")
    return _count(_drop_empty(directives, "level"), ["level", "force"])


def count_roles(tables: Tables) -> pd.DataFrame:
    """The officials named most, by role: ``name``, ``role``, ``count``."""
    officials = _keep_frequent(_drop_empty(tables["officials"], "name"), "name")
    officials = officials.assign(role=officials["roles"].str.split(";")).explode("role")
    return _count(_drop_empty(officials, "role"), ["name", "role"])


def count_references(tables: Tables) -> pd.DataFrame:
    """Which meeting refers to which other: ``meeting``, ``plenum``, ``count``."""
    plenums = tables["plenums"][["doc_id", "name", "is_self"]].rename(columns={"name": "plenum"})
    others = plenums[~plenums["is_self"].fillna(False).astype(bool)]
    others = others.merge(tables["documents"][["doc_id", "meeting"]], on="doc_id")
    others = _drop_empty(_drop_empty(others, "plenum"), "meeting")
    others = _keep_frequent(_keep_frequent(others, "plenum"), "meeting")
    return _count(others, ["meeting", "plenum"])


def _list_slogans(tables: Tables) -> list[str]:
    """The slogans that most documents use."""
    pairs = tables["slogans"][["doc_id", "canonical"]].drop_duplicates()
    return _rank(pairs["canonical"])[:MOST_SLOGANS]


def _keep_frequent(frame: pd.DataFrame, column: str) -> pd.DataFrame:
    return frame[frame[column].isin(_rank(frame[column])[:MOST_ROWS])]


def _rank(values: pd.Series[str]) -> list[str]:
    """Values, the most frequent first; of equals the one that is met first."""
    counts = values[values != ""].value_counts(sort=False)
    return [str(value) for value in counts.sort_values(ascending=False, kind="stable").index]


def _drop_empty(frame: pd.DataFrame, column: str) -> pd.DataFrame:
    return frame[frame[column].notna() & (frame[column].astype("string") != "")]


def _count(frame: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    plain = frame[columns].astype("string")
    counts = plain.groupby(columns, sort=False).size().rename("count").reset_index()
    return counts.sort_values("count", ascending=False, kind="stable", ignore_index=True)
