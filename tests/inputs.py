"""What the tests of ingest read with: the documents and rejects of a path."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pipeline.ingest import (
    REASONS,
    Metadata,
    ReadOptions,
    Source,
    list_files,
    read_file,
)
from pipeline.records import Reject

TEXT = "区委五届五次全会召开\n8月1日，区委五届五次全会召开。全会强调，要抓好落实。\n"

Write = Callable[[str, bytes], Path]


NOTHING = Metadata()
DEFAULTS = ReadOptions()


def read_all(
    path: Path, given: Metadata = NOTHING, options: ReadOptions = DEFAULTS
) -> list[Source | Reject]:
    return [found for file in list_files([path]) for found in read_file(file, given, options)]


def read_one(path: Path, given: Metadata = NOTHING, options: ReadOptions = DEFAULTS) -> Source:
    (found,) = read_all(path, given, options)
    assert isinstance(found, Source), found
    return found


def reject_one(path: Path, options: ReadOptions = DEFAULTS) -> Reject:
    (found,) = read_all(path, options=options)
    assert isinstance(found, Reject), found
    assert found.reason in REASONS
    assert found.message
    return found
