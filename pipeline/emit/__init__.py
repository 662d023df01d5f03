"""Emit: results to tables, their description and a manifest, whole or not at all.

Takes results and rejects in the order of their documents, gives the files of an output folder.
Everything is written to a folder beside the final files and moved into place at the end, so that
a reader sees the old tables or the new ones. The same results give the same bytes.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterable
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.emit.counting import CandidateCounter
from pipeline.emit.datapackage import describe_package
from pipeline.emit.reread import OutputError
from pipeline.emit.tables import Format, TextsWriter, open_table
from pipeline.emit.tokens import TOKENS_FILE, TokensWriter, check_tokens
from pipeline.emit.validate import check_result, validate_output
from pipeline.records import (
    TABLES,
    Candidate,
    Directive,
    Document,
    Instrument,
    Issue,
    Official,
    Plenum,
    Reject,
    Result,
    SloganUse,
)

__all__ = [
    "Format",
    "OutputError",
    "OutputSummary",
    "check_result",
    "write_output",
]


@dataclass(frozen=True, slots=True)
class OutputSummary:
    """Rows written, by table."""

    folder: Path
    rows: dict[str, int]


def write_output(
    outcomes: Iterable[Result | Reject],
    folder: Path,
    manifest: dict[str, Any],
    to: Format = "csv",
    tokens: bool = False,
) -> OutputSummary:
    """Write all files of an output.

    Args:
        outcomes: What became of every input, in the order of the tables.
        folder: Where the files go; made if missing.
        manifest: What reproduces the run; counts and digests of the inputs are added.
        to: Format of the tables.
        tokens: Whether to write the words of the documents, which the results then carry.

    Returns:
        How many rows each table has.

    Raises:
        OSError: If the folder cannot be written; the old files are then untouched.
        OutputError: If what was written breaks a promise of the records.
    """
    folder.mkdir(parents=True, exist_ok=True)
    partial = Path(tempfile.mkdtemp(prefix=".partial-", dir=folder))
    try:
        inputs, rows = _write_tables(outcomes, partial, to, tokens)
        _write_json(partial / "datapackage.json", describe_package(to))
        _write_json(partial / "manifest.json", manifest | {"rows": rows, "inputs": inputs})
        if faults := [*validate_output(partial), *check_tokens(partial)]:
            raise OutputError("; ".join(faults))
        _move_into_place(partial, folder, to)
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return OutputSummary(folder, rows)


def _write_tables(
    outcomes: Iterable[Result | Reject], folder: Path, to: Format, tokens: bool
) -> tuple[dict[str, str], dict[str, int]]:
    """Write tables and texts; give the digests of the inputs and the counts of rows."""
    candidates, inputs = CandidateCounter(), dict[str, str]()
    with ExitStack() as files:
        texts = files.enter_context(closing(TextsWriter(folder)))
        words = files.enter_context(closing(TokensWriter(folder))) if tokens else None
        writers = {
            kind: files.enter_context(closing(open_table(kind, folder, to))) for kind in TABLES
        }
        for outcome in outcomes:
            if isinstance(outcome, Reject):
                inputs[outcome.path] = outcome.sha256
                writers[Reject].add([outcome])
                continue
            inputs[outcome.document.path] = outcome.document.sha256
            candidates.add(outcome)
            texts.add(outcome.document.doc_id, outcome.raw, outcome.text)
            if words:
                words.add(outcome)
            writers[Document].add([outcome.document])
            writers[Plenum].add(outcome.plenums)
            writers[Official].add(outcome.officials)
            writers[Directive].add(outcome.directives)
            writers[SloganUse].add(outcome.slogans)
            writers[Instrument].add(outcome.instruments)
            writers[Issue].add(outcome.issues)
        writers[Candidate].add(candidates.candidates())
    return inputs, {kind.table: writer.rows for kind, writer in writers.items()}


def _write_json(path: Path, content: dict[str, Any]) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _move_into_place(partial: Path, folder: Path, to: Format) -> None:
    """Replace the old files, the manifest last; what this run did not write is old and goes."""
    has_tokens = (partial / TOKENS_FILE).exists()
    for written in sorted(partial.iterdir(), key=lambda path: path.name == "manifest.json"):
        written.replace(folder / written.name)
    other = "parquet" if to == "csv" else "csv"
    for record_type in TABLES:
        (folder / f"{record_type.table}.{other}").unlink(missing_ok=True)
    if not has_tokens:
        (folder / TOKENS_FILE).unlink(missing_ok=True)
