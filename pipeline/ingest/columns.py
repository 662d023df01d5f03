"""The column that holds the text, in JSONL, CSV and XLSX alike."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from pipeline.ingest.admit import admit_text
from pipeline.ingest.entry import Entry
from pipeline.ingest.limits import MAX_DOCUMENT_BYTES
from pipeline.ingest.metadata import read_columns
from pipeline.ingest.rejection import RejectedError
from pipeline.ingest.source import Source
from pipeline.records import Reject

TEXT_COLUMNS = ("text", "content", "body", "fulltext", "正文", "内容", "全文", "文本")
"""Names taken for the text where the user names none; the first that is there goes."""

_ID_COLUMNS = ("id", "doc_id", "ID", "编号", "序号")


def choose_text_column(columns: Collection[str], wanted: str) -> str:
    """The column that holds the text.

    Raises:
        RejectedError: If it is not there.

    >>> choose_text_column(["标题", "正文"], "")
    '正文'
    """
    for name in (wanted,) if wanted else TEXT_COLUMNS:
        if name in columns:
            return name
    missing = f"no column {wanted!r}" if wanted else "no column that usually holds the text"
    message = f"{missing}; name one of {', '.join(columns)} with --text-column"
    raise RejectedError("no_text_column", message)


def read_records(
    entry: Entry, encoding: str, records: Iterable[tuple[str, Mapping[str, object] | RejectedError]]
) -> Iterator[Source | Reject]:
    """Make a document of every record; what is wrong with one is told with its place.

    Args:
        entry: The file.
        encoding: What it was decoded with.
        records: Each with its place in the file, such as ``line 7``, or the fault found there.

    Raises:
        RejectedError: If there are no records.
    """
    taken: set[str] = set()
    place = ""
    for place, record in records:
        try:
            if isinstance(record, RejectedError):
                raise record
            yield _read_record(entry, encoding, place, record, taken)
        except RejectedError as error:
            number = place.rpartition(" ")[2]
            yield entry.reject(error.reason, f"{place}: {error}", f"line-{number}")
    if not place:
        raise RejectedError("empty", "the file holds no records; remove it or fetch it again")


def _read_record(
    entry: Entry, encoding: str, place: str, record: Mapping[str, object], taken: set[str]
) -> Source:
    text = record[choose_text_column(record, entry.options.text_column)]
    if not isinstance(text, str):
        raise RejectedError("bad_record", f"the text is {text!r:.40}, no text; correct the record")
    if len(text) > MAX_DOCUMENT_BYTES:
        raise RejectedError("too_large", f"{len(text):,} characters; split the record")
    record_id = _read_id(record) or place.rpartition(" ")[2]
    if record_id in taken:
        raise RejectedError("duplicate_id", f"the id {record_id!r} is taken; give it another")
    taken.add(record_id)
    return admit_text(entry, text, encoding, read_columns(record), record_id)


def _read_id(record: Mapping[str, object]) -> str:
    return next((str(record[name]).strip() for name in _ID_COLUMNS if record.get(name)), "")
