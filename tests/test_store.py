"""The store: what was done is not done again, and the tables are those of a run from the start."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pipeline.emit import OutputError
from pipeline.ingest import Metadata
from pipeline.lexicons import LexiconError, load_lexicons
from pipeline.reading import load
from pipeline.running.batch import run
from pipeline.running.events import DocumentDone, Event, InputRejected
from pipeline.running.merge import merge
from pipeline.running.preview import preview_run
from pipeline.running.recipe import Recipe
from pipeline.running.scope import Scope
from pipeline.running.shards import Shard, read_shard
from pipeline.store import StoreError, connect, find_store
from pipeline.store.contents import Contents, Counts
from pipeline.store.history import list_runs

PROJECT = Path(__file__).resolve().parents[1]
# The long form of the tests by chance: PIPELINE_KILLS=200 PIPELINE_SEEDS=50.
KILLS = int(os.environ.get("PIPELINE_KILLS", "6"))
SEEDS = int(os.environ.get("PIPELINE_SEEDS", "2"))
TEXTS = [
    "区委五届五次全会召开\n8月1日，全会强调，要坚定拥护“两个确立”，坚决做到“两个维护”。",
    "市委全会指出，要落实“三大光荣”和一核两翼，抓好落实。会议要求，必须增强“四个意识”。",
    "会议审议通过《关于推进工作的决定》。要加强“家门口的幸福圈”建设。习近平总书记指出，要实干。",
    "县委常委会会议召开，县委书记张三主持会议并讲话。会议强调，严禁弄虚作假。",
    "",
]


def read_tables(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if "duckdb" not in path.name}


def write_texts(folder: Path, **texts: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def write_lines(path: Path, *records: dict[str, str]) -> None:
    lines = [json.dumps(record, ensure_ascii=False) for record in records]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


class Watched:
    """The outcomes of a run, as it tells them."""

    def __init__(self) -> None:
        self.paths: list[str] = []

    def __call__(self, event: Event) -> None:
        if isinstance(event, DocumentDone | InputRejected):
            self.paths.append(event.path)


def done_again(folder: Path, output: Path, recipe: Recipe | None = None) -> list[str]:
    """The paths of what another run does."""
    watched = Watched()
    run([folder], output, recipe or Recipe(), tell=watched)
    return watched.paths


def reasons(folder: Path, output: Path, recipe: Recipe | None = None) -> dict[str, str]:
    """Why a run would read what it reads, by name."""
    with preview_run(Scope([folder]), output, recipe or Recipe()) as listed:
        return {name: reason for name, reason in listed if reason}


@pytest.fixture
def press(tmp_path: Path) -> Path:
    """Three documents, two of which are the same, and a line of one more."""
    folder = write_texts(tmp_path / "press", 甲=TEXTS[0], 乙=TEXTS[1], 丙=TEXTS[0])
    write_lines(folder / "丁.jsonl", {"id": "1", "text": TEXTS[2]}, {"id": "2", "text": TEXTS[3]})
    return folder


def expect_fresh(folder: Path, output: Path, recipe: Recipe | None = None) -> None:
    """The tables are those that a run from the start writes."""
    fresh = output.with_name(f"{output.name}-fresh-{len(list(output.parent.iterdir()))}")
    run([folder], fresh, recipe or Recipe())
    assert read_tables(output) == read_tables(fresh)


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


FORMS = ["坚定拥护", "幸福圈", "三大光荣", "一核两翼", "要实干", "会议强调", "光荣", "弄虚作假"]


def write_slogans(folder: Path, rows: list[dict[str, str]]) -> None:
    folder.mkdir(exist_ok=True)
    header = (
        "id,canonical,variants,category,level,first_date,english,english_type,flags,notes,source"
    )
    rows = [{**row, "english_type": "own" if row.get("english") else ""} for row in rows]
    lines = [",".join(row.get(name, "") for name in header.split(",")) for row in rows]
    (folder / "slogans.csv").write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")


def make_slogan(chance: random.Random) -> dict[str, str]:
    form = chance.choice(FORMS)
    flags = chance.choice(["", "", "", "", "quoted", "idiom", "ambiguous", "template"])
    return {
        "canonical": f"X{form}" if flags == "template" and chance.random() < 0.3 else form,
        "variants": ";".join(chance.sample(FORMS, chance.randint(0, 2))),
        "category": chance.choice(["economy", "culture"]),
        "level": "central",
        "first_date": chance.choice(["", "2024"]),
        "english": chance.choice(["", "one"]),
        "flags": flags,
        "notes": chance.choice(["", "two"]),
        "source": "测试",
    }


def change_slogans(folder: Path, rows: dict[str, dict[str, str]], chance: random.Random) -> None:
    """Add, remove or edit a slogan, most often in one column alone, so that all are sound."""
    while True:
        changed = {name: dict(row) for name, row in rows.items()}
        name = f"own-{chance.randrange(6)}"
        new = {"id": name, **make_slogan(chance)}
        if name not in changed:
            changed[name] = new
        elif chance.random() < 0.1:
            del changed[name]
        else:
            column = chance.choice([*["category"] * 3, "first_date", "flags", "variants"])
            changed[name][column] = new[column]
        write_slogans(folder, list(changed.values()))
        try:
            load_lexicons(folder)
        except LexiconError:
            continue
        if changed != rows:
            rows.clear()
            rows.update(changed)
            return


@pytest.mark.parametrize("seed", range(SEEDS))
def test_any_slogans_give_what_a_run_from_the_start_gives(
    press: Path, tmp_path: Path, seed: int
) -> None:
    chance, rows = random.Random(seed), dict[str, dict[str, str]]()
    for step in range(6):
        own = tmp_path / str(step) / "lexicons"  # each its own folder: loaded ones are held
        own.parent.mkdir()
        for _ in range(2 if step else 15):
            change_slogans(own, rows, chance)
        run([press], tmp_path / "out", Recipe(lexicons=own))
        expect_fresh(press, tmp_path / "out", Recipe(lexicons=own))


@pytest.mark.parametrize(
    ("slogan", "touched"),
    [
        ({"canonical": "幸福圈"}, ["丁.jsonl#1"]),
        ({"canonical": "不见于此的提法"}, []),
        ({"canonical": "三大、光荣"}, ["乙.txt"]),
        ({"canonical": "幸福圈", "flags": "idiom"}, []),
    ],
    ids=["stands in one", "stands in none", "marks aside", "idiom"],
)
def test_a_slogan_touches_the_documents_it_stands_in(
    press: Path, tmp_path: Path, slogan: dict[str, str], touched: list[str]
) -> None:
    recipe = Recipe(lexicons=tmp_path / "own" / "lexicons")
    recipe.lexicons.parent.mkdir()  # type: ignore[union-attr]
    shared = {"category": "economy", "level": "central", "source": "测试"}
    run([press], tmp_path / "out")
    write_slogans(recipe.lexicons, [{"id": "own", **shared, **slogan}])  # type: ignore[arg-type]
    assert done_again(press, tmp_path / "out", recipe) == touched
    assert done_again(press, tmp_path / "out", recipe) == []


def test_notes_and_english_touch_nothing(press: Path, tmp_path: Path) -> None:
    for number, notes in enumerate(["", "other"]):
        own = tmp_path / str(number) / "lexicons"
        own.parent.mkdir()
        slogan = {"id": "own", "canonical": "幸福圈", "category": "economy", "level": "central"}
        write_slogans(
            own, [{**slogan, "english": f"one {notes}", "notes": notes, "source": "测试"}]
        )
        recipe = Recipe(lexicons=own)
        done = done_again(press, tmp_path / "out", recipe)
    assert done == []
    expect_fresh(press, tmp_path / "out", recipe)


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


def test_parts_merge_to_the_whole(press: Path, tmp_path: Path) -> None:
    write_texts(press, 戊="", 己=TEXTS[2])
    (press / "甲.html").write_text(TEXTS[0], encoding="utf-8")
    whole, parts = tmp_path / "whole", [tmp_path / str(number) for number in (1, 2, 3)]
    run([press], whole)
    for number, part in enumerate(parts, 1):
        run([press], part, shard=Shard(number, 3))
    merge(parts, tmp_path / "merged")
    assert read_tables(tmp_path / "merged") == read_tables(whole)
    assert done_again(press, tmp_path / "merged") == []


def test_parts_that_do_not_belong_together(press: Path, tmp_path: Path) -> None:
    run([press], tmp_path / "a")
    run([press], tmp_path / "b", Recipe(given=Metadata(published="2023-08-02")))
    with pytest.raises(StoreError, match="differ in given"):
        merge([tmp_path / "a", tmp_path / "b"], tmp_path / "out")
    run([press], tmp_path / "c")
    with pytest.raises(StoreError, match="another part"):
        merge([tmp_path / "a", tmp_path / "c"], tmp_path / "out")
    with pytest.raises(StoreError, match="one of the parts"):
        merge([tmp_path / "a"], tmp_path / "a")
    with pytest.raises(StoreError, match="has no store"):
        merge([press], tmp_path / "out")


@pytest.mark.parametrize("text", ["", "0/3", "4/3", "1", "1/0", "a/b", "-1/2"])
def test_a_part_that_is_none(text: str) -> None:
    with pytest.raises(ValueError, match="no part"):
        read_shard(text)


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
