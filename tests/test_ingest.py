"""Files to documents: every format, and every input that is no document."""

from __future__ import annotations

import gzip
import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pytest

from pipeline.ingest import (
    REASONS,
    InputFile,
    Metadata,
    ReadOptions,
    Source,
    list_files,
    read_file,
    read_url,
)
from pipeline.ingest.admit import check_text
from pipeline.ingest.fingerprint import fingerprint_text
from pipeline.ingest.rejection import RejectedError
from pipeline.records import Reject

TEXT = "区委五届五次全会召开\n8月1日，区委五届五次全会召开。全会强调，要抓好落实。\n"

Write = Callable[[str, bytes], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write_file(name: str, content: bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return path

    return write_file


NOTHING = Metadata()
DEFAULTS = ReadOptions()


def read_all(
    path: Path, given: Metadata = NOTHING, options: ReadOptions = DEFAULTS
) -> list[Source | Reject]:
    return [found for file in list_files([path]) for found in read_file(file, given, options)]


def read_one(path: Path, given: Metadata = NOTHING, options: ReadOptions = DEFAULTS) -> Source:
    (found,) = read_all(path, given, options)
    assert isinstance(found, Source), found
    return found


def reject_one(path: Path, options: ReadOptions = DEFAULTS) -> Reject:
    (found,) = read_all(path, options=options)
    assert isinstance(found, Reject), found
    assert found.reason in REASONS
    assert found.message
    return found


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


class TestRecords:
    def test_jsonl(self, write: Write) -> None:
        lines = [
            {"id": "甲", "标题": "全会召开", "正文": TEXT, "日期": "2023年8月2日"},
            {"text": TEXT},
        ]
        content = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
        first, second = read_all(write("公报.jsonl", content.encode("gb18030")))
        assert isinstance(first, Source)
        assert isinstance(second, Source)
        assert (first.doc_id, first.path) == ("公报#甲", "公报.jsonl#甲")
        assert first.metadata == Metadata(title="全会召开", published="2023-08-02")
        assert second.doc_id == "公报#2"

    @pytest.mark.parametrize(
        ("cells", "published"),
        [
            ({"year": 2016}, "2016"),
            ({"年份": "2016年"}, "2016"),
            ({"date": "2016"}, "2016"),
            ({"year": 2016.0}, "2016"),
            ({"year": 2016, "date": "2016-03-05"}, "2016-03-05"),
            ({"year": "2016/17"}, ""),
            ({"year": None}, ""),
        ],
    )
    def test_the_year_alone(self, write: Write, cells: dict[str, object], published: str) -> None:
        line = json.dumps({"text": TEXT, **cells}, ensure_ascii=False)
        assert read_one(write("公报.jsonl", line.encode())).metadata.published == published

    def test_gzipped(self, write: Write) -> None:
        content = gzip.compress(json.dumps({"id": 7, "text": TEXT}).encode())
        source = read_one(write("公报.jsonl.gz", content))
        assert (source.doc_id, source.path) == ("公报#7", "公报.jsonl.gz#7")

    def test_json_array(self, write: Write) -> None:
        content = json.dumps([{"id": 1, "text": TEXT}, {"id": 2, "text": TEXT}]).encode()
        assert len(read_all(write("公报.json", content))) == 2

    @pytest.mark.parametrize(
        ("line", "reason"),
        [
            ('{"text": ', "bad_record"),
            ("[1]", "bad_record"),
            ('{"text": 7}', "bad_record"),
            ('{"text": ""}', "empty"),
            ('{"body_text": "全会"}', "no_text_column"),
            (r'{"text": "全会\ud800"}', "lone_surrogate"),
            (r'{"text": "全会\ud800强调"}', "lone_surrogate"),
            (r'{"text": "全会\u0000强调"}', "nul_bytes"),
            ('{"text": "全会强调", "date": "去年"}', "bad_metadata"),
            ('{"id": "甲", "text": "全会强调"}', "duplicate_id"),
        ],
    )
    def test_bad_line_leaves_the_others(self, write: Write, line: str, reason: str) -> None:
        good = '{"id": "甲", "text": "全会强调，要实干。"}'
        after = '{"id": "乙", "text": "全会强调，要实干。"}'
        found = read_all(write("公报.jsonl", "\n".join([good, line, after]).encode()))
        assert [type(each) for each in found] == [Source, Reject, Source]
        assert isinstance(found[1], Reject)
        assert found[1].reason == reason
        assert found[1].message.startswith("line 2: ")

    @pytest.mark.parametrize(
        ("name", "separator"), [("表.csv", ","), ("表.tsv", "\t"), ("表.csv", ";")]
    )
    def test_delimited(self, write: Write, name: str, separator: str) -> None:
        rows = [["编号", "标题", "正文"], ["7", "全会召开", '"要实干，\n抓落实。"']]
        content = "\r\n".join(separator.join(row) for row in rows)
        source = read_one(write(name, content.encode("gbk")))
        assert (source.doc_id, source.raw) == ("表#7", "要实干，\n抓落实。")
        assert source.metadata.title == "全会召开"

    def test_long_cell(self, write: Write) -> None:
        assert len(read_one(write("表.csv", ("text\n" + "全会" * 200_000).encode())).raw) == 400_000

    def test_bad_row_leaves_the_others(self, write: Write) -> None:
        found = read_all(write("表.csv", "id,text\n1,全会\n2,要,实干\n3,落实\n".encode()))
        assert [type(each) for each in found] == [Source, Reject, Source]
        assert isinstance(found[1], Reject)
        assert (found[1].reason, found[1].message[:6]) == ("bad_record", "line 3")

    def test_open_quote(self, write: Write) -> None:
        found = read_all(write("表.csv", 'id,text\n1,全会\n2,"要实干\n'.encode()))
        assert [getattr(each, "reason", "") for each in found] == ["", "bad_record"]

    def test_mark_alone(self, write: Write) -> None:
        assert reject_one(write("表.csv", b"\xfe\xff")).reason == "empty"

    def test_open_quote_in_the_header(self, write: Write) -> None:
        reject = reject_one(write("表.csv", '7,全会,"\x0b'.encode()))
        assert (reject.reason, reject.message[:6]) == ("bad_record", "line 1")

    def test_workbook(self, write: Write) -> None:
        stream = io.BytesIO()
        workbook = openpyxl.Workbook()
        sheet = workbook.worksheets[0]
        for row in (["标题", "报道", "日期"], ["全会召开", "要实干。", "2023-08-02"]):
            sheet.append(row)
        workbook.save(stream)
        source = read_one(
            write("表.xlsx", stream.getvalue()), options=ReadOptions(text_column="报道")
        )
        assert (source.doc_id, source.raw) == ("表#2", "要实干。")
        assert source.metadata == Metadata(title="全会召开", published="2023-08-02")

    def test_unknown_column_names_the_remedy(self, write: Write) -> None:
        reject = reject_one(write("表.csv", "甲,乙\n1,2\n".encode()), ReadOptions(text_column="丙"))
        assert reject.reason == "no_text_column"
        assert "甲, 乙" in reject.message
        assert "--text-column" in reject.message

    def test_table_without_rows(self, write: Write) -> None:
        assert reject_one(write("表.csv", b"id,text\n")).reason == "empty"


class TestDocx:
    def make(self, *paragraphs: str, rows: tuple[tuple[str, ...], ...] = ()) -> bytes:
        document = docx.Document()
        for paragraph in paragraphs:
            document.add_paragraph(paragraph)
        if rows:
            table = document.add_table(rows=0, cols=len(rows[0]))
            for row in rows:
                for cell, text in zip(table.add_row().cells, row, strict=True):
                    cell.text = text
        document.add_paragraph("全会号召，要实干。")
        stream = io.BytesIO()
        document.save(stream)
        return stream.getvalue()

    def test_paragraphs_and_tables_in_order(self, write: Write) -> None:
        content = self.make("全会召开", rows=(("司马珂", "区发改局局长"), ("祝云", "区司法局局长")))
        source = read_one(write("一.docx", content))
        assert source.raw.split("\n") == [
            "全会召开",
            "司马珂\t区发改局局长",
            "祝云\t区司法局局长",
            "全会号召，要实干。",
        ]

    def test_tracked_changes(self, write: Write) -> None:
        document = docx.Document()
        xml = document.add_paragraph("要").add_run("抓好")._element
        word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        for tag, text in (("ins", "落实"), ("del", "文件"), ("moveFrom", "会议")):
            change = xml.getparent().makeelement(f"{{{word}}}{tag}", {})
            run = change.makeelement(f"{{{word}}}r", {})
            sign = run.makeelement(f"{{{word}}}{'delText' if tag == 'del' else 't'}", {})
            sign.text = text
            run.append(sign)
            change.append(run)
            xml.getparent().append(change)
        stream = io.BytesIO()
        document.save(stream)
        assert read_one(write("一.docx", stream.getvalue())).raw == "要抓好落实"

    @pytest.mark.parametrize(
        ("content", "reason"),
        [
            (b"PK\x03\x04 broken", "damaged"),
            (b"\xd0\xcf\x11\xe0....", "encrypted"),
            (b"", "damaged"),
        ],
    )
    def test_bad(self, write: Write, content: bytes, reason: str) -> None:
        assert reject_one(write("一.docx", content)).reason == reason


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
