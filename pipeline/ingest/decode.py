"""Bytes to text: the encoding is found, never guessed away.

Takes the bytes of a file, gives the text and the name of the encoding. The order is byte order
mark, UTF-8, then whichever of GB18030, Big5 and UTF-16 turns the bytes into more frequent
characters: nearly every Big5 text is valid GB18030 too (區委 in Big5 reads 跋﹠ there), so validity
alone cannot decide. GB2312 and GBK are read as GB18030, which holds both.

Known gap: a few rare characters in GB18030 or Big5 are refused, not guessed; so are a few words in
UTF-16 without a mark.
"""

from __future__ import annotations

import codecs
import re
from functools import cache
from importlib.resources import files

from pipeline.ingest.rejection import RejectedError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OLDER_ENCODINGS = ("gb18030", "big5", "big5hkscs")
_WIDE_ENCODINGS = ("utf-16-le", "utf-16-be")
# Share of frequent characters: 0.7 to 0.9 in any prose, below 0.1 where the encoding is wrong.
_LEAST_SHARE = 0.2
_SAMPLE = 20_000
_LETTER_PATTERN = re.compile(r"[^\W\x00-\x7f]")
_SIGNATURES = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a zip archive or an Office file",
    b"\x1f\x8b": "a gzip file",
    b"\xd0\xcf\x11\xe0": "an old Office file",
    b"{\\rtf": "an RTF file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"Rar!": "an archive",
    b"7z\xbc\xaf": "an archive",
    b"\x7fELF": "a program",
}


def decode_bytes(content: bytes) -> tuple[str, str]:
    """Decode the bytes of a text file.

    Returns:
        The text and the encoding.

    Raises:
        RejectedError: If there are no bytes, or they are no text.

    >>> decode_bytes("区委召开全会".encode("gb18030"))
    ('区委召开全会', 'gb18030')
    """
    if not content.strip():
        raise RejectedError("empty", "the file is empty; remove it or fetch it again")
    for signature, format_name in _SIGNATURES.items():
        if content.startswith(signature):
            message = f"the file is {format_name} under a text name; give it its own suffix"
            raise RejectedError("binary", message)
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _decode_strictly(content, encoding), encoding
    if b"\0" in content:
        return _decode_wide(content)
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        return _decode_older(content, error)


def _decode_wide(content: bytes) -> tuple[str, str]:
    """UTF-16 without a mark: its line feeds have a zero byte, which no other text has."""
    if best := _decode_likeliest(content, _WIDE_ENCODINGS):
        return best
    reason = "nul_bytes" if _is_text_without(content, b"\0") else "binary"
    message = f"byte {content.index(0)} is NUL; the file is damaged or no text"
    raise RejectedError(reason, message)


def _is_text_without(content: bytes, stray: bytes) -> bool:
    """Whether a few stray bytes are all that is wrong with a text."""
    rest = content.replace(stray, b"")
    few = len(content) - len(rest) < len(content) / 10
    return few and _decode_likeliest(rest, ("utf-8", *_OLDER_ENCODINGS)) is not None


def _decode_older(content: bytes, error: UnicodeDecodeError) -> tuple[str, str]:
    """What is not UTF-8: the encodings before it, unless it is UTF-8 with a fault."""
    if _is_nearly_utf8(content):
        raise _describe_fault(error)
    if best := _decode_likeliest(content, (*_OLDER_ENCODINGS, *_WIDE_ENCODINGS)):
        return best
    _decode_strictly(content, "gb18030")
    message = "the bytes are neither UTF-8 nor GB18030, Big5 or UTF-16; save the file as UTF-8"
    raise RejectedError("undecodable", message)


def _is_nearly_utf8(content: bytes) -> bool:
    """GB18030 read as UTF-8 is one fault after another; a damaged UTF-8 file has a few."""
    text = content.decode("utf-8", "replace")
    wide = len(text) - len(text.encode("ascii", "ignore"))
    return text.count("\ufffd") * 4 < wide


def _decode_likeliest(content: bytes, encodings: tuple[str, ...]) -> tuple[str, str] | None:
    """The reading with the greatest share of frequent characters; the first of equals."""
    best, best_share = None, _LEAST_SHARE
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if (share := _measure_share(text)) > best_share:
            best, best_share = (text, encoding), share
    return best


def _measure_share(text: str) -> float:
    """Frequent characters among all that are neither ASCII nor punctuation."""
    letters = _LETTER_PATTERN.findall(text, 0, _SAMPLE)
    return sum(map(_read_frequent().__contains__, letters)) / max(len(letters), 1)


@cache
def _read_frequent() -> frozenset[str]:
    """The characters that make up most of any text of the genre, in both scripts."""
    path = files("pipeline.ingest").joinpath("frequent_characters.txt")
    return frozenset(path.read_text(encoding="utf-8")) - {"\n"}


def _decode_strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise _describe_fault(error) from None


def _describe_fault(error: UnicodeDecodeError) -> RejectedError:
    if len(error.object) - error.start < 4 and error.end == len(error.object):
        message = f"the file ends within a character (byte {error.start}); fetch it again"
        return RejectedError("truncated", message)
    message = f"byte {error.start} is no {error.encoding}; save the file as UTF-8"
    return RejectedError("undecodable", message)
