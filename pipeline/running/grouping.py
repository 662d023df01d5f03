"""Grouping: planned files to batches of work of about the same size.

Takes files with the reasons to read them, gives batches: small files travel together, still to be
read where the workers see them; a file of many documents (公报.jsonl) is read here and its
documents travel, so that many workers share one file. Documents of it that are the same as before
stay where they are.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

import msgspec

from pipeline.ingest import Fetched, InputFile, Source, fetch_file
from pipeline.records import Reject
from pipeline.store.planning import Planned
from pipeline.store.writing import FileDone, Kept

_MEAN_BYTES = 1_000
"""A batch is also full with a document for each so many of its bytes, however short they are."""
_GUESSED_BYTES = 20_000  # of a file that is far away

ReadSafely = Callable[[Fetched], Iterator[Source | Reject]]
FindKnown = Callable[[int], dict[str, int]]


class FileItem(NamedTuple):
    """A file to process, with its bytes where the worker may not be able to read them."""

    note: FileDone
    file: InputFile
    fetched: Fetched | None = None


class DocumentItem(NamedTuple):
    """A document of a file of many, or the reject that stands in its place."""

    file: int
    position: int
    fingerprint: str
    source: Source | Reject


class Batch(NamedTuple):
    """Work for one worker, and what is to be noted of its files once it is done."""

    items: tuple[FileItem | DocumentItem, ...]
    begun: tuple[FileDone, ...]
    done: tuple[FileDone, ...]
    kept: tuple[Kept, ...]


class Grouper:
    """Makes batches of planned files.

    Args:
        read: Reads the documents of a file of many; never raises.
        find_known: Documents of a file that are in the store, by fingerprint.
        rules: Names what the processing of a document depends on.
        run: Number of the run.
        batch_bytes: Bytes of source that fill a batch.
        carries_bytes: Whether files are read here, so that the worker needs not see them.
    """

    def __init__(
        self,
        read: ReadSafely,
        find_known: FindKnown,
        rules: str,
        run: int,
        batch_bytes: int,
        *,
        carries_bytes: bool = False,
    ) -> None:
        self._read, self._find_known, self._rules, self._run = read, find_known, rules, run
        self._full, self._carries_bytes = batch_bytes, carries_bytes
        self._bytes = 0
        self._start()

    def group(self, planned: Iterable[Planned]) -> Iterator[Batch]:
        """The files that have a reason to be read, in batches, in their order."""
        for plan in planned:
            if plan.fetched is None:
                self._add_file(plan)
            else:
                yield from self._group_collection(plan.note, plan.fetched)
            if self._is_full():
                yield self._take()
        if self._items or self._done:
            yield self._take()

    def _add_file(self, plan: Planned) -> None:
        fetched = fetch_file(plan.file) if self._carries_bytes else None
        self._items.append(FileItem(plan.note, plan.file, fetched))
        self._bytes += len(fetched.content) if fetched else _measure(plan.file)

    def _group_collection(self, note: FileDone, fetched: Fetched) -> Iterator[Batch]:
        known, kept, position = self._find_known(note.file), list[Kept](), 0
        self._begun.append(note._replace(content="", beside=""))
        for position, source in enumerate(self._read(fetched), 1):
            fingerprint = fingerprint_source(source, self._rules)
            document = known.pop(fingerprint, None) if fingerprint else None
            if document is None:
                self._items.append(DocumentItem(note.file, position, fingerprint, source))
                self._bytes += len(source.raw) if isinstance(source, Source) else 0
            else:
                kept.append(Kept(document, position, self._run, source.sha256))
            if self._is_full():
                yield self._take()
        self._done.append(note._replace(outcomes=position))
        self._kept += kept

    def _is_full(self) -> bool:
        return self._bytes >= self._full or len(self._items) * _MEAN_BYTES >= self._full

    def _start(self) -> None:
        self._items: list[FileItem | DocumentItem] = []
        self._begun: list[FileDone] = []
        self._done: list[FileDone] = []
        self._kept: list[Kept] = []
        self._bytes = 0

    def _take(self) -> Batch:
        parts = (self._items, self._begun, self._done, self._kept)
        batch = Batch(*map(tuple, parts))  # type: ignore[arg-type]
        self._start()
        return batch


def fingerprint_source(source: Source | Reject, rules: str) -> str:
    """Tells a document from every other that could give other rows; a reject has none.

    The digest of the file it stands in is left out: the other lines of a file are no part of it.
    """
    if isinstance(source, Reject):
        return ""
    content = msgspec.msgpack.encode([rules, dataclasses.replace(source, sha256="")])
    return hashlib.sha256(content).hexdigest()


def _measure(file: InputFile) -> int:
    if file.url:
        return _GUESSED_BYTES
    try:
        return file.path.stat().st_size
    except OSError:
        return 0  # the reader says what is wrong with it
