"""Ingest: files to documents.

Takes paths of files and folders, gives :class:`Source` items in a fixed order, and a
:class:`~pipeline.records.Reject` for every input that is no document, e.g. ``2023/08/一.txt``
becomes the document ``2023/08/一``. Bytes are hashed, the encoding is found, text and metadata are
taken out of the format, and ``name.meta.json`` beside a file completes what is known of it.
Nothing is skipped silently but hidden files.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path  # noqa: F401 - for the doctest

from pipeline.ingest.entry import METADATA_SUFFIX, Entry, ReadOptions, read_suffix
from pipeline.ingest.files import STDIN, InputFile, list_files, read_url, walk_files
from pipeline.ingest.metadata import read_metadata
from pipeline.ingest.readers import COLLECTIONS, find_limit, read_entry
from pipeline.ingest.rejection import REASONS, RejectedError
from pipeline.ingest.source import Metadata, Source
from pipeline.records import Reject

__all__ = [
    "REASONS",
    "STDIN",
    "Fetched",
    "InputFile",
    "Metadata",
    "ReadOptions",
    "Source",
    "fetch_file",
    "is_collection",
    "list_files",
    "read_fetched",
    "read_file",
    "read_url",
    "walk_files",
]

_DEFAULT_OPTIONS = ReadOptions()


@dataclass(frozen=True, slots=True)
class Fetched:
    """The bytes of an input file.

    Attributes:
        name: Its path below the input folder.
        content: Its bytes.
        sha256: Their digest; empty where they could not be read.
        beside: The bytes of the metadata beside it, if there are any.
        fault: Why it cannot be read, if so.
    """

    name: str
    content: bytes = b""
    sha256: str = ""
    beside: bytes | None = None
    fault: RejectedError | None = None

    @property
    def content_digest(self) -> str:
        """Tells these bytes from others; a file that cannot be read is told by the reason."""
        return f"{self.sha256} {self.fault.reason}: {self.fault}" if self.fault else self.sha256

    @property
    def beside_digest(self) -> str:
        """Tells the metadata beside from others; empty where there are none."""
        return "" if self.beside is None else hashlib.sha256(self.beside).hexdigest()


def fetch_file(file: InputFile) -> Fetched:
    """The bytes of a file, or the reason why there are none."""
    content, digest = b"", ""
    try:
        if file.name.endswith(METADATA_SUFFIX):
            message = "there is no document of this name; add it or remove the metadata"
            raise RejectedError("orphan_metadata", message)
        content = file.read_bytes(find_limit(file.name))
        digest = hashlib.sha256(content).hexdigest()
        return Fetched(file.name, content, digest, file.read_metadata_bytes())
    except OSError as error:
        message = f"{error.strerror or error}; check the file and its permissions"
        fault = RejectedError("unreadable", message)
    except RejectedError as error:
        fault = error
    return Fetched(file.name, content, digest, fault=fault)


def read_fetched(
    fetched: Fetched, given: Metadata, options: ReadOptions = _DEFAULT_OPTIONS
) -> Iterator[Source | Reject]:
    """The documents of a file whose bytes are at hand, or the reason why there is none."""
    name, digest = fetched.name, fetched.sha256
    try:
        if fetched.fault:
            raise fetched.fault
        beside = read_metadata(fetched.beside, f"the metadata of {name}")
    except RejectedError as error:
        yield Reject(path=name, sha256=digest, reason=error.reason, message=str(error))
    else:
        yield from read_entry(Entry(name, fetched.content, digest, beside, given, options))


def read_file(
    file: InputFile, given: Metadata, options: ReadOptions = _DEFAULT_OPTIONS
) -> Iterator[Source | Reject]:
    """Read one input file.

    Args:
        file: What to read.
        given: Metadata given for the whole run; what stands beside the file or in it goes first.
        options: Text column and the like.

    Yields:
        Its documents, or the reason why there is none.
    """
    yield from read_fetched(fetch_file(file), given, options)


def is_collection(file: InputFile) -> bool:
    """Whether a file may hold many documents, as its name has it.

    >>> is_collection(InputFile(Path("公报.jsonl"), "公报.jsonl"))
    True
    """
    return read_suffix(file.name) in COLLECTIONS and not file.name.endswith(METADATA_SUFFIX)
