"""Which reader reads what.

Takes an :class:`~pipeline.ingest.entry.Entry`, gives what its format's reader finds in it, e.g.
报告.docx goes to ``docx.read_docx``. A reader is imported when the first file of its format comes,
so that text files start fast.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from typing import cast

from pipeline.ingest.entry import Entry, read_suffix
from pipeline.ingest.limits import MAX_COLLECTION_BYTES, MAX_DOCUMENT_BYTES
from pipeline.ingest.rejection import RejectedError
from pipeline.ingest.source import Source
from pipeline.records import Reject

Reader = Callable[[Entry], Iterator[Source | Reject]]

_READERS: Mapping[str, str] = {
    ".csv": "tables.read_delimited",
    ".docx": "docx.read_docx",
    ".gz": "gzipped.read_gzipped",
    ".htm": "html.read_html",
    ".html": "html.read_html",
    ".json": "jsonl.read_json",
    ".jsonl": "jsonl.read_jsonl",
    ".ndjson": "jsonl.read_jsonl",
    ".pdf": "pdf.read_pdf",
    ".shtml": "html.read_html",
    ".tsv": "tables.read_delimited",
    ".txt": "text.read_text",
    ".xhtml": "html.read_html",
    ".xlsx": "tables.read_workbook",
    ".zip": "archives.read_archive",
}
COLLECTIONS = frozenset({".csv", ".gz", ".json", ".jsonl", ".ndjson", ".tsv", ".xlsx", ".zip", ""})
"""Formats whose files may hold many documents; a file without a suffix may have any format."""

_REMEDIES: Mapping[str, str] = {
    ".doc": "save it as .docx",
    ".ofd": "save it as .pdf or .txt",
    ".rtf": "save it as .docx",
    ".wps": "save it as .docx",
    ".xls": "save it as .xlsx",
    ".et": "save it as .xlsx",
}
_HTML_PATTERN = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,100}>\s*)?(?:<!DOCTYPE\s+html|<html)", re.I
)
_RECORD_PATTERN = re.compile(rb"(?:\xef\xbb\xbf)?\s*\{\s*\"")


def find_limit(name: str) -> int:
    """How many bytes of a file are read."""
    return MAX_COLLECTION_BYTES if read_suffix(name) in COLLECTIONS else MAX_DOCUMENT_BYTES


def read_entry(entry: Entry) -> Iterator[Source | Reject]:
    """Read a file or a member of an archive; whatever is wrong with it becomes a row."""
    try:
        yield from _find_reader(entry)(entry)
    except RejectedError as error:
        yield entry.reject(error.reason, str(error))
    except Exception as error:  # parsers raise anything on damaged files
        message = f"{type(error).__name__}: {error}; fetch the file again or save it anew"
        yield entry.reject("damaged", message)


def _find_reader(entry: Entry) -> Reader:
    suffix = read_suffix(entry.name)
    if suffix in ("", ".txt"):
        suffix = _sniff_format(entry.content, suffix)
    if suffix not in _READERS:
        remedy = _REMEDIES.get(suffix, "known are " + " ".join(sorted(_READERS)))
        raise RejectedError("unsupported", f"no reader for {suffix}; {remedy}")
    module, _, function = _READERS[suffix].partition(".")
    return cast("Reader", getattr(import_module(f"pipeline.ingest.{module}"), function))


def _sniff_format(content: bytes, suffix: str) -> str:
    """The format of a file without a suffix; a page saved as .txt is a page all the same."""
    if _HTML_PATTERN.match(content):
        return ".html"
    if suffix:
        return suffix
    if content.startswith(b"%PDF"):
        return ".pdf"
    if content.startswith(b"\x1f\x8b"):
        return ".gz"
    if content.startswith(b"PK\x03\x04"):
        return _sniff_package(content)
    return ".jsonl" if _RECORD_PATTERN.match(content) else ".txt"


def _sniff_package(content: bytes) -> str:
    """Office files are zip archives with a part that tells them apart."""
    if b"word/document.xml" in content:
        return ".docx"
    return ".xlsx" if b"xl/workbook.xml" in content else ".zip"
