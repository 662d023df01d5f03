"""Word files (.docx): paragraphs, and tables row by row.

Takes the bytes, gives a text with one paragraph a line; the cells of a row (司马珂, 区发改局局长)
stand on one line with a tab between them. Text that is marked as deleted is left out, text marked
as inserted is in.

Known gaps: numbers that Word makes itself (一、二、 of a numbered list), notes, headers and text
boxes are not read.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from docx import Document

from pipeline.ingest.admit import admit_text
from pipeline.ingest.archives import check_package
from pipeline.ingest.entry import Entry
from pipeline.ingest.source import Source
from pipeline.ingest.time_limit import limit_time

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PARAGRAPH, _ROW, _CELL = f"{_WORD}p", f"{_WORD}tr", f"{_WORD}tc"
_SIGNS = {f"{_WORD}tab": "\t", f"{_WORD}br": "\n", f"{_WORD}cr": "\n", f"{_WORD}noBreakHyphen": "-"}
# A text box stands in its paragraph twice, once for older programs.
_SKIPPED = frozenset(
    _WORD + name for name in ("del", "moveFrom", "txbxContent", "pPr", "rPr", "sectPr", "tblPr")
)


def read_docx(entry: Entry) -> Iterator[Source]:
    """Read the body of a Word file.

    Raises:
        RejectedError: If it unpacks to too much, takes too long, or has no text.
    """
    check_package(entry.content)
    with limit_time():
        body = Document(io.BytesIO(entry.content)).element.body
        raw = "\n".join(_read_lines(body))
    yield admit_text(entry, raw, "utf-8")


def _read_lines(element: Any) -> Iterator[str]:
    """The paragraphs and rows below an element, in order, however deep they stand."""
    for child in element:
        if child.tag == _PARAGRAPH:
            yield "".join(_read_pieces(child))
        elif child.tag == _ROW:
            cells = child.iter(_CELL)
            yield "\t".join(" ".join(_read_lines(cell)).strip() for cell in cells)
        elif child.tag not in _SKIPPED:
            yield from _read_lines(child)


def _read_pieces(element: Any) -> Iterator[str]:
    """The text of a paragraph; a w:del or a text box in it is passed over."""
    for child in element:
        if child.tag == f"{_WORD}t":
            yield child.text or ""
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        elif child.tag not in _SKIPPED:
            yield from _read_pieces(child)
