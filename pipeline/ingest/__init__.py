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

from pipeline.ingest.entry import METADATA_SUFFIX, Entry, ReadOptions
from pipeline.ingest.files import STDIN, InputFile, list_files, read_url
from pipeline.ingest.metadata import read_metadata
from pipeline.ingest.readers import find_limit, read_entry
from pipeline.ingest.rejection import REASONS, RejectedError
from pipeline.ingest.source import Metadata, Source
from pipeline.records import Reject

__all__ = [
    "REASONS",
    "STDIN",
    "InputFile",
    "Metadata",
    "ReadOptions",
    "Source",
    "list_files",
    "read_file",
    "read_url",
]

_DEFAULT_OPTIONS = ReadOptions()


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
    digest = ""
    try:
        if file.name.endswith(METADATA_SUFFIX):
            message = "there is no document of this name; add it or remove the metadata"
            raise RejectedError("orphan_metadata", message)
        content = file.read_bytes(find_limit(file.name))
        digest = hashlib.sha256(content).hexdigest()
        beside = read_metadata(file.read_metadata_bytes(), f"the metadata of {file.name}")
    except OSError as error:
        message = f"{error.strerror or error}; check the file and its permissions"
        yield Reject(path=file.name, sha256=digest, reason="unreadable", message=message)
    except RejectedError as error:
        yield Reject(path=file.name, sha256=digest, reason=error.reason, message=str(error))
    else:
        yield from read_entry(Entry(file.name, content, digest, beside, given, options))
