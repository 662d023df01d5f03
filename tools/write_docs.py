"""Write what the pages say of commands, columns and rows; ``--check`` only compares.

- ``docs/columns.md`` and ``docs/columns.zh.md``: names, types, choices, examples and the English
  words come from :mod:`pipeline.records`. The Chinese words stand in ``pipeline/columns_zh.csv``; a
  column without them, or words without a column, is an error, so that neither page falls behind.
- ``docs/commands.md``: from the help of every command.
- ``docs/rules.md`` and ``docs/rules.zh.md``: every rule and reason, from ``pipeline/why/*.csv``.
- ``README.md`` and ``README.zh.md``: the rows they show are those the sample gives.
"""

from __future__ import annotations

import argparse
import inspect
import re
import sys
from collections.abc import Iterable
from pathlib import Path

from command_page import write_command_page
from rule_page import write_rule_page

from pipeline.chinese import Words, find_column_words, read_chinese
from pipeline.ingest import list_files
from pipeline.records import TABLES, Column, Kind, Record, Result, columns
from pipeline.running.recipe import Recipe
from pipeline.running.work import process_file

PROJECT = Path(__file__).resolve().parents[1]

SAMPLE = PROJECT / "data" / "raw" / "fujian" / "gulou-2024-08-09.txt"
SHOWN = ("start", "text", "issuer", "addressee", "modality", "force", "deadline")
_LONGEST_SHOWN = 32  # so that the table fits a page
_ROWS_PATTERN = re.compile(r"(<!-- rows[^\n]*\n).*?(<!-- /rows -->)", re.DOTALL)

_INTRODUCTION = {
    "en": """\
# Tables and columns

<!-- Written by tools/write_docs.py from pipeline/records.py; `make docs` renews it. -->

CSV files are UTF-8 with line feeds; the header is the names below, in this order. A list is one
cell, joined with `;`. A truth value is `true` or `false`, a date is ISO 8601, and an empty cell
says that nothing is known. Positions count code points from 0, and `text` is exactly `start` to
`end` of the normalised text.
""",
    "zh": """\
# 表与列

<!-- 由 tools/write_docs.py 根据 pipeline/records.py 生成；用 `make docs` 更新。 -->

CSV 文件为 UTF-8 编码、LF 换行；表头即下列列名，顺序相同。多个值写在同一格内，以 `;` 分隔。
真假值为 `true` 或 `false`，日期按 ISO 8601 书写，空单元格表示未知。位置从 0 起按 Unicode 码点计数；
`text` 恰为规范文本中 `start` 至 `end` 的一段。
""",
}
_HEADINGS = {
    "en": ("column", "type", "may be empty", "meaning", "example"),
    "zh": ("列", "类型", "可为空", "含义", "示例"),
}
_YES_NO = {"en": ("yes", "no"), "zh": ("是", "否")}
_KEY = {"en": "Key: {}.", "zh": "主键：{}。"}
_CHOICES = {"en": "{}: {}", "zh": "{}：{}"}
_KINDS: dict[Kind, str] = {
    "string": "文本",
    "integer": "整数",
    "boolean": "真假",
    "date": "日期",
    "list": "列表",
}


def main() -> int:
    """Write the pages, or with ``--check`` name those that are stale."""
    parser = argparse.ArgumentParser(description="Write what the pages say of columns and rows.")
    parser.add_argument("--check", action="store_true", help="compare only; 1 if a page is stale")
    check = parser.parse_args().check
    stale = {path: page for path, page in write_pages().items() if _read(path) != page}
    for path, page in stale.items():
        if check:
            sys.stderr.write(f"{path.relative_to(PROJECT)} is stale; run make docs\n")
        else:
            path.write_text(page, encoding="utf-8")
    return 1 if stale and check else 0


def write_pages() -> dict[Path, str]:
    """What each page must say."""
    words, docs = read_chinese(), PROJECT / "docs"
    english = "\n".join([_INTRODUCTION["en"], *(_table(kind, "en", {}) for kind in TABLES)])
    chinese = "\n".join([_INTRODUCTION["zh"], *(_table(kind, "zh", words) for kind in TABLES)])
    pages = {
        docs / "columns.md": english,
        docs / "columns.zh.md": chinese,
        docs / "commands.md": write_command_page(),
        docs / "rules.md": write_rule_page("en"),
        docs / "rules.zh.md": write_rule_page("zh"),
    }
    return pages | {path: _show_rows(path) for path in PROJECT.glob("README*.md")}


def _show_rows(readme: Path) -> str:
    """The page with the sample's rows between its marks."""
    (result,) = process_file(Recipe(), *list_files([SAMPLE]))
    if not isinstance(result, Result):
        raise ValueError(f"{SAMPLE.name} gives no document: {result.message}")
    rows = [row for row in result.directives if len(row.text) <= _LONGEST_SHOWN]
    shown = [[str(getattr(row, name)) for name in SHOWN] for row in rows]
    table = "\n".join([_row(SHOWN), "|---" * len(SHOWN) + "|", *map(_row, shown)])
    return _ROWS_PATTERN.sub(lambda marks: f"{marks[1]}{table}\n{marks[2]}", _read(readme))


def _table(kind: type[Record], language: str, words: Words) -> str:
    about = words.get((kind.table, "")) or inspect.getdoc(kind) or ""
    lines = [f"## {kind.table}", "", about, ""]
    if kind.key:
        lines += [_KEY[language].format(", ".join(f"`{name}`" for name in kind.key)), ""]
    lines.append(_row(_HEADINGS[language]))
    lines.append("|---" * len(_HEADINGS[language]) + "|")
    for column in columns(kind):
        help_ = find_column_words(words, kind, column) or column.help
        lines.append(_row(_cells(column, help_, language)))
    return "\n".join(lines) + "\n"


def _cells(column: Column, help_: str, language: str) -> tuple[str, ...]:
    if column.choices and not all(choice in help_ for choice in column.choices):
        listed = ", ".join(f"`{choice}`" for choice in column.choices)
        help_ = _CHOICES[language].format(help_, listed)
    kind = _KINDS[column.kind] if language == "zh" else column.kind
    empty = _YES_NO[language][0 if column.nullable else 1]
    return f"`{column.name}`", kind, empty, help_, column.example


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


if __name__ == "__main__":
    sys.exit(main())
