"""Emit: the rows of a store to tables, their description and a manifest, whole or not at all.

Takes the contents of a store, or results (要抓好落实。 gave one directive), gives the files of an
output folder. Everything is written to a folder beside the final files and moved into place
at the end, so that a reader sees the old tables or the new ones. The same rows give the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.emit.codebook import write_codebooks
from pipeline.emit.datapackage import describe_package
from pipeline.emit.reread import OutputError
from pipeline.emit.tables import Format, write_table, write_texts
from pipeline.emit.tokens import TOKENS_FILE, check_tokens, write_tokens
from pipeline.emit.validate import check_result, validate_output
from pipeline.records import TABLES, Reject, Result
from pipeline.store import Contents, hold_outcomes
from pipeline.store.history import Tally

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = [
    "MANIFEST",
    "PARTIAL",
    "Format",
    "OutputError",
    "OutputSummary",
    "check_result",
    "digest_file",
    "write_contents",
    "write_output",
]

MANIFEST = "manifest.json"
PARTIAL = ".partial-"


@dataclass(frozen=True, slots=True)
class OutputSummary:
    """Rows of the tables, by table, and what the run did."""

    folder: Path
    rows: dict[str, int]
    tally: Tally = Tally()


def write_output(
    outcomes: Iterable[Result | Reject],
    folder: Path,
    manifest: dict[str, Any],
    to: Format = "csv",
) -> OutputSummary:
    """Write all files of an output from results at hand.

    Args:
        outcomes: What became of every input, in the order of the tables.
        folder: Where the files go; made if missing.
        manifest: What reproduces the run; counts and digests are added.
        to: Format of the tables.

    Returns:
        How many rows each table has.

    Raises:
        OSError: If the folder cannot be written; the old files are then untouched.
        OutputError: If what was written breaks a promise of the records.
    """
    with hold_outcomes(outcomes) as contents:
        return write_contents(contents, folder, manifest, to)


def write_contents(
    contents: Contents, folder: Path, manifest: dict[str, Any], to: Format = "csv"
) -> OutputSummary:
    """Write all files of an output from a store; arguments are those of :func:`write_output`."""
    with _open_partial(folder) as partial:
        rows = {kind.table: write_table(kind, contents.rows(kind), partial, to) for kind in TABLES}
        texts = write_texts(contents.texts(), partial)
        if contents.has_tokens():
            write_tokens(contents.tokens(), partial)
        write_codebooks(partial)
        _write_json(partial / "datapackage.json", describe_package(to))
        counted = _count(contents, rows, texts)
        digests = {path.name: digest_file(path) for path in sorted(partial.iterdir())}
        head = manifest | {"counts": counted, "rows": rows, "files": digests}
        _write_manifest(partial / MANIFEST, head, contents.inputs())
        if faults := [*validate_output(partial, rows), *check_tokens(partial)]:
            raise OutputError("; ".join(faults))
        _move_into_place(partial, folder, to)
    return OutputSummary(folder, rows)


def digest_file(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def _open_partial(folder: Path) -> Iterator[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    partial = Path(tempfile.mkdtemp(prefix=PARTIAL, dir=folder))
    try:
        yield partial
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def _count(contents: Contents, rows: dict[str, int], texts: int) -> dict[str, int]:
    """What was read and what became of it; nothing may be lost or stand twice.

    Raises:
        OutputError: If not everything found is a document or a reject, or a text is missing.
    """
    counts = contents.count()
    written = rows["documents"], rows["rejects"]
    agree = written == (counts.documents, counts.rejects) and texts == counts.documents
    if counts.found != sum(written) or not agree:
        raise OutputError(
            f"{counts.found} documents and faults were found in {counts.files} files, but "
            f"{written[0]} documents, {texts} texts and {written[1]} rejects written; run again "
            "with --full-refresh and please report it"
        )
    return counts._asdict()


def _write_json(path: Path, content: dict[str, Any]) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _write_manifest(path: Path, head: dict[str, Any], inputs: Iterable[pa.RecordBatch]) -> None:
    """The manifest as JSON; its last member, the inputs, is written as it comes."""
    separator = "\n"
    with path.open("w", encoding="utf-8") as file:
        file.write(json.dumps(head, ensure_ascii=False, indent=2).removesuffix("\n}"))
        file.write(',\n  "inputs": {')
        for batch in inputs:
            for name, digest in zip(*batch.to_pydict().values(), strict=True):
                file.write(f'{separator}    {json.dumps(name, ensure_ascii=False)}: "{digest}"')
                separator = ",\n"
        file.write("}\n}\n" if separator == "\n" else "\n  }\n}\n")


def _move_into_place(partial: Path, folder: Path, to: Format) -> None:
    """Replace the old files, the manifest last; what this run did not write is old and goes."""
    has_tokens = (partial / TOKENS_FILE).exists()
    for written in sorted(partial.iterdir(), key=lambda path: path.name == MANIFEST):
        written.replace(folder / written.name)
    other = "parquet" if to == "csv" else "csv"
    for record_type in TABLES:
        (folder / f"{record_type.table}.{other}").unlink(missing_ok=True)
    if not has_tokens:
        (folder / TOKENS_FILE).unlink(missing_ok=True)
