"""Merge: the outputs of the parts of a corpus joined to one.

Takes the folders that ``pipeline run --shard 1/2`` and ``--shard 2/2`` wrote, gives the bytes that
one run over all of 苏州/ and 无锡/ would have written: duplicates and candidates are found anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pipeline.emit import Format, OutputSummary
from pipeline.emit.publish import clear_partial, publish_tables
from pipeline.store import StoreError, open_for_run
from pipeline.store.history import Tally, begin_run, end_run
from pipeline.store.merging import merge_stores, read_parts
from pipeline.store.planning import list_inputs


def merge(
    folders: Sequence[Path], output: Path, to: Format = "csv", command: str = ""
) -> OutputSummary:
    """Join outputs into one.

    Args:
        folders: Outputs of parts that share no file.
        output: Folder for the whole; what it held is replaced.
        to: Format of the tables.
        command: How the history names this.

    Raises:
        StoreError: If a folder is no output, or they are no parts of one whole.
        OSError: If the output cannot be written.
    """
    if output.resolve() in {folder.resolve() for folder in folders}:
        raise StoreError(f"{output} is one of the parts; choose another folder with -o")
    parts = read_parts(folders)
    made = parts[0].manifest
    with open_for_run(output, anew=True) as connection:
        clear_partial(output)
        versions = (made["version"], made["engine"], made["lexicons"])
        number = begin_run(connection, parts[0].request, command, versions)
        ended = "failed"
        try:
            merge_stores(connection, parts, number)
            list_inputs(connection, [])
            connection.execute("DELETE FROM gone")
            rows = publish_tables(connection, output, made, parts[0].basis, to)
            ended = "done"
        finally:
            end_run(connection, number, ended, Tally())
    return OutputSummary(output, rows)
