"""Texts out of the store, a few megabytes at a time, however long they are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pyarrow as pa

from pipeline.store.queries import ask_row, with_table

if TYPE_CHECKING:
    import duckdb

_CHARACTERS = 2_000_000
_LISTED = 50_000


def read_texts(
    connection: duckdb.DuckDBPyConnection,
    *names: str,
    order: str = "documents",
    key: str = "document",
) -> Iterator[pa.RecordBatch]:
    """The texts of all documents.

    Args:
        connection: The store.
        names: The columns wanted.
        order: A table with a row for each document and its ``chars``.
        key: The column of integers by which that table is gone through.
    """
    for documents in _cut_documents(connection, order, key):
        numbered = pa.table({"document": documents, "at": list(range(len(documents)))})
        wanted = ", ".join(names)
        with with_table(connection, numbered):
            found = connection.sql(
                f"SELECT {wanted} FROM packed JOIN texts USING (document) "
                f"WHERE document BETWEEN {min(documents)} AND {max(documents)} ORDER BY packed.at"
            )
            batches = found.to_arrow_table().to_batches()
        yield from batches


def _cut_documents(
    connection: duckdb.DuckDBPyConnection, order: str, key: str
) -> Iterator[list[int]]:
    """Numbers of documents in groups whose texts have a bounded length."""
    group: list[int] = []
    length = 0
    for document, chars in _list_documents(connection, order, key):
        if group and length + chars > _CHARACTERS:
            yield group
            group, length = [], 0
        group.append(document)
        length += chars
    if group:
        yield group


def _list_documents(
    connection: duckdb.DuckDBPyConnection, order: str, key: str
) -> Iterator[tuple[int, int]]:
    """All documents with their lengths, some at a time: no query stays open over another."""
    first, last = ask_row(connection, f"SELECT min({key}), max({key}) FROM {order}")
    if first is None:
        return
    for start in range(first, last + 1, _LISTED):
        query = f"SELECT document, chars FROM {order} WHERE {key} >= ? AND {key} < ? ORDER BY {key}"
        yield from connection.execute(query, [start, start + _LISTED]).fetchall()
