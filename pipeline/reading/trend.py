"""Trend: how often formulations are used over time, places or levels, with what they are part of.

Takes tables and formulations, gives a row for each formulation and group: 两个确立 in ``2023``,
used 14 times in 6 of 40 documents. A group in which it is not used has its row too, so that one use
among two documents is not taken for a rise. A document is dated by when it was published, else by
its event; one that gives no year stands in the group ``""``, which comes last.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import pandas as pd

from pipeline.reading.tables import Tables
from pipeline.records import Document, columns

By = Literal["month", "year", "place", "level"]

LEVELS = next(column.choices for column in columns(Document) if column.name == "level")
"""Levels of documents, from the nation down."""

_DATE_LENGTHS = {"month": len("2023-08"), "year": len("2023")}
_YEAR = r"\d{4}(?:-|$)"


class NoUseError(ValueError):
    """A formulation that no document uses."""


def count_trend(
    tables: Tables, slogans: Iterable[str], by: By, distinct: bool = False
) -> pd.DataFrame:
    """Count uses of listed formulations.

    Args:
        tables: With ``documents`` and ``slogans``.
        slogans: Formulations as listed, their ids, or one of their spellings.
        by: What the documents are grouped by.
        distinct: Leave out documents whose text came before.

    Returns:
        Columns ``slogan``, ``by``'s own name, ``uses``, ``documents`` (that use it),
        ``all_documents``, ``all_chars``, ``share`` (of documents), ``uses_per_100k_chars``,
        ``first_use``, ``last_use`` (dates of documents in the group).

    Raises:
        NoUseError: If one of them is not used.
    """
    found = {slogan: find_slogan_documents(tables["slogans"], slogan) for slogan in slogans}
    return count_documents(tables["documents"], found, by, distinct)


def find_slogan_documents(uses: pd.DataFrame, slogan: str) -> pd.Series[str]:
    """The document of every use of a formulation.

    Raises:
        NoUseError: If there is none.
    """
    listed = (uses["canonical"] == slogan) | (uses["slogan_id"] == slogan)
    if not listed.any():
        listed = uses["variant"] == slogan
    if not listed.any():
        raise NoUseError(f"no document uses the listed slogan {slogan!r}")
    return uses.loc[listed, "doc_id"]


def count_documents(
    documents: pd.DataFrame, found: dict[str, pd.Series[str]], by: By, distinct: bool = False
) -> pd.DataFrame:
    """The same for uses found elsewhere: the document of every use, for each wording."""
    if distinct:
        documents = documents[documents["duplicate_of"] == ""]
    dates = date_documents(documents)
    frame = pd.DataFrame(
        {
            "doc_id": documents["doc_id"],
            "date": dates,
            by: group_documents(documents, dates, by),
            "chars": documents["chars"],
        }
    )
    parts = [_count_one(frame, slogan, doc_ids, by) for slogan, doc_ids in found.items()]
    return pd.concat(parts, ignore_index=True)


def _count_one(
    documents: pd.DataFrame, slogan: str, doc_ids: pd.Series[str], by: By
) -> pd.DataFrame:
    counts = doc_ids.value_counts()
    uses = documents["doc_id"].map(counts).fillna(0).astype("int64")
    using = documents.assign(uses=uses, used=uses > 0)
    using["use_date"] = using["date"].where(using["used"] & (using["date"] != ""))
    groups = using.groupby(by)
    counted = groups.agg(
        uses=("uses", "sum"),
        documents=("used", "sum"),
        all_documents=("doc_id", "size"),
        all_chars=("chars", "sum"),
        first_use=("use_date", "min"),
        last_use=("use_date", "max"),
    ).reset_index()
    counted = counted.sort_values(by, key=_rank_groups, ignore_index=True)
    counted.insert(0, "slogan", slogan)
    counted.insert(6, "share", counted["documents"] / counted["all_documents"])
    rate = counted["uses"] / counted["all_chars"].astype("float64") * 100_000
    counted.insert(7, "uses_per_100k_chars", rate.fillna(0.0))
    counted[["first_use", "last_use"]] = counted[["first_use", "last_use"]].fillna("")
    return counted


def _rank_groups(groups: pd.Series[str]) -> pd.Series[str]:
    """Levels from the nation down, anything else by name; what is unknown last."""
    ranks = {level: f"{rank:02}" for rank, level in enumerate(LEVELS)} | {"": "\U0010ffff"}
    return groups.map(lambda group: ranks.get(group, group))


def date_documents(documents: pd.DataFrame) -> pd.Series[str]:
    """The date of every document, as precise as known: ``2023-08-02``, ``2023``, ``""``.

    >>> events = {"published": ["", ""], "event_date": ["2023-08-01/2023-08-02", "08-01"]}
    >>> date_documents(pd.DataFrame(events)).tolist()
    ['2023-08-01', '']
    """
    event = documents["event_date"].str.partition("/")[0]
    published = documents["published"]
    dates = published.where(published.str.match(_YEAR), event)
    return dates.where(dates.str.match(_YEAR), "")


def group_documents(documents: pd.DataFrame, dates: pd.Series[str], by: By) -> pd.Series[str]:
    """The group of every document: its month, year, place or level; ``""`` where unknown."""
    if by not in _DATE_LENGTHS:
        return documents[by].astype("string").fillna("")
    length = _DATE_LENGTHS[by]
    return dates.str[:length].where(dates.str.len() >= length, "")
