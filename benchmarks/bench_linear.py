"""Whether every stage takes time in proportion to the text, however hostile the text is.

``python -m benchmarks.bench_linear`` repeats what patterns stumble over (``hostile.py``),
doubles the text, and prints for each reader, step and stage the greatest ratio of its two times:
processor time of this thread, the least of several rounds. Exit status 1 if twice the text costs
more than 2.5 times as much anywhere. A ratio is the same on a slow machine and on a fast one.
"""

from __future__ import annotations

import argparse
import gc
import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any, NamedTuple
from unittest.mock import patch

from pipeline import flow, normalise
from pipeline.ingest import admit, decode
from pipeline.ingest.entry import Entry, read_suffix
from pipeline.ingest.readers import read_entry
from pipeline.lexicons import Lexicons
from pipeline.running.recipe import Recipe, prepare
from pipeline.segment.engines import Engine

from .hostile import Parts, list_units, repeat_parts

SIZE = 20_000
MOST = 2.5
LEAST_SECONDS = 0.002  # less is noise; a stage that is quadratic passes it at four times the size
ROUNDS = 2  # what looks bad is measured three times as often


class Watched(NamedTuple):
    """A function where it is called, and what the report calls it."""

    module: Any
    name: str
    stage: str


WATCHED = (
    Watched(decode, "decode_bytes", "ingest: decode"),
    Watched(admit, "admit_text", "ingest: furniture"),
    *(
        Watched(normalise, name, f"normalise: {name}")
        for name in (
            "survey_text", "descramble_draft", "simplify_text", "trim_paragraphs", "join_spaced",
            "narrow_letters", "write_zeros", "settle_dots", "widen_brackets", "close_gaps",
            "widen_marks",
        )
    ),
    *(
        Watched(flow, name, name)
        for name in (
            "normalise_text", "segment_text", "find_setting", "tag_slogans", "extract_plenums",
            "describe_document", "extract_officials", "extract_instruments", "extract_directives",
            "link_slogans", "find_candidates",
        )
    ),
)  # fmt: skip
Seconds = dict[str, float]


class Growth(NamedTuple):
    """What doubling a text costs a stage."""

    stage: str
    text: str
    once: float
    twice: float

    @property
    def ratio(self) -> float:
        """How many times as much the double text costs; 0 where both are noise."""
        return self.twice / self.once if self.twice >= LEAST_SECONDS else 0.0


def main() -> int:
    """Measure, print the worst text of every stage, say whether any is above the limit."""
    options = _read_options()
    recipe = Recipe()
    process_text("全会强调，要抓好落实。", *prepare(recipe))  # what is loaded once
    worst: dict[str, Growth] = {}
    units = list_units(options.combinations)
    for name in options.only or units:
        for growth in measure_growth(name, units[name], options.size, prepare(recipe)):
            worst[growth.stage] = max(growth, worst.get(growth.stage, growth), key=_read_ratio)
    print("\n".join(render_report(worst.values(), options.size)))
    return int(any(growth.ratio > MOST for growth in worst.values()))


def _read_ratio(growth: Growth) -> float:
    return growth.ratio


def _read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bench_linear", description=__doc__)
    parser.add_argument("--size", type=int, default=SIZE, help="characters of the shorter text")
    parser.add_argument("--only", nargs="*", default=[], help="what to repeat")
    parser.add_argument("--combinations", type=int, default=20, help="of units by chance")
    return parser.parse_args()


def measure_growth(
    name: str, parts: Parts, size: int, prepared: tuple[Lexicons, Engine]
) -> Iterator[Growth]:
    """What every stage costs for a text and its double; what looks bad is measured again."""
    texts = [repeat_parts(parts, size), repeat_parts(parts, 2 * size)]
    found = _compare(name, texts, prepared, ROUNDS)
    if any(growth.ratio > MOST for growth in found):
        found = _compare(name, texts, prepared, 3 * ROUNDS)
    yield from found


def _compare(
    name: str, texts: Sequence[str], prepared: tuple[Lexicons, Engine], rounds: int
) -> list[Growth]:
    """The least seconds of either text; they take turns, so that both meet the same machine."""
    once, twice = Seconds(), Seconds()
    for _ in range(rounds):
        for text, least in zip(texts, (once, twice), strict=True):
            for stage, spent in measure_text(text, prepared).items():
                least[stage] = min(spent, least.get(stage, spent))
    return [Growth(stage, name, once[stage], seconds) for stage, seconds in twice.items()]


def measure_text(text: str, prepared: tuple[Lexicons, Engine]) -> Seconds:
    """The seconds of every reader and stage."""
    gc.collect()
    gc.disable()  # its passes fall where they fall
    with watch_stages() as seconds:
        for name, content in write_formats(text).items():
            _watch(read_entry, f"read {read_suffix(name)}", seconds)(Entry(name, content, ""))
        process_text(text, *prepared)
    gc.enable()
    return seconds


def process_text(text: str, lexicons: Lexicons, engine: Engine) -> None:
    """A text through every stage of the flow."""
    content = text.encode()
    raw, encoding = decode.decode_bytes(content)
    source = admit.admit_text(Entry("文.txt", content, ""), raw, encoding)
    flow.process_document(source, lexicons, engine)


def write_formats(text: str) -> dict[str, bytes]:
    """The text in a file of every format that is not packed, by name."""
    quoted = text.replace('"', '""')
    return {
        "文.html": f"<html><body><div>{text}</div></body></html>".encode(),
        "文.jsonl": json.dumps({"text": text}, ensure_ascii=False).encode(),
        "文.csv": f'text\n"{quoted}"\n'.encode(),
    }


@contextmanager
def watch_stages() -> Iterator[Seconds]:
    """Add up what the watched functions spend."""
    seconds: Seconds = {}
    with ExitStack() as patches:
        for module, name, stage in WATCHED:
            timed = _watch(getattr(module, name), stage, seconds)
            patches.enter_context(patch.object(module, name, timed))
        yield seconds


def _watch(function: Callable[..., Any], stage: str, seconds: Seconds) -> Callable[..., Any]:
    def timed(*arguments: Any, **named: Any) -> Any:
        began = time.thread_time()
        given = function(*arguments, **named)
        rows = list(given) if isinstance(given, Iterator) else given
        seconds[stage] = seconds.get(stage, 0.0) + time.thread_time() - began
        return rows

    return timed


def render_report(worst: Iterable[Growth], size: int) -> Iterator[str]:
    """A table of the stages with their worst texts."""
    yield f"| stage | worst text | {size:,} characters | {2 * size:,} characters | ratio |"
    yield "| --- | --- | ---: | ---: | ---: |"
    for growth in worst:
        if not growth.ratio:
            yield f"| {growth.stage} | any | under 2 ms | under 2 ms | |"
            continue
        once, twice = (f"{seconds * 1e3:.1f} ms" for seconds in (growth.once, growth.twice))
        yield f"| {growth.stage} | {growth.text} | {once} | {twice} | {growth.ratio:.2f} |"


if __name__ == "__main__":
    sys.exit(main())
