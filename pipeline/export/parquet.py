"""Parquet: the tables with the types of the records, and the texts.

Takes an output, CSV or Parquet, gives a folder of ``.parquet`` files for Polars, DuckDB or R; the
description of a column (届) goes along as its metadata.
"""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq

from pipeline.arrow import arrow_schema
from pipeline.emit.reread import read_texts, read_whole_table
from pipeline.emit.tables import TEXTS, TEXTS_SCHEMA
from pipeline.records import TABLES


def write_parquet(folder: Path, target: Path) -> list[str]:
    """Write the tables and texts of an output as Parquet; everything fits."""
    for record_type in TABLES:
        table = read_whole_table(folder, record_type).cast(arrow_schema(record_type))
        pq.write_table(table, target / f"{record_type.table}.parquet", compression="zstd")
    path = target / f"{TEXTS}.parquet"
    with pq.ParquetWriter(path, TEXTS_SCHEMA, compression="zstd") as file:
        for batch in read_texts(folder):
            file.write_batch(batch)
    return []
