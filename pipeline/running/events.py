"""Events: what a run tells while it runs, for progress, logs and whoever watches it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RunStarted:
    """The run knows its files."""

    files: int


@dataclass(frozen=True, slots=True)
class DocumentDone:
    """A document was processed."""

    doc_id: str
    path: str


@dataclass(frozen=True, slots=True)
class InputRejected:
    """An input gave no document."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class FilesPassed:
    """So many more files are finished, or were left alone since nothing changed."""

    files: int


@dataclass(frozen=True, slots=True)
class RunFinished:
    """All is written."""

    done: int
    rejected: int
    skipped: int
    gone: int


Event = RunStarted | DocumentDone | InputRejected | FilesPassed | RunFinished
Listener = Callable[[Event], None]


def ignore_event(event: Event) -> None:
    """A listener for runs nobody watches."""
