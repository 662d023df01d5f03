"""What loading a large output costs beside pandas alone reading the same files.

Run ``python -m benchmarks.bench_load [--rows N]``. The output, in Parquet, is that of the samples
with the rows of its directives and slogans repeated, each forty times in a document of its own
name, until there are so many in all. The two take turns; each is the best of its rounds.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pandas as pd
import pyarrow as pa

import pipeline
from pipeline.emit.reread import read_table
from pipeline.emit.tables import write_table
from pipeline.records import Directive, Record, SloganUse

SAMPLES = Path(__file__).resolve().parents[1] / "data" / "raw"
REPEATED = (Directive, SloganUse)
ROUNDS = 5
_ROWS_OF_DOCUMENT = 40
_ROWS_OF_BATCH = 50_000


def main() -> None:
    """Print both times and their ratio."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bench_load", description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000, help="rows of both tables together")
    rows = parser.parse_args().rows
    with TemporaryDirectory() as name:
        folder = Path(name)
        pipeline.run([SAMPLES], folder, to="parquet")
        for kind in REPEATED:
            _repeat_rows(folder, kind, rows // len(REPEATED))
        ours, bare = _compare(lambda: _load(folder), lambda: _read(folder))
    print(f"{rows:,} rows: pipeline.load {ours:.2f} s, pandas.read_parquet {bare:.2f} s, ", end="")
    print(f"ratio {ours / bare:.2f}")


def _repeat_rows(folder: Path, kind: type[Record], rows: int) -> None:
    """Write a table with so many rows, of documents 0000000, 0000001 and so on."""
    table = read_table(folder, kind)
    at = np.arange(rows)
    repeated = table.take(pa.array(at % len(table)))
    names = pa.array([f"{number:07}" for number in range(rows // _ROWS_OF_DOCUMENT + 1)])
    repeated = repeated.set_column(
        repeated.schema.get_field_index("doc_id"),
        repeated.schema.field("doc_id"),
        names.take(pa.array(at // _ROWS_OF_DOCUMENT)),
    )
    write_table(kind, repeated.to_batches(_ROWS_OF_BATCH), folder, "parquet")


def _load(folder: Path) -> None:
    pipeline.load(folder, names=[kind.table for kind in REPEATED])


def _read(folder: Path) -> None:
    for kind in REPEATED:
        pd.read_parquet(folder / f"{kind.table}.parquet")


def _compare(*jobs: Callable[[], object]) -> list[float]:
    best = [float("inf")] * len(jobs)
    for _ in range(ROUNDS):
        for at, job in enumerate(jobs):
            began = time.perf_counter()
            job()
            best[at] = min(best[at], time.perf_counter() - began)
    return best


if __name__ == "__main__":
    main()
