"""Nothing lost, nothing twice: a fault of ours that drops or doubles something ends the run."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import pipeline.running.work
from pipeline.emit import OutputError
from pipeline.emit.tables import write_table
from pipeline.running.batch import run
from pipeline.running.grouping import Batch, Grouper
from pipeline.store import StoreError, connect
from pipeline.store.rows import Tables, pack_outcomes

TEXT = "全会强调，要抓好落实。"
Patch = pytest.MonkeyPatch


@pytest.fixture
def press(tmp_path: Path) -> Path:
    """Two texts, an empty file, a table of two rows and one that is none."""
    folder = tmp_path / "press"
    folder.mkdir()
    for name, text in {"甲.txt": TEXT, "乙.txt": TEXT, "空.txt": ""}.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "表.csv").write_text(f"id,text\n1,{TEXT}\n2,\n3,{TEXT}\n", encoding="utf-8")
    return folder


def read_paths(folder: Path, table: str) -> list[str]:
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
        return [row["path"] for row in csv.DictReader(lines)]


def test_every_input_once_and_the_manifest_says_so(press: Path, tmp_path: Path) -> None:
    run([press], tmp_path / "out")
    documents, rejects = (read_paths(tmp_path / "out", name) for name in ("documents", "rejects"))
    found = {"甲.txt", "乙.txt", "空.txt", "表.csv#1", "表.csv#line-3", "表.csv#3"}
    assert Counter(documents + rejects) == Counter(found)
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["counts"] == {"files": 4, "found": 6, "documents": 4, "rejects": 2}
    assert set(manifest["inputs"]) == found
    assert (manifest["rows"]["documents"], manifest["rows"]["rejects"]) == (4, 2)


def leave_out_a_batch(patch: Patch) -> None:
    group = Grouper.group

    def group_less(self: Grouper, planned: Any) -> Iterator[Batch]:
        yield from list(group(self, planned))[1:]

    patch.setattr(Grouper, "group", group_less)


def leave_out_an_outcome(patch: Patch) -> None:
    patch.setattr(pipeline.running.work, "pack_outcomes", lambda found: pack_outcomes(found[1:]))


def put_two_in_one_place(patch: Patch) -> None:
    def pack(found: Any) -> Tables:
        return pack_outcomes([each._replace(position=1) for each in found])

    patch.setattr(pipeline.running.work, "pack_outcomes", pack)


def find_nothing(patch: Patch) -> None:
    patch.setattr(pipeline.running.work, "read_fetched", lambda *_: iter(()))


def forget_texts(patch: Patch) -> None:
    def pack(found: Any) -> Tables:
        packed = dict(pack_outcomes(found))
        return packed | {"texts": packed["texts"].slice(1)}

    patch.setattr(pipeline.running.work, "pack_outcomes", pack)


def write_a_row_less(patch: Patch) -> None:
    def write_less(kind: Any, batches: Any, folder: Path, to: Any) -> int:
        rows = write_table(kind, batches, folder, to)
        path = folder / f"{kind.table}.{to}"
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        path.write_text("".join(lines[:-1] if kind.table == "rejects" else lines), "utf-8")
        return rows

    patch.setattr("pipeline.emit.write_table", write_less)


@pytest.mark.parametrize(
    ("plant", "said"),
    [
        (leave_out_a_batch, "4 files were listed, but 0 read and 0 unchanged, 乙.txt among"),
        (leave_out_an_outcome, "1 documents and faults were found in 乙.txt, but 0 documents"),
        (put_two_in_one_place, "3 documents and faults were found in 表.csv, .* in 1 places"),
        (find_nothing, "0 documents and faults were found in"),
        (forget_texts, "4 documents and 3 texts are in the store, 3 of them"),
        (write_a_row_less, "rejects: 1 rows are there, 2 were written"),
    ],
)
def test_a_fault_that_loses_something_ends_the_run(
    press: Path, tmp_path: Path, monkeypatch: Patch, plant: Callable[[Patch], None], said: str
) -> None:
    plant(monkeypatch)
    with pytest.raises((OutputError, StoreError), match=said):
        run([press], tmp_path / "out")
    assert not list((tmp_path / "out").glob("*.csv"))


def test_rows_lost_after_the_run_are_missed_in_the_next(press: Path, tmp_path: Path) -> None:
    run([press], tmp_path / "out")
    with connect(tmp_path / "out") as connection:
        connection.execute("DELETE FROM rejects WHERE path = '空.txt'")
    with pytest.raises(StoreError, match=r"1 documents and faults were found in 空\.txt"):
        run([press], tmp_path / "out")
    run([press], tmp_path / "out", full_refresh=True)
    assert "空.txt" in read_paths(tmp_path / "out", "rejects")
