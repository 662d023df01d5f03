"""What the store holds, in the order of the output: by file, then as the documents stand there.

Takes the store, gives the rows of each table. Here is worked out what only all documents together
tell: a second document of an id is refused, one whose text came before names the first
(``duplicate_of``), and uses of unlisted formulations are counted up to candidates.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from pipeline.arrow import arrow_schema
from pipeline.records import Candidate, Document, Record, Reject
from pipeline.store.chunks import read_texts
from pipeline.store.queries import ask_row
from pipeline.store.schema import ROWS_OF_DOCUMENT, TOKENS, USES, quote_names

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

_ROWS = 10_000


class Counts(NamedTuple):
    """Files, what was found in them, and what became of it."""

    files: int
    found: int
    documents: int
    rejects: int


class Contents:
    """The rows of every table; made anew for each writing, over a store that does not change."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, basis: str = "", lexicons: str = ""
    ) -> None:
        """Put the documents in their order.

        Args:
            connection: The store.
            basis: Digest of the basis of now.
            lexicons: What documents of that basis name the lexicons: those of now, with which
                they agree, whichever they were made with. Others, kept though gone, keep theirs.
        """
        self._connection = connection
        self._lexicons = (
            f"CASE WHEN basis = '{basis}' AND redo = '' AND '{lexicons}' <> '' "
            f"THEN '{lexicons}' ELSE documents.lexicons END"
        )
        for statement in (_RANK_FILES, _RANK_DOCUMENTS):
            connection.execute(statement)

    def rows(self, record_type: type[Record]) -> Iterator[pa.RecordBatch]:
        """The rows of a table."""
        reader = self._connection.sql(self._query(record_type)).to_arrow_reader(_ROWS)
        yield from reader

    def texts(self) -> Iterator[pa.RecordBatch]:
        """Identifier, source and normalised text of every document."""
        return read_texts(self._connection, "doc_id", "raw", "text", order="ranked", key="rank")

    def has_tokens(self) -> bool:
        """Whether documents came with their words."""
        return bool(ask_row(self._connection, f"SELECT count(*) > 0 FROM {TOKENS}")[0])

    def tokens(self) -> Iterator[pa.RecordBatch]:
        """The words of every document, in their order."""
        yield from self._connection.sql(_TOKENS).to_arrow_reader(_ROWS)

    def inputs(self) -> Iterator[pa.RecordBatch]:
        """Path and digest of everything read, in the order of documents and rejects together."""
        yield from self._connection.sql(_INPUTS).to_arrow_reader(_ROWS)

    def count(self) -> Counts:
        """How many files, documents and rejects there are."""
        return Counts(*ask_row(self._connection, _COUNTS))

    def _query(self, record_type: type[Record]) -> str:
        if record_type is Candidate:
            return _CANDIDATES
        if record_type is Reject:
            return _REJECTS
        if record_type is Document:
            given = {"duplicate_of": "ranked.original", "lexicons": self._lexicons}
            names = arrow_schema(Document).names
            wanted = (f'{given.get(name, f"documents.{name}")} AS "{name}"' for name in names)
            return (
                f"SELECT {', '.join(wanted)} FROM documents JOIN ranked USING (document) "
                "JOIN files USING (file) ORDER BY rank"
            )
        name = next(name for name, rows in ROWS_OF_DOCUMENT.items() if rows is record_type)
        return (
            f"SELECT {quote_names(arrow_schema(record_type), name)} "
            f"FROM {name} JOIN ranked USING (document) ORDER BY rank, {name}.position"
        )


_RANK_FILES = """
CREATE OR REPLACE TEMP TABLE ranked_files AS
SELECT file, row_number() OVER (ORDER BY name, copy) AS file_rank FROM files
"""
# Every document with its rank; one that is refused, since its id was taken, has none.
_RANK_DOCUMENTS = """
CREATE OR REPLACE TEMP TABLE admission AS
SELECT
    document, documents.doc_id, documents.path, documents.sha256, letters, chars,
    file_rank, position,
    row_number() OVER (same_id ORDER BY file_rank, position) = 1 AS admitted,
    first_value(path) OVER (same_id ORDER BY file_rank, position) AS holder
FROM documents JOIN ranked_files USING (file) WINDOW same_id AS (PARTITION BY doc_id);
CREATE OR REPLACE TEMP TABLE ranked AS
SELECT
    document, chars, row_number() OVER (ORDER BY file_rank, position) AS rank,
    coalesce(nullif(first_value(doc_id) OVER same_text, doc_id), '') AS original
FROM admission WHERE admitted
WINDOW same_text AS (PARTITION BY letters ORDER BY file_rank, position) ORDER BY rank
"""
_REJECTS = """
SELECT path, sha256, reason, message FROM (
    SELECT path, sha256, reason, message, file_rank, position
    FROM rejects JOIN ranked_files USING (file)
    UNION ALL
    SELECT
        path, sha256, 'duplicate_id',
        'its id ''' || doc_id || ''' belongs to ' || holder || '; rename one of them',
        file_rank, position
    FROM admission WHERE NOT admitted
) ORDER BY file_rank, position
"""
_TOKENS = f"""
SELECT doc_id, sentence, "start", "end", word, pos
FROM {TOKENS} JOIN ranked USING (document) JOIN documents USING (document)
ORDER BY rank, "start"
"""
_INPUTS = """
SELECT path, arg_max(sha256, (file_rank, position)) AS sha256 FROM (
    SELECT path, sha256, file_rank, position FROM admission
    UNION ALL
    SELECT path, sha256, file_rank, position FROM rejects JOIN ranked_files USING (file)
) GROUP BY path ORDER BY min((file_rank, position))
"""
_COUNTS = """
SELECT
    (SELECT count(*) FROM files),
    (SELECT coalesce(sum(outcomes), 0)::BIGINT FROM files),
    (SELECT count(*) FROM ranked),
    (SELECT count(*) FROM rejects) + (SELECT count(*) FROM admission WHERE NOT admitted)
"""
# The day of publication, or of the event where that is given more exactly.
_CANDIDATES = f"""
WITH dated AS (
    SELECT
        document, rank, documents.doc_id,
        CASE WHEN length(split_part(event_date, '/', 1)) > length(published)
        THEN split_part(event_date, '/', 1) ELSE published END AS day
    FROM documents JOIN ranked USING (document)
), uses AS (
    SELECT {USES}.*, rank, doc_id, day, row_number() OVER (
        PARTITION BY text ORDER BY rank, position
    ) AS number FROM {USES} JOIN dated USING (document)
)
SELECT
    text, any_value(kind) FILTER (number = 1) AS kind, count(*) AS count,
    count(DISTINCT document) AS documents, coalesce(min(nullif(day, '')), '') AS first_date,
    any_value(doc_id) FILTER (number = 1) AS doc_id,
    {
    ", ".join(
        f'any_value("{name}") FILTER (number = 1) AS "{name}"'
        for name in ("start", "end", "raw_start", "raw_end")
    )
}
FROM uses GROUP BY text ORDER BY documents DESC, count DESC, text
"""
