"""What the page must know before it shows anything: tables, columns, filters, words.

Takes the tables of an output, gives plain values that become JSON. What a filter offers (江苏省 and
苏州市 of 江苏省苏州市) comes with how many rows have it, the most frequent first.
"""

from __future__ import annotations

import inspect
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.arrow import LIST_SEPARATOR
from pipeline.chinese import find_column_words, read_chinese
from pipeline.emit.reread import read_version, read_whole_table
from pipeline.reading.trend import date_documents
from pipeline.records import (
    TABLES,
    Candidate,
    Column,
    Directive,
    Document,
    Instrument,
    Issue,
    Official,
    Plenum,
    Record,
    Reject,
    SloganUse,
    columns,
)
from pipeline.report.filters import DATE, FILTERS, Filter, link_tables
from pipeline.report.words import read_words

SHOWN: Mapping[type[Record], tuple[str, ...]] = {
    Document: ("title", DATE, "place", "level", "meeting", "chars"),
    Plenum: ("text", "name", "kind", "relation", "is_self", "doc_id"),
    Official: ("text", "name", "title", "organisation", "roles", "doc_id"),
    Directive: ("text", "issuer", "addressee", "modality", "force", "deadline", "doc_id"),
    SloganUse: ("text", "canonical", "category", "level", "quoted", "doc_id"),
    Candidate: ("text", "kind", "count", "documents", "first_date", "doc_id"),
    Instrument: ("text", "relation", "type", "doc_id"),
    Issue: ("text", "stage", "reason", "message", "doc_id"),
    Reject: ("path", "reason", "message"),
}
"""The columns a table shows at first; the others are one click away."""

_MOST_OFFERED = 500
_PLACE_PATTERN = re.compile(r".+?(?:自治区|自治州|自治县|特别行政区|省|市|盟|地区|旗|县|区)")


def read_tables(folder: Path) -> dict[str, pa.Table]:
    """The tables of an output; documents have the column ``date`` besides.

    Raises:
        OutputError: If the folder is no output or lacks a table.
    """
    tables = {kind.table: read_whole_table(folder, kind) for kind in TABLES}
    tables[Document.table] = add_dates(tables[Document.table])
    return tables


def add_dates(documents: pa.Table) -> pa.Table:
    """Documents with the date they count by."""
    dates = date_documents(documents.select(["published", "event_date"]).to_pandas())
    return documents.append_column(DATE, pa.array(dates.astype("object"), pa.string()))


CountValues = Callable[[str, str], Iterable[tuple[str, int]]]
"""Gives every value of a column and its rows, for the names of a table and a column."""


def count_values(tables: Mapping[str, pa.Table]) -> CountValues:
    """Count values in tables that lie in memory."""

    def count(table: str, column: str) -> Iterator[tuple[str, int]]:
        for each in pc.value_counts(tables[table][column]).to_pylist():
            yield each["values"], each["counts"]

    return count


def describe_contents(
    folder: Path, counts: Mapping[str, int], count: CountValues
) -> dict[str, Any]:
    """Everything but the rows, and the pairs of characters.

    Args:
        folder: The output; only its name is told.
        counts: The rows of every table.
        count: What counts the values of a column.
    """
    return {
        "name": folder.resolve().name,
        "version": read_version(folder),
        "tables": [_describe_table(kind, counts[kind.table]) for kind in TABLES],
        "filters": [{**each._asdict(), "offers": list_offers(each, count)} for each in FILTERS],
        "links": {
            name: {home: link._asdict() for home, link in links.items()}
            for name, links in link_tables().items()
        },
        "words": read_words(),
    }


def _describe_table(kind: type[Record], count: int) -> dict[str, Any]:
    words = read_chinese()
    return {
        "name": kind.table,
        "count": count,
        "help": {"en": inspect.getdoc(kind), "zh": words[kind.table, ""]},
        "columns": [
            _describe_column(column, find_column_words(words, kind, column))
            for column in columns(kind)
        ],
        "shown": SHOWN[kind],
    }


def _describe_column(column: Column, chinese: str) -> dict[str, Any]:
    return {
        "name": column.name,
        "kind": column.kind,
        "closed": bool(column.choices) or column.name in {"roles", "category"},
        "help": {"en": column.help, "zh": chinese},
    }


def list_offers(filter_: Filter, count: CountValues) -> list[tuple[str, int]]:
    """What a filter can be set to, with the number of rows.

    >>> tables = {"officials": pa.table({"roles": ["presides;speaks", "speaks", ""]})}
    >>> list_offers(Filter("role", "officials", "roles", "member"), count_values(tables))
    [('speaks', 2), ('presides', 1)]
    """
    if filter_.match in ("from", "to"):
        return []
    totals = Counter[str]()
    for cell, rows in count(filter_.table, filter_.column):
        for part in filter(None, _split(cell, filter_)):
            totals[part] += rows
    return sorted(totals.items(), key=lambda each: (-each[1], each[0]))[:_MOST_OFFERED]


def _split(cell: str, filter_: Filter) -> Iterator[str]:
    """The values of a list; a place and those it lies in."""
    if filter_.match == "member":
        yield from cell.split(LIST_SEPARATOR)
    elif filter_.match == "within":
        ends = {found.end() for found in _PLACE_PATTERN.finditer(cell)} | {len(cell)}
        yield from (cell[:end] for end in sorted(ends))
    else:
        yield cell


def list_strings(tables: Mapping[str, pa.Table]) -> Iterator[str]:
    """Every different string of the tables."""
    for table in tables.values():
        for name in table.column_names:
            if pa.types.is_string(table[name].type):
                yield from table[name].unique().to_pylist()
