"""The Chinese words for tables and columns, beside the English ones of the records.

Takes ``columns_zh.csv``, gives the help of a table or a column: ``title`` of a document is 标题.
Words without a column and columns without words are errors, so that neither language falls behind.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path

from pipeline.records import TABLES, Column, Mention, Passage, Record, columns

COLUMNS_ZH = Path(__file__).with_name("columns_zh.csv")

_SHARED = "*"  # the columns all mention tables begin with

Words = Mapping[tuple[str, str], str]


def read_chinese(path: Path = COLUMNS_ZH) -> Words:
    """The Chinese words of every table and column, checked against the records.

    Raises:
        ValueError: If a word is missing or belongs to no column.
    """
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(line for line in lines if not line.startswith("#"))
        words = {(row["table"], row["column"]): row["help"] for row in rows}
    needed = {key for kind in TABLES for key in _list_keys(kind)}
    if missing := sorted(needed - words.keys()):
        raise ValueError(f"{path.name}: no words for {missing[0]}")
    if strange := sorted(words.keys() - needed):
        raise ValueError(f"{path.name}: {strange[0]} is no column")
    return words


def find_column_words(words: Words, kind: type[Record], column: Column) -> str:
    """What a column says, in Chinese; nothing where no words are given.

    >>> from pipeline.records import Document
    >>> find_column_words(read_chinese(), Document, columns(Document)[6])
    '标题'
    """
    return words.get((_name_owner(kind, column), column.name), "")


def _list_keys(kind: type[Record]) -> Iterator[tuple[str, str]]:
    yield kind.table, ""
    for column in columns(kind):
        yield _name_owner(kind, column), column.name


def _name_owner(kind: type[Record], column: Column) -> str:
    return _SHARED if issubclass(kind, Mention) and column.name in Passage._fields else kind.table
