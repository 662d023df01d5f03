"""A bound on the time one document may take."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from pipeline.ingest.limits import MAX_SECONDS
from pipeline.ingest.rejection import RejectedError


class _TimeUp(BaseException):
    """The time is up; no ``Exception``, since parsers swallow those."""


@contextmanager
def limit_time(seconds: float = MAX_SECONDS) -> Iterator[None]:
    """Interrupt the work inside when the time is up.

    Where the system has no timer signal (Windows), or outside the main thread, there is no bound
    but size.

    Raises:
        RejectedError: When the time is up.
    """
    is_main = threading.current_thread() is threading.main_thread()
    if not (is_main and hasattr(signal, "setitimer")):
        yield
        return

    def interrupt(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 - fixed by signal
        raise _TimeUp

    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    except _TimeUp:
        message = f"it takes more than {seconds:g} seconds; split the file"
        raise RejectedError("timeout", message) from None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
