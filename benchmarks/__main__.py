"""Measure speed beside what others do with the same text, and write the table of the docs.

``python -m benchmarks`` prints the tables of ``docs/speed.md``; ``--write`` puts them there. All
jobs of a round run in one process on one core, one after the other and in the next round in the
opposite order; a figure is the median over the rounds of its ratio to ``jieba.cut``.
"""

from __future__ import annotations

import argparse
import gc
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from pipeline.running.recipe import Recipe, prepare

from .bench_normalise import render_restoring
from .peers import Job, list_peers
from .report import Measured, render_report
from .stages import Seconds, make_sources, run_whole, time_stages
from .texts import cut_texts, generate_texts, read_texts

REPORT = Path(__file__).resolve().parents[1] / "docs" / "speed.md"
# Characters; Chinese has three bytes each in UTF-8, so these are documents of 3 KB and 100 KB.
SIZES = (1_000, 33_000)
YARDSTICK, WHOLE = "jieba.cut", "pipeline, whole run"


def main() -> None:
    """Measure at each size; print the report or write it."""
    options = _read_options()
    measured = [_measure(size, options) for size in SIZES]
    report = render_report(measured, real=options.texts is not None) + render_restoring()
    if options.write:
        REPORT.write_text(report, encoding="utf-8")
    else:
        print(report)


def _read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--texts", type=Path, help="folder of real texts; generated ones if none")
    parser.add_argument("--total", type=int, default=200_000, help="characters at each size")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--write", action="store_true", help=f"write {REPORT.name}")
    return parser.parse_args()


def _measure(size: int, options: argparse.Namespace) -> Measured:
    """All jobs on texts of one size."""
    total = options.total
    texts = (
        cut_texts(read_texts(options.texts), size, total)
        if options.texts
        else generate_texts(size, total)
    )
    sources = make_sources(texts)
    with TemporaryDirectory() as name:
        folder = Path(name)
        peers = list_peers(texts, prepare(Recipe())[0], folder)
        whole: Job = lambda: run_whole(sources, folder)  # noqa: E731 - one of many jobs
        ratios = _compare({WHOLE: whole, **peers}, options.rounds)
        stages = _share_stages([time_stages(sources) for _ in range(options.rounds)])
    return Measured(size, len(texts), sum(map(len, texts)), ratios, stages)


def _compare(jobs: Mapping[str, Job], rounds: int) -> dict[str, float]:
    """The speed of each job over that of the yardstick: the median over the rounds."""
    ratios: dict[str, list[float]] = defaultdict(list)
    names = list(jobs)
    for name in names:
        jobs[name]()  # what is loaded or compiled at first use is no part of steady state
    for number in range(rounds):
        seconds = {name: _time(jobs[name]) for name in names[:: -1 if number % 2 else 1]}
        for name in names:
            ratios[name].append(seconds[YARDSTICK] / seconds[name])
    return {name: median(found) for name, found in ratios.items()}


def _share_stages(rounds: Sequence[Seconds]) -> dict[str, float]:
    """The share of each stage in the flow: the median over the rounds."""
    names = [name for name in rounds[0] if name != "flow"]
    return {name: median(one[name] / one["flow"] for one in rounds) for name in names}


def _time(job: Job) -> float:
    gc.collect()
    began = time.perf_counter()
    job()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
