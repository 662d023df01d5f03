"""Hostile inputs through a whole run: each is a document or a reject, and touches no other."""

from __future__ import annotations

import csv
import io
import json
import os
import time
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

import pipeline.running.work
from pipeline.export import export_output
from pipeline.flow import process_document
from pipeline.ingest.entry import Entry
from pipeline.ingest.readers import read_entry
from pipeline.ingest.source import Source
from pipeline.lexicons import LexiconError, Lexicons, check_lexicons
from pipeline.records import Reject
from pipeline.report.page import write_report
from pipeline.running.batch import run

TEXT = "8月1日，区委五届五次全会召开。全会强调，要抓好落实。"
SECRET = "不可外传"


@pytest.fixture
def press(tmp_path: Path) -> Path:
    """A folder with one good document."""
    folder = tmp_path / "press"
    folder.mkdir()
    (folder / "好.txt").write_text(TEXT, encoding="utf-8")
    return folder


def process(press: Path) -> dict[str, str]:
    """Run over the folder: the reason of every reject, empty for documents, by path."""
    out = press.parent / "out"
    run([press], out)
    found = {row["path"]: "" for row in read_rows(out, "documents")}
    assert "好.txt" in found
    return found | {row["path"]: row["reason"] for row in read_rows(out, "rejects")}


def read_rows(folder: Path, table: str) -> list[dict[str, str]]:
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def read(name: str, content: bytes) -> list[Source | Reject]:
    return list(read_entry(Entry(name, content, "")))


# Texts


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("（" * 1_000_000, ""),
        ("《" * 100_000 + "》" * 100_000, ""),
        ("要" * 300_000, ""),
        ("<div>" * 100_000, ""),
        ("全会强调，\u202e要实干。", "bidi_controls"),
        ("全会强调，\u2067要实干。\u2069", "bidi_controls"),
        ("全会强调，\0要实干。", "nul_bytes"),
        ("全会强调，\ud800要实干。", "undecodable"),
        ("全会强调，\u200f要实干。", ""),
        ("\u0301" * 10_000 + "全会强调，要实干。", ""),
        ("=HYPERLINK(\"http://example.org\",\"全会\")\n全会强调，要实干。", ""),
        ("<script>alert(1)</script>全会强调，要实干。", ""),
    ],
    ids=[
        "brackets", "marks", "giant line", "tags", "override", "isolate", "NUL", "half", "mark",
        "accents", "formula", "script",
    ],
)  # fmt: skip
def test_a_text_is_a_document_or_a_reject(press: Path, text: str, reason: str) -> None:
    (press / "坏.txt").write_bytes(text.encode("utf-8", "surrogatepass"))
    assert process(press) == {"好.txt": "", "坏.txt": reason}


def test_markup_and_formulas_stay_text(press: Path, tmp_path: Path, lexicons: Lexicons) -> None:
    hostile = "=1+1</script><img src=x onerror=alert(1)>全会强调，要坚定拥护“两个确立”。"
    line = json.dumps({"id": "</td><b>", "text": hostile, "title": "=cmd|' /C calc'!A0"})
    (press / "坏.jsonl").write_text(line, encoding="utf-8")
    assert "坏.jsonl#</td><b>" in process(press)
    page = write_report(tmp_path / "out", tmp_path / "report.html", lexicons)
    markup = page.read_text(encoding="utf-8")
    assert "onerror=alert" not in markup
    assert "</td><b>" not in markup
    exported, _ = export_output(tmp_path / "out", "csv-excel")
    rows = (exported / "documents.csv").read_text(encoding="utf-8-sig")
    assert ",'=cmd" in rows or ",\"'=cmd" in rows


@pytest.mark.parametrize("content", [b"[" * 100_000, b'{"text":' * 100_000, b'{"text": "' * 1000])
def test_deep_json(press: Path, content: bytes) -> None:
    (press / "深.jsonl").write_bytes(content)
    assert process(press)["深.jsonl#line-1"] == "bad_record"


# Names and places


@pytest.mark.parametrize("record_id", ["../../etc/passwd", "/etc/passwd", "a\nb", "C:\\x", "\0"])
def test_an_id_is_no_path(press: Path, tmp_path: Path, lexicons: Lexicons, record_id: str) -> None:
    before = sorted(path.name for path in tmp_path.iterdir())
    line = json.dumps({"id": record_id, "text": TEXT})
    (press / "坏.jsonl").write_text(line, encoding="utf-8")
    assert len(process(press)) == 2
    for to in ("jsonl", "sqlite", "xlsx", "parquet"):
        export_output(tmp_path / "out", to)
    write_report(tmp_path / "out", tmp_path / "out" / "report.html", lexicons)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([*before, "out"])


@pytest.mark.skipif(os.name == "nt", reason="Windows has neither")
def test_links_and_pipes_are_told(press: Path, tmp_path: Path) -> None:
    """What cannot be read is a reject; a folder linked into itself ends; a pipe is not awaited."""
    (press / "无.txt").symlink_to(tmp_path / "nowhere")
    (press / "环").symlink_to(press, target_is_directory=True)
    os.mkfifo(press / "管.txt")
    assert process(press) == {
        "好.txt": "", "无.txt": "unreadable", "环": "unreadable", "管.txt": "unreadable",
    }  # fmt: skip


def test_a_folder_that_may_not_be_listed_is_told(
    press: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (press / "锁").mkdir()
    scan = os.scandir

    def refuse(path: Any) -> Any:
        if str(path).endswith("锁"):
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert process(press) == {"好.txt": "", "锁": "unreadable"}


# Packed formats


def make_docx(entities: str, text: str) -> bytes:
    """A Word file whose document declares entities and uses one."""
    plain, hostile = io.BytesIO(), io.BytesIO()
    document = docx.Document()
    document.add_paragraph("全会强调，要实干。ENTITY")
    document.save(plain)
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(hostile, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "word/document.xml":
                head, _, body = content.decode().partition("?>")
                written = f"{head}?><!DOCTYPE w [{entities}]>{body.replace('ENTITY', text)}"
                content = written.encode()
            target.writestr(name, content)
    return hostile.getvalue()


def test_entities_of_a_word_file_reach_no_other_file(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text(SECRET, encoding="utf-8")
    address = (tmp_path / "secret").as_uri()
    (found,) = read("文.docx", make_docx(f'<!ENTITY e SYSTEM "{address}">', "&e;"))
    assert SECRET not in getattr(found, "raw", "")


def test_entities_that_multiply() -> None:
    declared = ['<!ENTITY a0 "哈哈哈哈哈哈哈哈哈哈">']
    declared += [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)]
    (found,) = read("文.docx", make_docx("".join(declared), "&a9;"))
    assert len(getattr(found, "raw", "")) < 1_000


def test_entities_of_a_page_reach_no_other_file(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text(SECRET, encoding="utf-8")
    address = (tmp_path / "secret").as_uri()
    page = f'<!DOCTYPE html [<!ENTITY e SYSTEM "{address}">]><html><p>{TEXT}&e;</p></html>'
    assert SECRET not in str(read("文.html", page.encode()))


def test_a_workbook_that_declares_a_million_rows() -> None:
    stream, hostile = io.BytesIO(), io.BytesIO()
    workbook = openpyxl.Workbook()
    workbook.worksheets[0].append(["text"])
    workbook.worksheets[0].append([TEXT])
    workbook.save(stream)
    with zipfile.ZipFile(stream) as source, zipfile.ZipFile(hostile, "w") as target:
        for name in source.namelist():
            content = source.read(name).replace(b'ref="A1:A2"', b'ref="A1:XFD1048576"')
            target.writestr(name, content)
    assert [type(found) for found in read("表.xlsx", hostile.getvalue())] == [Source]


# Lexicons


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("slogans.yaml", "a: &a [x, x]\nb: &b [*a, *a]\n"),
        ("slogans.csv", "canonical\n" + "两" * 300_000),
        ("slogans.csv", 'canonical\n"两个'),
        ("slogans.csv", "canonical\n两个\0确立"),
        ("slogans.csv", "canonical," * 50_000),
    ],
    ids=["YAML", "giant cell", "open quote", "NUL", "columns"],
)
def test_a_hostile_lexicon_is_refused(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / name).write_text(content, encoding="utf-8")
    with pytest.raises(LexiconError):
        check_lexicons(tmp_path / "mine")


# Time


@pytest.mark.skipif(os.name == "nt", reason="Windows has no timer signal")
def test_a_document_that_takes_too_long_is_a_reject(
    press: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stall(source: Source, *stages: Any) -> Any:
        while source.doc_id == "坏":
            time.sleep(0.001)
        return process_document(source, *stages)

    (press / "坏.txt").write_text(TEXT, encoding="utf-8")
    monkeypatch.setattr(pipeline.running.work, "process_document", stall)
    monkeypatch.setattr(pipeline.running.work, "MAX_FLOW_SECONDS", 1)
    assert process(press) == {"好.txt": "", "坏.txt": "timeout"}


def test_hostile_files_together(press: Path) -> None:
    """All at once: none hides another."""
    (press / "空.txt").touch()
    (press / "坏.zip").write_bytes(b"PK\x03\x04")
    (press / "坏.pdf").write_bytes(b"%PDF-1.4\n" + b"<<" * 50_000)
    (press / "坏.docx").write_bytes(b"PK\x05\x06" + b"\0" * 18)
    (press / "坏.xlsx").write_bytes(bytes(range(256)))
    found = process(press)
    assert len(found) == 6
    assert Counter(bool(reason) for reason in found.values()) == {False: 1, True: 5}
