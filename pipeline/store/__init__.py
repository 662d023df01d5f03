"""Store: all that a run found, held beside the tables so that the next need not find it again.

Takes rows of documents (the directives of ``苏州/2023-08-01``) with digests of what they came from,
gives what is to be done next time and the rows in their order. It is one DuckDB file in the output
folder; the tables are written from it, and it is the only place that knows when something was run.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice

from pipeline.records import Reject, Result
from pipeline.store.contents import Contents
from pipeline.store.opening import (
    BusyError,
    StoreError,
    connect,
    find_store,
    open_for_run,
)
from pipeline.store.rows import Found, pack_outcomes
from pipeline.store.writing import FileDone, Pack, StoreWriter

__all__ = [
    "BusyError",
    "Contents",
    "StoreError",
    "connect",
    "find_store",
    "hold_outcomes",
    "open_for_run",
]

_PACK = 500


@contextmanager
def hold_outcomes(outcomes: Iterable[Result | Reject]) -> Iterator[Contents]:
    """The contents of a store in memory that has these results, in this order."""
    with connect(None) as connection:
        writer = StoreWriter(connection, run=1)
        found = (Found(0, at, "", outcome) for at, outcome in enumerate(outcomes))
        number = 0
        while some := list(islice(found, _PACK)):
            number += len(some)
            writer.add(Pack(pack_outcomes(some), (FileDone(0, "", 0, "", "", "", number),)))
        writer.commit()
        yield Contents(connection)
