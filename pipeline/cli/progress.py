"""What a run shows while it runs: a bar, lines of JSON, or nothing."""

from __future__ import annotations

import dataclasses
import json
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager

import click
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)

from pipeline.running.events import (
    DocumentDone,
    Event,
    FilesPassed,
    Listener,
    RunFinished,
    RunStarted,
    ignore_event,
)

_WORD_PATTERN = re.compile(r"(?<=[a-z])(?=[A-Z])")


@contextmanager
def open_listener(log_json: bool, quiet: bool) -> Iterator[Listener]:
    """What listens to a run: lines of JSON where they are asked for, else a bar for terminals."""
    if log_json:
        yield _JsonLog()
    elif quiet:
        yield ignore_event
    else:
        with open_progress(quiet) as progress:
            yield _Bar(progress)


def open_progress(quiet: bool) -> Progress:
    """A bar on standard error, shown only to a terminal."""
    console = Console(stderr=True)
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]:.1f} documents/s"),
        TimeRemainingColumn(),
        console=console,
        disable=quiet or not console.is_terminal,
        transient=True,
    )


class _Rate:
    """Documents done in a second since the run began."""

    def __init__(self) -> None:
        self._began, self._documents = time.monotonic(), 0

    def count(self, event: Event) -> float:
        self._documents += isinstance(event, DocumentDone)
        return self._documents / max(time.monotonic() - self._began, 0.001)


class _Bar:
    def __init__(self, progress: Progress) -> None:
        self._progress, self._rate, self._task = progress, _Rate(), TaskID(0)

    def __call__(self, event: Event) -> None:
        rate = self._rate.count(event)
        if isinstance(event, RunStarted):
            self._task = self._progress.add_task("files", total=event.files, rate=0.0)
        elif isinstance(event, FilesPassed):
            self._progress.update(self._task, advance=event.files, rate=rate)


class _JsonLog:
    """One object a line: ``{"event": "document_done", "doc_id": "苏州/2023-08-01", …}``."""

    def __init__(self) -> None:
        self._rate = _Rate()

    def __call__(self, event: Event) -> None:
        rate = self._rate.count(event)
        if isinstance(event, FilesPassed):
            return
        name = _WORD_PATTERN.sub("_", type(event).__name__).lower()
        line = {"event": name, **dataclasses.asdict(event)}
        if isinstance(event, RunFinished):
            line["documents_per_second"] = round(rate, 2)
        click.echo(json.dumps(line, ensure_ascii=False), err=True)
