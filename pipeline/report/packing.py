"""Packing: rows and texts as the page holds them, compressed and without a sign that could act.

Takes Arrow tables and texts, gives blocks of base64: whatever stands in a document, ``</script>``
or ``<img onerror=…>``, its block is letters, digits, ``+``, ``/`` and ``=``. The same output gives
the same bytes.
"""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipeline.emit.reread import read_texts
from pipeline.report.restored import find_restored

_CHARACTERS_PER_CHUNK = 200_000


def pack(value: Any) -> str:
    """A value as compressed JSON in letters and digits.

    >>> unpack(pack({"text": "</script>全会"}))
    {'text': '</script>全会'}
    """
    content = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    return base64.b64encode(gzip.compress(content, 6, mtime=0)).decode("ascii")


def unpack(block: str) -> Any:
    """The value of a block, as the page reads it."""
    return json.loads(gzip.decompress(base64.b64decode(block)))


def encode_table(table: pa.Table) -> dict[str, Any]:
    """A table by columns; of strings each is named once, and rows say which.

    >>> encode_table(pa.table({"force": ["direct", "direct"], "start": [3, 9]}))
    {'force': {'values': ['direct'], 'codes': [0, 0]}, 'start': [3, 9]}
    """
    return {name: _encode_column(table[name]) for name in table.column_names}


def _encode_column(column: pa.ChunkedArray) -> Any:
    if pa.types.is_date(column.type):
        column = column.cast(pa.string()).fill_null("")
    if not pa.types.is_string(column.type):
        return column.to_pylist()
    encoded = column.combine_chunks().dictionary_encode()
    if isinstance(encoded, pa.ChunkedArray):  # what an empty or a very long column gives
        encoded = encoded.combine_chunks()
    return {"values": encoded.dictionary.to_pylist(), "codes": encoded.indices.to_pylist()}


def describe_text(raw: str, text: str) -> dict[str, Any]:
    """A document's source, its text and what was restored between them."""
    return {"raw": raw, "text": text, "restored": find_restored(raw, text)}


def chunk_texts(folder: Path) -> Iterator[dict[str, Any]]:
    """The texts of an output by document, some documents together."""
    return _chunk(row for batch in read_texts(folder) for row in batch.to_pylist())


def _chunk(rows: Iterable[dict[str, str]]) -> Iterator[dict[str, Any]]:
    chunk, size = dict[str, Any](), 0
    for row in rows:
        chunk[row["doc_id"]] = describe_text(row["raw"], row["text"])
        size += len(row["raw"])
        if size >= _CHARACTERS_PER_CHUNK:
            yield chunk
            chunk, size = {}, 0
    if chunk:
        yield chunk
