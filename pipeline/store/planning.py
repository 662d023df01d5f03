"""Plan: which files are to be read, and why.

Takes the files of a run and what the store knows of them, gives each file with a reason, such as
``lexicon entry 两个确立`` or ``changed bytes``, or with none where its rows are in the store. Files
come sorted by name, whatever the order of the inputs, and are gone through some at a time.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pyarrow as pa

from pipeline.arrow import pack_rows
from pipeline.ingest import Fetched, InputFile, fetch_file, is_collection
from pipeline.store.basis import Basis, Parts, is_metadata, tell_difference
from pipeline.store.queries import ask_row, insert
from pipeline.store.schema import create_table
from pipeline.store.writing import UNFINISHED, FileDone

if TYPE_CHECKING:
    import duckdb

_LISTED = 10_000
_WALKED = pa.schema({"name": pa.string(), "path": pa.binary(), "url": pa.string()})


class Planned(NamedTuple):
    """A file of the run.

    Attributes:
        file: Where it is.
        note: What the store will say of it; digests of its content are those known before.
        reason: Why it is to be read; empty where it is not.
        fetched: Its bytes, where the plan had to read them and they are wanted again.
    """

    file: InputFile
    note: FileDone
    reason: str
    fetched: Fetched | None = None


def list_inputs(connection: duckdb.DuckDBPyConnection, files: Iterable[InputFile]) -> int:
    """Fill the table ``inputs`` with the files of a run, sorted; give their number."""
    connection.execute(create_table("walked", _WALKED, "OR REPLACE TEMP TABLE"))
    remaining = iter(files)
    while some := list(islice(remaining, _LISTED)):
        rows = [(file.name, os.fsencode(file.path), file.url) for file in some]
        insert(connection, "walked", pack_rows(rows, _WALKED))
    connection.execute(_SORT_INPUTS)
    connection.execute(_FIND_GONE)
    return _count_inputs(connection)


def list_gone(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Names of files the store knows and the run has not."""
    return [name for (name,) in connection.execute("SELECT name FROM gone").fetchall()]


def keep_gone(connection: duckdb.DuckDBPyConnection) -> None:
    """Leave files that are gone in the store, as far as they were finished."""
    connection.execute(f"DELETE FROM gone WHERE run <> {UNFINISHED}")


def find_known(connection: duckdb.DuckDBPyConnection, file: int) -> dict[str, int]:
    """Documents of a file that are in the store, by fingerprint; not those to be done again."""
    query = "SELECT fingerprint, document FROM documents WHERE file = ? AND fingerprint <> ''"
    return dict(connection.execute(query, [file]).fetchall())


def plan_files(
    connection: duckdb.DuckDBPyConnection, basis: Basis, *, everything: bool = False
) -> Iterator[Planned]:
    """The files of :func:`list_inputs` in their order, each with the reason to read it."""
    bases = _Bases(connection, basis)
    (free,) = ask_row(connection, "SELECT coalesce(max(file) + 1, 0) FROM files")
    for start in range(0, _count_inputs(connection), _LISTED):
        query = connection.execute(_PLAN, [free, start, start + _LISTED])
        for row in query.fetchall():
            yield _plan_file(_Row(*row), bases, everything)


def _count_inputs(connection: duckdb.DuckDBPyConnection) -> int:
    return int(ask_row(connection, "SELECT count(*) FROM inputs")[0])


class _Row(NamedTuple):
    """A file as the plan's query gives it."""

    name: str
    path: bytes
    url: str
    copy: int
    file: int
    content: str
    beside: str
    basis: str
    redo: str
    run: int | None


def _plan_file(row: _Row, bases: _Bases, everything: bool) -> Planned:
    file = InputFile(Path(os.fsdecode(row.path)), row.name, row.url)
    note = FileDone(row.file, row.name, row.copy, row.content, row.beside, bases.digest, 0)
    reason = _explain_known(row, bases, everything)
    if reason and not is_collection(file):
        return Planned(file, note, reason)
    fetched = fetch_file(file)
    reason = reason or _explain_fetched(row, fetched)
    note = note._replace(content=fetched.content_digest, beside=fetched.beside_digest)
    return Planned(file, note, reason, fetched if reason and is_collection(file) else None)


def _explain_known(row: _Row, bases: _Bases, everything: bool) -> str:
    """Why a file is to be read whatever is in it."""
    if row.run is None:
        return "new"
    if everything:
        return "full refresh"
    if row.run == UNFINISHED:
        return "interrupted"
    if row.basis != bases.digest:
        return bases.explain(row.basis)
    return f"lexicon entry {row.redo}" if row.redo else ""


def _explain_fetched(row: _Row, fetched: Fetched) -> str:
    if row.content != fetched.content_digest:
        return "changed bytes"
    return "changed metadata" if row.beside != fetched.beside_digest else ""


class _Bases:
    """The basis of a run beside those of the rows in the store."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, basis: Basis) -> None:
        self.digest, self._parts = basis.digest, basis.parts
        self._known: dict[str, Parts] = {}
        for digest, part, value in connection.execute("SELECT * FROM bases").fetchall():
            self._known[digest] = {**self._known.get(digest, {}), part: value}

    def explain(self, digest: str) -> str:
        """What of the other basis is another."""
        part = tell_difference(self._known.get(digest, {}), self._parts)
        return f"changed metadata ({part} of the run)" if is_metadata(part) else f"changed {part}"


def note_basis(connection: duckdb.DuckDBPyConnection, basis: Basis) -> None:
    """Hold the parts of a basis, and forget those that no file has any more."""
    rows = [(basis.digest, part, value) for part, value in basis.parts.items()]
    connection.begin()
    connection.execute("DELETE FROM bases WHERE basis NOT IN (SELECT basis FROM files)")
    connection.execute("DELETE FROM bases WHERE basis = ?", [basis.digest])
    insert(connection, "bases", pack_rows(rows, _BASES))
    connection.commit()


_BASES = pa.schema({"basis": pa.string(), "part": pa.string(), "value": pa.string()})
_SORT_INPUTS = """
CREATE OR REPLACE TEMP TABLE inputs AS
SELECT
    row_number() OVER (ORDER BY name, path, url) - 1 AS number,
    row_number() OVER (PARTITION BY name ORDER BY path, url) - 1 AS copy,
    name, path, url
FROM (SELECT DISTINCT name, path, url FROM walked)
"""
_FIND_GONE = """
CREATE OR REPLACE TEMP TABLE gone AS
SELECT file, name, run FROM files ANTI JOIN inputs USING (name, copy) ORDER BY name, copy
"""
_PLAN = """
SELECT
    inputs.name, path, url, inputs.copy, coalesce(files.file, ? + number),
    coalesce(content, ''), coalesce(beside, ''), coalesce(basis, ''),
    coalesce(nullif(form, ''), redo, ''), run
FROM inputs LEFT JOIN files USING (name, copy) LEFT JOIN touched_files USING (file)
WHERE number >= ? AND number < ? ORDER BY number
"""
