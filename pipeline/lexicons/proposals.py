"""Proposals: what an output suggests adding to the slogans, for a curator to decide.

Takes the candidates, documents and texts of an output, gives :class:`Proposal` rows, those in most
documents first: 家门口的幸福圈, in 12 documents of 9 places, with three contexts. A curator fills
``accept`` and what is to be said of it; the accepted ones are merged.
Known gap: contexts show uses inside longer listed formulations too.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

import pandas as pd

from pipeline.automata import build_automaton
from pipeline.emit.reread import read_texts
from pipeline.lexicons import Lexicons
from pipeline.lexicons.entries import Entry
from pipeline.lexicons.spelling import reduce_spelling, surface_of
from pipeline.reading import load

_OPENING = "“「‘『"


class Proposal(Entry, frozen=True, kw_only=True):
    """A row of the list a curator edits: what to decide, and the evidence."""

    file: ClassVar[str] = "candidates.csv"
    keys: ClassVar[tuple[str, ...]] = ("canonical",)
    spelled: ClassVar[tuple[str, ...]] = ("canonical", "variants")
    accept: str = ""
    id: str = ""
    canonical: str
    variants: tuple[str, ...] = ()
    category: str = ""
    level: str = ""
    place: str = ""
    english: str = ""
    flags: tuple[str, ...] = ()
    source: str = ""
    notes: str = ""
    kind: str = ""
    documents: int = 0
    count: int = 0
    quoted: int = 0
    places: int = 0
    commonest_places: str = ""
    first_date: str = ""
    first_document: str = ""
    contexts: str = ""


@dataclass(slots=True)
class _Evidence:
    quoted: int = 0
    places: Counter[str] = field(default_factory=Counter)
    contexts: list[str] = field(default_factory=list)


def list_proposals(
    folder: Path, lexicons: Lexicons, at_least: int = 1, limit: int | None = None, width: int = 15
) -> Iterator[Proposal]:
    """List what an output suggests adding.

    Args:
        folder: The output.
        lexicons: What is listed by now; it is not proposed again.
        at_least: Documents a candidate must stand in.
        limit: How many to list.
        width: Characters of context on either side.

    Raises:
        OutputError: If the folder is no output.
    """
    tables = load(folder, ("candidates", "documents"))
    rows = _choose(tables["candidates"], _list_surfaces(lexicons), at_least, limit)
    documents = tables["documents"]
    places = dict(zip(documents["doc_id"], documents["place"].fillna(""), strict=True))
    kinds = {row["text"]: row["kind"] for row in rows}
    evidence = _gather(kinds, _read_texts(folder, places), width)
    for row in rows:
        yield _propose(row, evidence[row["text"]])


def _read_texts(folder: Path, places: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The place and the text of every document."""
    for batch in read_texts(folder, "doc_id", "text"):
        for doc_id, text in zip(
            batch["doc_id"].to_pylist(), batch["text"].to_pylist(), strict=True
        ):
            yield places.get(doc_id, ""), text


def _choose(
    table: pd.DataFrame, listed: Collection[str], at_least: int, limit: int | None
) -> list[dict[str, Any]]:
    chosen = table[table["documents"] >= at_least]
    chosen = chosen[~chosen["text"].map(reduce_spelling).isin(listed)]
    return [
        {str(name): value for name, value in row.items()}
        for row in chosen.head(limit or len(chosen)).to_dict("records")
    ]


def _list_surfaces(lexicons: Lexicons) -> set[str]:
    return {
        reduce_spelling(spelling)
        for slogan in lexicons.slogans
        for spelling in (surface_of(slogan.canonical), *slogan.variants)
    }


def _gather(
    kinds: Mapping[str, str], texts: Iterable[tuple[str, str]], width: int
) -> dict[str, _Evidence]:
    """Read the texts once; the first three documents that use a wording give its contexts.

    What was found as a quoted phrase is looked for in quotation marks: “尔滨”, not 哈尔滨.
    """
    wordings, evidence = list(kinds), defaultdict[str, _Evidence](_Evidence)
    automaton = build_automaton(wordings, longest=False)
    for place, text in texts:
        seen: set[int] = set()
        for index, start, end in automaton.find_matches_as_indexes(text, overlapping=True):
            found = evidence[wordings[index]]
            is_quoted = text[start - 1 : start] in tuple(_OPENING)
            found.quoted += is_quoted
            if index not in seen and (is_quoted or kinds[wordings[index]] == "numeral"):
                seen.add(index)
                found.places[place] += 1
                if len(found.contexts) < 3:
                    left, right = text[max(0, start - width) : start], text[end : end + width]
                    found.contexts.append(" ".join(f"…{left}【{text[start:end]}】{right}…".split()))
    return evidence


def _propose(row: Mapping[str, Any], evidence: _Evidence) -> Proposal:
    evidence.places.pop("", None)
    commonest = [f"{place} {count}" for place, count in evidence.places.most_common(3)]
    first_date = "" if pd.isna(row["first_date"]) else str(row["first_date"])
    return Proposal(
        canonical=str(row["text"]),
        source=" ".join(filter(None, (str(row["doc_id"]), first_date))),
        kind=str(row["kind"]),
        documents=int(row["documents"]),
        count=int(row["count"]),
        quoted=evidence.quoted,
        places=len(evidence.places),
        commonest_places=" ".join(commonest),
        first_date=first_date,
        first_document=str(row["doc_id"]),
        contexts=" ".join(evidence.contexts),
    )
