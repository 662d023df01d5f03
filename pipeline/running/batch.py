"""A batch: files in, an output folder out.

Takes inputs and a recipe, gives the tables. Documents are processed by the workers of an executor,
held in the store beside the tables and written from it; what the store has already, such as a
communiqué of last year that nobody changed, is not processed again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.emit import Format, OutputSummary
from pipeline.emit.publish import clear_partial, publish_tables
from pipeline.running.events import (
    DocumentDone,
    FilesPassed,
    InputRejected,
    Listener,
    RunFinished,
    RunStarted,
    ignore_event,
)
from pipeline.running.executors import Crew, map_in_order, open_crew
from pipeline.running.grouping import Batch, Grouper
from pipeline.running.manifest import describe_run, program_version
from pipeline.running.recipe import DEFAULT_RECIPE, Recipe, prepare
from pipeline.running.scope import Scope, note_request
from pipeline.running.shards import Shard
from pipeline.running.work import process_alike, process_batch, read_safely
from pipeline.store import open_for_run
from pipeline.store.basis import Basis, describe_basis
from pipeline.store.history import Tally, begin_run, end_run
from pipeline.store.planning import (
    Planned,
    find_known,
    keep_gone,
    list_gone,
    list_inputs,
    note_basis,
    plan_files,
)
from pipeline.store.reconcile import check_all_read
from pipeline.store.touched import agree_with_lexicons
from pipeline.store.writing import Pack, StoreWriter

if TYPE_CHECKING:
    import duckdb


def run(
    inputs: Sequence[Path],
    output: Path,
    recipe: Recipe = DEFAULT_RECIPE,
    workers: int = 1,
    to: Format = "csv",
    tell: Listener = ignore_event,
    *,
    scheduler: str = "",
    dask_workers: int = 0,
    shard: Shard | None = None,
    keep_missing: bool = False,
    full_refresh: bool = False,
    command: str = "",
) -> OutputSummary:
    """Process what is new or changed among files and folders and write the tables.

    Args:
        inputs: Files and folders; ``-`` is standard input.
        output: Folder for the tables and the store behind them.
        recipe: Lexicons, engine and metadata for all documents.
        workers: Processes to work in, on this machine.
        to: Format of the tables.
        tell: Called with every event.
        scheduler: Address of a Dask scheduler, to work on its workers instead.
        dask_workers: Workers of a Dask cluster started for this run on this machine, instead.
        shard: The part of the inputs to do, if not all.
        keep_missing: Keep the rows of inputs that are gone.
        full_refresh: Do all again.
        command: How the history names the run.

    Returns:
        Rows of the tables, and what the run did.

    Raises:
        LexiconError: If the lexicons cannot be used.
        EngineError: If the engine or its model cannot be used.
        StoreError: If another run has the folder, or its store cannot be read.
        WorkersError: If workers cannot be reached, end or have another program or other lexicons.
        OSError: If the output cannot be written.
    """
    lexicons, engine = prepare(recipe)
    scope = Scope(inputs, shard, keep_missing, full_refresh)
    manifest = describe_run(lexicons, engine, recipe.given)
    basis = describe_basis(lexicons, engine, recipe)
    with (
        open_crew(workers, scheduler, dask_workers) as crew,
        open_for_run(output, anew=full_refresh) as connection,
    ):
        clear_partial(output)
        versions = (program_version(), engine.name, lexicons.digest)
        number = begin_run(connection, note_request(scope, recipe), command, versions)
        update = _Update(connection, number, scope, recipe, tell)
        with update.note_end():
            update.process(basis, crew)
            rows = publish_tables(connection, output, manifest, basis.digest, to)
    tell(RunFinished(*update.tally))
    return OutputSummary(output, rows, update.tally)


class _Update:
    """Brings a store up to date with the inputs of a run."""

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        number: int,
        scope: Scope,
        recipe: Recipe,
        tell: Listener,
    ) -> None:
        self._connection, self._number, self._scope = connection, number, scope
        self._recipe, self._tell = recipe, tell
        self.tally = Tally()

    @contextmanager
    def note_end(self) -> Iterator[None]:
        """Let the history say how the run ended."""
        ended = "failed"
        try:
            yield
            ended = "done"
        except KeyboardInterrupt:
            ended = "interrupted"
            raise
        finally:
            end_run(self._connection, self._number, ended, self.tally)

    def process(self, basis: Basis, crew: Crew) -> None:
        """Process what is new or changed; what is done is kept, however the run ends."""
        connection, scope = self._connection, self._scope
        self._tell(RunStarted(list_inputs(connection, scope.files())))
        if scope.keep_missing:
            keep_gone(connection)
        agree_with_lexicons(connection, prepare(self._recipe)[0])
        note_basis(connection, basis)
        writer = StoreWriter(connection, self._number)
        try:
            work = partial(process_batch, self._recipe)
            if crew.is_far:
                work = partial(process_alike, self._recipe, basis)
            batches = self._list_batches(basis, crew)
            for pack in map_in_order(crew.executor, work, batches, crew.count_ahead):
                writer.add(pack)
                self._count(pack)
        finally:
            writer.commit()
        check_all_read(connection, self._number, self.tally.skipped)
        self.tally = self.tally._replace(gone=len(list_gone(connection)))

    def _list_batches(self, basis: Basis, crew: Crew) -> Iterator[Batch]:
        connection, anew = self._connection, self._scope.full_refresh
        grouper = Grouper(
            read=partial(read_safely, self._recipe),
            find_known=lambda file: {} if anew else find_known(connection, file),
            rules=basis.rules,
            run=self._number,
            batch_bytes=crew.batch_bytes,
            carries_bytes=crew.is_far,
        )
        return grouper.group(self._list_changed(basis))

    def _list_changed(self, basis: Basis) -> Iterator[Planned]:
        anew = self._scope.full_refresh
        for plan in plan_files(self._connection, basis, everything=anew):
            if plan.reason:
                yield plan
            else:
                self.tally = self.tally._replace(skipped=self.tally.skipped + 1)
                self._tell(FilesPassed(1))

    def _count(self, pack: Pack) -> None:
        documents, rejects = pack.tables["documents"], pack.tables["rejects"]
        for doc_id, path in zip(
            *(documents[name].to_pylist() for name in ("doc_id", "path")), strict=True
        ):
            self._tell(DocumentDone(doc_id, path))
        for path, reason in zip(
            *(rejects[name].to_pylist() for name in ("path", "reason")), strict=True
        ):
            self._tell(InputRejected(path, reason))
        self._tell(FilesPassed(len(pack.files)))
        done, rejected = self.tally.done + len(documents), self.tally.rejected + len(rejects)
        self.tally = self.tally._replace(done=done, rejected=rejected)
