"""``codebook.md`` and ``codebook.zh.md``: what the rows and columns of an output mean.

Takes nothing but the records and their Chinese words, gives a page in either language: that a
``deadline`` is by when, as printed, e.g. 9月底前. The pages stand beside the tables, so that who is
handed a folder needs no other; the pages of the documentation say the same.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal

from pipeline.chinese import Words, find_column_words, read_chinese
from pipeline.records import TABLES, Column, Kind, Record, columns
from pipeline.references import list_references

Language = Literal["en", "zh"]

CODEBOOKS: dict[str, Language] = {"codebook.md": "en", "codebook.zh.md": "zh"}
"""The files and their languages."""

_TITLES = {"en": "# Codebook", "zh": "# 编码手册"}
_INTRODUCTIONS = {
    "en": """\
CSV files are UTF-8 with line feeds; the header is the names below, in this order. A list is one
cell, joined with `;`. A truth value is `true` or `false`, a date is ISO 8601, and an empty cell
says that nothing is known. Positions count code points from 0, and `text` is exactly `start` to
`end` of the normalised text, which `texts.parquet` holds as `text` beside the decoded source,
`raw`.
""",
    "zh": """\
CSV 文件为 UTF-8 编码、LF 换行；表头即下列列名，顺序相同。多个值写在同一格内，以 `;` 分隔。
真假值为 `true` 或 `false`，日期按 ISO 8601 书写，空单元格表示未知。位置从 0 起按 Unicode 码点计数；
`text` 恰为规范文本中 `start` 至 `end` 的一段；规范文本即 `texts.parquet` 中的 `text`，与解码后的
原文 `raw` 并列。
""",
}
_HEADINGS = {
    "en": ("column", "type", "may be empty", "meaning", "example", "key"),
    "zh": ("列", "类型", "可为空", "含义", "示例", "键"),
}
_YES_NO = {"en": ("yes", "no"), "zh": ("是", "否")}
_PRIMARY = {"en": "primary", "zh": "主键"}
_FOREIGN = {"en": "foreign: {}", "zh": "外键：{}"}
_CHOICES = {"en": "{}: {}", "zh": "{}：{}"}
_COMMA = {"en": ", ", "zh": "、"}
_KINDS: dict[Kind, str] = {
    "string": "文本",
    "integer": "整数",
    "boolean": "真假",
    "date": "日期",
    "list": "列表",
}


def write_codebooks(folder: Path) -> None:
    """Write the pages into a folder."""
    for name, language in CODEBOOKS.items():
        path = folder / name
        path.write_text(describe_tables(language), encoding="utf-8", newline="\n")


def describe_tables(language: Language, title: str = "") -> str:
    """The page in a language, under a title of its own where one is given.

    >>> describe_tables("zh").splitlines()[0]
    '# 编码手册'
    """
    words = read_chinese() if language == "zh" else {}
    head = title or _TITLES[language]
    tables = (_describe_table(kind, language, words) for kind in TABLES)
    return "\n".join([f"{head}\n", _INTRODUCTIONS[language], *tables])


def format_row(cells: Iterable[str]) -> str:
    """A row of a table in Markdown.

    >>> format_row(["text", "要|抓"])
    '| text | 要\\\\|抓 |'
    """
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _describe_table(kind: type[Record], language: Language, words: Words) -> str:
    about = words.get((kind.table, "")) or inspect.getdoc(kind) or ""
    lines = [f"## {kind.table}", "", about, ""]
    lines.append(format_row(_HEADINGS[language]))
    lines.append("|---" * len(_HEADINGS[language]) + "|")
    for column in columns(kind):
        help_ = find_column_words(words, kind, column) or column.help
        keys = _COMMA[language].join(_list_keys(kind, column, language))
        lines.append(format_row((*_describe_column(column, help_, language), keys)))
    return "\n".join(lines) + "\n"


def _describe_column(column: Column, help_: str, language: Language) -> tuple[str, ...]:
    if column.choices and not all(choice in help_ for choice in column.choices):
        listed = ", ".join(f"`{choice}`" for choice in column.choices)
        help_ = _CHOICES[language].format(help_, listed)
    kind = _KINDS[column.kind] if language == "zh" else column.kind
    empty = _YES_NO[language][0 if column.nullable else 1]
    return f"`{column.name}`", kind, empty, help_, column.example


def _list_keys(kind: type[Record], column: Column, language: Language) -> Iterator[str]:
    """What a column is a key of: of its own row, of a row of another table."""
    if column.name in kind.key:
        yield _PRIMARY[language]
    for reference in list_references(kind):
        if column.name in reference.columns:
            yield _FOREIGN[language].format(f"`{reference.table}`")
