"""Where the work runs: in this process or in several, behind the standard executor interface.

The flow gives a function and items and gets results in the order of the items, however many work
on them.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from typing import ParamSpec, TypeVar

Parameters = ParamSpec("Parameters")
ItemT = TypeVar("ItemT")
OutcomeT = TypeVar("OutcomeT")

_AHEAD_PER_WORKER = 16


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
    workers: int,
) -> Generator[OutcomeT, None, None]:
    """Apply a function to items as they come, give results in the same order.

    Only a few items for each worker are under way at a time, so that memory stays flat; what has
    not begun when the caller stops, or is interrupted, never begins.
    """
    ahead = 1 if workers == 1 else workers * _AHEAD_PER_WORKER
    pending: deque[Future[OutcomeT]] = deque()
    try:
        for item in items:
            pending.append(executor.submit(function, item))
            if len(pending) >= ahead:
                yield pending.popleft().result()
        while pending:
            yield pending.popleft().result()
    finally:
        for future in pending:
            future.cancel()
