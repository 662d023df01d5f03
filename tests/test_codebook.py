"""The codebook beside the tables: all columns, in both languages, renewed when lost."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from pipeline.emit.codebook import CODEBOOKS, Language, describe_tables
from pipeline.emit.publish import list_outputs
from pipeline.export import export_output
from pipeline.records import TABLES, Directive, Record, columns
from pipeline.running.batch import run
from pipeline.running.merge import merge

LANGUAGES = pytest.mark.parametrize("language", CODEBOOKS.values())
_ROW_PATTERN = re.compile(r"^\| `(\w+)` \|", re.MULTILINE)


def read_section(language: Language, kind: type[Record]) -> str:
    _, _, after = describe_tables(language).partition(f"\n## {kind.table}\n")
    return after.partition("\n## ")[0]


@LANGUAGES
@pytest.mark.parametrize("kind", TABLES)
def test_every_column_has_its_row(language: Language, kind: type[Record]) -> None:
    section = read_section(language, kind)
    assert section.strip().partition("\n")[0], "what a row is"
    assert _ROW_PATTERN.findall(section) == [column.name for column in columns(kind)]
    for column in columns(kind):
        (row,) = re.findall(rf"^\| `{column.name}` \|.*$", section, re.MULTILINE)
        assert f" | {column.example} | " in row
        assert row.count(" | ") == 5


@pytest.mark.parametrize(
    ("language", "row"),
    [
        (
            "en",
            "| `doc_id` | string | yes | document the row belongs to | suzhou/2023-08-01 "
            "| primary, foreign: `documents` |",
        ),
        ("zh", "| `doc_id` | 文本 | 是 | 所属文件 | suzhou/2023-08-01 | 主键、外键：`documents` |"),
    ],
)
def test_keys_are_said(language: Language, row: str) -> None:
    assert row in read_section(language, Directive).splitlines()


def test_languages_say_the_same_in_their_own_words() -> None:
    english, chinese = map(describe_tables, CODEBOOKS.values())
    assert _ROW_PATTERN.findall(english) == _ROW_PATTERN.findall(chinese)
    assert "meaning" not in chinese
    assert "One row per" not in chinese


def test_it_stands_beside_the_tables(sample_output: Path) -> None:
    files = json.loads((sample_output / "manifest.json").read_text(encoding="utf-8"))["files"]
    package = json.loads((sample_output / "datapackage.json").read_text(encoding="utf-8"))
    for name, language in CODEBOOKS.items():
        assert (sample_output / name).read_text(encoding="utf-8") == describe_tables(language)
        assert files[name] == list_outputs(sample_output)[name]
        assert name in package["description"]


@pytest.mark.parametrize("name", CODEBOOKS)
def test_a_run_renews_what_was_lost_or_edited(tmp_path: Path, name: str) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "甲.txt").write_text("全会强调，要抓好落实。", encoding="utf-8")
    for spoil in (Path.unlink, Path.touch, lambda path: path.write_text("改", encoding="utf-8")):
        run([tmp_path / "in"], tmp_path / "out")
        written = list_outputs(tmp_path / "out")
        spoil(tmp_path / "out" / name)
        run([tmp_path / "in"], tmp_path / "out")
        assert list_outputs(tmp_path / "out") == written


def test_merging_and_exporting_give_it_too(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "甲.txt").write_text("全会强调，要抓好落实。", encoding="utf-8")
    run([tmp_path / "in"], tmp_path / "out")
    merge([tmp_path / "out"], tmp_path / "whole")
    exported, _ = export_output(tmp_path / "whole", "jsonl")
    for name in CODEBOOKS:
        content = (tmp_path / "out" / name).read_bytes()
        assert (tmp_path / "whole" / name).read_bytes() == content
        assert (exported / name).read_bytes() == content
