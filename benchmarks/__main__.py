"""Characters per second over the samples, beside what others do with the same text.

Run ``python -m benchmarks`` (or ``make bench``). Each figure is the best of several rounds in one
process and on one core, after everything is loaded.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import jieba
import opencc

from pipeline.batch import run
from pipeline.flow import process_document
from pipeline.ingest import Metadata, Source, list_files, read_file
from pipeline.normalise import normalise_text
from pipeline.recipe import Recipe, prepare

SAMPLES = Path(__file__).resolve().parents[1] / "data" / "raw"
ROUNDS = 5


def main() -> None:
    """Print one line for each job."""
    sources = [source for source in _read_samples() for _ in range(10)]
    size = sum(len(source.raw) for source in sources)
    for name, job in _list_jobs(sources).items():
        seconds = min(_time(job) for _ in range(ROUNDS))
        print(f"{name:36}{size / seconds / 1e6:8.2f} million characters a second")
    print(f"{'run, samples to files':36}{min(_time(_run) for _ in range(ROUNDS)):8.2f} seconds")


def _read_samples() -> list[Source]:
    found = [source for file in list_files([SAMPLES]) for source in read_file(file, Metadata())]
    return [source for source in found if isinstance(source, Source)]


def _list_jobs(sources: list[Source]) -> dict[str, Callable[[], object]]:
    """The work of each job; loading is done here."""
    lexicons, engine = prepare(Recipe())
    converter, tokenizer = opencc.OpenCC("t2s"), jieba.Tokenizer()
    tokenizer.initialize()
    return {
        "pipeline, all stages": lambda: [process_document(s, lexicons, engine) for s in sources],
        "pipeline, normalise alone": lambda: [normalise_text(s.raw) for s in sources],
        "jieba.cut": lambda: [list(tokenizer.cut(s.raw)) for s in sources],
        "OpenCC t2s": lambda: [converter.convert(s.raw) for s in sources],
    }


def _run() -> None:
    with TemporaryDirectory() as folder:
        run([SAMPLES], Path(folder))


def _time(job: Callable[[], object]) -> float:
    began = time.perf_counter()
    job()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
