"""What restoring costs beside OpenCC, and how much of scrambled text comes back.

Run ``python -m benchmarks.bench_normalise [PAIRS]``. Costs are ratios to OpenCC's ``t2s`` on the
same text, the two in turn, each the best of several rounds by the processor time of this thread.
With PAIRS, so many texts are scrambled, with and without lost bytes, and restored.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from importlib import import_module
from pathlib import Path
from typing import Any

import opencc

from pipeline.normalise import normalise_text

PROJECT = Path(__file__).resolve().parents[1]
ROUNDS = 20
SIZES = (13, 25, 40, 60, 100, 150, 300)

# The generator of the tests, which is no package of its own.
sys.path.append(str(PROJECT / "tests"))
passages: Any = import_module("passages")
scrambler: Any = import_module("scrambler")


def main(pairs: int) -> None:
    """Print the ratios, and the rates over ``pairs`` texts of each kind."""
    shared = PROJECT.parent / "shared"
    clean = ["\n".join(passages.read_passages(shared, 120)[start::12]) for start in range(12)]
    site = scrambler.make_site(random.Random(1), 60)
    aligned = [scrambler.gloss_text(text, site) for text in clean]
    broken = [scrambler.scramble_text(text, site, random.Random(1)) for text in clean]
    seed = [path.read_text("utf-8") for path in (shared / "seed").glob("0*.txt")]
    for name, texts in [
        ("clean simplified text", clean),
        ("scrambled, the seed", seed),
        ("scrambled, aligned readings", aligned),
        ("scrambled, with lost bytes", broken),
    ]:
        print(f"{name:32}{_compare_cost(texts):6.2f} x OpenCC t2s")
    if pairs:
        _print_rates(passages.read_passages(shared, pairs))


def _compare_cost(texts: Sequence[str]) -> float:
    """How many times the cost of OpenCC restoring these texts has."""
    converter = opencc.OpenCC("t2s")
    spent = [
        [_time(job, texts) for job in (converter.convert, normalise_text)] for _ in range(ROUNDS)
    ]
    return min(normal for _, normal in spent) / min(convert for convert, _ in spent)


def _time(job: Callable[[str], object], texts: Sequence[str]) -> int:
    begun = time.thread_time_ns()
    for text in texts:
        job(text)
    return time.thread_time_ns() - begun


def _print_rates(texts: Sequence[str]) -> None:
    """Scramble each text twice and say how much came back."""
    for name, breaks in [("aligned readings", False), ("with lost bytes", True)]:
        wrong = [_count_wrong(text, seed, breaks) for seed, text in enumerate(texts)]
        exact = wrong.count(0) / len(texts)
        right = 1 - sum(wrong) / sum(map(len, texts))
        print(f"{name:32}{exact:7.1%} of {len(texts)} texts, {right:.4%} of characters")


def _count_wrong(text: str, seed: int, breaks: bool) -> int:
    rng = random.Random(seed)
    site = scrambler.make_site(rng, rng.choice(SIZES), cut=0.03)
    raw = scrambler.scramble_text(text, site, rng) if breaks else scrambler.gloss_text(text, site)
    restored = normalise_text(raw).text
    if restored == text or not scrambler.shows_tool(text, site):
        return 0
    blocks = SequenceMatcher(None, restored, text, autojunk=False).get_matching_blocks()
    return max(1, max(len(restored), len(text)) - sum(block.size for block in blocks))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 0)
