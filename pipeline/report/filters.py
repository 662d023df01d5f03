"""What the reader can be narrowed by, for its page and its server alike.

Takes nothing, gives :class:`Filter` and, for every table, how its rows hang together with those of
the others. A filter on a column of the table itself picks rows: ``force=prohibit`` picks
不得搞大拆大建. On another table it picks the rows that belong to such a row, by the references of
the codebook: uses of slogans inside such a directive, and else all rows of documents that hold one.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from pipeline.records import (
    TABLES,
    Directive,
    Document,
    Official,
    Plenum,
    Record,
    SloganUse,
    columns,
)
from pipeline.references import list_references

Match = Literal["equal", "member", "within", "from", "to"]

DATE = "date"
"""A column the reader adds to documents: when published, else when the event was."""


class Filter(NamedTuple):
    """One thing rows are picked by.

    Attributes:
        name: Its name in addresses.
        table: The table that has the column.
        column: The column.
        match: ``equal`` cells, lists with such a ``member``, places ``within`` such a place, dates
            ``from`` or ``to`` such a date.
    """

    name: str
    table: str
    column: str
    match: Match


FILTERS = (
    Filter("place", Document.table, "place", "within"),
    Filter("level", Document.table, "level", "equal"),
    Filter("from", Document.table, DATE, "from"),
    Filter("to", Document.table, DATE, "to"),
    Filter("slogan", SloganUse.table, "canonical", "equal"),
    Filter("official", Official.table, "name", "equal"),
    Filter("role", Official.table, "roles", "member"),
    Filter("force", Directive.table, "force", "equal"),
    Filter("addressee", Directive.table, "addressee", "equal"),
    Filter("plenum", Plenum.table, "name", "equal"),
    Filter("meeting", Document.table, "meeting", "equal"),
)
"""In the order the page shows them."""


class Link(NamedTuple):
    """Columns of one table that say the same as those of another."""

    mine: tuple[str, ...]
    theirs: tuple[str, ...]


def link_tables() -> dict[str, dict[str, Link]]:
    """For every table how it hangs together with each table that has filters.

    >>> link_tables()["slogans"]["directives"]
    Link(mine=('doc_id', 'directive_id'), theirs=('doc_id', 'row_id'))
    """
    homes = [kind for kind in TABLES if kind.table in {filter_.table for filter_ in FILTERS}]
    return {
        kind.table: {home.table: link for home in homes if (link := _link(kind, home))}
        for kind in TABLES
    }


def _link(kind: type[Record], home: type[Record]) -> Link | None:
    if kind is home or not all(_has_document(each) for each in (kind, home)):
        return None
    for reference in list_references(kind):
        if reference.table == home.table:
            return Link(reference.columns, reference.key)
    for reference in list_references(home):
        if reference.table == kind.table:
            return Link(reference.key, reference.columns)
    return Link(("doc_id",), ("doc_id",))


def _has_document(kind: type[Record]) -> bool:
    return any(column.name == "doc_id" for column in columns(kind))
