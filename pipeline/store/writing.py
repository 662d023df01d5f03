"""Writing into the store: rows collected to a good size and committed together.

Takes packs of rows and files that are finished, e.g. the 20 documents of a batch, and commits them
with what belongs to them, so that a run that is killed at any moment has lost only what came last.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.arrow import pack_rows
from pipeline.store.queries import ask_row, insert, mark_changed, with_table
from pipeline.store.rows import Tables
from pipeline.store.schema import CONTENT, FILES, ROWS_OF_DOCUMENT, TEXTS, TOKENS, USES

if TYPE_CHECKING:
    import duckdb

_DOCUMENTS, _BYTES = 500, 10_000_000
"""What is committed at once: so many documents, or so many bytes of rows."""

UNFINISHED = -1
"""The run of a file that no run has finished."""

OF_DOCUMENT = (*ROWS_OF_DOCUMENT, USES, TEXTS, TOKENS)
"""Tables whose rows go with their document."""


class Kept(NamedTuple):
    """A document of a file that changed elsewhere: its rows stay, its place may be another."""

    document: int
    position: int
    run: int
    sha256: str


class FileDone(NamedTuple):
    """A file of which everything is in the store or among what is kept."""

    file: int
    name: str
    copy: int
    content: str
    beside: str
    basis: str
    outcomes: int


_KEPT = pa.schema(
    {
        "document": pa.int64(),
        "position": pa.int64(),
        "run": pa.int64(),
        "sha256": pa.string(),
    }
)


class Pack(NamedTuple):
    """What a batch of work gave.

    Attributes:
        tables: Rows of documents and rejects.
        files: Files of which all is here or in the store.
        begun: Files of which more is to come.
        kept: Documents that stay as they are.
    """

    tables: Tables
    files: tuple[FileDone, ...] = ()
    begun: tuple[FileDone, ...] = ()
    kept: tuple[Kept, ...] = ()


class StoreWriter:
    """Adds to the store on behalf of one run."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, run: int) -> None:
        self._connection, self._run = connection, run
        (self._next,) = ask_row(connection, "SELECT coalesce(max(document) + 1, 0) FROM documents")
        self._tables: dict[str, list[pa.Table]] = {name: [] for name in CONTENT}
        self._begun: dict[int, FileDone] = {}
        self._files: list[FileDone] = []
        self._kept: list[Kept] = []
        self._size = self._bytes = 0

    def add(self, pack: Pack) -> None:
        """Take rows and the files they finish; commit when there is enough."""
        documents = pack.tables["documents"].num_rows
        for name, table in pack.tables.items():
            if table.num_rows:
                self._tables[name].append(_shift(table, self._next))
                self._bytes += table.nbytes
        self._next += documents
        self._size += documents + pack.tables["rejects"].num_rows + len(pack.kept)
        self._begun.update((file.file, file) for file in pack.begun)
        self._files += pack.files
        self._kept += pack.kept
        if self._size >= _DOCUMENTS or self._bytes >= _BYTES:
            self.commit()

    def commit(self) -> None:
        """Commit what was taken."""
        if not (self._size or self._files or self._begun):
            return
        connection = self._connection
        connection.begin()
        try:
            for name, tables in self._tables.items():
                if tables:
                    self._insert(name, pa.concat_tables(tables))
            self._keep()
            self._finish_files()
            mark_changed(connection)
            connection.commit()
        except BaseException:
            connection.rollback()
            raise
        self._tables = {name: [] for name in CONTENT}
        self._begun, self._files, self._kept = {}, [], []
        self._size = self._bytes = 0

    def _insert(self, name: str, table: pa.Table) -> None:
        if "run" in table.column_names:
            runs = pa.array([self._run] * table.num_rows, pa.int64())
            table = table.set_column(table.column_names.index("run"), "run", runs)
        insert(self._connection, name, table)

    def _keep(self) -> None:
        if self._kept:
            with with_table(self._connection, pack_rows(self._kept, _KEPT)):
                self._connection.execute(_KEEP)

    def _finish_files(self) -> None:
        begun = {number: (*file, UNFINISHED, "") for number, file in self._begun.items()}
        done = {file.file: (*file, self._run, "") for file in self._files}
        if rows := begun | done:
            replace_files(self._connection, pack_rows(list(rows.values()), FILES))


_KEEP = """
UPDATE documents SET position = packed.position, run = packed.run, sha256 = packed.sha256
FROM packed WHERE documents.document = packed.document
"""


def _shift(table: pa.Table, number: int) -> pa.Table:
    if "document" not in table.column_names or not number:
        return table
    at = table.column_names.index("document")
    return table.set_column(at, "document", pc.add(table["document"], number))


def replace_files(connection: duckdb.DuckDBPyConnection, files: pa.Table) -> None:
    """Note files in the place of what was noted of them."""
    with with_table(connection, files):
        connection.execute("DELETE FROM files WHERE file IN (SELECT file FROM packed)")
    insert(connection, "files", files)


def purge(connection: duckdb.DuckDBPyConnection) -> None:
    """Delete files that are gone, and all rows that no finished file stands behind."""
    connection.begin()
    deleted = _delete(connection, "files WHERE file IN (SELECT file FROM gone)")
    for name in ("documents", "rejects"):
        deleted += _delete(
            connection, f"{name} WHERE (file, run) NOT IN (SELECT (file, run) FROM files)"
        )
    for name in OF_DOCUMENT if deleted else ():
        _delete(connection, f"{name} WHERE document NOT IN (SELECT document FROM documents)")
    if deleted:
        mark_changed(connection)
    connection.commit()


def _delete(connection: duckdb.DuckDBPyConnection, what: str) -> int:
    return int(ask_row(connection, f"DELETE FROM {what}")[0])
