"""The program's own jobs: the whole run with its tables, and each stage alone.

Takes texts, gives the seconds that the flow spends in each stage: the functions that
``pipeline.flow`` calls are timed where it calls them, so that a stage gets what it gets in a run.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from pipeline import flow
from pipeline.emit import check_result, write_output
from pipeline.ingest import Metadata, Source
from pipeline.lexicons import Lexicons
from pipeline.records import Result
from pipeline.running.recipe import Recipe, prepare
from pipeline.segment.engines import Engine

Seconds = dict[str, float]
STAGES = {
    "normalise_text": "normalise",
    "segment_text": "segment",
    "find_setting": "setting",
    "find_slogans": "tag",
    "extract_plenums": "plenums",
    "describe_document": "document",
    "extract_officials": "officials",
    "extract_instruments": "instruments",
    "extract_directives": "directives",
    "describe_slogans": "slogans to directives",
    "find_candidates": "candidates",
}


def make_sources(texts: Sequence[str]) -> list[Source]:
    """Documents as ingest gives them."""
    return [
        Source(f"{number:06}", f"{number:06}.txt", "", "utf-8", text, Metadata())
        for number, text in enumerate(texts)
    ]


def run_whole(sources: Sequence[Source], folder: Path) -> None:
    """Restore, tag, extract, check and write CSV, in this process."""
    lexicons, engine = prepare(Recipe())
    write_output(_process(sources, lexicons, engine), folder, {})


def time_stages(sources: Sequence[Source]) -> Seconds:
    """Seconds of each stage, and of all that the flow does under ``flow``."""
    lexicons, engine = prepare(Recipe())
    with _watch_stages() as seconds:
        began = time.perf_counter()
        for _ in _process(sources, lexicons, engine):
            pass
        seconds["flow"] = time.perf_counter() - began
    return seconds


def _process(sources: Sequence[Source], lexicons: Lexicons, engine: Engine) -> Iterator[Result]:
    for source in sources:
        result = flow.process_document(source, lexicons, engine)
        check_result(result)
        yield result


@contextmanager
def _watch_stages() -> Iterator[Seconds]:
    seconds: Seconds = defaultdict(float)
    watched = {name: _watch(getattr(flow, name), name, seconds) for name in STAGES}
    with ExitStack() as patches:
        for name, stage in watched.items():
            patches.enter_context(patch.object(flow, name, stage))
        yield seconds


def _watch(stage: Callable[..., Any], name: str, seconds: Seconds) -> Callable[..., Any]:
    def timed(*arguments: Any, **named: Any) -> Any:
        began = time.perf_counter()
        given = stage(*arguments, **named)
        rows = list(given) if isinstance(given, Iterator) else given
        seconds[STAGES[name]] += time.perf_counter() - began
        return rows

    return timed
