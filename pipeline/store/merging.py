"""Merging: the stores of several runs taken into one, as if one run had done all.

Takes the output folders of the parts of a corpus (``--shard 1/2``, ``--shard 2/2``), gives a store
with the files of all. Parts must be made alike, and no file may stand in two: 苏州/一.txt of two
corpora would be two documents of one id.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from pipeline.store.history import Request, list_runs, read_request
from pipeline.store.opening import StoreError, connect, find_store
from pipeline.store.queries import ask_row, mark_changed
from pipeline.store.schema import CONTENT, FILES

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa


class Part(NamedTuple):
    """A store to be merged: how it was made, and what for."""

    folder: Path
    manifest: dict[str, Any]
    basis: str
    request: Request


def read_parts(folders: Sequence[Path]) -> list[Part]:
    """What the folders hold, checked to be parts of one whole; those without files come last.

    Raises:
        StoreError: If one has no store, or a run that did not end, or is not made like the first.
    """
    parts = sorted(map(_read_part, folders), key=lambda part: not part.basis)
    for part in parts[1:]:
        if difference := _tell_difference(parts[0], part):
            raise StoreError(
                f"{part.folder} and {parts[0].folder} differ in {difference}; run one of them again"
            )
    return parts


def _read_part(folder: Path) -> Part:
    if not find_store(folder).exists():
        raise StoreError(f"{folder} has no store; write it with pipeline run")
    with connect(folder, read_only=True) as connection:
        runs = list(list_runs(connection))
        (pending,) = ask_row(connection, "SELECT count(*) FROM files WHERE run < 0 OR redo <> ''")
        if pending or not runs or runs[-1].ended != "done":
            raise StoreError(f"the last run over {folder} did not end; run it again")
        query = "SELECT manifest, coalesce((SELECT string_agg(DISTINCT basis) FROM files), '')"
        manifest, basis = ask_row(connection, f"{query} FROM state")
    request = msgspec.structs.replace(read_request(runs[-1]), shard=None)
    return Part(folder, json.loads(manifest), basis, request)


def _tell_difference(first: Part, part: Part) -> str:
    names = (name for name in first.manifest if first.manifest[name] != part.manifest.get(name))
    if part.basis and part.basis != first.basis:
        return next(names, "the options of their runs")
    return next(names, "")


def merge_stores(connection: duckdb.DuckDBPyConnection, parts: Sequence[Part], run: int) -> None:
    """Fill a store with what the parts hold; what it had is gone.

    Raises:
        StoreError: If two parts have the same file.
    """
    for name in (*CONTENT, "files", "bases", "forms", "exported"):
        connection.execute(f"DELETE FROM {name}")
    for part in parts:
        with _attach(connection, part.folder):
            _check_names(connection, part.folder)
            connection.begin()
            _take_part(connection, run)
            connection.commit()


@contextmanager
def _attach(connection: duckdb.DuckDBPyConnection, folder: Path) -> Iterator[None]:
    path = str(find_store(folder)).replace("'", "''")
    connection.execute(f"ATTACH '{path}' AS part (READ_ONLY)")
    try:
        yield
    finally:
        connection.execute("DETACH part")


def _check_names(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    query = "SELECT name FROM part.files SEMI JOIN files USING (name, copy) ORDER BY name LIMIT 1"
    for (name,) in connection.execute(query).fetchall():
        raise StoreError(f"{name} stands in {folder} and in another part; rename or leave out one")


def _take_part(connection: duckdb.DuckDBPyConnection, run: int) -> None:
    """Copy all rows, with numbers of files and documents that are still free."""
    (file,) = ask_row(connection, "SELECT coalesce(max(file) + 1, 0) FROM files")
    (document,) = ask_row(connection, "SELECT coalesce(max(document) + 1, 0) FROM documents")
    changed = {"file": f"file + {file}", "document": f"document + {document}", "run": f"{run}"}
    for name, schema in {**CONTENT, "files": FILES}.items():
        wanted = _select(schema, changed)
        connection.execute(f"INSERT INTO {name} SELECT {wanted} FROM part.{name}")
    for name in ("bases", "forms"):
        connection.execute(
            f"INSERT INTO {name} SELECT * FROM part.{name} EXCEPT SELECT * FROM {name}"
        )
    connection.execute("UPDATE state SET lexicons = part.state.lexicons FROM part.state")
    mark_changed(connection)


def _select(schema: pa.Schema, changed: dict[str, str]) -> str:
    return ", ".join(changed.get(name, f'"{name}"') for name in schema.names)
