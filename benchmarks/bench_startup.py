"""What the start costs: to the help, to a refusal and to the first document, in a new process.

Run ``python -m benchmarks.bench_startup``. Each is timed from the start of its process, in turn
with one that imports pandas and PyArrow and nothing else; a figure is the median over the rounds.
Bytecode is at hand, as in an installed copy. First documents are asked for in both ways: from the
library, and as the first event of a run.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

SAMPLE = Path(__file__).resolve().parents[1] / "data/raw/fujian/gulou-2024-08-09.txt"
YARDSTICK = "import pandas, pyarrow"
_FIRST_TEXT = "import pipeline; pipeline.process_text(open({!r}, encoding='utf-8').read())"
OUTPUT = "tables"
_DONE = b"document_done"


def main() -> None:
    """Print one line for each start."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bench_startup", description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    rounds = parser.parse_args().rounds
    with TemporaryDirectory() as name:
        calls, environment = _list_calls(Path(name)), _keep_bytecode(Path(name))
        seconds = []
        for _ in range(rounds + 1):
            seconds.append({what: _time(call, environment) for what, call in calls.items()})
            shutil.rmtree(Path(name) / OUTPUT)
        del seconds[0]  # which wrote the bytecode
    for what in calls:
        taken = median(one[what] for one in seconds)
        beyond = median(one[what] - one[YARDSTICK] for one in seconds)
        ratio = median(one[what] / one[YARDSTICK] for one in seconds)
        print(f"{what:32}{taken:6.2f} s, {beyond:+6.2f} s beyond the imports, ratio {ratio:.2f}")


def _list_calls(folder: Path) -> dict[str, list[str]]:
    program = ["-m", "pipeline"]
    run = [*program, "run", str(SAMPLE), "-o", str(folder / OUTPUT), "--log-json"]
    nowhere = [*program, "run", str(SAMPLE), "--engine", "hanlp", "--model", "nowhere"]
    return {
        YARDSTICK: ["-c", YARDSTICK],
        "pipeline --help": [*program, "--help"],
        "a refusal": nowhere,
        "first document of process_text": ["-c", _FIRST_TEXT.format(str(SAMPLE))],
        "first document of pipeline run": run,
    }


def _keep_bytecode(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"PYTHONPYCACHEPREFIX": str(folder / "bytecode")}


def _time(call: list[str], environment: dict[str, str]) -> float:
    """Seconds until the process says that a document is done, or else until it ends."""
    began = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, *call], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    ) as process:
        assert process.stderr is not None
        for line in process.stderr:
            if _DONE in line:
                return time.perf_counter() - began
        process.wait()
        return time.perf_counter() - began


if __name__ == "__main__":
    main()
