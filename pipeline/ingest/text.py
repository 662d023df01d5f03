"""Plain text."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.ingest.admit import admit_text
from pipeline.ingest.decode import decode_bytes
from pipeline.ingest.entry import Entry
from pipeline.ingest.source import Source


def read_text(entry: Entry) -> Iterator[Source]:
    """A file that is nothing but text."""
    raw, encoding = decode_bytes(entry.content)
    yield admit_text(entry, raw, encoding)
