"""History: what was run when, over what, and how it ended.

It stands in the store alone: the tables have neither time nor place, so that the same inputs give
the same bytes.
"""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from pipeline.store.queries import ask_row

if TYPE_CHECKING:
    import duckdb

_RUNNING = "running"


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """What a run was asked for, complete enough to ask again."""

    inputs: tuple[str, ...]
    lexicons: str
    engine: str
    given: dict[str, str]
    text_column: str
    captions: bool
    shard: tuple[int, int] | None
    keep_missing: bool


class Run(NamedTuple):
    """A line of the history."""

    run: int
    started: str
    finished: str
    ended: str
    process: str
    command: str
    version: str
    engine: str
    lexicons: str
    request: str
    done: int = 0
    rejected: int = 0
    skipped: int = 0
    gone: int = 0


class Tally(NamedTuple):
    """What a run did: documents done, inputs rejected, files left alone, files gone."""

    done: int = 0
    rejected: int = 0
    skipped: int = 0
    gone: int = 0


def begin_run(
    connection: duckdb.DuckDBPyConnection,
    request: Request,
    command: str,
    versions: tuple[str, str, str],
) -> int:
    """Note that a run begins; give its number."""
    (number,) = ask_row(connection, "SELECT coalesce(max(run), 0) + 1 FROM runs")
    process = f"{os.getpid()} on {platform.node()}"
    asked = msgspec.json.encode(request).decode()
    line = Run(number, _now(), "", _RUNNING, process, command, *versions, asked)
    marks = ", ".join("?" for _ in line)
    connection.execute(f"INSERT INTO runs VALUES ({marks})", list(line))
    return int(number)


def end_run(connection: duckdb.DuckDBPyConnection, run: int, ended: str, tally: Tally) -> None:
    """Note how a run ended."""
    connection.execute(
        "UPDATE runs SET finished = ?, ended = ?, done = ?, rejected = ?, skipped = ?, gone = ? "
        "WHERE run = ?",
        [_now(), ended, *tally, run],
    )


def list_runs(connection: duckdb.DuckDBPyConnection) -> Iterator[Run]:
    """All runs, the first one first. One that never ended was killed."""
    for line in connection.execute("SELECT * FROM runs ORDER BY run").fetchall():
        run = Run(*line)
        yield run._replace(ended="killed") if run.ended == _RUNNING else run


def read_request(run: Run) -> Request:
    """What a run was asked for."""
    return msgspec.json.decode(run.request, type=Request)


def _now() -> str:
    return datetime.now().astimezone().isoformat(timespec="seconds")
