"""What the program must never do: run what it reads, unpickle it, or reach for the network."""

from __future__ import annotations

import ast
import re
import tomllib
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
    names = ("pyproject.toml", "Makefile", ".ci/run", "SECURITY.md", "requirements.lock")
    assert not [name for name in names if pattern.search((PROJECT / name).read_text("utf-8"))]


def read_lock() -> dict[str, list[str]]:
    """The entries of the lock by package: several where versions of Python differ."""
    entries: dict[str, list[str]] = {}
    for entry in re.split(r"\n(?=\S)", (PROJECT / "requirements.lock").read_text("utf-8").strip()):
        entries.setdefault(entry.partition("==")[0], []).append(entry)
    return entries


def read_version(text: str) -> tuple[int, ...]:
    return tuple(map(int, re.findall(r"\d+", text)))


def test_every_locked_package_has_its_hashes() -> None:
    for entries in read_lock().values():
        assert all(re.search(r"--hash=sha256:[0-9a-f]{64}", entry) for entry in entries)


def test_the_lock_is_not_behind_the_bounds() -> None:
    """Is every dependency locked, in a version its lower bound admits? If not: ``make lock``."""
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]
    locked = read_lock()
    for dependency in project["dependencies"]:
        name, _, bound = dependency.partition(";")[0].partition(">=")
        for entry in locked[name]:
            version = re.match(rf"{name}==([0-9.]+)", entry)
            assert version, entry
            assert read_version(version[1]) >= read_version(bound), dependency
