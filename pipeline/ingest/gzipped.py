"""One file packed with gzip: 公报.jsonl.gz is read as 公报.jsonl."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from dataclasses import replace

from pipeline.ingest.entry import Entry
from pipeline.ingest.limits import MAX_COLLECTION_BYTES, MAX_PACKING, MIN_BOMB_BYTES
from pipeline.ingest.readers import find_limit, read_entry
from pipeline.ingest.rejection import RejectedError
from pipeline.ingest.source import Source
from pipeline.records import Reject


def read_gzipped(entry: Entry) -> Iterator[Source | Reject]:
    """Read what is packed; names and ids are those of the packed file.

    Raises:
        RejectedError: If it is damaged or unpacks to too much.
    """
    name = entry.name[: -len(".gz")] if entry.name.lower().endswith(".gz") else entry.name
    content = _unpack(entry.content, find_limit(name))
    inner = replace(entry, name=name, content=content, depth=entry.depth + 1)
    for found in read_entry(inner):
        path = entry.name + found.path[len(name) :]
        yield replace(found, path=path)


def _unpack(content: bytes, limit: int) -> bytes:
    limit = min(limit, MAX_COLLECTION_BYTES)
    allowed = max(MIN_BOMB_BYTES, len(content) * MAX_PACKING)
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(content)) as stream:
            unpacked = stream.read(min(limit, allowed) + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise RejectedError("damaged", f"{error}; fetch the file again") from None
    if len(unpacked) > allowed:
        raise RejectedError("zip_bomb", f"unpacks to more than {MAX_PACKING} times its size")
    if len(unpacked) > limit:
        raise RejectedError("too_large", f"more than {limit:,} bytes unpacked; split the file")
    return unpacked
