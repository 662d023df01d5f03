"""PDF files with and without a text layer, written by hand."""

from __future__ import annotations

import contextlib
import io
import time

import pypdf
import pytest

from pipeline.ingest.entry import Entry
from pipeline.ingest.pdf import join_lines
from pipeline.ingest.readers import read_entry
from pipeline.ingest.rejection import RejectedError
from pipeline.ingest.source import Source
from pipeline.ingest.time_limit import limit_time
from pipeline.records import Reject

LINES = [
    "区委五届五次全会召开",
    "　　8月1日，区委五届五次全会在区会议中心召开。全会由区委",
    "常委会主持。区委书记作了讲话。",
    "　　全会强调，要抓好落实。",
    "— 1 —",
]


def make_pdf(*pages: list[str]) -> bytes:
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "",
        "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UTF16-H"
        " /DescendantFonts [4 0 R] >>",
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /CIDSystemInfo"
        " << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> >>",
    ]
    kids = []
    for lines in pages:
        shown = " ".join(f"<{line.encode('utf-16-be').hex()}> Tj T*" for line in lines)
        stream = f"BT /F1 12 Tf 72 780 Td 16 TL {shown} ET"
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
        kids.append(f"{len(objects) + 1} 0 R")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {len(objects)} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>"
        )
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(kids)}] >>"
    return _write_objects(objects)


def _write_objects(objects: list[str]) -> bytes:
    content, offsets = "%PDF-1.5\n", []
    for number, written in enumerate(objects, 1):
        offsets.append(len(content))
        content += f"{number} 0 obj\n{written}\nendobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    count = len(objects) + 1
    end = f"trailer << /Size {count} /Root 1 0 R >>\nstartxref\n{len(content)}\n%%EOF\n"
    return f"{content}xref\n0 {count}\n0000000000 65535 f \n{table}{end}".encode("ascii")


def encrypt(content: bytes, password: str) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(content))
    writer.encrypt(password, "owner", algorithm="RC4-128")
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def read(content: bytes) -> Source | Reject:
    (found,) = read_entry(Entry("一.pdf", content, "digest"))
    return found


EXPECTED = [
    "区委五届五次全会召开",
    "8月1日，区委五届五次全会在区会议中心召开。全会由区委常委会主持。区委书记作了讲话。",
    "全会强调，要抓好落实。",
]


def test_text_layer() -> None:
    source = read(make_pdf(LINES))
    assert isinstance(source, Source)
    assert source.raw.split("\n") == EXPECTED


def test_locked_against_printing_only() -> None:
    source = read(encrypt(make_pdf(LINES), ""))
    assert isinstance(source, Source)
    assert source.raw.split("\n") == EXPECTED


@pytest.mark.parametrize(
    ("content", "reason", "message"),
    [
        (make_pdf([], []), "no_text_layer", "no text layer: the pages are pictures"),
        (make_pdf(["扫描件"], [], []), "no_text_layer", "no text layer: the pages are pictures"),
        (
            make_pdf(["(cid:7)全会(cid:8)强调"] * 9),
            "no_text_layer",
            "no text layer: its characters",
        ),
        (encrypt(make_pdf(LINES), "x"), "no_text_layer", "no text layer: the PDF is encrypted"),
        (make_pdf(LINES)[:300], "damaged", ""),
        (b"%PDF-1.4\n", "damaged", ""),
        (b"", "damaged", ""),
        (make_pdf(), "no_text_layer", ""),
    ],
    ids=["pictures", "stamp", "cid", "encrypted", "cut", "header", "nothing", "no pages"],
)
def test_bad(content: bytes, reason: str, message: str) -> None:
    found = read(content)
    assert isinstance(found, Reject)
    assert found.reason == reason
    assert found.message.startswith(message)


def test_page_numbers_and_breaks() -> None:
    pages = [
        "全会强调，各级党组织要扛起主体责任，抓好\n— 1 —",
        "第 2 页 共 3 页\n落实，以实干求实效，以实效取信于民。全会\n2/3",
        "号召，要实干。\n二、做好防汛\n2023\n3",
    ]
    assert join_lines(pages) == (
        "全会强调，各级党组织要扛起主体责任，抓好落实，以实干求实效，以实效取信于民。全会号召，要实干。"
        "\n二、做好防汛\n2023"
    )


def work_forever() -> None:
    """As a parser that swallows errors."""
    while True:
        with contextlib.suppress(Exception):
            time.sleep(0.01)


def test_time_is_bounded() -> None:
    start = time.perf_counter()
    with pytest.raises(RejectedError) as caught, limit_time(0.1):
        work_forever()
    assert caught.value.reason == "timeout"
    assert time.perf_counter() - start < 2
