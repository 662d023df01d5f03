"""A run over many documents: time, memory of each process, size of the output.

Run ``python -m benchmarks.bench_scale FOLDER --documents 5000 --workers 2``. So many generated
documents of about 3 KB, the same at every run, are written below FOLDER (unless they are there),
``pipeline run`` is started on them anew, and again with nothing new. Memory is the most that each
process ever had, from ``/proc``: the first is the main process, the rest are its workers.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from .texts import stream_texts

_CHARACTERS = 1_000  # of a document; three bytes each in UTF-8
_IN_FOLDER = 1_000
_PEAK_PATTERN = re.compile(r"VmHWM:\s+(\d+) kB")
_SECONDS_BETWEEN_LOOKS = 0.2


class Measured(NamedTuple):
    """What a run took.

    Attributes:
        seconds: From start to end.
        peaks: The most memory each process had, in megabytes, the main process first.
    """

    seconds: float
    peaks: list[float]


def main() -> None:
    """Write the documents, run twice, print what was measured."""
    options = _read_options()
    press = write_documents(options.folder, options.documents)
    size = sum(path.stat().st_size for path in press.rglob("*.txt"))
    print(f"{options.documents} documents, {size / 1e6:.1f} MB, {options.workers} workers")
    output = options.folder / f"tables-{options.documents}-{options.workers}"
    words = ["run", str(press), "-o", str(output), "--workers", str(options.workers), "--quiet"]
    _print("from the start", measure_run([*words, "--full-refresh"]), size)
    _print("nothing new", measure_run(words), size)
    for path in sorted(output.iterdir()):
        print(f"{path.stat().st_size / 1e6:10.1f} MB  {path.name}")


def write_documents(folder: Path, number: int) -> Path:
    """A folder with so many documents, a thousand in each folder below it."""
    press = folder / f"press-{number}"
    texts = islice(stream_texts(_CHARACTERS), 0 if press.exists() else number)
    for at, text in enumerate(texts):
        below = press / f"{at // _IN_FOLDER:04}"
        below.mkdir(parents=True, exist_ok=True)
        (below / f"{at % _IN_FOLDER:03}.txt").write_text(text, encoding="utf-8")
    return press


def measure_run(words: list[str]) -> Measured:
    """Start ``pipeline`` with these words and watch it until it ends.

    Raises:
        subprocess.CalledProcessError: If it fails.
    """
    peaks: dict[int, float] = {}
    began = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", "pipeline", *words])
    while process.poll() is None:
        for number in (process.pid, *_list_children(process.pid)):
            peaks[number] = max(peaks.get(number, 0), _read_peak(number))
        time.sleep(_SECONDS_BETWEEN_LOOKS)
    seconds = time.perf_counter() - began
    if process.returncode not in (0, 1):
        raise subprocess.CalledProcessError(process.returncode, process.args)
    return Measured(seconds, list(peaks.values()))


def _list_children(number: int) -> Iterator[int]:
    try:
        children = Path(f"/proc/{number}/task/{number}/children").read_text("ascii")
    except OSError:
        return
    yield from map(int, children.split())


def _read_peak(number: int) -> float:
    try:
        found = _PEAK_PATTERN.search(Path(f"/proc/{number}/status").read_text("utf-8"))
    except OSError:
        return 0
    return int(found[1]) / 1e3 if found else 0


def _print(what: str, measured: Measured, size: int) -> None:
    peaks = ", ".join(f"{peak:.0f}" for peak in measured.peaks)
    rate = size / 1e6 / measured.seconds
    print(f"{what}: {measured.seconds:.1f} s, {rate:.2f} MB/s, memory {peaks} MB")


def _read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bench_scale", description=__doc__)
    parser.add_argument("folder", type=Path, help="where documents and tables go")
    parser.add_argument("--documents", type=int, default=5_000)
    parser.add_argument("--workers", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    main()
