"""The door to the pipeline: what is no fit text stops here, with its reason.

Takes the text a reader found, gives the :class:`~pipeline.ingest.source.Source` with its furniture
marked; 首页 > 要闻 with nothing below it is ``only_furniture``.
"""

from __future__ import annotations

from pipeline.ingest.entry import Entry
from pipeline.ingest.furniture import Furniture, find_furniture
from pipeline.ingest.limits import MAX_DOCUMENT_BYTES
from pipeline.ingest.rejection import RejectedError
from pipeline.ingest.source import Metadata, Source

_NOTHING = Metadata()
_BLANKS = "\ufeff\u200b\u3000\xa0 \t\r\n\f\v"
_CONTROLS = [chr(code) for code in (*range(1, 9), 11, *range(14, 32), 127)]
# Embeddings, overrides and isolates; the plain marks U+200E and U+200F reorder nothing in Chinese.
_BIDI_CONTROLS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def admit_text(
    entry: Entry, raw: str, encoding: str, metadata: Metadata = _NOTHING, record: str = ""
) -> Source:
    """Make a document of a text.

    Args:
        entry: Where it was found.
        raw: The text.
        encoding: What it was decoded with.
        metadata: What is known from inside the file; what stands beside it goes first.
        record: Its id within the file, for files of many documents.

    Raises:
        RejectedError: If there is no text, or it is unfit.
    """
    check_text(raw)
    furniture = find_furniture(raw, entry.options.captions)
    if not _keep(raw, furniture).strip(_BLANKS):
        message = "nothing but breadcrumb, credits and buttons; fetch the text itself"
        raise RejectedError("only_furniture", message)
    printed = Metadata(source=furniture.source, published=furniture.published)
    suffix = f"#{record}" if record else ""
    return Source(
        doc_id=entry.doc_id + suffix,
        path=entry.name + suffix,
        sha256=entry.sha256,
        encoding=encoding,
        raw=raw,
        metadata=entry.complete(metadata.completed_by(printed)),
        furniture=furniture.spans,
        byline=furniture.byline,
    )


def check_text(text: str) -> None:
    """Refuse what is no text, or not what it seems to be.

    Raises:
        RejectedError: If it is empty, too large or has characters no text has.

    >>> check_text("全会强调，要实干。")
    """
    if not text.strip(_BLANKS):
        raise RejectedError("empty", "the file holds no text; remove it or fetch it again")
    if len(text) > MAX_DOCUMENT_BYTES:
        message = f"{len(text):,} characters, {MAX_DOCUMENT_BYTES:,} are read; split the file"
        raise RejectedError("too_large", message)
    if "\0" in text:
        message = f"character {text.index(chr(0))} is NUL; remove it or fetch the file again"
        raise RejectedError("nul_bytes", message)
    controls = [control for control in _CONTROLS if control in text]
    if sum(map(text.count, controls)) > len(text) // 100:
        raise RejectedError("binary", "the file is not text; convert it to text first")
    for control in _BIDI_CONTROLS:
        if control in text:
            place, code = text.index(control), f"U+{ord(control):04X}"
            message = f"character {place} is {code}, which reorders text; remove it"
            raise RejectedError("bidi_controls", message)
    _refuse_surrogates(text)


def _refuse_surrogates(text: str) -> None:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        message = f"character {error.start} is half a character; fetch the text again"
        raise RejectedError("lone_surrogate", message) from None


def _keep(raw: str, furniture: Furniture) -> str:
    """The text without its furniture; the text itself where little of it is."""
    if sum(span.end - span.start for span in furniture.spans) < len(raw) // 2:
        return raw
    ends = [0, *(span.end for span in furniture.spans)]
    starts = [*(span.start for span in furniture.spans), len(raw)]
    return "".join(raw[end:start] for end, start in zip(ends, starts, strict=True))
