"""``tokens.parquet``: the words of all documents, written as they come and read back in batches.

Takes results that carry words, gives one file beside ``texts.parquet``: 全会 with document,
sentence, span and part of speech. Like the texts it is no resource of ``datapackage.json``, whose
readers ask for the format of the other tables; :func:`check_tokens` holds it to columns and spans.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline.records import Result
from pipeline.segment.tokens import TOKENS_SCHEMA

TOKENS = "tokens"
"""Name of the words among loaded tables."""
TOKENS_FILE = f"{TOKENS}.parquet"
_ROWS_PER_GROUP = 200_000


class TokensWriter:
    """Collects the words of documents into row groups, so that memory stays flat."""

    def __init__(self, folder: Path) -> None:
        self._waiting: list[pa.RecordBatch] = []
        self._rows = 0
        self._writer = pq.ParquetWriter(folder / TOKENS_FILE, TOKENS_SCHEMA, compression="zstd")

    def add(self, result: Result) -> None:
        """Append the words of one document."""
        if result.tokens is None:
            raise ValueError(f"{result.document.doc_id}: its words were not asked for")
        self._waiting.append(result.tokens)
        self._rows += result.tokens.num_rows
        if self._rows >= _ROWS_PER_GROUP:
            self._flush()

    def _flush(self) -> None:
        self._writer.write_table(pa.Table.from_batches(self._waiting, TOKENS_SCHEMA))
        self._waiting, self._rows = [], 0

    def close(self) -> None:
        """Write what is left and close the file."""
        self._flush()
        self._writer.close()


def read_tokens(folder: Path) -> pa.Table | None:
    """The words of an output; None where the run did not write them."""
    path = folder / TOKENS_FILE
    return pq.read_table(path) if path.is_file() else None


def check_tokens(folder: Path) -> Iterator[str]:
    """The faults of the words of an output, a batch at a time; none where there are no words."""
    path = folder / TOKENS_FILE
    if not path.is_file():
        return
    with pq.ParquetFile(path) as file:
        if not file.schema_arrow.equals(TOKENS_SCHEMA):
            yield f"{TOKENS}: columns are {file.schema_arrow.names}, not {TOKENS_SCHEMA.names}"
            return
        for batch in file.iter_batches():
            lengths = pc.subtract(batch["end"], batch["start"])
            wrong = pc.not_equal(pc.utf8_length(batch["word"]), lengths)
            if batch.num_rows and pc.any(wrong).as_py():
                yield f"{TOKENS}: {batch.filter(wrong)['word'][0]!s} does not fill its span"
                return
