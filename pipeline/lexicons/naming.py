"""Naming: ids for the slogans of a list of one's own that has wordings alone.

Takes the table of such a list and the slogans below it, gives the table with ids: 两个先行 becomes
``own-906bacb688``. The same wording has the same id on every machine and in every list.
Known gap: a wording that is corrected has another id.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from pipeline.lexicons.entries import Place, Slogan
from pipeline.lexicons.reader import Cell, LexiconError, Table, describe
from pipeline.lexicons.spelling import reduce_spelling, surface_of

_LEVELS = {"province": "province", "prefecture": "city", "county": "county"}


def make_id(canonical: str) -> str:
    """The id of a wording that was given none: ``own-`` and the start of its SHA-256.

    >>> make_id("两个先行")
    'own-906bacb688'
    """
    return f"own-{hashlib.sha256(canonical.encode()).hexdigest()[:10]}"


def name_slogans(
    table: Table, below: Sequence[Slogan], places: Sequence[Place], remarks: list[str]
) -> Table:
    """Give ids and levels to rows without; a wording alone that is listed already is left out.

    Args:
        table: The list.
        below: The slogans it is laid over; a row with the canonical form of one overrides it.
        places: Units whose level is that of the slogans they coined.
        remarks: Where to say what was left out.

    Raises:
        LexiconError: If a row has neither id nor wording.
    """
    ids = {slogan.canonical: slogan.id for slogan in below}
    owners = _list_owners(below)
    levels = {place.adcode: _LEVELS[place.level] for place in places if place.level in _LEVELS}
    takes_level = "place" in table.header and "level" not in table.header
    lines, rows = list[int](), list[dict[str, Cell]]()
    for line, row in zip(table.lines, table.rows, strict=True):
        canonical = str(row.get("canonical", ""))
        if len(row) == 1 and canonical:
            surface = reduce_spelling(surface_of(canonical))
            if owner := owners.get(surface):
                remarks.append(describe(table.path, line, f"{canonical!r} is listed: {owner}"))
                continue
            owners[surface] = f"line {line}"
        if "id" not in row:
            if not canonical:
                raise LexiconError(table.path, line, "canonical is empty; fill the cell")
            row["id"] = ids.get(canonical) or make_id(canonical)
        if takes_level and (level := levels.get(str(row.get("place")))):
            row["level"] = level
        lines.append(line)
        rows.append(row)
    return table._replace(lines=lines, rows=rows)


def _list_owners(slogans: Sequence[Slogan]) -> dict[str, str]:
    """Surface -> id of an entry that has it."""
    return {
        reduce_spelling(spelling): slogan.id
        for slogan in slogans
        for spelling in (surface_of(slogan.canonical), *slogan.variants)
    }
