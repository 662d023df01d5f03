"""Opening the store: ``store.duckdb`` beside the tables, by one process at a time.

Takes the output folder, gives a connection. DuckDB locks the file as long as its process lives, so
that a second run over the same folder is refused and a run that was killed blocks nobody.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from pipeline.store.schema import fingerprint_schema, list_statements

STORE_FILE = "store.duckdb"

_Settings = dict[str, str | bool | int | float | list[str]]
_SETTINGS: _Settings = {"memory_limit": "128MB", "threads": 2}
# Beside an open store; what needs more is set aside on disk.
_SMALL: _Settings = {"memory_limit": "64MB", "threads": 1}
# Each checkpoint writes the last group of rows of every table anew: the log may grow this far
# without one, and groups are small, or the same texts would be written again and again.
_CHECKPOINT, _ROWS = "64MB", 2048
_PROCESS_PATTERN = re.compile(r"\(PID (\d+)\)")


class StoreError(ValueError):
    """A store that cannot be used; the message names the remedy."""


class BusyError(StoreError):
    """Another run has the store."""


def find_store(folder: Path) -> Path:
    """Where the store of an output is."""
    return folder / STORE_FILE


@contextmanager
def connect(folder: Path | None, *, read_only: bool = False) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection to the store of a folder, made where there is none; in memory without folder.

    Raises:
        StoreError: If another process has it, or it cannot be read.
    """
    connection = _open(find_store(folder) if folder else None, read_only)
    try:
        if not _is_current(connection):
            connection = _start_anew(connection, folder, read_only)
        yield connection
    finally:
        connection.close()


@contextmanager
def open_memory() -> Iterator[duckdb.DuckDBPyConnection]:
    """A database without tables, for questions whose answers need more than memory."""
    with duckdb.connect(config=_SMALL | {"temp_directory": tempfile.gettempdir()}) as connection:
        yield connection


@contextmanager
def open_for_run(folder: Path, *, anew: bool) -> Iterator[duckdb.DuckDBPyConnection]:
    """The store of a folder, made if missing; one that is damaged goes if all is done anew.

    Raises:
        StoreError: If another process has it, or it cannot be read.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if anew:
        try:
            _open(find_store(folder), read_only=False).close()
        except BusyError:
            raise
        except StoreError:
            _remove(folder)
    with connect(folder) as connection:
        yield connection


def _remove(folder: Path) -> None:
    path = find_store(folder)
    for leftover in (path, path.with_name(f"{path.name}.wal")):
        leftover.unlink(missing_ok=True)


def _silence(connection: duckdb.DuckDBPyConnection) -> None:
    """Leave standard output to the tables; in a notebook that shows no bars none can be set off."""
    if connection.execute("SELECT current_setting('enable_progress_bar')").fetchone() == (True,):
        connection.execute("SET enable_progress_bar = false")


def _open(path: Path | None, read_only: bool) -> duckdb.DuckDBPyConnection:
    settings = {**_SETTINGS, "temp_directory": f"{path}.tmp" if path else tempfile.gettempdir()}
    connection = duckdb.connect(config=settings)
    _silence(connection)
    connection.execute(f"SET checkpoint_threshold = '{_CHECKPOINT}'")
    if path:
        quoted, read = str(path).replace("'", "''"), ", READ_ONLY" if read_only else ""
        try:
            connection.execute(f"ATTACH '{quoted}' AS store (ROW_GROUP_SIZE {_ROWS}{read})")
        except duckdb.Error as error:
            connection.close()
            raise _explain(path, error) from None
        connection.execute("USE store")
    return connection


def _explain(path: Path | None, error: duckdb.Error) -> StoreError:
    said = str(error).splitlines()[0]
    if "lock" in said or "being used by another process" in said:
        process = _PROCESS_PATTERN.search(str(error))
        who = f"process {process[1]}" if process else "another process"
        return BusyError(
            f"{who} is running over this folder; wait until it ends, or choose another with -o"
        )
    return StoreError(f"{path} cannot be read ({said}); do all again with --full-refresh")


def _is_current(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether the tables of the store are those of this version."""
    try:
        found = connection.execute("SELECT schema FROM about").fetchall()
    except duckdb.CatalogException:
        return False
    return found == [(fingerprint_schema(),)]


def _start_anew(
    connection: duckdb.DuckDBPyConnection, folder: Path | None, read_only: bool
) -> duckdb.DuckDBPyConnection:
    """An empty store; one that another version made is of no use to this."""
    if folder and (read_only or connection.execute("SHOW TABLES").fetchall()):
        connection.close()
        if not read_only:
            _remove(folder)
        connection = _open(None if read_only else find_store(folder), read_only=False)
    connection.begin()
    for statement in list_statements():
        connection.execute(statement)
    connection.execute("INSERT INTO about VALUES (?)", [fingerprint_schema()])
    connection.execute("INSERT INTO state VALUES (0, '', '{}')")
    connection.commit()
    return connection
