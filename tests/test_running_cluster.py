"""A cluster of Dask gives what one process gives, whatever becomes of its workers."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from click.testing import CliRunner

import pipeline.running.cluster
from pipeline.cli import commands
from pipeline.cli.status import UNUSABLE
from pipeline.running.batch import run
from pipeline.running.events import DocumentDone, Event
from pipeline.running.executors import WorkersError
from pipeline.running.recipe import Recipe, prepare

PROJECT = Path(__file__).resolve().parents[1]
PATIENCE = 120  # seconds until a test gives up; none rests on how long anything takes
DOCUMENTS = 60
TEXT = "区委五届{}次全会召开\n8月1日，全会强调，要坚定拥护“两个确立”，抓好第{}项工作落实。\n"


class Cluster(NamedTuple):
    """A scheduler and its workers, processes of their own."""

    address: str
    scheduler: subprocess.Popen[bytes]
    workers: list[subprocess.Popen[bytes]]


def wait_until(holds: Callable[[], object], processes: list[subprocess.Popen[bytes]]) -> None:
    until = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < until, "it took too long"
        assert all(process.poll() is None for process in processes), "a process ended"
        time.sleep(0.05)


def start_dask(folder: Path, *words: str) -> subprocess.Popen[bytes]:
    """A process of Dask, in a folder from which no relative path leads to the documents."""
    command = [sys.executable, "-m", "dask", *words, "--host", "127.0.0.1", "--no-dashboard"]
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    return subprocess.Popen(command, cwd=folder, env=environment, stderr=subprocess.DEVNULL)


@contextmanager
def start_cluster(folder: Path, workers: int) -> Iterator[Cluster]:
    distributed = pytest.importorskip("distributed", reason="needs communique-pipeline[dask]")
    note, elsewhere = folder / "scheduler.json", folder / "elsewhere"
    elsewhere.mkdir()
    processes = [start_dask(elsewhere, "scheduler", "--port", "0", "--scheduler-file", str(note))]
    try:
        wait_until(note.exists, processes)
        address = json.loads(note.read_text("utf-8"))["address"]
        words = ("worker", address, "--no-nanny", "--nthreads", "1")
        processes += (start_dask(elsewhere, *words) for _ in range(workers))
        with distributed.Client(address, set_as_default=False) as client:
            wait_until(lambda: len(client.nthreads()) == workers, processes)
        yield Cluster(address, processes[0], processes[1:])
    finally:
        for process in reversed(processes):
            process.kill()
            process.wait(PATIENCE)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """One that no test harms."""
    with start_cluster(tmp_path_factory.mktemp("cluster"), workers=1) as started:
        yield started


@pytest.fixture
def press(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Documents, by a path that leads to them from this process alone, in small batches."""
    monkeypatch.setattr(pipeline.running.cluster, "_BYTES_OF_BATCH", 300)
    monkeypatch.chdir(tmp_path)
    folder = Path("press")
    folder.mkdir()
    for number in range(DOCUMENTS):
        text = TEXT.format("一二三四五"[number % 5], number)
        (folder / f"{number:02}.txt").write_text(text, encoding="utf-8")
    lines = [json.dumps({"id": n, "text": TEXT.format("六", n)}) for n in range(20)]
    (folder / "lines.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return folder


@pytest.fixture
def expected(press: Path) -> dict[str, bytes]:
    """What one process makes of them."""
    run([press], Path("serial"))
    return read_tables(Path("serial"))


def read_tables(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if "duckdb" not in path.name}


def kill_busy(cluster: Cluster, victim: subprocess.Popen[bytes], address: str) -> None:
    """Kill a worker that was stopped, once work waits for it."""
    import distributed

    with distributed.Client(cluster.address, set_as_default=False) as client:
        wait_until(lambda: client.processing().get(address), [cluster.scheduler])
        victim.kill()


def find_address(cluster: Cluster, worker: subprocess.Popen[bytes]) -> str:
    import distributed

    with distributed.Client(cluster.address, set_as_default=False) as client:
        processes: dict[str, int] = client.run(os.getpid)
    return next(address for address, number in processes.items() if number == worker.pid)


def test_a_worker_killed_in_the_middle_changes_nothing(
    press: Path, expected: dict[str, bytes], tmp_path: Path
) -> None:
    with start_cluster(tmp_path, workers=2) as cluster:
        victim = cluster.workers[0]
        address = find_address(cluster, victim)
        victim.send_signal(signal.SIGSTOP)  # so that what it is given is surely unfinished
        watch = threading.Thread(target=kill_busy, args=(cluster, victim, address))
        watch.start()
        run([press], Path("tables"), scheduler=cluster.address)
        watch.join(PATIENCE)
        assert victim.wait(PATIENCE) == -signal.SIGKILL
    assert read_tables(Path("tables")) == expected


def test_a_scheduler_that_goes_leaves_what_was_there(
    press: Path, expected: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline.running.cluster, "_PATIENCE", 2)
    first = press / "00.txt"
    run([first], Path("tables"))
    before = read_tables(Path("tables"))
    with start_cluster(tmp_path, workers=1) as cluster:

        def end_scheduler(event: Event) -> None:
            if isinstance(event, DocumentDone):
                cluster.scheduler.kill()

        with pytest.raises(WorkersError, match=r"is gone.*run again"):
            run([press], Path("tables"), scheduler=cluster.address, tell=end_scheduler)
    assert read_tables(Path("tables")) == before
    tally = run([press], Path("tables")).tally
    assert 0 < tally.done < DOCUMENTS + 20
    assert read_tables(Path("tables")) == expected


def test_a_cluster_of_this_run_gives_the_same(press: Path, expected: dict[str, bytes]) -> None:
    pytest.importorskip("distributed", reason="needs communique-pipeline[dask]")
    run([press], Path("tables"), dask_workers=1)
    assert read_tables(Path("tables")) == expected


@pytest.mark.parametrize("change", ["slogans.csv", "people.csv", None])
def test_workers_with_other_lexicons_are_refused(
    change: str | None, cluster: Cluster, press: Path
) -> None:
    own = Path(f"own-{change}").resolve()
    own.mkdir()
    (own / "slogans.csv").write_text("canonical\n一核两翼九翅\n", "utf-8")
    prepare(Recipe(lexicons=own))  # held by this process from here on
    if change:
        row = {"slogans.csv": "canonical\n一核两翼八翅\n", "people.csv": "name\n张三丰\n"}[change]
        (own / change).write_text(row, "utf-8")
    else:
        own.rename("elsewhere")
    with pytest.raises(WorkersError, match=r"worker \d+ on"):
        run([press], Path("tables"), Recipe(lexicons=own), scheduler=cluster.address)


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (("--scheduler", "127.0.0.1:1"), "no Dask scheduler answers at 127.0.0.1:1"),
        (("--scheduler", "苏州"), "no Dask scheduler answers at 苏州"),
        (("--scheduler", "127.0.0.1:1", "--dask-workers", "2"), "two places to work in"),
        (("--scheduler", "127.0.0.1:1", "--workers", "2"), "two places to work in"),
    ],
)
def test_what_is_no_cluster_is_refused(
    words: tuple[str, ...], fault: str, press: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("distributed", reason="needs communique-pipeline[dask]")
    monkeypatch.setattr(pipeline.running.cluster, "_PATIENCE", 0.5)
    refuse([str(press), *words], fault)


def test_without_dask_the_extra_is_named(press: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    monkeypatch.delitem(sys.modules, "distributed.scheduler", raising=False)
    refuse([str(press), "--dask-workers", "2"], "install communique-pipeline[dask]")


def refuse(words: list[str], fault: str) -> None:
    result: Any = CliRunner().invoke(commands, ["run", *words, "-o", "tables"])
    assert result.exit_code == UNUSABLE
    assert fault in result.stderr
    assert not Path("tables").exists()
