"""A batch: the same bytes however it runs, one bad document stops no other, spans hold."""

from __future__ import annotations

import csv
import dataclasses
import errno
import itertools
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import pipeline.running.work
from pipeline.flow import process_document
from pipeline.ingest import Metadata, Source, list_files, read_file
from pipeline.lexicons import LexiconError
from pipeline.normalise import NormalText, normalise_text
from pipeline.reading import load
from pipeline.records import TABLES, Mention, Reject, Result
from pipeline.running.batch import run
from pipeline.running.events import DocumentDone, Event, FilesPassed, RunFinished, RunStarted
from pipeline.running.recipe import Recipe

SPAN = ("start", "end", "raw_start", "raw_end")
MENTION_TABLES = [kind.table for kind in TABLES if issubclass(kind, Mention)]


def read_files(folder: Path) -> dict[str, bytes]:
    """The files of an output, but for the store: it alone knows when it was made."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix != ".duckdb"}


def read_rows(folder: Path, table: str) -> list[dict[str, str]]:
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def write_documents(folder: Path, **texts: str | bytes) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        content = text if isinstance(text, bytes) else text.encode()
        (folder / f"{name}.txt").write_bytes(content)
    return folder


def test_samples_give_every_table(sample_output: Path) -> None:
    for kind in TABLES:
        if kind is not Reject:
            assert read_rows(sample_output, kind.table), kind.table


def test_second_run_writes_the_same_bytes(
    samples: Path, sample_output: Path, tmp_path: Path
) -> None:
    run([samples], tmp_path)
    assert read_files(tmp_path) == read_files(sample_output)


def test_two_workers_write_the_same_bytes(
    samples: Path, sample_output: Path, tmp_path: Path
) -> None:
    run([samples], tmp_path, workers=2)
    assert read_files(tmp_path) == read_files(sample_output)


@pytest.mark.parametrize(
    "surroundings",
    [
        {"PYTHONHASHSEED": "1", "LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0"},
        {"PYTHONHASHSEED": "2", "TZ": "Asia/Shanghai"},
    ],
    ids=["C locale", "time zone"],
)
def test_surroundings_do_not_matter(
    samples: Path, sample_output: Path, tmp_path: Path, surroundings: dict[str, str]
) -> None:
    words = [sys.executable, "-m", "pipeline", "run", str(samples), "-o", str(tmp_path), "--quiet"]
    project = samples.parents[1]
    subprocess.run(words, cwd=project, env=os.environ | surroundings, check=True)
    assert read_files(tmp_path) == read_files(sample_output)


def test_order_of_inputs_does_not_matter(samples: Path, tmp_path: Path) -> None:
    folders = [samples / "gansu", samples / "fujian", samples / "yunnan"]
    written = []
    for number, order in enumerate(itertools.permutations(folders)):
        run(order, tmp_path / str(number))
        written.append(read_files(tmp_path / str(number)))
    assert all(files == written[0] for files in written)


def test_documents_are_sorted(sample_output: Path) -> None:
    ids = [row["doc_id"] for row in read_rows(sample_output, "documents")]
    assert ids == sorted(ids)
    assert "fujian/gulou-2024-08-09" in ids


@pytest.fixture(scope="module")
def normals(samples: Path) -> dict[str, NormalText]:
    """The samples restored once more, by document."""
    read = [source for file in list_files([samples]) for source in read_file(file, Metadata())]
    sources = [source for source in read if isinstance(source, Source)]
    return {source.doc_id: normalise_text(source.raw, source.furniture) for source in sources}


@pytest.mark.parametrize("table", MENTION_TABLES)
def test_spans_hold(sample_output: Path, normals: dict[str, NormalText], table: str) -> None:
    raws = read_texts(sample_output, "raw")
    for row in read_rows(sample_output, table):
        raw, normal = raws[row["doc_id"]], normals[row["doc_id"]]
        start, end, raw_start, raw_end = (int(row[name]) for name in SPAN)
        assert normal.text[start:end] == row["text"] != ""
        assert normal.offsets.source_span(start, end) == (raw_start, raw_end)
        restored = normalise_text(raw[raw_start:raw_end]).text
        assert len(keep_han(restored)) == len(keep_han(row["text"]))
        if end - start >= 10:  # shorter slices do not show what script they are in
            assert keep_han(restored) == keep_han(row["text"])


def test_texts_are_those_the_spans_count_in(
    sample_output: Path, normals: dict[str, NormalText]
) -> None:
    restored = {doc_id: normal.text for doc_id, normal in normals.items()}
    assert read_texts(sample_output, "text") == restored


def read_texts(folder: Path, name: str) -> dict[str, str]:
    texts = load(folder)["texts"].set_index("doc_id")[name]
    return {str(doc_id): str(text) for doc_id, text in texts.items()}


def keep_han(text: str) -> str:
    """Han characters alone: how wide a mark is depends on its neighbours, which a slice lacks."""
    return "".join(character for character in text if "一" <= character <= "龥")


def test_rows_are_in_reading_order(sample_output: Path) -> None:
    for table in MENTION_TABLES:
        places = [(row["doc_id"], int(row["start"])) for row in read_rows(sample_output, table)]
        assert places == sorted(places), table


def test_slogans_and_directives_name_each_other(sample_output: Path) -> None:
    directives = {
        (row["doc_id"], row["row_id"]): row for row in read_rows(sample_output, "directives")
    }
    linked = [row for row in read_rows(sample_output, "slogans") if row["directive_id"]]
    assert linked
    for use in linked:
        directive = directives[use["doc_id"], use["directive_id"]]
        assert int(directive["start"]) <= int(use["start"]) < int(use["end"])
        assert int(use["end"]) <= int(directive["end"])
        assert not use["slogan_id"] or use["slogan_id"] in directive["slogans"].split(";")


def test_one_meeting_at_most_is_the_documents_own(sample_output: Path) -> None:
    for document in read_rows(sample_output, "documents"):
        own = {
            row["name"]
            for row in read_rows(sample_output, "plenums")
            if row["doc_id"] == document["doc_id"] and row["is_self"] == "true"
        }
        assert own <= {document["meeting"]}


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"", "empty"), (b" \n\t\r\n", "empty"), (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" * 20, "binary")],
)
def test_a_bad_document_is_a_reject(tmp_path: Path, content: bytes, reason: str) -> None:
    folder = write_documents(tmp_path / "in", 甲="要抓好落实。", 坏=content, 丙="要抓好落实。")
    summary = run([folder], tmp_path / "out")
    assert summary.rows["documents"] == 2
    (reject,) = read_rows(tmp_path / "out", "rejects")
    assert (reject["path"], reject["reason"]) == ("坏.txt", reason)
    assert reject["message"]
    assert len(reject["sha256"]) == 64


def test_a_fault_in_a_reader_is_a_reject(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_given: Any) -> Any:
        raise RecursionError("deep")

    folder = write_documents(tmp_path / "in", 甲="要抓落实。")
    monkeypatch.setattr(pipeline.running.work, "read_fetched", fail)
    run([folder], tmp_path / "out")
    (reject,) = read_rows(tmp_path / "out", "rejects")
    assert (reject["path"], reject["reason"]) == ("甲.txt", "internal_error")


def test_a_fault_of_ours_is_a_reject(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail_on_second(source: Source, *stages: Any) -> Result:
        if source.doc_id == "乙":
            raise RuntimeError("oh")
        return process_document(source, *stages)

    folder = write_documents(tmp_path / "in", 甲="要抓落实。", 乙="要抓落实。", 丙="要抓落实。")
    monkeypatch.setattr(pipeline.running.work, "process_document", fail_on_second)
    run([folder], tmp_path / "out")
    assert [row["doc_id"] for row in read_rows(tmp_path / "out", "documents")] == ["丙", "甲"]
    (reject,) = read_rows(tmp_path / "out", "rejects")
    assert reject["reason"] == "internal_error"
    assert "RuntimeError: oh (fail_on_second, line" in reject["message"]


def test_rows_that_break_a_promise_reject_their_document_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def repeat_a_row(source: Source, *stages: Any) -> Result:
        result = process_document(source, *stages)
        rows = (*result.directives, *result.directives) if source.doc_id == "乙" else ()
        return dataclasses.replace(result, directives=rows)

    folder = write_documents(tmp_path / "in", 甲="会议强调，要抓落实。", 乙="会议强调，要抓落实。")
    monkeypatch.setattr(pipeline.running.work, "process_document", repeat_a_row)
    run([folder], tmp_path / "out")
    assert [row["doc_id"] for row in read_rows(tmp_path / "out", "documents")] == ["甲"]
    (reject,) = read_rows(tmp_path / "out", "rejects")
    assert reject["reason"] == "internal_error"


def test_the_same_name_in_two_folders(tmp_path: Path) -> None:
    first = write_documents(tmp_path / "a", 甲="要抓落实。", 空="")
    second = write_documents(tmp_path / "b", 甲="要见实效。", 空="")
    summary = run([second, first], tmp_path / "out")
    assert summary.rows["documents"] + summary.rows["rejects"] == 4
    rejects = read_rows(tmp_path / "out", "rejects")
    assert sorted(row["reason"] for row in rejects) == ["duplicate_id", "empty", "empty"]


def test_two_extensions_of_one_name(tmp_path: Path) -> None:
    folder = write_documents(tmp_path / "in", 甲="要抓落实。")
    (folder / "甲").write_text("要见实效。", encoding="utf-8")
    run([folder], tmp_path / "out")
    (document,), (reject,) = (read_rows(tmp_path / "out", t) for t in ("documents", "rejects"))
    assert document["path"] == "甲"
    assert (reject["path"], reject["reason"]) == ("甲.txt", "duplicate_id")
    assert "甲" in reject["message"]


def test_every_input_is_in_one_table(samples: Path, tmp_path: Path) -> None:
    folder = write_documents(tmp_path / "in", 空="", 甲="要抓落实。")
    (folder / "图.png").write_bytes(b"\x89PNG")
    run([folder, samples], tmp_path / "out")
    found = [
        row["path"] for t in ("documents", "rejects") for row in read_rows(tmp_path / "out", t)
    ]
    listed = ["空.txt", "甲.txt", "图.png"]
    listed += [path.relative_to(samples).as_posix() for path in samples.rglob("*.txt")]
    assert sorted(found) == sorted(listed)
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert sorted(manifest["inputs"]) == sorted(listed)


def test_a_name_that_is_no_utf_8(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    path = bytes(folder) + b"/" + "区委".encode("gbk") + b".txt"
    try:
        Path(path.decode("utf-8", "surrogateescape")).write_text("要抓落实。", encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    run([folder], tmp_path / "out")
    assert [row["doc_id"] for row in read_rows(tmp_path / "out", "documents")] == ["区委"]


def test_metadata_beside_a_document_go_before_those_of_the_run(tmp_path: Path) -> None:
    folder = write_documents(tmp_path / "in", 甲="8月1日，要抓落实。", 乙="8月1日，要抓落实。")
    beside = {"published": "2020-08-02", "title": "区委全会", "url": "https://example.org/1"}
    (folder / "甲.meta.json").write_text(json.dumps(beside), encoding="utf-8")
    given = Metadata(published="2023-08-02", place="江苏省苏州市相城区")
    run([folder], tmp_path / "out", Recipe(given=given))
    second, first = read_rows(tmp_path / "out", "documents")
    assert (first["published"], first["url"]) == ("2020-08-02", "https://example.org/1")
    assert (first["place"], second["place"]) == ("江苏省苏州市相城区", "江苏省苏州市相城区")
    assert (first["event_date"], second["event_date"]) == ("2020-08-01", "2023-08-01")


def test_process_text_is_the_same_flow(samples: Path, sample_output: Path) -> None:
    result = pipeline.process_text(
        (samples / "xinjiang" / "aksu-2024-06-19.txt").read_text(encoding="utf-8"),
        published="2024-06-20",
    )
    assert result.text == read_texts(sample_output, "text")["xinjiang/aksu-2024-06-19"]
    for table in MENTION_TABLES:
        rows = read_rows(sample_output, table)
        expected = [row["text"] for row in rows if row["doc_id"] == "xinjiang/aksu-2024-06-19"]
        assert [row.text for row in getattr(result, table)] == expected, table


def test_lexicons_that_cannot_be_used(tmp_path: Path, samples: Path) -> None:
    with pytest.raises(LexiconError, match="holds no lexicon file"):
        run([samples], tmp_path / "out", Recipe(lexicons=tmp_path))
    assert not (tmp_path / "out").exists()


def test_each_file_is_told(samples: Path, tmp_path: Path) -> None:
    told: list[Event] = []
    run([samples], tmp_path, tell=told.append)
    files = len(list(samples.rglob("*.txt")))
    assert told[0] == RunStarted(files)
    assert sum(event.files for event in told if isinstance(event, FilesPassed)) == files
    assert sum(isinstance(event, DocumentDone) for event in told) == files
    assert told[-1] == RunFinished(done=files, rejected=0, skipped=0, gone=0)


def test_a_full_disk_leaves_the_old_tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fill_disk(*_given: Any) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    folder, out = write_documents(tmp_path / "in", 甲="要抓落实。"), tmp_path / "out"
    run([folder], out)
    before = read_files(out)
    write_documents(folder, 乙="要见实效。")
    with monkeypatch.context() as patch:
        patch.setattr("pipeline.emit.write_texts", fill_disk)
        with pytest.raises(OSError, match="No space left"):
            run([folder], out)
    assert read_files(out) == before
    run([folder], out)
    run([folder], tmp_path / "fresh")
    assert read_files(out) == read_files(tmp_path / "fresh")
