"""PDF files with a text layer.

Takes the bytes, gives a text with one paragraph a line: printed lines as wide as the page run on
(全会强 / 调，), page numbers (— 3 —) go. A PDF of pictures, a locked one, and one whose characters
have no meaning (cid:123) have no text layer.

Known gap: a paragraph that fills its last line to the edge runs into the next one, unless that is
indented or opens with an ordinal; columns are read in the order the file has them.
"""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator, Sequence

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from pipeline.ingest.admit import admit_text
from pipeline.ingest.entry import Entry
from pipeline.ingest.limits import MAX_PDF_PAGES
from pipeline.ingest.rejection import RejectedError
from pipeline.ingest.source import Metadata, Source
from pipeline.ingest.time_limit import limit_time

_PAGE_NUMBER_PATTERN = re.compile(  # — 3 —, 第3页, 3/10, 第 3 页 共 10 页
    r"[\s\-—–－·]*(?:第\s*)?\d{1,4}\s*页?(?:\s*[/，,]?\s*共?\s*\d{1,4}\s*页)?[\s\-—–－·]*"
    r"|\s*\d{1,4}\s*/\s*\d{1,4}\s*"
)
_MEANINGLESS_PATTERN = re.compile(r"\(cid:\d+\)|[\ufffd\ue000-\uf8ff]")
_OPENING_PATTERN = re.compile(
    r"[\u3000 ]{2}|（?[一二三四五六七八九十]{1,3}[、）]|第[一二三四五六七八九十百]{1,4}[章节条]"
)
_WIDE = re.compile(r"[\u2e80-\u9fff\uff00-\uffef]")
_LEAST_CHARACTERS = 10  # fewer on the average page: a stamp on a scan
_MOST_MEANINGLESS = 0.05


def read_pdf(entry: Entry) -> Iterator[Source]:
    """Read the text layer.

    Raises:
        RejectedError: If there is none, or reading takes too long.
    """
    logging.getLogger("pypdf").setLevel(logging.ERROR)
    with limit_time():
        pages = _extract_pages(entry.content)
    text = "".join(pages)
    meaningless = sum(map(len, _MEANINGLESS_PATTERN.findall(text)))
    if len("".join(text.split())) < _LEAST_CHARACTERS * max(len(pages), 1):
        raise _refuse("the pages are pictures; recognise the text first (OCR)")
    if meaningless > len(text) * _MOST_MEANINGLESS:
        raise _refuse("its characters have no meaning; recognise the text first (OCR)")
    yield admit_text(entry, join_lines(pages), "pdf", Metadata())


def _extract_pages(content: bytes) -> list[str]:
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise _refuse("the PDF is encrypted; save it without a password")
        if len(reader.pages) > MAX_PDF_PAGES:
            message = f"{len(reader.pages):,} pages, {MAX_PDF_PAGES:,} are read; split the file"
            raise RejectedError("too_large", message)
        return [page.extract_text() for page in reader.pages]
    except PyPdfError as error:
        raise RejectedError("damaged", f"{error}; fetch the file again") from None
    except ImportError:  # AES needs a library of its own
        raise _refuse("the PDF is encrypted; save it without a password") from None


def join_lines(pages: Sequence[str]) -> str:
    r"""Make paragraphs of printed lines.

    >>> print(join_lines(["全会由区委常委会主持。区委书记\n作了讲话。\n— 1 —"]))
    全会由区委常委会主持。区委书记作了讲话。
    """
    lines = [line for page in pages for line in _drop_page_number(page.splitlines())]
    widths = sorted(_measure_width(line) for line in lines)
    full = widths[len(widths) * 9 // 10] - 4 if widths else 0
    paragraphs: list[str] = []
    runs_on = False
    for line in lines:
        if runs_on and not _OPENING_PATTERN.match(line):
            paragraphs[-1] += line.strip()
        else:
            paragraphs.append(line.strip())
        runs_on = _measure_width(line) >= full and bool(line.strip())
    return "\n".join(paragraphs)


def _drop_page_number(lines: Sequence[str]) -> Sequence[str]:
    """A page without the number above or below it."""
    filled = [line for line in lines if line.strip()]
    first = 1 if filled and _PAGE_NUMBER_PATTERN.fullmatch(filled[0]) else 0
    last = 1 if len(filled) > first and _PAGE_NUMBER_PATTERN.fullmatch(filled[-1]) else 0
    return filled[first : len(filled) - last]


def _measure_width(line: str) -> int:
    """Columns a line takes: a Chinese character takes two."""
    return len(line.rstrip()) + len(_WIDE.findall(line))


def _refuse(cause: str) -> RejectedError:
    return RejectedError("no_text_layer", f"no text layer: {cause}")
