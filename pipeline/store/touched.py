"""Which documents a change of the slogans touches: those in whose text a changed form stands.

Takes the forms the store was made with and those of now. Where 两个确立 was added, changed or
removed, every document with 两个确立 in its text is done again; the rows of all others cannot
differ (:func:`pipeline.tag.forms.list_forms`). A document whose processing failed has no text and
is done again at any change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from pipeline.arrow import pack_rows
from pipeline.automata import build_automaton
from pipeline.lexicons import Lexicons
from pipeline.lexicons.spelling import reduce_spelling
from pipeline.store.chunks import read_texts
from pipeline.store.queries import ask_row, insert, mark_changed
from pipeline.store.schema import create_table
from pipeline.tag.forms import list_forms

if TYPE_CHECKING:
    import duckdb

_FORMS = pa.schema({"form": pa.string(), "said": pa.string()})
_TOUCHED = pa.schema({"document": pa.int64(), "form": pa.string()})
_TOUCHED_FILES = pa.schema({"file": pa.int64(), "form": pa.string()})


def find_touched(
    connection: duckdb.DuckDBPyConnection, lexicons: Lexicons
) -> dict[str, str] | None:
    """Fill the tables ``touched`` and ``touched_files``: what is to be done again, and for what.

    Returns:
        The forms of now; None where the lexicons are those the store agrees with.
    """
    connection.execute(create_table("touched", _TOUCHED, "OR REPLACE TEMP TABLE"))
    connection.execute(create_table("touched_files", _TOUCHED_FILES, "OR REPLACE TEMP TABLE"))
    if ask_row(connection, "SELECT lexicons FROM state") == (lexicons.digest,):
        return None
    forms = list_forms(lexicons)
    is_empty = not ask_row(connection, "SELECT EXISTS (FROM files)")[0]
    if not is_empty and (changed := _list_changed(connection, forms)):
        _find_documents(connection, changed)
        connection.execute(_FILL_FILES)
    return forms


def _find_documents(connection: duckdb.DuckDBPyConnection, changed: list[str]) -> None:
    automaton = build_automaton(changed, longest=False)
    for batch in read_texts(connection, "document", "text"):
        found = [
            (document, changed[matches[0][0]])
            for document, text in zip(*batch.to_pydict().values(), strict=True)
            if (matches := automaton.find_matches_as_indexes(reduce_spelling(text)))
        ]
        insert(connection, "touched", pack_rows(found, _TOUCHED))


def agree_with_lexicons(connection: duckdb.DuckDBPyConnection, lexicons: Lexicons) -> None:
    """Have the files of touched documents done again, and hold the forms of now.

    All in one transaction: afterwards every document agrees with these forms, or is to be done.
    """
    forms = find_touched(connection, lexicons)
    if forms is None:
        return
    connection.begin()
    for statement in (_ASK_FOR_TOUCHED, _FORGET_TOUCHED, "DELETE FROM forms"):
        connection.execute(statement)
    insert(connection, "forms", pack_rows(list(forms.items()), _FORMS))
    connection.execute("UPDATE state SET lexicons = ?", [lexicons.digest])
    mark_changed(connection)
    connection.commit()


def _list_changed(connection: duckdb.DuckDBPyConnection, forms: dict[str, str]) -> list[str]:
    """The forms added, removed or changed since the store was made."""
    before = dict(connection.execute("SELECT form, said FROM forms").fetchall())
    changed = {form for form in before | forms if before.get(form) != forms.get(form)}
    return sorted(changed - {""})


_FILL_FILES = """
INSERT INTO touched_files SELECT file, min(form) FROM (
    SELECT file, form FROM touched JOIN documents USING (document)
    UNION ALL
    SELECT file, reason FROM rejects WHERE reason = 'internal_error'
) GROUP BY file
"""
_ASK_FOR_TOUCHED = """
UPDATE files SET redo = form FROM touched_files WHERE files.file = touched_files.file
"""
_FORGET_TOUCHED = """
UPDATE documents SET fingerprint = '' WHERE document IN (SELECT document FROM touched)
"""
