"""JSON: one record a line, or an array of records.

Takes ``{"id": "7", "title": "区委全会召开", "text": "8月1日，……"}``, gives the document ``path#7``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from pipeline.ingest.columns import read_records
from pipeline.ingest.decode import decode_bytes
from pipeline.ingest.entry import Entry
from pipeline.ingest.limits import MAX_DOCUMENT_BYTES
from pipeline.ingest.rejection import RejectedError
from pipeline.ingest.source import Source
from pipeline.records import Reject

_Record = dict[str, object]
_LINE_PATTERN = re.compile(r"[^\n]+")
_SURROGATE_PATTERN = re.compile(r"\\u[dD][89a-fA-F]")


def read_jsonl(entry: Entry) -> Iterator[Source | Reject]:
    """One record a line; a broken line does not touch the others.

    Raises:
        RejectedError: If the file is no text.
    """
    text, encoding = decode_bytes(entry.content)
    yield from read_records(entry, encoding, _read_lines(text))


def read_json(entry: Entry) -> Iterator[Source | Reject]:
    """An array of records, or a single one.

    Raises:
        RejectedError: If it is neither.
    """
    text, encoding = decode_bytes(entry.content)
    decoded = _decode_json(text, list[_Record] | _Record)
    if isinstance(decoded, RejectedError):
        raise decoded
    records = decoded if isinstance(decoded, list) else [decoded]
    numbered = ((f"record {number}", record) for number, record in enumerate(records, 1))
    yield from read_records(entry, encoding, numbered)


def _read_lines(text: str) -> Iterator[tuple[str, _Record | RejectedError]]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip("\r \t"):
            continue
        if len(line) > MAX_DOCUMENT_BYTES:
            yield (
                f"line {number}",
                RejectedError("too_large", f"{len(line):,} characters; split it"),
            )
        else:
            yield f"line {number}", _decode_json(line, _Record)


def _decode_json(text: str, type_: Any) -> Any:
    """What the text says, or the fault in it."""
    try:
        return msgspec.json.decode(text, type=type_)
    except (msgspec.MsgspecError, RecursionError, UnicodeError) as error:
        if _SURROGATE_PATTERN.search(text):
            return RejectedError("lone_surrogate", f"half a character ({error}); remove it")
        return RejectedError("bad_record", f"{error}; one JSON object a line is read, correct it")
