"""What was last written from the store, so that a run with nothing new can tell that it is there.

Takes the digests of the files that stand in the folder, e.g. that of ``directives.csv``: where one
was edited, is missing or left over, or the store has changed since, all are written again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pyarrow as pa

from pipeline.arrow import pack_rows
from pipeline.store.queries import ask_row, insert

if TYPE_CHECKING:
    import duckdb

_EXPORTED = pa.schema(
    {
        "name": pa.string(),
        "sha256": pa.string(),
        "rows": pa.int64(),
        "revision": pa.int64(),
        "how": pa.string(),
    }
)


def find_current(
    connection: duckdb.DuckDBPyConnection, files: Mapping[str, str], how: str
) -> dict[str, int] | None:
    """The rows of each table, where the files are what the store would give; None where not.

    Args:
        connection: The store.
        files: Digests of the files of the output by name.
        how: What else decides their bytes: format and manifest.
    """
    (revision,) = ask_row(connection, "SELECT revision FROM state")
    written = connection.execute("SELECT * FROM exported").fetchall()
    expected = {(name, sha256, revision, how) for name, sha256 in files.items()}
    if not written or {(row[0], row[1], *row[3:]) for row in written} != expected:
        return None
    return {name.partition(".")[0]: rows for name, _, rows, *_ in written if rows is not None}


def note_export(
    connection: duckdb.DuckDBPyConnection,
    files: Mapping[str, str],
    rows: Mapping[str, int],
    how: str,
) -> None:
    """Hold what was written; arguments are those of :func:`find_current`."""
    (revision,) = ask_row(connection, "SELECT revision FROM state")
    written = [
        (name, sha256, rows.get(name.partition(".")[0]), revision, how)
        for name, sha256 in files.items()
    ]
    connection.begin()
    connection.execute("DELETE FROM exported")
    insert(connection, "exported", pack_rows(written, _EXPORTED))
    connection.commit()
