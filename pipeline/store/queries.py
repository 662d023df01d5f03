"""Asking the store and adding to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa


def ask_row(
    connection: duckdb.DuckDBPyConnection, query: str, values: Sequence[object] = ()
) -> tuple[Any, ...]:
    """The one row that a query gives."""
    (row,) = connection.execute(query, values).fetchall()
    return row


def insert(connection: duckdb.DuckDBPyConnection, name: str, table: pa.Table) -> None:
    """Append rows to a table of the store."""
    with with_table(connection, table):
        connection.execute(f"INSERT INTO {name} SELECT * FROM packed")


@contextmanager
def with_table(
    connection: duckdb.DuckDBPyConnection, table: pa.Table | pa.RecordBatchReader
) -> Iterator[None]:
    """Let statements inside read an Arrow table under the name ``packed``."""
    connection.register("packed", table)
    try:
        yield
    finally:
        connection.unregister("packed")


def mark_changed(connection: duckdb.DuckDBPyConnection) -> None:
    """Note that what was written from the store is no longer what it holds."""
    connection.execute("UPDATE state SET revision = revision + 1")
