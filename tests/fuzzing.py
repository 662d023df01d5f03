"""What no input may break: one check for each door by which something comes in.

Each takes bytes, whatever they are, and fails where anything but a declared error is raised, an
offset is wrong or an input is lost. ``test_fuzz.py`` tries them with inputs made by chance,
``tools/fuzz.py`` with inputs led by which lines of the program they reach.
"""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import docx
import openpyxl
from building import engine
from lexicon_folders import make_base
from test_ingest_pdf import LINES, make_pdf

from pipeline.emit import check_result
from pipeline.flow import process_document
from pipeline.ingest import REASONS, Source
from pipeline.ingest.admit import admit_text
from pipeline.ingest.decode import decode_bytes
from pipeline.ingest.entry import Entry
from pipeline.ingest.readers import read_entry
from pipeline.ingest.rejection import RejectedError
from pipeline.lexicons import LexiconError, Lexicons, load_lexicons
from pipeline.normalise import normalise_text
from pipeline.records import Mention, Result
from pipeline.segment import segment_text

TEXT = (
    "区委五届五次全会召开\n8月1日，中国共产党苏州市相城区第五届委员会第五次全体会议召开。区委书记张三、"
    "区长李四出席。全会审议通过《关于推进工作的决定》。全会强调，要坚定拥护“两个确立”，各级党组织要抓好落实。"
)
SCRAMBLED = (
    "全會強調(diào),要融入?yún)^(qū)域發(fā)展大局,聯(lián)動?xùn)|西,發(fā)展產(chǎn)業(yè)。"
)


def check_decoding(content: bytes) -> None:
    """Bytes become the text their encoding says, or a reject."""
    try:
        text, encoding = decode_bytes(content)
    except RejectedError as error:
        _expect_reason(error)
    else:
        assert content.decode(encoding) == text


def check_text(content: bytes) -> None:
    """A text goes through every stage; every row stands where it says."""
    try:
        raw = content.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        raw = content.decode("utf-8", "replace")
    try:
        source = admit_text(Entry("文.txt", content, ""), raw, "utf-8")
    except RejectedError as error:
        _expect_reason(error)
    else:
        check_document(source)


def _expect_reason(error: RejectedError) -> None:
    assert error.reason in REASONS


def check_document(source: Source) -> None:
    """Every row of a document is exactly where it says, in the text and in the source."""
    raw, furniture = source.raw, [0, *(at for span in source.furniture for at in span), 10**9]
    assert furniture == sorted(furniture)
    normal = normalise_text(raw, source.furniture)
    assert len(normal.offsets.starts) == len(normal.text)
    assert normal.offsets.length == len(raw)
    starts, ends = normal.offsets.starts, normal.offsets.ends
    assert (starts[:-1] <= starts[1:]).all()
    assert (starts < ends).all()
    assert not len(ends) or int(ends.max()) <= len(raw)
    segments = segment_text(source.doc_id, normal, engine("jieba"))
    assert all(0 <= span.start <= span.end <= len(normal.text) for span in segments.sentences)
    result = process_document(source, load_shipped(), engine("jieba"))
    check_result(result)
    assert result.text == normal.text
    for row in list_mentions(result):
        assert normal.text[row.start : row.end] == row.text != ""
        assert normal.offsets.source_span(row.start, row.end) == (row.raw_start, row.raw_end)


def list_mentions(result: Result) -> list[Mention]:
    """All rows of a document that stand somewhere in it."""
    tables = (result.plenums, result.officials, result.directives, result.slogans)
    return [row for rows in (*tables, result.instruments) for row in rows]


@cache
def load_shipped() -> Lexicons:
    """The lexicons of the program."""
    return load_lexicons()


def check_file(name: str, content: bytes) -> None:
    """A file gives at least one document or reject; text formats never break their reader."""
    found = list(read_entry(Entry(name, content, "digest")))
    assert found
    for each in found:
        if isinstance(each, Source):
            assert each.raw.strip()
            assert each.doc_id.startswith("文")
            each.raw.encode()
        else:
            assert each.reason in REASONS
            assert each.reason != "damaged" or not name.endswith((".txt", ".jsonl", ".csv"))


def check_lexicon(content: bytes) -> None:
    """A lexicon of one's own is loaded, or refused with the file named."""
    with TemporaryDirectory() as folder:
        (Path(folder) / "slogans.csv").write_bytes(content)
        try:
            load_lexicons(Path(folder), base=_make_small_base())
        except LexiconError as error:
            _expect_file(error)


def _expect_file(error: LexiconError) -> None:
    assert "slogans.csv" in str(error)


@cache
def _make_small_base() -> Path:
    holder = TemporaryDirectory()
    _HELD.append(holder)
    return make_base(Path(holder.name) / "base")


_HELD: list[TemporaryDirectory[str]] = []  # removed when the process ends


def make_samples() -> dict[str, bytes]:
    """A sound file of every format, by name."""
    document, workbook, archive = docx.Document(), openpyxl.Workbook(), io.BytesIO()
    written, sheets = io.BytesIO(), io.BytesIO()
    document.add_paragraph(TEXT)
    document.save(written)
    for row in (["id", "text"], ["7", TEXT]):
        workbook.worksheets[0].append(row)
    workbook.save(sheets)
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("一.txt", TEXT)
        packed.writestr("二.html", f"<p>{TEXT}</p>")
    record = json.dumps({"id": 7, "text": TEXT, "date": "2023-08-02"}, ensure_ascii=False).encode()
    page = f'<html><head><meta name="PubDate" content="2023-08-02"></head><body><p>{TEXT}</p>'
    return {
        "文.txt": TEXT.encode("gb18030"),
        "文.html": page.encode(),
        "文.jsonl": record + b"\n" + record.replace(b"7", b"8"),
        "文.json": b"[" + record + b"]",
        "文.csv": f'id,title,text\n7,全会,"{TEXT}"\n'.encode(),
        "文.docx": written.getvalue(),
        "文.xlsx": sheets.getvalue(),
        "文.pdf": make_pdf(LINES),
        "文.zip": archive.getvalue(),
        "文.txt.gz": gzip.compress(TEXT.encode()),
        "文": record,
    }


def list_targets() -> Mapping[str, tuple[Callable[[bytes], None], tuple[bytes, ...]]]:
    """Every check with inputs to begin from, by name."""
    lexicon = "canonical,variants,place\n四链融合,“四链”融合,320500\n".encode()
    encoded = tuple(TEXT.encode(name) for name in ("utf-8", "gb18030", "utf-16"))
    readers = {
        f"read {name[1:] or '(no suffix)'}": (_check_named(name), (content,))
        for name, content in make_samples().items()
    }
    return {
        "decode": (check_decoding, encoded),
        "text": (check_text, (TEXT.encode(), SCRAMBLED.encode())),
        **readers,
        "lexicon": (check_lexicon, (lexicon,)),
    }


def _check_named(name: str) -> Callable[[bytes], None]:
    return lambda content: check_file(name, content)
