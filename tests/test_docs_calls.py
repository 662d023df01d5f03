"""Does every command shown on the pages run? Each page in a workplace of its own, in its order."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from test_docs import PAGES, PROJECT, find_calls, read_blocks

from pipeline.cli import commands
from pipeline.cli.status import DONE, SOME_REJECTED

_NOT_RUN_PAGES = {
    "docs/commands.md",  # the examples in the help of the commands, which name anybody's files
    "docs/engines.md",  # its calls need a model that has to be fetched; see tests/test_hanlp.py
}
_PAGES_WITH_CALLS = [
    page
    for page in PAGES
    if page not in _NOT_RUN_PAGES and any(map(list, map(find_calls, read_blocks(page, "sh"))))
]


@pytest.fixture(scope="module")
def stocked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with everything the pages take for granted."""
    folder = tmp_path_factory.mktemp("stocked")
    for part in ("data/raw", "lexicons", "tests/gold"):
        shutil.copytree(PROJECT / part, folder / part)
    press = shutil.copytree(PROJECT / "data" / "raw" / "fujian", folder / "press")
    shutil.copy(press / "gulou-2024-08-09.txt", folder / "report.txt")
    (folder / "my-lexicons").mkdir()
    (folder / "my-lexicons" / "slogans.csv").write_text("canonical\n一核两翼九翅\n", "utf-8")
    call(folder, ["run", str(folder / "data" / "raw")], "data/processed")
    for output in ("old", "new", "tables"):
        shutil.copytree(folder / "data" / "processed", folder / output)
    call(folder, ["annotate", "export", str(folder / "old"), "--to", "label-studio"], "tasks.json")
    _label(folder / "tasks.json", folder / "project-1.json")
    for person in ("anna", "bo"):
        shutil.copytree(folder / "tests/gold/documents", folder / "labelled" / person)
    return folder


def _label(tasks: Path, export: Path) -> None:
    """What Label Studio exports once somebody submitted every task as it was."""
    finished = [
        {"data": task["data"], "annotations": [{"result": task["predictions"][0]["result"]}]}
        for task in json.loads(tasks.read_text(encoding="utf-8"))
    ]
    export.write_text(json.dumps(finished), encoding="utf-8")


def call(folder: Path, words: list[str], output: str | None = None) -> None:
    if output:
        words = [*words, "-o", str(folder / output)]
    result = CliRunner().invoke(commands, words, input="区委五届五次全会召开。\n")
    said = f"pipeline {' '.join(words)}: {result.output}"
    assert result.exception is None or isinstance(result.exception, SystemExit), said
    assert result.exit_code in (DONE, SOME_REJECTED), said


@pytest.mark.parametrize("page", _PAGES_WITH_CALLS)
def test_calls_of_a_page_run(
    page: str, stocked: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workplace = shutil.copytree(stocked, tmp_path / "workplace")
    monkeypatch.chdir(workplace)
    for block in read_blocks(page, "sh"):
        for words in find_calls(block):
            call(workplace, words)


def test_a_call_that_fails_is_noticed(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="no such file"):
        call(tmp_path, ["run", "nowhere/", "-o", str(tmp_path)])
