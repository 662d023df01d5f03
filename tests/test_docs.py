"""What the pages say is so: commands, options, links, files and figures of the tables."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from pipeline.cli import commands
from pipeline.cli.lazy import load_command
from pipeline.cli.status import DONE, INTERRUPTED, SOME_REJECTED, UNUSABLE
from pipeline.records import TABLES

PROJECT = Path(__file__).resolve().parents[1]
READMES = ("README.md", "README.zh.md")
PAGES = sorted(
    path.relative_to(PROJECT).as_posix()
    for folder in (PROJECT, PROJECT / "docs", PROJECT / "data" / "processed", PROJECT / "lexicons")
    for path in folder.glob("*.md")
)

_BLOCK_PATTERN = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
_INLINE_PATTERN = re.compile(r"`((?:python -m )?pipeline [^`\n]+)`")
_LINK_PATTERN = re.compile(r"\]\(([^)#\s]+)[^)]*\)")


def read(page: str) -> str:
    return (PROJECT / page).read_text(encoding="utf-8")


def read_blocks(page: str, language: str) -> list[str]:
    return [block for name, block in _BLOCK_PATTERN.findall(read(page)) if name == language]


def find_calls(text: str) -> Iterator[list[str]]:
    """The words of every call of the program, without what stands before and after it."""
    for part in re.split(r"&&|\||\n", text):
        words = shlex.split(part.split(">")[0], comments=True)
        if words[:3] == ["python", "-m", "pipeline"]:
            words = words[2:]
        if words and words[0].rpartition("/")[2] == "pipeline":
            yield words[1:]


def walk(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[str, click.Command]]:
    if isinstance(command, click.Group):
        for name, child in command.commands.items():
            yield from walk(load_command(child), (*path, name))
    else:
        yield " ".join(path), command


COMMANDS = dict(walk(commands))
EVERY_COMMAND = pytest.mark.parametrize("name", COMMANDS)


def check_call(words: list[str]) -> None:
    """Fail unless command and options exist."""
    command: click.Command = commands
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        name, *words = words
        for choice in name.split("|"):
            assert choice in command.commands, f"no command {choice!r}"
        command = load_command(command.commands[name.split("|")[0]])
    known = {option for parameter in command.params for option in parameter.opts} | {"--help", "-h"}
    for word in words:
        if word.startswith("-") and word != "-":
            assert word.partition("=")[0] in known, f"no option {word!r}"


@pytest.mark.parametrize("page", PAGES)
def test_commands_on_the_pages_exist(page: str) -> None:
    for block in read_blocks(page, "sh"):
        for words in find_calls(block):
            check_call(words)
    for call in _INLINE_PATTERN.findall(read(page)):
        for words in find_calls(call):
            check_call(words)


def test_a_command_that_does_not_exist_is_noticed() -> None:
    with pytest.raises(AssertionError, match="no command"):
        check_call(["fly"])
    with pytest.raises(AssertionError, match="no option"):
        check_call(["run", "press/", "--wings"])
    assert list(find_calls("cat a | pipeline run - -o b && x/pipeline lexicons check > c")) == [
        ["run", "-", "-o", "b"],
        ["lexicons", "check"],
    ]


@EVERY_COMMAND
def test_every_command_has_help_with_working_examples(name: str) -> None:
    context = click.Context(COMMANDS[name], info_name=name, **commands.context_settings)
    shown = COMMANDS[name].get_help(context)
    assert re.search(r"^  Examples?:$", shown, re.MULTILINE)
    examples = re.findall(r"^    (.*pipeline .*)$", shown, re.MULTILINE)
    calls = list(find_calls("\n".join(examples)))
    assert calls
    for words in calls:
        assert words[: len(name.split())] == name.split()
        check_call(words)


@pytest.mark.parametrize("page", READMES)
@EVERY_COMMAND
def test_readme_shows_every_command(page: str, name: str) -> None:
    assert f"pipeline {name.split()[0]}" in read(page)


@EVERY_COMMAND
def test_every_option_has_help(name: str) -> None:
    for parameter in COMMANDS[name].params:
        if isinstance(parameter, click.Option):
            assert parameter.help, parameter.name
            assert parameter.help.endswith("."), parameter.name


def test_both_readmes_give_the_same_commands() -> None:
    for language in ("sh", "python"):
        english, chinese = (read_blocks(page, language) for page in READMES)
        assert [drop_comments(block) for block in english] == [drop_comments(b) for b in chinese]


def drop_comments(code: str) -> str:
    return re.sub(r"  #.*", "", code)


@pytest.mark.parametrize("page", READMES)
def test_two_commands_for_a_new_machine(page: str) -> None:
    blocks = [block for block in read_blocks(page, "sh") if block.startswith("python3 ")]
    assert len(blocks) == 2
    assert all(block.count("\n") == 1 for block in blocks)
    main_job, tests = blocks
    assert main_job.endswith(".venv/bin/pipeline run\n")
    assert tests.endswith(".venv/bin/pytest\n")


def test_the_gate_runs_the_test_command_of_the_readme() -> None:
    gate = read(".ci/run")
    (extraction,) = re.findall(r"test_command=\$\((.*)\)\n", gate)
    shell = ["bash", "-c", extraction]
    found = subprocess.run(shell, cwd=PROJECT, capture_output=True, text=True, check=True).stdout
    assert found == read_blocks("README.md", "sh")[1]
    assert gate.rstrip().endswith('-c "$test_command"')
    assert os.access(PROJECT / ".ci" / "run", os.X_OK)


@pytest.mark.parametrize("page", READMES)
def test_readme_names_every_file_of_an_output(page: str, sample_output: Path) -> None:
    for path in sample_output.iterdir():
        assert f"| `{path.name}` |" in read(page)


@pytest.mark.parametrize("page", READMES)
def test_readme_lists_the_exit_statuses(page: str) -> None:
    listed = [int(status) for status in re.findall(r"^\| (\d+) \|[^|]+\|$", read(page), re.M)]
    assert listed == [DONE, SOME_REJECTED, UNUSABLE, INTERRUPTED]


@pytest.mark.parametrize("code", read_blocks("README.md", "python"), ids=lambda code: code[:40])
def test_readme_code_runs(
    code: str,
    sample_output: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(sample_output.parents[1])
    exec(compile(code, "README.md", "exec"), {})
    assert not capsys.readouterr().err


def test_generated_pages_are_fresh() -> None:
    """Do the pages say what records and samples say? ``make docs`` writes them anew."""
    environment = os.environ | {"PYTHONPATH": str(PROJECT)}
    call = [sys.executable, "tools/write_docs.py", "--check"]
    done = subprocess.run(call, cwd=PROJECT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("page", ["docs/columns.md", "docs/columns.zh.md"])
def test_column_pages_show_every_table(page: str) -> None:
    headings = re.findall(r"^## (.+)$", read(page), re.MULTILINE)
    assert headings == [kind.table for kind in TABLES]


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str) -> None:
    folder = (PROJECT / page).parent
    for link in _LINK_PATTERN.findall(read(page)):
        assert "://" in link or (folder / link).exists(), link


def test_versions_agree() -> None:
    version = tomllib.loads(read("pyproject.toml"))["project"]["version"]
    assert f"\nversion: {version}\n" in read("CITATION.cff")
    assert "\n## Upcoming\n" in read("CHANGELOG.md")


def test_licence_is_the_one_named() -> None:
    assert "Apache License\n" in read("LICENSE")[:200]
    assert tomllib.loads(read("pyproject.toml"))["project"]["license"] == "Apache-2.0"
