"""The wheel is whole: it installs away from the checkout and runs there without a network."""

from __future__ import annotations

import ast
import csv
import os
import re
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from pathlib import Path
from typing import Any

import pytest

from pipeline.running.manifest import LIBRARIES

PROJECT = Path(__file__).resolve().parents[1]

# Installed as a .pth file, so that it holds for the console script and for worker processes too.
NO_NETWORK = """\
import socket

def refuse(*_args, **_kwargs):
    raise OSError("the network is blocked")

socket.socket.connect = socket.socket.connect_ex = refuse
socket.getaddrinfo = socket.create_connection = refuse
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    call(["-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(PROJECT)])
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The scripts folder of an environment that holds the wheel and, from ours, what it needs."""
    environment = tmp_path_factory.mktemp("clean") / "environment"
    venv.create(environment, with_pip=False)
    packages = next(
        environment.glob("lib*/python*/site-packages"), environment / "Lib/site-packages"
    )
    ours = sysconfig.get_path("purelib")
    call(["-m", "pip", "install", "--no-index", "--no-deps", "--target", str(packages), str(wheel)])
    (packages / "needed.pth").write_text(f"{ours}\nimport no_network\n", encoding="utf-8")
    (packages / "no_network.py").write_text(NO_NETWORK, encoding="utf-8")
    return Path(venv.EnvBuilder().ensure_directories(environment).env_exe)


def call(arguments: list[str], python: Path | None = None, cwd: Path | None = None) -> str:
    """Run Python away from the checkout, blind to it and to any package index."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    environment |= {"PIP_NO_INDEX": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    done = subprocess.run(
        [python or sys.executable, *arguments],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_wheel_carries_all_lexicons_and_nothing_of_the_tests(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    lexicons = PROJECT / "lexicons"
    for path in lexicons.rglob("*.csv"):
        assert f"pipeline/lexicon_files/{path.relative_to(lexicons).as_posix()}" in names
    for path in (PROJECT / "pipeline").rglob("*.py"):
        assert path.relative_to(PROJECT).as_posix() in names
    assert all(name.startswith(("pipeline/", "communique_pipeline-")) for name in names)
    assert any(name.endswith("licenses/LICENSE") for name in names)


def test_installed_copy_runs_without_network(installed: Path, tmp_path: Path) -> None:
    source = PROJECT / "data" / "raw" / "fujian" / "gulou-2024-08-09.txt"
    (tmp_path / "甲.txt").write_bytes(source.read_bytes())
    call(["-m", "pipeline", "run", "甲.txt", "-o", "out", "--quiet"], installed, tmp_path)
    with (tmp_path / "out" / "documents.csv").open(encoding="utf-8", newline="") as lines:
        (document,) = csv.DictReader(lines)
    assert document["doc_id"] == "甲"
    assert document["place"] == "福建省福州市鼓楼区"
    assert document["version"] == read_project()["version"]


def test_installed_copy_finds_its_own_lexicons(installed: Path, tmp_path: Path) -> None:
    code = "import pipeline.lexicons as l; print(l.find_lexicons())"
    found = Path(call(["-c", code], installed, tmp_path).strip())
    assert found.parts[-2:] == ("pipeline", "lexicon_files")
    assert PROJECT not in found.parents


def test_console_script_is_installed(installed: Path, tmp_path: Path) -> None:
    script = next(installed.parents[1].rglob("bin/pipeline"))
    assert "Usage" in call([str(script), "--help"], installed, tmp_path)


def test_the_network_is_really_blocked(installed: Path, tmp_path: Path) -> None:
    code = (
        "import socket\n"
        "try: socket.create_connection(('127.0.0.1', 9))\n"
        "except OSError as error: print(error)"
    )
    assert "blocked" in call(["-c", code], installed, tmp_path)


@pytest.mark.parametrize("folder", ["pipeline", "tests", "benchmarks"])
def test_every_import_is_a_dependency(folder: str) -> None:
    """Is anything imported that only this environment happens to have?"""
    project = read_project()
    extras = [name for names in project["optional-dependencies"].values() for name in names]
    listed = " ".join([*project["dependencies"], *extras]).lower().replace("_", "-")
    imported = find_imports(PROJECT / folder)
    assert [name for name in sorted(imported) if name.replace("_", "-") not in listed] == []


def test_libraries_in_the_manifest_are_dependencies() -> None:
    listed = {re.split(r"[<>=~;]", name)[0] for name in read_project()["dependencies"]}
    assert set(LIBRARIES) <= listed


def find_imports(folder: Path) -> set[str]:
    """Top-level packages of others that the modules of a folder import."""
    found, own = set[str](), {"pipeline", folder.name}
    for path in folder.rglob("*.py"):
        own.add(path.stem)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found.update(alias.name.partition(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found.add(node.module.partition(".")[0])
    return found - sys.stdlib_module_names - own


def read_project() -> dict[str, Any]:
    with (PROJECT / "pyproject.toml").open("rb") as file:
        project: dict[str, Any] = tomllib.load(file)["project"]
    return project
