"""Questions to the tables of a large output, answered by a database.

Takes the folder, gives rows, counts and documents: directives of 江苏省 with force ``prohibit``,
fifty at a time. Tables in Parquet stay on disk and are read where a question needs them; tables in
CSV are read once. What picks rows is declared in :mod:`pipeline.report.filters`; values reach the
database as parameters only, and names of columns only where the records declare them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.emit import OutputError
from pipeline.emit.reread import read_texts, read_whole_table
from pipeline.records import TABLES, Document, Issue, Mention, Record, columns
from pipeline.report.characters import fold
from pipeline.report.contents import add_dates
from pipeline.report.filters import DATE, FILTERS, Filter, link_tables
from pipeline.report.packing import describe_text

MOST_ROWS = 500
"""Rows of one answer."""

_ORDER = "row_number"
_KINDS = {kind.table: kind for kind in TABLES}
_LINKS = link_tables()
_PASSAGE_TABLES = tuple(kind.table for kind in TABLES if issubclass(kind, Mention) or kind is Issue)


class Question(NamedTuple):
    """Which rows are wanted.

    Attributes:
        table: Of which table.
        filters: Values by the names of filters.
        search: Words that stand in any of the row's strings.
        sort: The column they are ordered by; as written if empty.
        descending: The last first.
        offset: How many of them are left out.
        limit: How many are wanted.
    """

    table: str
    filters: Mapping[str, str] = {}
    search: str = ""
    sort: str = ""
    descending: bool = False
    offset: int = 0
    limit: int = 50


class _Clause(NamedTuple):
    """A condition and the values in it."""

    text: str
    values: tuple[str, ...] = ()


class Output:
    """The tables of an output, to be asked, from several threads at once if need be.

    Raises:
        OutputError: If the folder is no output or lacks a table.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._database = duckdb.connect(":memory:")
        for kind in TABLES:
            self._open_table(kind)
        _lock(self._database, folder)
        ids = self._ask("SELECT doc_id FROM documents ORDER BY row_number")
        self._ids = [doc_id for (doc_id,) in ids]
        self._places = {doc_id: at for at, doc_id in enumerate(self._ids)}

    def _open_table(self, kind: type[Record]) -> None:
        path = self.folder / f"{kind.table}.parquet"
        if kind is not Document and path.is_file():
            check_columns(path, kind)
            rows = f"read_parquet({_quote(path)}, file_row_number = true)"
            source = f"VIEW {kind.table} AS SELECT *, file_row_number AS row_number FROM {rows}"
            self._database.execute(f"CREATE {source}")
            return
        table = read_whole_table(self.folder, kind)
        table = add_dates(table) if kind is Document else table
        numbered = table.append_column(_ORDER, pa.array(range(table.num_rows), pa.int64()))
        self._database.register("arriving", numbered)
        self._database.execute(f"CREATE TABLE {kind.table} AS SELECT * FROM arriving")
        self._database.unregister("arriving")

    def count_rows(self) -> dict[str, int]:
        """Rows of every table."""
        counts = {table: self._ask(f"SELECT count(*) FROM {table}") for table in _KINDS}
        return {table: int(count) for table, ((count,),) in counts.items()}

    def count_values(self, table: str, column: str) -> list[tuple[str, int]]:
        """Every value of a column of strings, and its rows."""
        found = self._ask(f"SELECT {column}, count(*) FROM {table} GROUP BY ALL")
        return [(str(value), int(count)) for value, count in found]

    def find_rows(self, question: Question) -> dict[str, Any]:
        """How many rows there are, and those wanted."""
        where = _write_where(question)
        ((total,),) = self._ask(f"SELECT count(*) FROM {question.table}{where.text}", *where.values)
        return {"total": int(total), "rows": list(self._list_rows(question, where))}

    def _list_rows(self, question: Question, where: _Clause) -> Iterator[dict[str, Any]]:
        names = list_columns(question.table)
        query = (
            f"SELECT {', '.join(_write_column(question.table, name) for name in names)} "
            f"FROM {question.table}{where.text} ORDER BY {_write_order(question)} "
            f"LIMIT {min(question.limit, MOST_ROWS):d} OFFSET {question.offset:d}"
        )
        for row in self._ask(query, *where.values):
            yield dict(zip(names, row, strict=True))

    def list_all(self, question: Question) -> Iterator[dict[str, Any]]:
        """Every row, a batch at a time."""
        where = _write_where(question)
        at = 0
        while rows := list(self._list_rows(question._replace(offset=at, limit=MOST_ROWS), where)):
            yield from rows
            at += len(rows)

    def read_document(self, doc_id: str) -> dict[str, Any] | None:
        """A document, its text and its rows; None if there is none of this name."""
        at = self._places.get(doc_id)
        if at is None:
            return None
        return {
            "document": self._find_of(Document.table, doc_id)[0],
            "at": at,
            "count": len(self._ids),
            "previous": self._ids[at - 1] if at else None,
            "next": self._ids[at + 1] if at + 1 < len(self._ids) else None,
            "rows": {table: self._find_of(table, doc_id) for table in _PASSAGE_TABLES},
            **self._read_text(doc_id),
        }

    def _find_of(self, table: str, doc_id: str) -> list[dict[str, Any]]:
        names = list_columns(table)
        shown = ", ".join(_write_column(table, name) for name in names)
        query = f"SELECT {shown} FROM {table} WHERE doc_id = ? ORDER BY {_ORDER}"
        return [dict(zip(names, row, strict=True)) for row in self._ask(query, doc_id)]

    def _read_text(self, doc_id: str) -> dict[str, Any]:
        for batch in read_texts(self.folder, "raw", "text", doc_id=doc_id):
            for row in batch.to_pylist():
                return describe_text(row["raw"], row["text"])
        return describe_text("", "")

    def _ask(self, query: str, *values: str) -> list[tuple[Any, ...]]:
        return self._database.cursor().execute(query, values).fetchall()


def check_columns(path: Path, kind: type[Record]) -> None:
    """Refuse a table in Parquet that another version wrote.

    Raises:
        OutputError: If it has not the columns of its records.
    """
    try:
        found = pq.read_schema(path).names
    except (OSError, pa.ArrowException) as error:
        raise OutputError(f"{path}: {error}; write it anew: pipeline run") from None
    if found != [column.name for column in columns(kind)]:
        raise OutputError(f"{path} has columns of another version; write it anew: pipeline run")


def list_columns(table: str) -> list[str]:
    """The columns of a table, with what the reader adds."""
    names = [column.name for column in columns(_KINDS[table])]
    return [*names, DATE] if table == Document.table else names


def _lock(database: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Let the database read the output and nothing else from now on."""
    database.execute(f"SET allowed_directories = [{_quote(folder.resolve() / '_')[:-2]}']")
    database.execute("SET enable_external_access = false")
    database.execute("SET lock_configuration = true")


def _quote(path: Path) -> str:
    return "'" + str(path.resolve()).replace("'", "''") + "'"


def _write_column(table: str, name: str) -> str:
    kinds = {column.name: column.kind for column in columns(_KINDS[table])}
    quoted = f'"{name}"'
    if kinds.get(name) == "date":
        return f"coalesce(CAST({quoted} AS VARCHAR), '')"
    return quoted


def _write_order(question: Question) -> str:
    """The order wanted; what is empty comes last, equal rows as written."""
    if question.sort not in list_columns(question.table):
        return _ORDER
    column, direction = f'"{question.sort}"', "DESC" if question.descending else "ASC"
    last = f"({column} IS NULL OR CAST({column} AS VARCHAR) = '')"
    return f"{last}, {column} {direction}, {_ORDER}"


def _write_where(question: Question) -> _Clause:
    clauses = [*_write_search(question), *_write_filters(question)]
    if not clauses:
        return _Clause("")
    values = tuple(value for clause in clauses for value in clause.values)
    return _Clause(" WHERE " + " AND ".join(clause.text for clause in clauses), values)


def _write_search(question: Question) -> Iterator[_Clause]:
    strings = [
        f'"{column.name}"'
        for column in columns(_KINDS[question.table])
        if column.kind in ("string", "list")
    ]
    cell = f"lower(concat_ws(chr(10), {', '.join(strings)}))"
    for term in question.search.split():
        text = f"(contains({cell}, ?) OR contains({cell}, ?))"
        yield _Clause(text, (fold(term), term.lower()))


def _write_filters(question: Question) -> Iterator[_Clause]:
    wanted = [each for each in FILTERS if question.filters.get(each.name)]
    for home in dict.fromkeys(each.table for each in wanted):
        matches = [_write_match(each, question) for each in wanted if each.table == home]
        if home == question.table:
            yield from matches
        elif link := _LINKS[question.table].get(home):
            inner = " AND ".join(match.text for match in matches)
            mine, theirs = ", ".join(link.mine), ", ".join(link.theirs)
            yield _Clause(
                f"({mine}) IN (SELECT ({theirs}) FROM {home} WHERE {inner})"
                if len(link.mine) > 1
                else f"{mine} IN (SELECT {theirs} FROM {home} WHERE {inner})",
                tuple(value for match in matches for value in match.values),
            )


def _write_match(filter_: Filter, question: Question) -> _Clause:
    wanted, column = question.filters[filter_.name], f'"{filter_.column}"'
    if filter_.match == "equal":
        return _Clause(f"lower({column}) IN (?, ?)", (fold(wanted), wanted.lower()))
    if filter_.match == "within":
        text = f"(starts_with({column}, ?) OR starts_with({column}, ?))"
        return _Clause(text, (fold(wanted), wanted))
    if filter_.match == "member":
        return _Clause(f"list_contains(string_split({column}, ';'), ?)", (wanted,))
    sign = ">=" if filter_.match == "from" else "<="
    return _Clause(f"({column} <> '' AND left({column}, {len(wanted):d}) {sign} ?)", (wanted,))
