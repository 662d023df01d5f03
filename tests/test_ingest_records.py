"""Tables, lines of JSON and Word files to documents, and every record that is none."""

from __future__ import annotations

import gzip
import io
import json

import docx
import openpyxl
import pytest
from inputs import TEXT, Write, read_all, read_one, reject_one

from pipeline.ingest import (
    Metadata,
    ReadOptions,
    Source,
)
from pipeline.records import Reject


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
