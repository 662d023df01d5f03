"""Runs that are killed or meet another: whole tables, and a next run that completes them."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from press import (
    TEXTS,
    read_tables,
    write_lines,
    write_texts,
)

from pipeline.running.batch import run
from pipeline.store import StoreError

PROJECT = Path(__file__).resolve().parents[1]
# The long form of the tests by chance: PIPELINE_KILLS=200.
KILLS = int(os.environ.get("PIPELINE_KILLS", "6"))


def start(*words: str | Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "pipeline", "run", *map(str, words), "--log-json"],
        cwd=PROJECT,
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
    )


@pytest.fixture
def waiting(press: Path, tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A run that waits for its standard input."""
    with start("-", press, "-o", tmp_path / "out") as running:
        assert running.stderr
        assert b"run_started" in running.stderr.readline()
        yield running
        running.kill()


def test_a_second_run_is_refused(
    waiting: subprocess.Popen[bytes], press: Path, tmp_path: Path
) -> None:
    with pytest.raises(StoreError, match=rf"process {waiting.pid} is running over this folder"):
        run([press], tmp_path / "out")
    waiting.kill()
    waiting.wait()
    assert run([press], tmp_path / "out").rows["documents"] == 5


def test_a_run_that_is_killed_leaves_whole_tables(tmp_path: Path) -> None:
    """After every kill a table is an old or a new one, and the next run completes them all."""
    chance = random.Random(os.environ.get("PIPELINE_SEED", "1"))
    press = write_texts(tmp_path / "press", **{f"{at:03}": TEXTS[at % 4] for at in range(60)})
    records = [{"id": str(at), "text": f"{TEXTS[at % 4]}第{at}号。"} for at in range(180)]
    write_lines(press / "many.jsonl", *records)
    out, states = tmp_path / "out", []
    for number in range(2):
        run([press], tmp_path / str(number))
        states.append(read_tables(tmp_path / str(number)))
        exchange(press)
    run([press], out)
    for _ in range(KILLS):
        exchange(press)
        with start(press, "-o", out) as running:
            assert running.stderr
            running.stderr.readline()
            time.sleep(chance.uniform(0, 1.5))
            running.kill()
        tables = {name: (out / name).read_bytes() for name in states[0]}
        assert all(content in (old[name] for old in states) for name, content in tables.items())
    run([press], out)
    assert read_tables(out) == states[KILLS % 2]


def exchange(press: Path) -> None:
    """Every document another, or what it was before."""
    for path in press.iterdir():
        text = path.read_text(encoding="utf-8")
        given, wanted = ("会议", "大会") if "会议" in text else ("大会", "会议")
        path.write_text(text.replace(given, wanted), encoding="utf-8")
