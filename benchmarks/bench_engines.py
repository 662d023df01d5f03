"""What the engines cost, whether both kinds of jieba find the same people, and what user words do.

Run ``python -m benchmarks.bench_engines [--model DIR] [--texts FOLDER] [--gold FOLDER]``. Start-up
and memory are those of a process of its own that cuts the words of one sentence, then reads all
that the engine reads in one, then in all texts. Seconds are of the processor; memory is the most
the process ever held, Python and its libraries included.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import subprocess
import sys
import time
from collections.abc import Iterable
from itertools import chain
from pathlib import Path

import rjieba

from pipeline.evaluate import evaluate
from pipeline.flow import process_document
from pipeline.ingest import Metadata, Source
from pipeline.lexicons import Lexicons, load_lexicons
from pipeline.normalise import normalise_text
from pipeline.records import Result
from pipeline.segment import segment_text
from pipeline.segment.engines import CompiledJiebaEngine, Engine, JiebaEngine, open_engine

from .texts import SAMPLES, cut_texts, read_texts

GOLD = Path(__file__).resolve().parents[1] / "tests" / "gold" / "documents"
ENGINES = ("jieba, compiled", "jieba, plain", "hanlp")
_CHARACTERS_READ = 100_000
_SENTENCE_PATTERN = re.compile(r"[^。！？\n]+[。！？]?")
_HAN_PATTERN = re.compile(r"[一-龥]{2,30}")


def main() -> None:
    """Print all figures; with ``--child`` those of one engine in this process."""
    options = _read_options()
    texts = read_texts(options.texts)
    if options.child:
        texts = cut_texts(texts, 1_000, _CHARACTERS_READ)
        print(json.dumps(_measure_engine(_open(options.child, options.model), texts)))
        return
    for name in ENGINES if options.model else ENGINES[:2]:
        print(f"{name}: {_ask_child(name, options)}")
    lexicons = load_lexicons()
    for name in ENGINES[:2]:
        print(f"{name}: officials {_score_officials(_open(name), lexicons, options.gold)}")
    print(f"user words: {_count_changes(texts, _list_terms(lexicons))}")


def _read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bench_engines", description=__doc__)
    parser.add_argument("--model", default="", help="model of hanlp; without one it is left out")
    parser.add_argument("--texts", type=Path, default=SAMPLES, help="folder of texts to read")
    parser.add_argument("--gold", type=Path, default=GOLD, help="labelled documents")
    parser.add_argument("--child", help=argparse.SUPPRESS)
    return parser.parse_args()


def _open(name: str, model: str = "") -> Engine:
    if name == "hanlp":
        return open_engine("hanlp", model)
    return JiebaEngine() if name == "jieba, plain" else CompiledJiebaEngine()


def _ask_child(name: str, options: argparse.Namespace) -> str:
    module = ["-m", "benchmarks.bench_engines", "--child", name]
    call = [sys.executable, *module, "--model", options.model, "--texts", str(options.texts)]
    return subprocess.run(call, capture_output=True, text=True, check=True).stdout.strip()


def _measure_engine(engine: Engine, texts: list[str]) -> dict[str, float]:
    """Seconds of processor time, memory after each step, and characters a second."""
    normal = [normalise_text(text) for text in texts]
    figures: dict[str, float] = {"MB before": _read_memory()}
    started = time.process_time()
    list(engine.cut("区委书记沈志栋主持会议。"))
    figures |= {"words: s": _count_seconds(started), "words: MB": _read_memory()}
    engine.load()
    _ = segment_text("", normalise_text("全会强调。"), engine).analysis
    figures |= {"all it reads: s": _count_seconds(started), "all it reads: MB": _read_memory()}
    started = time.process_time()
    for text in normal:
        _ = segment_text("", text, engine).analysis
    speed = sum(len(text.text) for text in normal) / (time.process_time() - started)
    return figures | {"all it reads: characters/s": round(speed), "MB at the end": _read_memory()}


def _count_seconds(started: float) -> float:
    return round(time.process_time() - started, 2)


def _read_memory() -> int:
    """The most this process has held, in MB."""
    unit = 1024 if sys.platform == "darwin" else 1
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // unit // 1000


def _score_officials(engine: Engine, lexicons: Lexicons, gold: Path) -> dict[str, float]:
    def process(doc_id: str, raw: str, url: str) -> Result:
        source = Source(doc_id, f"{doc_id}.txt", "", "utf-8", raw, Metadata(url=url))
        return process_document(source, lexicons, engine)

    figures = evaluate(gold, None, process).figures()
    return {
        name: round(value, 4) for name, value in figures.items() if name.startswith("officials")
    }


def _list_terms(lexicons: Lexicons) -> set[str]:
    """Formulations and places, as they would enter jieba's dictionary."""
    slogans = chain.from_iterable((one.canonical, *one.variants) for one in lexicons.slogans)
    places = chain.from_iterable((one.name, *one.short_names) for one in lexicons.places)
    return {term for term in chain(slogans, places) if _HAN_PATTERN.fullmatch(term)}


def _count_changes(texts: Iterable[str], terms: set[str]) -> dict[str, int]:
    """What would become of jieba's words if the terms were words of its dictionary."""
    bare, extended = rjieba.Jieba(), rjieba.Jieba()
    for term in terms:
        extended.add_word(term, extended.suggest_freq(term), "n")
    counts = {"terms": len(terms), "words": 0, "sentences": 0, "sentences changed": 0}
    counts |= {"words swallowed by a term": 0, "words around terms changed": 0}
    for sentence in chain.from_iterable(map(_SENTENCE_PATTERN.findall, texts)):
        before, after = _place(bare, sentence), _place(extended, sentence)
        lost, covers = before - after, [word for word in after if word[2] in terms]
        around = sum(
            not any(start <= word[0] and word[1] <= end for start, end, _ in covers)
            for word in lost
        )
        counts["words"] += len(before)
        counts["sentences"] += 1
        counts["sentences changed"] += bool(lost)
        counts["words swallowed by a term"] += len(lost) - around
        counts["words around terms changed"] += around
    return counts


def _place(tokenizer: rjieba.Jieba, sentence: str) -> set[tuple[int, int, str]]:
    placed, start = set[tuple[int, int, str]](), 0
    for word in tokenizer.cut(sentence):
        placed.add((start, start + len(word), word))
        start += len(word)
    return placed


if __name__ == "__main__":
    main()
