"""What restoring costs beside OpenCC, and how much of scrambled text comes back.

Run ``python -m benchmarks.bench_normalise [PAIRS]``. Costs are ratios to OpenCC's ``t2s`` on the
same text, the two in turn, each the best of several rounds by the processor time of this thread.
With PAIRS, so many texts are scrambled, with and without lost bytes, and restored.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from importlib import import_module
from pathlib import Path
from typing import Any

import opencc

from pipeline.normalise import normalise_text

PROJECT = Path(__file__).resolve().parents[1]
ROUNDS = 20
SIZES = (1_000, 30_000)
LISTS = (13, 25, 40, 60, 100, 150, 300)  # how many characters a site glosses
PAGE = 60  # the same for the texts whose cost is measured
WIDE_DIGITS = {code: code + 0xFEE0 for code in range(ord("0"), ord("9") + 1)}
HALF_MARKS = {ord("，"): ",", ord("；"): ";", ord("："): ":", ord("（"): "(", ord("）"): ")"}
RESTORING = """## Restoring

What restoring costs over OpenCC's `t2s` alone on the same text, by `python -m
benchmarks.bench_normalise`: sentences of the samples in the states they are found in. Aimed at were
twice the cost of `t2s` for clean text and five times for scrambled text.

- Long texts keep to that, or nearly, but where several layout edits come together or bytes were
  lost.
- OpenCC passes a clean text of 1,000 characters in 20 microseconds. Any edit that moves characters
  costs as much again for the map of every character to the source, and each kind of mark some more.
- Where bytes were lost, the likeliest of all texts that the bytes allow is searched for, by
  many short calculations: 1.5 milliseconds a place in the mean. Real pages have about one such
  place in 2,000 characters, which OpenCC converts in 0.1 milliseconds."""

# The generator of the tests, which is no package of its own.
sys.path.append(str(PROJECT / "tests"))
passages: Any = import_module("passages")
scrambler: Any = import_module("scrambler")


def main(pairs: int) -> None:
    """Print the ratios, and the rates over ``pairs`` texts of each kind."""
    print("\n".join(render_costs()))
    if pairs:
        _print_rates(passages.read_passages(PROJECT.parent / "shared", pairs))


def render_restoring() -> str:
    """The section of the documentation."""
    return "\n".join(("", RESTORING, "", *render_costs())) + "\n"


def render_costs() -> Iterator[str]:
    """A table of the cost of restoring over that of OpenCC, of all sorts of text."""
    kinds = [dict(list_texts(size)) for size in SIZES]
    yield f"| text | {SIZES[0]:,} characters | {SIZES[1]:,} characters |"
    yield "| --- | ---: | ---: |"
    for name in kinds[0]:
        short, long = (compare_cost(texts[name]) for texts in kinds)
        yield f"| {name} | {short:.1f} | {long:.1f} |"


def list_texts(size: int) -> Iterator[tuple[str, list[str]]]:
    """Texts of about this size, from sentences of the samples, in every state they are found in."""
    whole = "\n".join(passages.mix_sentences(PROJECT / "data" / "raw", 300))
    clean = [whole[start * size : (start + 1) * size] for start in range(max(4, 16_000 // size))]
    site = scrambler.make_site(random.Random(1), PAGE)
    indented = ["\r\n".join(f"　　{line}" for line in text.split("\n")) for text in clean]
    yield "clean", clean
    yield "clean, indented lines", indented
    yield "clean, full-width digits", [text.translate(WIDE_DIGITS) for text in clean]
    yield "clean, half-width marks", [text.translate(HALF_MARKS) for text in clean]
    yield "all three", [text.translate({**WIDE_DIGITS, **HALF_MARKS}) for text in indented]
    yield "traditional", [scrambler.convert_text(text) for text in clean]
    yield "inserted readings", [scrambler.gloss_text(text, site) for text in clean]
    yield "and lost bytes, as on real pages", [_scramble(text, site) for text in clean]
    yield (
        "and lost bytes, 8 places in 1,000",
        [_scramble(text, _make_harsh(text)) for text in clean],
    )


def compare_cost(texts: Sequence[str]) -> float:
    """How many times the cost of OpenCC restoring these texts has."""
    converter = opencc.OpenCC("t2s")
    rounds = ROUNDS if sum(map(len, texts)) < 50_000 else ROUNDS // 4
    spent = [
        [_time(job, texts) for job in (converter.convert, normalise_text)] for _ in range(rounds)
    ]
    return min(normal for _, normal in spent) / min(convert for convert, _ in spent)


def _scramble(text: str, site: object) -> str:
    scrambled: str = scrambler.scramble_text(text, site, random.Random(1))
    return scrambled


def _make_harsh(text: str) -> object:
    return scrambler.make_harsh_site(text, random.Random(1), PAGE, rate=8)


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
    site = scrambler.make_site(rng, rng.choice(LISTS), cut=0.03)
    raw = scrambler.scramble_text(text, site, rng) if breaks else scrambler.gloss_text(text, site)
    restored = normalise_text(raw).text
    if restored == text or not scrambler.shows_tool(text, site):
        return 0
    blocks = SequenceMatcher(None, restored, text, autojunk=False).get_matching_blocks()
    return max(1, max(len(restored), len(text)) - sum(block.size for block in blocks))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 0)
