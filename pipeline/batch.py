"""A batch: files in, an output folder out, one fault never reaching another document."""

from __future__ import annotations

import dataclasses
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

from pipeline.emit import Format, OutputSummary, check_result, write_output
from pipeline.executors import map_in_order, open_executor
from pipeline.flow import process_document
from pipeline.ingest import STDIN, InputFile, Source, list_files, read_file
from pipeline.ingest.fingerprint import fingerprint_text
from pipeline.lexicons import Lexicons
from pipeline.manifest import describe_run
from pipeline.recipe import DEFAULT_RECIPE, Recipe, prepare
from pipeline.records import Reject, Result
from pipeline.segment.engines import Engine


def process_file(recipe: Recipe, file: InputFile) -> list[Result | Reject]:
    """Read one file and process its documents; a fault in one never reaches another."""
    lexicons, engine = prepare(recipe)
    engine.load()  # a model that does not load ends the run; it is no fault of a document
    outcomes: list[Result | Reject] = []
    try:
        for source in read_file(file, recipe.given, recipe.reading):
            if isinstance(source, Source):
                outcomes.append(_process_safely(source, lexicons, engine, recipe.tokens))
            else:
                outcomes.append(source)
    except Exception as fault:  # a fault of ours in a reader must not lose the other files
        outcomes.append(_reject_faulty(file.name, "", fault))
    return outcomes


def _process_safely(
    source: Source, lexicons: Lexicons, engine: Engine, tokens: bool
) -> Result | Reject:
    try:
        result = process_document(source, lexicons, engine, tokens)
        check_result(result)
    except Exception as fault:  # nor one in a rule the other documents
        return _reject_faulty(source.path, source.sha256, fault)
    return result


def run(
    inputs: Sequence[Path],
    output: Path,
    recipe: Recipe = DEFAULT_RECIPE,
    workers: int = 1,
    to: Format = "csv",
    on_file: Callable[[], None] = lambda: None,
) -> OutputSummary:
    """Process files and folders and write the tables.

    Args:
        inputs: Files and folders; ``-`` is standard input.
        output: Folder for the tables.
        recipe: Lexicons, engine and metadata for all documents.
        workers: Processes to work in.
        to: Format of the tables.
        on_file: Called after each file.

    Returns:
        Rows written, by table.

    Raises:
        LexiconError: If the lexicons cannot be used.
        EngineError: If the engine or its model cannot be used.
        OSError: If the output cannot be written.
    """
    (lexicons, engine), files = prepare(recipe), list_files(inputs)
    if any(file.path == STDIN for file in files):
        workers = 1  # other processes cannot read the standard input of this one
    with open_executor(workers) as executor:
        outcomes = map_in_order(executor, partial(process_file, recipe), files, workers)
        manifest = describe_run(lexicons, engine, recipe.given)
        return write_output(_join(outcomes, on_file), output, manifest, to, recipe.tokens)


def _join(
    outcomes: Iterable[list[Result | Reject]], on_file: Callable[[], None]
) -> Iterator[Result | Reject]:
    """What became of every document, with what only the whole batch can tell."""
    known = _Known()
    for of_file in outcomes:
        for outcome in of_file:
            yield outcome if isinstance(outcome, Reject) else known.admit(outcome)
        on_file()


class _Known:
    """The documents that came before: their ids and their texts."""

    def __init__(self) -> None:
        self._paths: dict[str, str] = {}
        self._texts: dict[str, str] = {}

    def admit(self, result: Result) -> Result | Reject:
        """Refuse a second document of an id; mark one whose text came before.

        a.txt and a.html would both be the document ``a``.
        """
        document = result.document
        if first := self._paths.get(document.doc_id):
            message = f"its id {document.doc_id!r} belongs to {first}; rename one of them"
            return _reject(document.path, document.sha256, "duplicate_id", message)
        self._paths[document.doc_id] = document.path
        original = self._texts.setdefault(fingerprint_text(result.text), document.doc_id)
        if original == document.doc_id:
            return result
        marked = dataclasses.replace(document, duplicate_of=original)
        return dataclasses.replace(result, document=marked)


def _reject(path: str, sha256: str, reason: str, message: str) -> Reject:
    return Reject(path=path, sha256=sha256, reason=reason, message=message)


def _reject_faulty(path: str, sha256: str, fault: Exception) -> Reject:
    where = traceback.extract_tb(fault.__traceback__)[-1]
    message = (
        f"{type(fault).__name__}: {fault} ({where.name}, line {where.lineno}); please report it"
    )
    return _reject(path, sha256, "internal_error", message)
