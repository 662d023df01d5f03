"""Results that say exactly what labels say: the measure of a measure, to be spoilt by tests."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from pipeline.evaluate import Labelled, read_gold
from pipeline.evaluate.gold import MENTIONS, Cell, Row
from pipeline.records import Column, Document, Mention, Record, Result, columns

GOLD = Path(__file__).parent / "gold" / "documents"

RecordT = TypeVar("RecordT", bound=Record)


def build_record(kind: type[RecordT], cells: Mapping[str, Any]) -> RecordT:
    """A record with these cells, and something valid in all others."""
    values = {column.name: _fill(column, cells.get(column.name)) for column in columns(kind)}
    return kind(**values)


def _fill(column: Column, cell: Cell) -> Any:
    if column.kind == "list":
        return list(cell) if isinstance(cell, tuple) else []
    if cell is not None:
        return cell
    if column.nullable:
        return "" if column.kind == "string" else None
    blank = column.choices[0] if column.choices else "-"
    return {"string": blank, "integer": 0, "boolean": False}[column.kind]


def answer(labelled: Labelled) -> Result:
    """What a perfect program says of a document."""
    tables = {
        kind.table: tuple(build_mention(kind, labelled.doc_id, row) for row in rows)
        for kind, rows in ((kind, labelled.gold.tables[kind.table]) for kind in MENTIONS)
    }
    where = {"doc_id": labelled.doc_id, "path": f"{labelled.doc_id}.txt"}
    document = build_record(Document, {**labelled.gold.document, **where})
    text = labelled.gold.text
    return Result(
        raw=labelled.raw, text=text, document=document, candidates=(), issues=(), **tables
    )


def build_mention(kind: type[Mention], doc_id: str, row: Row) -> Any:
    """The record a labelled row stands for."""
    place = {"doc_id": doc_id, "row_id": f"{row.start}-{row.end}"}
    span = {"start": row.start, "end": row.end, "text": row.text}
    return build_record(kind, {**row.cells, **place, **span})


class Oracle:
    """Answers for a folder of labels; ``spoilt`` gives an answer for a document by hand."""

    def __init__(self, gold: Path = GOLD, spoilt: Sequence[Result] = ()) -> None:
        self.results = {labelled.doc_id: answer(labelled) for labelled in read_gold(gold)}
        self.results |= {result.document.doc_id: result for result in spoilt}

    def __call__(self, doc_id: str, *_: str) -> Result:
        """The answer for a document, whatever its text and address."""
        return self.results[doc_id]


def spoil(doc_id: str, **changes: Any) -> Result:
    """The answer for one of the project's documents, with some tables replaced."""
    (labelled,) = read_gold(GOLD / f"{doc_id}.json")
    return replace(answer(labelled), **changes)


def write_label(path: Path, text: str, **changes: Any) -> Path:
    """Write a labelled document with nothing labelled but what is given."""
    empty: dict[str, Any] = {kind.table: [] for kind in MENTIONS}
    label = {"id": path.stem, "form": "simplified", "raw": text, "clean": text, "document": {}}
    path.write_text(json.dumps({**label, **empty, **changes}, ensure_ascii=False), encoding="utf-8")
    return path
