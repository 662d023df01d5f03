"""Where the work runs: in this process, in several or on a cluster, behind the standard executor.

Takes a function and items, such as batches of 苏州/, gives results in the order of the items,
however many work on them. Who works is a :class:`Crew`; the flow sees its executor alone.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from typing import NamedTuple, ParamSpec, TypeVar

Parameters = ParamSpec("Parameters")
ItemT = TypeVar("ItemT")
OutcomeT = TypeVar("OutcomeT")

_AHEAD_PER_WORKER = 16
_BYTES_OF_BATCH = 64_000
REMEDY = "what was done is kept: run again to go on"


class WorkersError(RuntimeError):
    """Workers that cannot be reached, ended, or differ from this process; names the remedy."""


class Crew(NamedTuple):
    """Who does the work.

    Attributes:
        executor: What takes it.
        count_ahead: How many batches may be under way now.
        batch_bytes: Bytes of source that make a batch.
        is_far: Whether the workers may be on machines that have neither these files nor this
            program.
    """

    executor: Executor
    count_ahead: Callable[[], int]
    batch_bytes: int = _BYTES_OF_BATCH
    is_far: bool = False


class SerialExecutor(Executor):
    """Runs everything at once, in this process."""

    def submit(
        self,
        fn: Callable[Parameters, OutcomeT],
        /,
        *args: Parameters.args,
        **kwargs: Parameters.kwargs,
    ) -> Future[OutcomeT]:
        """Call the function and hold what it gave."""
        future: Future[OutcomeT] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as fault:  # handed on through the future, as executors do
            future.set_exception(fault)
        return future


def count_workers(wanted: str) -> int:
    """The number that ``--workers`` asks for; ``auto`` is one for each core.

    Raises:
        ValueError: If it is neither ``auto`` nor a positive number.
    """
    if wanted == "auto":
        return os.cpu_count() or 1
    if not wanted.isdecimal() or int(wanted) < 1:
        raise ValueError(f"{wanted!r} is neither 'auto' nor a positive number")
    return int(wanted)


@contextmanager
def open_crew(workers: int, scheduler: str = "", dask_workers: int = 0) -> Iterator[Crew]:
    """Those who do the work of a run.

    Args:
        workers: Processes on this machine; one is this process.
        scheduler: Address of a Dask scheduler whose workers do it instead.
        dask_workers: So many workers of a Dask cluster on this machine do it instead.

    Raises:
        WorkersError: If there are none, or they end before the work does.
    """
    if scheduler or dask_workers:
        from pipeline.running.cluster import open_cluster

        with open_cluster(scheduler, dask_workers) as crew:
            yield crew
        return
    ahead = 1 if workers == 1 else workers * _AHEAD_PER_WORKER
    try:
        with open_executor(workers) as executor:
            yield Crew(executor, lambda: ahead)
    except BrokenExecutor:
        raise WorkersError(
            f"a worker process ended, perhaps for want of memory; {REMEDY}"
        ) from None


def open_executor(workers: int) -> Executor:
    """An executor with so many workers; one worker is this process.

    Workers are spawned, never forked: an engine loaded before a fork can hang in the child. An
    interrupt from the keyboard reaches every process; this one alone acts on it.
    """
    if workers == 1:
        return SerialExecutor()
    return ProcessPoolExecutor(
        workers,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=signal.signal,
        initargs=(signal.SIGINT, signal.SIG_IGN),
    )


def map_in_order(
    executor: Executor,
    function: Callable[[ItemT], OutcomeT],
    items: Iterable[ItemT],
    count_ahead: Callable[[], int],
) -> Generator[OutcomeT, None, None]:
    """Apply a function to items as they come, give results in the same order.

    Only so many items are under way at a time, so that memory stays flat; what has not begun when
    the caller stops, or is interrupted, never begins.
    """
    pending: deque[Future[OutcomeT]] = deque()
    try:
        for item in items:
            pending.append(executor.submit(function, item))
            if len(pending) >= count_ahead():
                yield pending.popleft().result()
        while pending:
            yield pending.popleft().result()
    finally:
        for future in pending:
            future.cancel()
