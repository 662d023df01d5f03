"""What the program must never do: run what it reads, unpickle it, or reach for the network."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[1]
FORBIDDEN_CALLS = frozenset({"eval", "exec", "compile", "__import__"})
FORBIDDEN_MODULES = frozenset({"pickle", "marshal", "shelve", "dill", "yaml", "subprocess"})
NETWORK = frozenset({"urllib.request", "http.client", "requests", "httpx", "ftplib", "smtplib"})


def list_offences(code: str) -> Iterator[str]:
    """Calls and imports that a program which trusts nothing it reads does not need."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            if node.func.id in FORBIDDEN_CALLS:
                yield node.func.id
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names if is_forbidden(name.name))
        elif isinstance(node, ast.ImportFrom) and node.module and is_forbidden(node.module):
            yield node.module


def is_forbidden(module: str) -> bool:
    return module in NETWORK or module.partition(".")[0] in FORBIDDEN_MODULES | NETWORK


@pytest.mark.parametrize(
    "code",
    ["eval(x)", "exec(x)", "import pickle", "from yaml import load", "import urllib.request as u"],
)
def test_an_offence_is_seen(code: str) -> None:
    assert list(list_offences(code))


def test_the_program_commits_none() -> None:
    found = {
        path.relative_to(PROJECT).as_posix(): offences
        for path in (PROJECT / "pipeline").rglob("*.py")
        if (offences := list(list_offences(path.read_text(encoding="utf-8"))))
    }
    assert found == {}


def test_no_file_names_a_host_of_packages() -> None:
    pattern = re.compile(r"(?:--)?(?:extra-)?index-url|files\.pythonhosted\.org")
    names = ("pyproject.toml", "Makefile", ".ci/run", "SECURITY.md")
    assert not [name for name in names if pattern.search((PROJECT / name).read_text("utf-8"))]
