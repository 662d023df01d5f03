"""The store: what was done is not done again, and the tables are those of a run from the start."""

from __future__ import annotations

import json
import os
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from press import (
    TEXTS,
    done_again,
    expect_fresh,
    read_tables,
    reasons,
    write_lines,
    write_texts,
)

from pipeline.emit import OutputError
from pipeline.ingest import Metadata
from pipeline.reading import load
from pipeline.running.batch import run
from pipeline.running.recipe import Recipe
from pipeline.store import StoreError, connect, find_store
from pipeline.store.contents import Contents, Counts
from pipeline.store.history import list_runs

# The long form of the tests by chance: PIPELINE_SEEDS=50.
SEEDS = int(os.environ.get("PIPELINE_SEEDS", "2"))


def test_nothing_new_does_nothing(press: Path, tmp_path: Path) -> None:
    run([press], tmp_path / "out")
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").glob("*.*v")}
    assert reasons(press, tmp_path / "out") == {}
    assert done_again(press, tmp_path / "out") == []
    assert {path: path.stat().st_mtime_ns for path in before} == before


@pytest.mark.parametrize("damage", ["edited", "missing", "left over", "manifest"])
def test_damaged_tables_are_written_again(press: Path, tmp_path: Path, damage: str) -> None:
    out = tmp_path / "out"
    run([press], out)
    before = read_tables(out)
    if damage == "edited":
        (out / "directives.csv").write_text("doc_id\n", encoding="utf-8")
    elif damage == "missing":
        (out / "texts.parquet").unlink()
    elif damage == "left over":
        (out / "directives.parquet").touch()
    else:
        (out / "manifest.json").write_text("{}", encoding="utf-8")
    assert done_again(press, out) == []
    assert read_tables(out) == before


@pytest.mark.parametrize(
    ("change", "path", "reason"),
    [
        (lambda press: write_texts(press, 甲=TEXTS[3]), "甲.txt", "changed bytes"),
        (lambda press: write_texts(press, 戊=TEXTS[3]), "戊.txt", "new"),
        (
            lambda press: (press / "甲.meta.json").write_text('{"title": "新"}', encoding="utf-8"),
            "甲.txt",
            "changed metadata",
        ),
    ],
    ids=["bytes", "new", "metadata"],
)
def test_what_changed_alone_is_done(
    press: Path, tmp_path: Path, change: Callable[[Path], object], path: str, reason: str
) -> None:
    run([press], tmp_path / "out")
    change(press)
    assert reasons(press, tmp_path / "out") == {path: reason}
    assert done_again(press, tmp_path / "out") == [path]
    expect_fresh(press, tmp_path / "out")


def test_a_changed_line_alone_is_done(press: Path, tmp_path: Path) -> None:
    run([press], tmp_path / "out")
    lines = (
        {"id": "0", "text": TEXTS[0]},
        {"id": "1", "text": TEXTS[2]},
        {"id": "2", "text": "新。"},
    )
    write_lines(press / "丁.jsonl", *lines)
    assert done_again(press, tmp_path / "out") == ["丁.jsonl#0", "丁.jsonl#2"]
    expect_fresh(press, tmp_path / "out")


def test_documents_that_change_places_are_not_done_again(press: Path, tmp_path: Path) -> None:
    records = [{"id": str(at), "text": f"{text}第{at}号。"} for at, text in enumerate(TEXTS[:4])]
    write_lines(press / "丁.jsonl", *records)
    run([press], tmp_path / "out")
    write_lines(press / "丁.jsonl", *reversed(records))
    assert done_again(press, tmp_path / "out") == []
    expect_fresh(press, tmp_path / "out")


def test_a_changed_member_alone_is_done(press: Path, tmp_path: Path) -> None:
    def pack(*texts: str) -> None:
        with zipfile.ZipFile(press / "戊.zip", "w") as archive:
            for number, text in enumerate(texts):
                archive.writestr(f"{number}.txt", text)

    pack(TEXTS[0], TEXTS[1], "")
    run([press], tmp_path / "out")
    pack(TEXTS[0], TEXTS[2], "")
    assert done_again(press, tmp_path / "out") == ["戊.zip/1.txt", "戊.zip/2.txt"]
    expect_fresh(press, tmp_path / "out")


@pytest.mark.parametrize(
    ("recipe", "reason"),
    [
        (Recipe(given=Metadata(place="江苏省苏州市相城区")), "changed metadata (place of the run)"),
        (Recipe(given=Metadata(published="2023-08-02")), "changed metadata (published of the run)"),
    ],
    ids=["place", "date"],
)
def test_metadata_of_the_run_do_all_again(
    press: Path, tmp_path: Path, recipe: Recipe, reason: str
) -> None:
    run([press], tmp_path / "out")
    assert set(reasons(press, tmp_path / "out", recipe).values()) == {reason}
    run([press], tmp_path / "out", recipe)
    expect_fresh(press, tmp_path / "out", recipe)


@pytest.mark.parametrize("part", ["_fingerprint_program", "program_version"])
def test_another_program_does_all_again(
    press: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    run([press], tmp_path / "out")
    monkeypatch.setattr(f"pipeline.store.basis.{part}", lambda: "other")
    assert set(reasons(press, tmp_path / "out").values()) == {"changed program version"}
    assert len(done_again(press, tmp_path / "out")) == 5


def test_what_is_gone_leaves_the_tables(press: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run([press], out)
    (press / "丙.txt").unlink()
    assert reasons(press, out) == {"丙.txt": "gone"}
    assert run([press], out, keep_missing=True).rows["documents"] == 5
    assert run([press], out).tally.gone == 1
    expect_fresh(press, out)


def test_what_is_kept_names_the_lexicons_it_was_made_with(press: Path, tmp_path: Path) -> None:
    own, out = tmp_path / "own", tmp_path / "out"
    own.mkdir()
    (own / "people.csv").write_text("id,name,source\nzhang-san,张三,测试\n", encoding="utf-8")
    run([press], out)
    (press / "丙.txt").unlink()
    run([press], out, Recipe(lexicons=own), keep_missing=True)
    named = load(out)["documents"].set_index("doc_id")["lexicons"]
    assert named["丙"] != named["甲"] == named["乙"]


def test_the_first_of_two_that_are_the_same_goes(press: Path, tmp_path: Path) -> None:
    run([press], tmp_path / "out")
    (press / "丙.txt").unlink()
    assert done_again(press, tmp_path / "out") == []
    expect_fresh(press, tmp_path / "out")


def test_full_refresh_does_all(press: Path, tmp_path: Path) -> None:
    run([press], tmp_path / "out")
    before = read_tables(tmp_path / "out")
    assert run([press], tmp_path / "out", full_refresh=True).tally.done == 5
    assert read_tables(tmp_path / "out") == before


def test_a_damaged_store_is_said_and_made_anew(press: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run([press], out)
    before = read_tables(out)
    find_store(out).write_bytes(b"no store")
    with pytest.raises(StoreError, match="--full-refresh"):
        run([press], out)
    run([press], out, full_refresh=True)
    assert read_tables(out) == before


@pytest.mark.parametrize("seed", range(SEEDS))
def test_any_changes_give_what_a_run_from_the_start_gives(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    folder, out = tmp_path / "press", tmp_path / "out"
    folder.mkdir()
    for step in range(5):
        for _ in range(chance.randint(2, 5) if step else 20):
            change_something(folder, chance)
        run([folder], out, workers=1)
        expect_fresh(folder, out)


def change_something(folder: Path, chance: random.Random) -> None:
    """Write, replace or delete a document, metadata, or a file of several documents."""
    name = chance.choice("甲乙丙")
    kind = chance.choice([*["txt", "html", "meta.json", "jsonl"] * 2, "delete"])
    path = folder / chance.choice(["", "夹"]) / f"{name}.{kind}"
    path.parent.mkdir(exist_ok=True)
    if kind == "delete":
        for found in path.parent.glob(f"{name}.*"):
            found.unlink()
    elif kind == "jsonl":
        count = chance.randint(2, 5)
        write_lines(
            path, *({"id": str(at), "text": chance.choice(TEXTS)} for at in range(1, count))
        )
    elif kind == "meta.json":
        path.write_text(json.dumps({"published": f"2023-08-0{chance.randint(1, 9)}"}), "utf-8")
    else:
        path.write_text(chance.choice(TEXTS), encoding="utf-8")


def test_another_lexicon_does_all_again(press: Path, tmp_path: Path) -> None:
    run([press], tmp_path / "out")
    own = tmp_path / "own"
    own.mkdir()
    (own / "people.csv").write_text("id,name,source\nzhang-san,张三,测试\n", encoding="utf-8")
    found = reasons(press, tmp_path / "out", Recipe(lexicons=own))
    assert set(found.values()) == {"changed lexicons/people"}


@pytest.mark.parametrize("workers", [1, 3])
def test_workers_share_a_file_of_many(tmp_path: Path, workers: int) -> None:
    press = tmp_path / "press"
    press.mkdir()
    records = [{"id": str(at), "text": f"{TEXTS[at % 4]}第{at}号。"} for at in range(200)]
    write_lines(press / "many.jsonl", *records)
    run([press], tmp_path / "out", workers=workers)
    assert read_tables(tmp_path / "out")["documents.csv"].count(b"\n") == 201
    with (tmp_path / "out" / "documents.csv").open(encoding="utf-8") as lines:
        ids = [line.partition(",")[0] for line in lines][1:]
    assert ids == [f"many#{at}" for at in range(200)]


def test_history(press: Path, tmp_path: Path) -> None:
    run([press], tmp_path / "out", command="pipeline run press")
    run([press], tmp_path / "out")
    with connect(tmp_path / "out", read_only=True) as connection:
        first, second = list_runs(connection)
    assert (first.command, first.ended, first.done, first.skipped) == (
        "pipeline run press",
        "done",
        5,
        0,
    )
    assert (second.done, second.skipped, second.ended) == (0, 4, "done")


def test_a_preview_writes_nothing(press: Path, tmp_path: Path) -> None:
    assert set(reasons(press, tmp_path / "out").values()) == {"new"}
    assert not (tmp_path / "out").exists()


def test_what_is_lost_is_an_error(
    press: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Contents, "count", lambda _: Counts(4, 6, 5, 0))
    with pytest.raises(OutputError, match="6 documents and faults were found in 4 files"):
        run([press], tmp_path / "out")
    assert list(read_tables(tmp_path / "out")) == []
