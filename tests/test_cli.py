"""The command line: what it prints, where, and how it ends."""

from __future__ import annotations

import io
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from pipeline.cli import main
from pipeline.cli.progress import open_progress
from pipeline.running.manifest import program_version

PROJECT = Path(__file__).resolve().parents[1]
COMMUNIQUE = "区委五届五次全会召开\n8月1日，全会在苏州市相城区召开。全会强调，要抓好落实。\n"


class Ended(NamedTuple):
    """How a call of the program ended."""

    status: int
    out: str
    err: str


Call = Callable[..., Ended]


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    """Call the program in this process; ``stdin`` is what it may read."""

    def call_main(*words: str | Path, stdin: bytes = b"") -> Ended:
        monkeypatch.setattr(sys, "argv", ["pipeline", *map(str, words)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return Ended(ended.value.code, printed.out, printed.err)

    return call_main


@pytest.fixture
def press(tmp_path: Path) -> Path:
    """A folder with one document."""
    folder = tmp_path / "press"
    folder.mkdir()
    (folder / "甲.txt").write_text(COMMUNIQUE, encoding="utf-8")
    return folder


def test_done(call: Call, press: Path, tmp_path: Path) -> None:
    ended = call("run", press, "-o", tmp_path / "out")
    assert ended.status == 0
    assert re.search(r"documents\W+1\b", ended.out)
    assert re.search(r"rejects\W+0\b", ended.out)
    assert ended.err == ""
    assert (tmp_path / "out" / "documents.csv").exists()


def test_some_rejected(call: Call, press: Path, tmp_path: Path) -> None:
    (press / "空.txt").touch()
    ended = call("run", press, "-o", tmp_path / "out")
    assert ended.status == 1
    assert "rejects.csv" in ended.err
    assert "空.txt" in (tmp_path / "out" / "rejects.csv").read_text(encoding="utf-8")
    assert "甲" in (tmp_path / "out" / "documents.csv").read_text(encoding="utf-8")


def test_quiet_prints_nothing(call: Call, press: Path, tmp_path: Path) -> None:
    assert call("run", press, "-o", tmp_path / "out", "--quiet") == (0, "", "")


def test_standard_input(call: Call, tmp_path: Path) -> None:
    ended = call("run", "-", "-o", tmp_path / "out", "--quiet", stdin=COMMUNIQUE.encode("gb18030"))
    assert ended.status == 0
    written = (tmp_path / "out" / "documents.csv").read_text(encoding="utf-8")
    assert "stdin" in written
    assert "gb18030" in written


def test_standard_input_with_many_workers(call: Call, press: Path, tmp_path: Path) -> None:
    words = ("run", "-", press, "-o", tmp_path / "out", "--quiet", "--workers", "2")
    assert call(*words, stdin=COMMUNIQUE.encode()).status == 0
    assert "stdin" in (tmp_path / "out" / "documents.csv").read_text(encoding="utf-8")


def test_metadata_for_the_run(call: Call, press: Path, tmp_path: Path) -> None:
    given = ("--place", "江苏省苏州市相城区", "--published", "2023-08-02")
    assert call("run", press, "-o", tmp_path / "out", *given, "--quiet").status == 0
    written = (tmp_path / "out" / "documents.csv").read_text(encoding="utf-8")
    assert "江苏省苏州市相城区,320507" in written
    assert "2023-08-02,2023-08-01" in written


def test_parquet(call: Call, press: Path, tmp_path: Path) -> None:
    call("run", press, "-o", tmp_path / "out", "--format", "parquet", "--quiet")
    assert (tmp_path / "out" / "plenums.parquet").exists()
    assert not (tmp_path / "out" / "plenums.csv").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["run", "nowhere"], "nowhere: no such file or folder"),
        (["run", "empty"], "empty: the folder holds no files"),
        (["run", "press", "--workers", "many"], "'many' is neither 'auto' nor a positive number"),
        (["run", "press", "--workers", "0"], "positive number"),
        (["run", "press", "--published", "2023年8月"], "'2023年8月' is no date"),
        (["run", "press", "--engine", "none"], "--engine"),
        (["run", "press", "--format", "xml"], "--format"),
        (["run", "press", "--lexicons", "nowhere"], "nowhere"),
        (["run", "press", "--lexicons", "empty"], "empty: holds no lexicon file"),
        (["run", "press", "-o", "press/甲.txt"], "甲.txt"),
        (["run", "press", "--shard", "3/2"], "--shard: '3/2' is no part of a whole"),
        (["merge", "press", "-o", "out"], "press has no store"),
        (["run", "press", "--wings"], "--wings"),
        (["fly"], "fly"),
        (["compare", "empty", "press"], "empty"),
        (["evaluate", "nowhere"], "nowhere"),
        (["normalise", "nowhere"], "nowhere"),
        (["lexicons", "show", "no-such-id"], "no-such-id"),
    ],
    ids=" ".join,
)
@pytest.mark.usefixtures("press")
def test_unusable(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    ended = call(*words)
    assert ended.status == 2
    assert said in ended.err
    assert "Traceback" not in ended.err
    assert not (tmp_path / "data").exists()


def test_a_broken_lexicon_names_file_and_line(
    call: Call, press: Path, tmp_path: Path, broken_lexicons: Path
) -> None:
    ended = call("run", press, "-o", tmp_path / "out", "--lexicons", broken_lexicons)
    assert ended.status == 2
    assert "people.csv:5:" in ended.err
    assert not (tmp_path / "out").exists()


@pytest.fixture
def broken_lexicons(tmp_path: Path) -> Path:
    """A copy of the lexicons in which line 5 of one file has too many cells."""
    folder = tmp_path / "lexicons"
    for path in (PROJECT / "lexicons").rglob("*.csv"):
        target = folder / path.relative_to(PROJECT / "lexicons")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
    path = folder / "people.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[4] += ",,,,,"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def test_an_unwritable_folder_is_said(call: Call, press: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    ended = call("run", press, "-o", tmp_path / "file" / "out")
    assert ended.status == 2
    assert "file" in ended.err


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT for one process")
@pytest.mark.parametrize("workers", ["1", "2"])
def test_interrupted(call: Call, press: Path, tmp_path: Path, workers: str) -> None:
    output = tmp_path / "out"
    call("run", press, "-o", output, "--quiet")
    before = read_tables(output)
    words = ["-m", "pipeline", "run", "-", str(press), "-o", str(output), "--workers", workers]
    words.append("--log-json")
    with subprocess.Popen(
        [sys.executable, *words],
        cwd=PROJECT,
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=listen_to_interrupts,
    ) as running:
        assert running.stderr
        assert "run_started" in running.stderr.readline()  # now it waits for its input
        os.killpg(running.pid, signal.SIGINT)  # as a terminal does
        _, err = running.communicate(timeout=60)
    assert running.returncode == 130
    assert "Interrupted" in err
    assert "Traceback" not in err
    assert read_tables(output) == before


def listen_to_interrupts() -> None:
    """Tests that run in the background hand on to their children that interrupts are ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def read_tables(output: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in output.iterdir() if "duckdb" not in path.name}


@pytest.mark.parametrize(("words", "said"), [(["--help"], "Examples"), (["-h"], "run")])
def test_help(call: Call, words: list[str], said: str) -> None:
    assert call("run", *words).status == 0
    assert said in call("run", *words).out


def test_version(call: Call) -> None:
    assert call("--version").out == f"pipeline, version {program_version()}\n"


def test_help_lists_the_commands(call: Call) -> None:
    out = call("--help").out
    for name in ("run", "normalise", "evaluate", "compare", "lexicons"):
        assert re.search(rf"^  {name} ", out, re.MULTILINE)


@pytest.mark.parametrize(
    ("terminal", "quiet", "shown"),
    [(True, False, True), (True, True, False), (False, False, False)],
)
def test_progress_is_for_terminals(
    monkeypatch: pytest.MonkeyPatch, terminal: bool, quiet: bool, shown: bool
) -> None:
    class Stream(io.StringIO):
        def isatty(self) -> bool:
            return terminal

    monkeypatch.setattr(sys, "stderr", Stream())
    monkeypatch.setenv("TERM", "xterm")
    assert open_progress(quiet).disable is not shown


def test_python_m_pipeline(press: Path, tmp_path: Path) -> None:
    words = ["-m", "pipeline", "run", str(press), "-o", str(tmp_path / "out")]
    done: subprocess.CompletedProcess[Any] = subprocess.run(
        [sys.executable, *words], cwd=PROJECT, capture_output=True, check=True
    )
    assert b"documents" in done.stdout


def test_dry_run_says_what_and_why(call: Call, press: Path, tmp_path: Path) -> None:
    ended = call("run", press, "-o", tmp_path / "out", "--dry-run")
    assert ended == (0, "new: 甲.txt\n1 file: new\n", "")
    assert not (tmp_path / "out").exists()


def test_status_says_what_was_run_and_what_would_run(
    call: Call, press: Path, tmp_path: Path
) -> None:
    call("run", press, "-o", tmp_path / "out", "--quiet")
    (press / "乙.txt").write_text(COMMUNIQUE, encoding="utf-8")
    ended = call("status", tmp_path / "out")
    assert ended.status == 0
    assert "pipeline run" in ended.out
    assert "1 file: new\n1 file: unchanged\n" in ended.out
    assert "new: 乙.txt" in call("status", tmp_path / "out", "--all").out


def test_status_of_no_output(call: Call, press: Path) -> None:
    ended = call("status", press)
    assert (ended.status, "has no store" in ended.err) == (2, True)


def test_log_json(call: Call, press: Path, tmp_path: Path) -> None:
    (press / "空.txt").touch()
    ended = call("run", press, "-o", tmp_path / "out", "--log-json")
    first, done, rejected, last = map(json.loads, ended.err.splitlines())
    assert first == {"event": "run_started", "files": 2}
    assert done == {"event": "document_done", "doc_id": "甲", "path": "甲.txt"}
    assert rejected == {"event": "input_rejected", "path": "空.txt", "reason": "empty"}
    assert last.pop("documents_per_second") > 0
    assert last == {"event": "run_finished", "done": 1, "rejected": 1, "skipped": 0, "gone": 0}


def test_parts_and_merge(call: Call, press: Path, tmp_path: Path) -> None:
    parts = [tmp_path / "one", tmp_path / "two"]
    for number, part in enumerate(parts, 1):
        words = ("run", press, "-o", part, "--shard", f"{number}/2", "--quiet")
        assert call(*words).status == 0
    assert call("merge", *parts, "-o", tmp_path / "whole", "--quiet") == (0, "", "")
    call("run", press, "-o", tmp_path / "out", "--quiet")
    assert read_tables(tmp_path / "whole") == read_tables(tmp_path / "out")
