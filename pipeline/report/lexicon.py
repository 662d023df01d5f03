"""What the lexicons know of the slogans, people and meetings that occur in an output.

Takes the rows' ids, gives plain values for the page: of 两个确立 its variants, its first date, its
English.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from pipeline.lexicons import Entry, Lexicons
from pipeline.records import Official, Plenum, SloganUse

IDENTIFIERS = {
    SloganUse.table: "slogan_id",
    Official.table: "person_id",
    Plenum.table: "meeting_id",
}
"""The tables whose rows name an entry, and the column that does."""


def list_entries(lexicons: Lexicons) -> dict[str, dict[str, Any]]:
    """Every entry a row may name, by table and id, without what is empty."""
    listed: dict[str, Iterable[Entry]] = {
        SloganUse.table: lexicons.slogans,
        Official.table: lexicons.people,
        Plenum.table: lexicons.meetings,
    }
    return {
        table: {entry.id: _describe(entry) for entry in entries if hasattr(entry, "id")}
        for table, entries in listed.items()
    }


def pick_entries(
    entries: Mapping[str, Mapping[str, Any]], used: Mapping[str, Iterable[str]]
) -> dict[str, dict[str, Any]]:
    """Those entries that occur.

    >>> pick_entries({"slogans": {"a": {"canonical": "甲"}, "b": {}}}, {"slogans": ["a", ""]})
    {'slogans': {'a': {'canonical': '甲'}}}
    """
    return {
        table: {key: known[key] for key in sorted(set(used.get(table, ()))) if key in known}
        for table, known in entries.items()
    }


def _describe(entry: Entry) -> dict[str, Any]:
    values = msgspec.to_builtins(entry)
    return {name: value for name, value in values.items() if name != "id" and value}
