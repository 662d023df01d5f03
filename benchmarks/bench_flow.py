"""The whole flow beside bare ``jieba.cut``, on real texts.

Run ``python -m benchmarks.bench_flow FOLDER...`` with folders of texts or of labelled documents.
Both jobs do all documents in turn, in one process on one core, and the best of five rounds counts,
by the time of the processor. Known gap: tables are not written; ``python -m benchmarks`` writes
them.
"""

from __future__ import annotations

import argparse
import logging
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import jieba

from pipeline.evaluate.gold import read_gold
from pipeline.flow import process_text

from .texts import cut_texts, read_texts

# Characters of a document; Chinese has three bytes each in UTF-8: 3 KB and 100 KB.
SIZES = (1_000, 33_000)
ROUNDS = 5


def main() -> None:
    """Print one line for each folder and size."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bench_flow", description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--total", type=int, default=100_000, help="characters at each size")
    options = parser.parse_args()
    jieba.setLogLevel(logging.WARNING)
    for folder in options.folders:
        texts = read_texts(folder) or [labelled.raw for labelled in read_gold(folder)]
        for size in SIZES:
            cut = cut_texts(texts, size, options.total)
            print(f"{folder.name} {size * 3 // 1000} KB: {_compare(cut):.2f} times jieba.cut")


def _compare(texts: Sequence[str]) -> float:
    """The speed of the flow over that of the yardstick: the best round of each."""
    jobs: tuple[Callable[[str], object], ...] = (lambda text: list(jieba.cut(text)), process_text)
    for job in jobs:
        job(texts[0])  # what is loaded at first use is no part of steady state
    rounds = [(_time(jobs[0], texts), _time(jobs[1], texts)) for _ in range(ROUNDS)]
    return min(yardstick for yardstick, _ in rounds) / min(flow for _, flow in rounds)


def _time(job: Callable[[str], object], texts: Sequence[str]) -> float:
    began = time.process_time()
    for text in texts:
        job(text)
    return time.process_time() - began


if __name__ == "__main__":
    main()
