"""Results as rows of the store: packed where they are made, so that columns travel, not records.

Takes what became of some documents, gives a table for each table of the store: the third directive
of the second document is the row ``document 1, position 2``. Documents are numbered from 0 within
a pack; the store shifts them to numbers of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import pyarrow as pa

from pipeline.arrow import cell_reader, pack_rows
from pipeline.ingest.fingerprint import fingerprint_text
from pipeline.records import Document, Reject, Result
from pipeline.store.schema import CONTENT, ROWS_OF_DOCUMENT, TEXTS, TOKENS, USES

Tables = dict[str, pa.Table]
_Rows = dict[str, list[tuple[Any, ...]]]


class Found(NamedTuple):
    """What became of a document, and where it stands: in which file, at which place there."""

    file: int
    position: int
    fingerprint: str
    outcome: Result | Reject


def pack_outcomes(found: Iterable[Found]) -> Tables:
    """The rows of documents and rejects, by table."""
    rows: _Rows = {name: [] for name in CONTENT if name != TOKENS}
    words: list[pa.Table] = []
    for place in found:
        if isinstance(place.outcome, Reject):
            cells = cell_reader(Reject)(place.outcome)
            rows["rejects"].append((place.file, place.position, 0, *cells))
            continue
        if place.outcome.tokens is not None:
            words.append(_pack_tokens(len(rows["documents"]), place.outcome.tokens))
        _add_result(rows, place, place.outcome)
    tables = {name: pack_rows(rows[name], CONTENT[name]) for name in rows}
    return tables | {TOKENS: pa.concat_tables([CONTENT[TOKENS].empty_table(), *words])}


def _pack_tokens(number: int, tokens: pa.RecordBatch) -> pa.Table:
    """The words of a document, with its number in the place of its name."""
    schema = CONTENT[TOKENS]
    numbers = pa.repeat(pa.scalar(number, pa.int64()), tokens.num_rows)
    columns = [numbers, *(tokens[name] for name in schema.names[1:])]
    return pa.table(columns, names=schema.names).cast(schema)


def _add_result(rows: _Rows, place: Found, result: Result) -> None:
    number = len(rows["documents"])
    letters = fingerprint_text(result.text)
    keys = (number, place.file, place.position, 0, place.fingerprint, letters)
    rows["documents"].append((*keys, *cell_reader(Document)(result.document)))
    rows[TEXTS].append((number, result.document.doc_id, result.raw, result.text))
    rows[USES] += [(number, at, *use) for at, use in enumerate(result.candidates)]
    for name, record_type in ROWS_OF_DOCUMENT.items():
        read = cell_reader(record_type)
        records = getattr(result, name)
        rows[name] += [(number, at, *read(record)) for at, record in enumerate(records)]
