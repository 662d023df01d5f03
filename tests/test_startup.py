"""What is light imports nothing heavy; what is not asked for is not loaded."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import click
import pytest

import pipeline
from pipeline.cli import commands
from pipeline.cli.lazy import load_command

PROJECT = Path(__file__).resolve().parents[1]

READS_TABLES = {"pandas", "duckdb", "pyarrow", "xlsxwriter"}
READS_FORMATS = {"lxml", "trafilatura", "docx", "pypdf", "openpyxl"}
MAKES_ROWS = {"cn2an", "opencc", "rjieba", "jieba", "ahocorasick_rs"}
HEAVY = READS_TABLES | READS_FORMATS | MAKES_ROWS | {"rich"}

CALL = """\
from pipeline.cli import commands
try:
    commands.main(sys.argv[1:], standalone_mode=False)
except click.ClickException as error:
    sys.stderr.write(error.format_message())
"""
MODULES = "print(json.dumps(sorted({name.partition('.')[0] for name in sys.modules})))"


def list_modules(code: str, *words: str) -> set[str]:
    """The packages a new process has imported when it has run some code."""
    program = f"import click, json, sys\n{code}\nprint()\n{MODULES}"
    done = subprocess.run(
        [sys.executable, "-c", program, *words],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=True,
    )
    return set(json.loads(done.stdout.splitlines()[-1]))


@pytest.mark.parametrize("words", ["--help", "--version", "run --help", "nothing"])
def test_help_imports_nothing_heavy(words: str) -> None:
    assert not list_modules(CALL, *words.split()) & HEAVY


def test_the_list_of_commands_needs_not_even_numbers() -> None:
    assert not list_modules("import pipeline.cli") & (HEAVY | {"numpy", "msgspec"})


@pytest.mark.parametrize(
    "words",
    [
        "run data/raw --engine hanlp --model nowhere",
        "run data/raw --engine hanlp --device cuda --model nowhere",
        "run nowhere",
        "run data/raw --workers none",
        "run data/raw --shard 3/2",
        "run data/raw --published 昨天",
    ],
)
def test_refusals_import_nothing_heavy(words: str) -> None:
    assert not list_modules(CALL, *words.split()) & (HEAVY - {"ahocorasick_rs"})


def test_a_text_is_processed_without_what_reads_tables_and_formats() -> None:
    code = "import pipeline; pipeline.process_text('区委五届五次全会指出，要抓好落实。')"
    assert not list_modules(code) & (READS_TABLES | READS_FORMATS | {"cn2an", "opencc", "jieba"})


def test_tables_are_loaded_without_what_makes_rows() -> None:
    assert not list_modules("import pipeline; pipeline.load") & (MAKES_ROWS | READS_FORMATS)


@pytest.mark.parametrize("name", pipeline.__all__)
def test_every_name_of_the_library_is_there(name: str) -> None:
    assert getattr(pipeline, name).__module__.startswith("pipeline.")
    assert name in dir(pipeline)


def test_an_unknown_name_is_no_name() -> None:
    with pytest.raises(AttributeError, match="no attribute 'lode'"):
        pipeline.lode  # type: ignore[attr-defined]  # noqa: B018


@pytest.mark.parametrize("name", commands.commands)
def test_every_stand_in_leads_to_its_command(name: str) -> None:
    stand_in = commands.commands[name]
    command = load_command(stand_in)
    assert command is not stand_in
    assert command.name == name
    assert command.help
    assert command.short_help is None, "what the list says stands in pipeline/cli/__init__.py"
    assert stand_in.get_short_help_str(limit=100) == stand_in.short_help


def test_a_command_is_called_itself() -> None:
    context = click.Context(commands)
    assert commands.resolve_command(context, ["run", "press/"])[1:] == (
        load_command(commands.commands["run"]),
        ["press/"],
    )
