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
import re
import sys
from pathlib import Path

from command_page import write_command_page
from rule_page import write_rule_page

from pipeline.emit.codebook import describe_tables, format_row
from pipeline.ingest import list_files
from pipeline.records import Result
from pipeline.running.recipe import Recipe
from pipeline.running.work import process_file

PROJECT = Path(__file__).resolve().parents[1]

SAMPLE = PROJECT / "data" / "raw" / "fujian" / "gulou-2024-08-09.txt"
SHOWN = ("start", "text", "issuer", "addressee", "modality", "force", "deadline")
_LONGEST_SHOWN = 32  # so that the table fits a page
_ROWS_PATTERN = re.compile(r"(<!-- rows[^\n]*\n).*?(<!-- /rows -->)", re.DOTALL)

_COLUMNS_TITLE = """\
# Tables and columns

<!-- Written by tools/write_docs.py from pipeline/records.py; `make docs` renews it. -->"""
_COLUMNS_TITLE_ZH = """\
# 表与列

<!-- 由 tools/write_docs.py 根据 pipeline/records.py 生成；用 `make docs` 更新。 -->"""


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
    docs = PROJECT / "docs"
    pages = {
        docs / "columns.md": describe_tables("en", _COLUMNS_TITLE),
        docs / "columns.zh.md": describe_tables("zh", _COLUMNS_TITLE_ZH),
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
    table = "\n".join([format_row(SHOWN), "|---" * len(SHOWN) + "|", *map(format_row, shown)])
    return _ROWS_PATTERN.sub(lambda marks: f"{marks[1]}{table}\n{marks[2]}", _read(readme))


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


if __name__ == "__main__":
    sys.exit(main())
