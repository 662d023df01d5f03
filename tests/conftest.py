"""Fixtures shared by all tests."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from press import TEXTS, write_lines, write_texts

from pipeline.lexicons import Lexicons, load_lexicons

if TYPE_CHECKING:
    from inputs import Write

PROJECT = Path(__file__).resolve().parents[1]

# The same examples at every run, on a slow machine too; HYPOTHESIS_PROFILE=explore tries others.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.register_profile("explore", deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--rewrite-golden",
        action="store_true",
        help="write the expected tables of tests/golden anew instead of comparing",
    )


@pytest.fixture(scope="session")
def lexicons() -> Lexicons:
    return load_lexicons()


@pytest.fixture(scope="session")
def shared() -> Path:
    folder = PROJECT.parent / "shared"
    if not folder.is_dir():
        pytest.skip(
            f"the labelled documents are not at hand: no folder {folder.name}/ beside the project"
        )
    return folder


@pytest.fixture(scope="session")
def samples() -> Path:
    """The press releases that come with the project."""
    return PROJECT / "data" / "raw"


@pytest.fixture(scope="session")
def sample_output(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a run over them writes; read it, do not change it."""
    from pipeline.running.batch import run

    folder = tmp_path_factory.mktemp("samples") / "data" / "processed"
    run([samples], folder)
    return folder


@pytest.fixture
def press(tmp_path: Path) -> Path:
    """Three documents, two of which are the same, and a line of one more."""
    folder = write_texts(tmp_path / "press", 甲=TEXTS[0], 乙=TEXTS[1], 丙=TEXTS[0])
    write_lines(folder / "丁.jsonl", {"id": "1", "text": TEXTS[2]}, {"id": "2", "text": TEXTS[3]})
    return folder


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write_file(name: str, content: bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return path

    return write_file
