"""Zip and gzip: names as their authors wrote them, and nothing hostile unpacked."""

from __future__ import annotations

import gzip
import io
import stat
import zipfile
from collections.abc import Iterable

import pytest

from pipeline.ingest.entry import Entry
from pipeline.ingest.readers import read_entry
from pipeline.ingest.source import Metadata, Source
from pipeline.records import Reject

TEXT = "8月1日，区委五届五次全会召开。全会强调，要抓好落实。"


def make_zip(members: Iterable[tuple[str | zipfile.ZipInfo, bytes]]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return stream.getvalue()


def make_old_name(name: str, encoding: str) -> bytes:
    """An archive whose names are bytes of an encoding, without the UTF-8 mark."""
    content = name.encode(encoding)
    placeholder = "x" * len(content)
    return make_zip([(placeholder, TEXT.encode())]).replace(placeholder.encode(), content)


def read(content: bytes, name: str = "报告.zip") -> list[Source | Reject]:
    return list(read_entry(Entry(name, content, "digest")))


def list_reasons(content: bytes, name: str = "报告.zip") -> list[str]:
    return [getattr(found, "reason", "") for found in read(content, name)]


@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
def test_names_without_a_mark(encoding: str) -> None:
    (source,) = read(make_old_name("2025年上海市政府工作报告.txt", encoding))
    assert isinstance(source, Source)
    assert source.doc_id == "报告/2025年上海市政府工作报告"
    assert source.path == "报告.zip/2025年上海市政府工作报告.txt"


def test_members_are_read_as_files() -> None:
    members = [
        ("乙.txt", TEXT.encode("gb18030")),
        ("甲/一.html", f"<div id=zoom><p>{TEXT}</p></div>".encode()),
        ("甲/二.meta.json", b'{"published": "2023-08-02"}'),
        ("甲/二.txt", TEXT.encode()),
        ("表.csv", f"id,text\n7,{TEXT}".encode()),
        ("__MACOSX/._乙.txt", b"\0"),
        ("空/", b""),
    ]
    sources = {
        found.doc_id: found for found in read(make_zip(members)) if isinstance(found, Source)
    }
    assert list(sources) == ["报告/乙", "报告/甲/一", "报告/甲/二", "报告/表#7"]
    assert sources["报告/甲/二"].metadata == Metadata(published="2023-08-02")
    assert len({source.sha256 for source in sources.values()}) == 4


def test_archive_in_an_archive() -> None:
    once = make_zip([("一.txt", TEXT.encode())])
    twice = make_zip([("内.zip", once)])
    (source,) = read(twice)
    assert isinstance(source, Source)
    assert (source.doc_id, source.path) == ("报告/内/一", "报告.zip/内.zip/一.txt")
    assert list_reasons(make_zip([("外.zip", twice)])) == ["nesting"]


@pytest.mark.parametrize(
    "name", ["../一.txt", "甲/../../一.txt", "/etc/一.txt", "C:/一.txt", "..\\一.txt"]
)
def test_names_that_point_outside(name: str) -> None:
    assert list_reasons(make_zip([(name, TEXT.encode()), ("二.txt", TEXT.encode())])) in (
        ["path_traversal", ""],
        ["", "path_traversal"],
    )


def test_link() -> None:
    info = zipfile.ZipInfo("一.txt")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    assert list_reasons(make_zip([(info, b"/etc/passwd")])) == ["path_traversal"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_twins() -> None:
    twins = [("一.txt", TEXT.encode()), ("一.txt", TEXT.encode())]
    assert list_reasons(make_zip(twins)) == ["", "duplicate_id"]


def test_orphan_metadata() -> None:
    assert list_reasons(make_zip([("一.meta.json", b"{}")])) == ["orphan_metadata"]


def test_bomb() -> None:
    assert list_reasons(make_zip([("一.txt", b" " * 20_000_000)])) == ["zip_bomb"]
    assert list_reasons(gzip.compress(b" " * 20_000_000), "一.txt.gz") == ["zip_bomb"]


def test_bomb_in_an_office_file() -> None:
    assert list_reasons(make_zip([("word/document.xml", b" " * 20_000_000)]), "一.docx") == [
        "zip_bomb"
    ]


def test_locked_member() -> None:
    content = bytearray(make_zip([("一.txt", TEXT.encode())]))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(signature) + offset] |= 1
    assert list_reasons(bytes(content)) == ["encrypted"]


def test_damaged() -> None:
    content = make_zip([("一.txt", TEXT.encode() * 50)])
    middle = content.index(b"PK\x01\x02") - 20
    broken = content[:middle] + b"\0\0\0\0" + content[middle + 4 :]
    assert list_reasons(broken) == ["damaged"]
    assert list_reasons(content[:40]) == ["damaged"]
    assert list_reasons(gzip.compress(TEXT.encode())[:-9], "一.txt.gz") == ["damaged"]


def test_empty() -> None:
    assert list_reasons(make_zip([])) == ["empty"]


@pytest.mark.parametrize("cut", range(0, 400, 37))
def test_no_cut_is_a_crash(cut: int) -> None:
    content = make_zip([("一.txt", TEXT.encode()), ("二.txt", TEXT.encode())])
    assert all(isinstance(found, Source | Reject) for found in read(content[:cut]))
