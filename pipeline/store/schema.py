"""Tables of the store, derived from the records.

Every row of a table of the output is held with the number of its document and its place among the
rows of that document, e.g. the third directive of document 17. What depends on other documents
(candidates, duplicates, refused ids) is not held: it is worked out when the tables are written.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import get_type_hints

import pyarrow as pa

from pipeline.arrow import arrow_schema
from pipeline.records import (
    CandidateUse,
    Directive,
    Document,
    Instrument,
    Issue,
    Official,
    Plenum,
    Record,
    Reject,
    SloganUse,
)

ROWS_OF_DOCUMENT: Mapping[str, type[Record]] = {
    "plenums": Plenum,
    "officials": Official,
    "directives": Directive,
    "slogans": SloganUse,
    "instruments": Instrument,
    "issues": Issue,
}
"""Tables with any number of rows for a document, by the field of the result that has them."""

USES, TEXTS, TOKENS = "candidate_uses", "texts", "tokens"
_STRING, _INTEGER = pa.string(), pa.int64()
_ROW = {"document": _INTEGER, "position": _INTEGER}
_TOKEN = {"sentence": _INTEGER, "start": _INTEGER, "end": _INTEGER, "word": _STRING, "pos": _STRING}
_OUTCOME = {"file": _INTEGER, "position": _INTEGER, "run": _INTEGER}
_DOCUMENT = {"document": _INTEGER, **_OUTCOME, "fingerprint": _STRING, "letters": _STRING}


def _add(keys: Mapping[str, pa.DataType], record_type: type[Record]) -> pa.Schema:
    """The keys before the columns of a record."""
    plain = [pa.field(field.name, field.type) for field in arrow_schema(record_type)]
    return pa.schema([*(pa.field(*key) for key in keys.items()), *plain])


def _describe_uses() -> pa.Schema:
    hints = get_type_hints(CandidateUse)
    types = {name: _INTEGER if hint is int else _STRING for name, hint in hints.items()}
    return pa.schema(_ROW | types)


CONTENT: Mapping[str, pa.Schema] = {
    "documents": _add(_DOCUMENT, Document),
    "rejects": _add(_OUTCOME, Reject),
    **{name: _add(_ROW, record_type) for name, record_type in ROWS_OF_DOCUMENT.items()},
    USES: _describe_uses(),
    TEXTS: pa.schema({"document": _INTEGER, "doc_id": _STRING, "raw": _STRING, "text": _STRING}),
    TOKENS: pa.schema({"document": _INTEGER, **_TOKEN}),
}
"""What documents give. Rows of all but the first two go with their document."""

FILES = pa.schema(
    {
        "file": _INTEGER,
        "name": _STRING,
        "copy": _INTEGER,
        "content": _STRING,
        "beside": _STRING,
        "basis": _STRING,
        "outcomes": _INTEGER,
        "run": _INTEGER,
        "redo": _STRING,
    }
)
"""Files read: digests of their bytes and of the metadata beside them, the basis of their rows, how
many documents and rejects they gave, the run that finished them, and why they are to be done again.
Several files of one name, from several folders, are told apart by ``copy``."""

_NOTES: Mapping[str, pa.Schema] = {
    "about": pa.schema({"schema": _STRING}),
    "files": FILES,
    "bases": pa.schema({"basis": _STRING, "part": _STRING, "value": _STRING}),
    "forms": pa.schema({"form": _STRING, "said": _STRING}),
    "state": pa.schema({"revision": _INTEGER, "lexicons": _STRING, "manifest": _STRING}),
    "exported": pa.schema(
        {"name": _STRING, "sha256": _STRING, "rows": _INTEGER, "revision": _INTEGER, "how": _STRING}
    ),
    "runs": pa.schema(
        {
            "run": _INTEGER,
            "started": _STRING,
            "finished": _STRING,
            "ended": _STRING,
            "process": _STRING,
            "command": _STRING,
            "version": _STRING,
            "engine": _STRING,
            "lexicons": _STRING,
            "request": _STRING,
            "done": _INTEGER,
            "rejected": _INTEGER,
            "skipped": _INTEGER,
            "gone": _INTEGER,
        }
    ),
}
_SQL_TYPES = {
    pa.string(): "VARCHAR",
    pa.binary(): "BLOB",
    pa.int64(): "BIGINT",
    pa.bool_(): "BOOLEAN",
    pa.date32(): "DATE",
}


def list_statements() -> list[str]:
    """What makes an empty store."""
    tables = [*CONTENT.items(), *_NOTES.items()]
    return [create_table(name, schema) for name, schema in tables]


def create_table(name: str, schema: pa.Schema, kind: str = "TABLE") -> str:
    """The statement that makes a table.

    >>> create_table("forms", pa.schema({"form": pa.string()}))
    'CREATE TABLE forms ("form" VARCHAR)'
    """
    fields = (f'"{field.name}" {_SQL_TYPES[field.type]}' for field in schema)
    return f"CREATE {kind} {name} ({', '.join(fields)})"


def fingerprint_schema() -> str:
    """A digest that changes with any table of the store."""
    return hashlib.sha256("\n".join(list_statements()).encode()).hexdigest()


def quote_names(schema: pa.Schema, table: str = "") -> str:
    """The columns of a schema for a query.

    >>> quote_names(pa.schema({"end": pa.int64()}), "rows")
    'rows."end"'
    """
    prefix = f"{table}." if table else ""
    return ", ".join(f'{prefix}"{name}"' for name in schema.names)
