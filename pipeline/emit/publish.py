"""Publishing: the tables of a store written into its folder, unless they stand there already.

Takes a store that is up to date, gives the rows of each table. A table that was edited by hand, say
``directives.csv`` opened and saved by a spreadsheet, is written again, and all others with it.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.emit import MANIFEST, PARTIAL, digest_file, write_contents
from pipeline.emit.codebook import CODEBOOKS
from pipeline.emit.tables import TEXTS, Format
from pipeline.emit.tokens import TOKENS_FILE
from pipeline.records import TABLES
from pipeline.store import Contents
from pipeline.store.exports import find_current, note_export
from pipeline.store.reconcile import check_all_found
from pipeline.store.writing import purge

if TYPE_CHECKING:
    import duckdb


def publish_tables(
    connection: duckdb.DuckDBPyConnection,
    folder: Path,
    manifest: dict[str, Any],
    basis: str,
    to: Format,
) -> dict[str, int]:
    """Write the tables unless they are there as they would be written.

    Args:
        connection: The store, in which the table ``gone`` lists files that are gone.
        folder: Where the files go.
        manifest: What reproduces the run.
        basis: Digest of what all documents were made with, but for those kept though they are gone.
        to: Format of the tables.

    Returns:
        Rows of each table.

    Raises:
        StoreError: If anything found is missing or stands twice.
    """
    purge(connection)
    check_all_found(connection)
    made = json.dumps(manifest)
    how = hashlib.sha256(f"{to} {made}".encode()).hexdigest()
    if rows := find_current(connection, list_outputs(folder), how):
        return rows
    lexicons = str(manifest["lexicons"])[:12]
    rows = write_contents(Contents(connection, basis, lexicons), folder, manifest, to).rows
    note_export(connection, list_outputs(folder), rows, how)
    connection.execute("UPDATE state SET manifest = ?", [made])
    return rows


def list_outputs(folder: Path) -> dict[str, str]:
    """The files of an output that are there, in either format, with their digests."""
    names = [f"{kind.table}.{to}" for kind in TABLES for to in ("csv", "parquet")]
    names += [f"{TEXTS}.parquet", TOKENS_FILE, *CODEBOOKS, "datapackage.json", MANIFEST]
    return {name: digest_file(folder / name) for name in names if (folder / name).is_file()}


def clear_partial(folder: Path) -> None:
    """Remove what a run that was killed left unfinished."""
    for leftover in folder.glob(f"{PARTIAL}*"):
        shutil.rmtree(leftover, ignore_errors=True)
