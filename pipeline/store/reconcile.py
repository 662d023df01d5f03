"""Reconciling: what a run was given, what it found there, and what became of it, compared.

Takes the store at the end of a run, gives an error where anything is missing or stands twice: a
file that nobody read, the second of the 20 lines of 公报.jsonl that became neither a document nor a
reject. Every writing of the tables goes through here; none of this can happen unless a part of the
program is wrong, and then it must not go unseen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.store.opening import StoreError
from pipeline.store.queries import ask_row
from pipeline.store.schema import TEXTS

if TYPE_CHECKING:
    import duckdb

_REMEDY = "run again with --full-refresh and please report it"


def check_all_read(connection: duckdb.DuckDBPyConnection, run: int, unchanged: int) -> None:
    """Refuse to end a run that has left out some of its files.

    Args:
        connection: The store, in which the table ``inputs`` lists the files of the run.
        run: Number of the run.
        unchanged: How many files it had no reason to read.

    Raises:
        StoreError: If files listed are neither read by this run nor unchanged.
    """
    listed, read = ask_row(connection, _COUNT_READ, [run])
    if listed == read + unchanged:
        return
    unread = connection.execute(_FIND_UNREAD).fetchone()
    example = f", {unread[0]} among those left out" if unread else ""
    raise StoreError(
        f"{listed} files were listed, but {read} read and {unchanged} unchanged{example}; {_REMEDY}"
    )


def check_all_found(connection: duckdb.DuckDBPyConnection) -> None:
    """Refuse rows that are not exactly what was found in the files.

    Raises:
        StoreError: If a file gave nothing, or something found in it is missing or stands twice, or
            a document has no text.
    """
    differing = connection.execute(_FIND_DIFFERENCE).fetchone()
    if differing:
        name, found, documents, rejects, places = differing
        raise StoreError(
            f"{found} documents and faults were found in {name}, but {documents} documents and "
            f"{rejects} rejects in {places} places are in the store; {_REMEDY}"
        )
    documents, texts, both = ask_row(connection, _COUNT_TEXTS)
    if not documents == texts == both:
        raise StoreError(
            f"{documents} documents and {texts} texts are in the store, {both} of them together; "
            f"{_REMEDY}"
        )


_COUNT_READ = """
SELECT (SELECT count(*) FROM inputs), (SELECT count(*) FROM files WHERE run = ?)
"""
_FIND_UNREAD = """
SELECT name FROM inputs ANTI JOIN (SELECT name, copy FROM files WHERE run >= 0) USING (name, copy)
ORDER BY number LIMIT 1
"""
_FIND_DIFFERENCE = """
WITH found AS (
    SELECT file, position, 1 AS documents, 0 AS rejects FROM documents
    UNION ALL
    SELECT file, position, 0, 1 FROM rejects
), counted AS (
    SELECT
        file, sum(documents)::BIGINT AS documents, sum(rejects)::BIGINT AS rejects,
        count(DISTINCT position) AS places
    FROM found GROUP BY file
)
SELECT
    coalesce(name, 'a file unknown') AS name, coalesce(outcomes, 0), coalesce(documents, 0),
    coalesce(rejects, 0), coalesce(places, 0)
FROM files FULL JOIN counted USING (file)
WHERE outcomes IS DISTINCT FROM documents + rejects OR outcomes <> places OR outcomes = 0
ORDER BY name LIMIT 1
"""
_COUNT_TEXTS = f"""
SELECT
    (SELECT count(*) FROM documents), (SELECT count(*) FROM {TEXTS}),
    (SELECT count(*) FROM documents JOIN {TEXTS} USING (document))
"""
