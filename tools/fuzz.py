"""Fuzz one door of the program, led by which of its lines an input reaches.

``python tools/fuzz.py text -runs=100000`` runs the check of ``tests/fuzzing.py`` of that name; all
other options are those of libFuzzer. Needs ``pip install atheris``, which is no dependency of the
project: it exists for few systems. The checks without it, led by chance: ``make fuzz``.
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

TESTS = Path(__file__).resolve().parents[1] / "tests"


def main(arguments: list[str]) -> None:
    """Fuzz the door that is named."""
    import atheris

    sys.path[:0] = [str(TESTS), str(TESTS.parent)]
    with atheris.instrument_imports(include=["pipeline"]):
        fuzzing: Any = import_module("fuzzing")
    targets = fuzzing.list_targets()
    if not arguments or arguments[0] not in targets:
        sys.exit(f"name one of: {', '.join(targets)}")
    name, *options = arguments
    check, samples = targets[name]
    with TemporaryDirectory() as corpus:
        for number, sample in enumerate(samples):
            (Path(corpus) / str(number)).write_bytes(sample)
        atheris.Setup([sys.argv[0], corpus, *options], check)
        atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1:])
