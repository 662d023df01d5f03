"""What a worker does: a batch of files and documents in, rows of the store out.

Takes a recipe and a batch, e.g. 20 communiqués, gives their rows packed by table. A fault in one
document, ours or its own, is a reject and never reaches another.
"""

from __future__ import annotations

import os
import socket
import traceback
from collections.abc import Iterator
from functools import lru_cache

from pipeline.emit import check_result
from pipeline.flow import process_document
from pipeline.ingest import Fetched, InputFile, Source, fetch_file, read_fetched
from pipeline.ingest.limits import MAX_FLOW_SECONDS
from pipeline.ingest.rejection import RejectedError
from pipeline.ingest.time_limit import limit_time
from pipeline.lexicons import LexiconError
from pipeline.records import Reject, Result
from pipeline.running.executors import WorkersError
from pipeline.running.grouping import Batch, FileItem
from pipeline.running.recipe import Recipe, prepare
from pipeline.segment.engines import EngineError
from pipeline.store.basis import Basis, describe_basis, tell_difference
from pipeline.store.rows import Found, pack_outcomes
from pipeline.store.writing import Pack


def process_batch(recipe: Recipe, batch: Batch) -> Pack:
    """Process the documents of a batch; this is what runs in a worker.

    Raises:
        EngineError: If the model of the engine does not load.
    """
    prepare(recipe)[1].load()
    found: list[Found] = []
    files = list(batch.done)
    for item in batch.items:
        if isinstance(item, FileItem):
            fetched = item.fetched or fetch_file(item.file)
            outcomes = process_fetched(recipe, fetched)
            found += (Found(item.note.file, at, "", each) for at, each in enumerate(outcomes, 1))
            note = item.note._replace(
                content=fetched.content_digest,
                beside=fetched.beside_digest,
                outcomes=len(outcomes),
            )
            files.append(note)
        else:
            outcome = process_source(recipe, item.source)
            found.append(Found(item.file, item.position, item.fingerprint, outcome))
    return Pack(pack_outcomes(found), tuple(files), batch.begun, batch.kept)


def process_alike(recipe: Recipe, basis: Basis, batch: Batch) -> Pack:
    """Process a batch where program and lexicons may be others than those of the run.

    Raises:
        WorkersError: If they are, so that other rows could come out.
    """
    worker = f"the worker {os.getpid()} on {socket.gethostname()}"
    try:
        own = _describe_own_basis(recipe)
    except (LexiconError, EngineError) as error:
        raise WorkersError(f"{worker}: {error}") from None
    if own != basis:
        part = tell_difference(own.parts, basis.parts) or "slogans"
        raise WorkersError(f"{worker} has another {part} than this run; {_ALIKE}")
    return process_batch(recipe, batch)


_ALIKE = "give all workers the same version of the program and its libraries, and the same lexicons"


@lru_cache(maxsize=1)
def _describe_own_basis(recipe: Recipe) -> Basis:
    return describe_basis(*prepare(recipe), recipe)


def process_file(recipe: Recipe, file: InputFile) -> list[Result | Reject]:
    """Read one file and process its documents."""
    return process_fetched(recipe, fetch_file(file))


def process_fetched(recipe: Recipe, fetched: Fetched) -> list[Result | Reject]:
    """Process the documents of a file; a fault in one never reaches another."""
    return [process_source(recipe, source) for source in read_safely(recipe, fetched)]


def read_safely(recipe: Recipe, fetched: Fetched) -> Iterator[Source | Reject]:
    """The documents of a file; a fault of ours in a reader must not lose the other files."""
    try:
        yield from read_fetched(fetched, recipe.given, recipe.reading)
    except Exception as fault:
        yield _reject_faulty(fetched.name, fetched.sha256, fault)


def process_source(recipe: Recipe, source: Source | Reject) -> Result | Reject:
    """Process one document; nor must a fault in a rule lose the others."""
    if isinstance(source, Reject):
        return source
    seconds = MAX_FLOW_SECONDS * (1 + len(source.raw) / 100_000)
    try:
        with limit_time(seconds):
            result = process_document(source, *prepare(recipe), recipe.tokens)
        check_result(result)
    except RejectedError as error:
        return _reject(source.path, source.sha256, error.reason, str(error))
    except Exception as fault:
        return _reject_faulty(source.path, source.sha256, fault)
    return result


def _reject_faulty(path: str, sha256: str, fault: Exception) -> Reject:
    where = traceback.extract_tb(fault.__traceback__)[-1]
    message = (
        f"{type(fault).__name__}: {fault} ({where.name}, line {where.lineno}); please report it"
    )
    message = message.encode("utf-8", "backslashreplace").decode()
    return _reject(path, sha256, "internal_error", message)


def _reject(path: str, sha256: str, reason: str, message: str) -> Reject:
    return Reject(path=path, sha256=sha256, reason=reason, message=message)
