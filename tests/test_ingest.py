"""Files to documents: every format, and every input that is no document."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest
from inputs import TEXT, Write, read_all, read_one, reject_one

from pipeline.ingest import (
    InputFile,
    Metadata,
    Source,
    list_files,
    read_file,
    read_url,
)
from pipeline.ingest.admit import check_text
from pipeline.ingest.fingerprint import fingerprint_text
from pipeline.ingest.rejection import RejectedError
from pipeline.records import Reject


class TestText:
    @pytest.mark.parametrize(
        ("encoding", "expected"),
        [
            ("utf-8", "utf-8"),
            ("utf-8-sig", "utf-8-sig"),
            ("gb2312", "gb18030"),
            ("gbk", "gb18030"),
            ("gb18030", "gb18030"),
            ("utf-16", "utf-16"),
            ("utf-16-le", "utf-16-le"),
            ("utf-16-be", "utf-16-be"),
        ],
    )
    def test_encodings(self, write: Write, encoding: str, expected: str) -> None:
        source = read_one(write("一.txt", TEXT.encode(encoding)))
        assert (source.raw, source.encoding) == (TEXT, expected)

    @pytest.mark.parametrize("encoding", ["big5", "gb18030", "utf-8"])
    def test_traditional_text(self, write: Write, encoding: str) -> None:
        text = "區委五屆五次全會召開\n全會強調，要抓好落實。\n"
        source = read_one(write("一.txt", text.encode(encoding)))
        assert (source.raw, source.encoding) == (text, encoding)

    def test_names(self, write: Write, tmp_path: Path) -> None:
        write("2023/一.二.txt", TEXT.encode())
        (source,) = read_all(tmp_path)
        assert isinstance(source, Source)
        assert (source.doc_id, source.path) == ("2023/一.二", "2023/一.二.txt")

    def test_page_saved_as_text(self, write: Write) -> None:
        page = f"<!DOCTYPE html><html><body><div id=zoom><p>{TEXT}</p></div></body></html>"
        assert "<" not in read_one(write("一.txt", page.encode())).raw


class TestMetadata:
    def test_beside_goes_before_given(self, write: Write) -> None:
        write("一.meta.json", json.dumps({"published": "2023-08-02"}).encode())
        given = Metadata(published="2020-01-01", place="江苏省苏州市相城区")
        source = read_one(write("一.txt", TEXT.encode()), given)
        assert (source.metadata.published, source.metadata.place) == (
            "2023-08-02",
            "江苏省苏州市相城区",
        )

    def test_page_goes_before_given(self, write: Write) -> None:
        text = "来源：相城发布 发布时间：2023-08-02\n" + TEXT
        source = read_one(write("一.txt", text.encode()), Metadata(published="2020-01-01"))
        assert (source.metadata.published, source.metadata.source) == ("2023-08-02", "相城发布")

    @pytest.mark.parametrize("content", ["[]", "{", '{"published": "8月1日"}', '{"titel": 1}'])
    def test_bad(self, write: Write, content: str) -> None:
        write("一.meta.json", content.encode())
        assert reject_one(write("一.txt", TEXT.encode())).reason == "bad_metadata"

    def test_orphan(self, write: Write, tmp_path: Path) -> None:
        write("一.meta.json", b"{}")
        assert reject_one(tmp_path).reason == "orphan_metadata"

    def test_not_an_input_beside_its_document(self, write: Write, tmp_path: Path) -> None:
        write("一.meta.json", b"{}")
        write("一.txt", TEXT.encode())
        assert [file.name for file in list_files([tmp_path])] == ["一.txt"]


BAD_TEXTS = {
    "nothing": (b"", "empty"),
    "blanks": ("\ufeff \u3000\r\n".encode(), "empty"),
    "pdf": (b"%PDF-1.4 ...", "binary"),
    "png": (b"\x89PNG\r\n\x1a\n", "binary"),
    "zip": (b"PK\x03\x04....", "binary"),
    "all bytes": (bytes(range(256)) * 20, "binary"),
    "controls": (TEXT.replace("全会", "\x01\x02\x03").encode(), "binary"),
    "cut utf-8": (TEXT.encode()[:-2], "truncated"),
    "cut gb18030": (TEXT.encode("gb18030")[:-2], "truncated"),
    "fault in utf-8": (TEXT.encode()[:40] + b"\xff" + TEXT.encode()[40:], "undecodable"),
    "surrogate in utf-8": (TEXT.encode() + b"\xed\xa0\x80\n", "undecodable"),
    "latin": ("été, à la préfecture".encode("latin-1"), "undecodable"),
    "nul": (TEXT.encode() + b"\0", "nul_bytes"),
    "nul in gb18030": (TEXT.encode("gb18030") + b"\0", "nul_bytes"),
    "override": (TEXT.replace("全会", "\u202e全会").encode(), "bidi_controls"),
    "isolate": (TEXT.replace("全会", "\u2066全会").encode(), "bidi_controls"),
    "furniture": (
        "首页 > 党建 > 要闻\n【打印】【关闭】\n责任编辑：谭思\n".encode(),
        "only_furniture",
    ),
}


class TestBadText:
    @pytest.mark.parametrize("name", BAD_TEXTS)
    def test_reason(self, write: Write, name: str) -> None:
        content, reason = BAD_TEXTS[name]
        assert reject_one(write("一.txt", content)).reason == reason

    def test_too_large_is_not_read(self, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
        path = write("一.txt", b"")
        with path.open("r+b") as stream:
            stream.truncate(1_000_000_000)
        monkeypatch.setattr(InputFile, "_open", lambda _: pytest.fail("it was opened"))
        assert reject_one(path).reason == "too_large"

    def test_missing(self, tmp_path: Path) -> None:
        assert reject_one(tmp_path / "无.txt").reason == "unreadable"

    @pytest.mark.parametrize("name", ["一.doc", "一.wps", "一.mp4", "一.md"])
    def test_unsupported(self, write: Write, name: str) -> None:
        assert reject_one(write(name, b"x")).reason == "unsupported"

    def test_half_a_character(self) -> None:
        with pytest.raises(RejectedError, match="character 2 "):
            check_text("全会\ud800强调")


class TestInputs:
    def test_standard_input(self, monkeypatch: pytest.MonkeyPatch) -> None:
        stdin = io.TextIOWrapper(io.BytesIO(TEXT.encode("gb18030")))
        monkeypatch.setattr(sys, "stdin", stdin)
        source = read_one(Path("-"))
        assert (source.doc_id, source.raw) == ("stdin", TEXT)

    def test_order_is_by_name(self, write: Write, tmp_path: Path) -> None:
        for name in ("乙.txt", "甲/一.txt", "丙.txt", ".隐.txt"):
            write(name, TEXT.encode())
        names = [file.name for file in list_files([tmp_path])]
        assert names == sorted(names) == ["丙.txt", "乙.txt", "甲/一.txt"]

    @pytest.mark.parametrize(
        ("path", "url"),
        [
            ("s3://bucket/一.txt", "s3://bucket/一.txt"),
            ("s3:/bucket/一.txt", "s3://bucket/一.txt"),
            ("https:/example.org/一.html", "https://example.org/一.html"),
            ("C:/press/一.txt", ""),
            ("press/一.txt", ""),
            ("-", ""),
        ],
    )
    def test_addresses(self, path: str, url: str) -> None:
        assert read_url(path) == url

    def test_remote_folder(self) -> None:
        fsspec = pytest.importorskip("fsspec")
        store = fsspec.filesystem("memory")
        store.pipe({"/press/一.txt": TEXT.encode(), "/press/一.meta.json": b'{"title": "x"}'})
        try:
            (file,) = list_files(["memory://press"])
            (source,) = read_file(file, Metadata())
        finally:
            store.rm("/press", recursive=True)
        assert isinstance(source, Source)
        assert (source.doc_id, source.metadata.title) == ("一", "x")


def test_fingerprint_sees_the_text_alone() -> None:
    first, second = "全会强调，要实干。\n全会号召", "全会强调,要实干.全会 号召"
    assert fingerprint_text(first) == fingerprint_text(second)
    assert fingerprint_text(first) != fingerprint_text("全会强调，要苦干。\n全会号召")


class TestCorpus:
    def read(self, shared: Path, *names: str) -> list[Source]:
        found = [each for name in names for each in read_all(shared / "corpus" / name)]
        assert [each for each in found if isinstance(each, Reject)] == []
        return [each for each in found if isinstance(each, Source)]

    def test_provincial_reports(self, shared: Path) -> None:
        sources = self.read(shared, "provincial_reports_2025_docx.zip")
        assert len(sources) == 31
        for source in sources:
            name = source.doc_id.rpartition("/")[2]
            assert name.startswith("2025年")
            assert source.raw.split("\n")[0] == name
            assert len(source.raw) > 10_000
            assert source.furniture == ()

    def test_district_reports(self, shared: Path) -> None:
        sources = self.read(shared, "hailar_reports")
        assert [source.doc_id for source in sources] == [str(year) for year in range(2012, 2020)]
        assert {source.encoding for source in sources} == {"gb18030"}

    def test_national_texts(self, shared: Path) -> None:
        sources = self.read(shared, "national.jsonl.gz")
        assert len(sources) == 41
        assert all(source.metadata.title for source in sources)
        assert all(source.furniture == () for source in sources)
