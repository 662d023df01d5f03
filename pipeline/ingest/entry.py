"""Bytes under a name: what every reader takes, from a file or out of an archive."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from pipeline.ingest.source import Metadata
from pipeline.records import Reject

METADATA_SUFFIX = ".meta.json"


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What the user asks of the readers.

    Attributes:
        text_column: Column of JSONL, CSV and XLSX that holds the text; empty takes the usual names.
        captions: Whether lines that describe a picture (图为会议现场) stay in the text.
    """

    text_column: str = ""
    captions: bool = True


@dataclass(frozen=True, slots=True)
class Entry:
    """A file or a member of an archive.

    Attributes:
        name: Path below the input folder; goes on into archives.
        content: Its bytes.
        sha256: Digest of the bytes as stored.
        beside: Metadata from the file beside it.
        given: Metadata given for the whole run.
        options: What the user asks of the readers.
        depth: Archives around it.
    """

    name: str
    content: bytes
    sha256: str
    beside: Metadata = Metadata()
    given: Metadata = Metadata()
    options: ReadOptions = ReadOptions()
    depth: int = 0

    def complete(self, inside: Metadata) -> Metadata:
        """What is known: beside the file, then inside it, then for the run."""
        return self.beside.completed_by(inside).completed_by(self.given)

    @property
    def doc_id(self) -> str:
        """The name without its extension."""
        return strip_suffix(self.name)

    def reject(self, reason: str, message: str, record: str = "") -> Reject:
        """The row that says why this, or a record in it, gave no document."""
        path = f"{self.name}#{record}" if record else self.name
        return Reject(path=path, sha256=self.sha256, reason=reason, message=message)


def read_suffix(name: str) -> str:
    """Extension in lower case, with the dot; empty if there is none.

    >>> read_suffix("报告.jsonl.gz"), read_suffix("2023/全会.TXT")
    ('.gz', '.txt')
    """
    return _split_suffix(name)[1].lower()


def strip_suffix(name: str) -> str:
    """A name without its extension, and without that under ``.gz``.

    >>> strip_suffix("公报/报告.jsonl.gz")
    '公报/报告'
    """
    if any(part in ("", ".") for part in name.split("/")):
        name = str(PurePosixPath(name))
    stem, suffix = _split_suffix(name)
    return _split_suffix(stem)[0] if suffix.lower() == ".gz" else stem


def _split_suffix(name: str) -> tuple[str, str]:
    """A name and its extension; a name that begins with its only dot, or ends in one, has none."""
    dot = name.rfind(".")
    if name.rfind("/") + 1 < dot < len(name) - 1:
        return name[:dot], name[dot:]
    return name, ""


def name_metadata(name: str) -> str:
    """Where the metadata of a file stand, if they do.

    >>> name_metadata("公报/全会.docx")
    '公报/全会.meta.json'
    """
    return strip_suffix(name) + METADATA_SUFFIX
