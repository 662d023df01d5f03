"""Which columns of a table point to the rows of another.

Takes a record type, gives :class:`Reference`: every row of ``directives`` stands in a document, a
use of 两个确立 perhaps in a directive. One list for the database, the data package and joins.
"""

from __future__ import annotations

from typing import NamedTuple

from pipeline.records import Directive, Document, Record, SloganUse, columns


class Reference(NamedTuple):
    """Columns of one table that hold the key of another.

    Attributes:
        columns: The columns that point.
        table: The table pointed to.
        key: Its columns, in the same order.
        optional: Whether a row may point to nothing, with an empty last cell.
    """

    columns: tuple[str, ...]
    table: str
    key: tuple[str, ...]
    optional: bool = False


def list_references(record_type: type[Record]) -> tuple[Reference, ...]:
    """The references of a table, most often one: the document it stands in.

    >>> [reference.table for reference in list_references(SloganUse)]
    ['documents', 'directives']
    """
    if record_type is Document:
        return (Reference(("duplicate_of",), Document.table, Document.key, True),)
    if "doc_id" not in {column.name for column in columns(record_type)}:
        return ()
    document = Reference(("doc_id",), Document.table, Document.key)
    if record_type is SloganUse:
        within = Reference(("doc_id", "directive_id"), Directive.table, Directive.key, True)
        return document, within
    return (document,)
