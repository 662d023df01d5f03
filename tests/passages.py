"""Clean passages of varied official prose, to be scrambled and restored."""

from __future__ import annotations

import gzip
import json
import random
import re
from collections.abc import Iterable, Iterator
from itertools import chain, cycle, islice
from pathlib import Path

from pipeline.normalise import normalise_text

# What cannot come back, since scrambling loses its width: brackets without Chinese, signs.
UNSURE_PATTERN = re.compile(
    r"[（(][^一-鿿（()）]*[）)]|[＀-￯](?<![，；：？！（）])|[A-Za-z&+]"
    r"|(?<=\d)：|(?<=[，。；：]) "
)
SENTENCE_PATTERN = re.compile(r"(?<![^。！？”\n])[一-鿿“（][^。！？\n]{8,120}[。！？][”’）]*")
LINES = 5  # of a passage


def read_passages(shared: Path, number: int) -> list[str]:
    """Passages of 150 to 1,200 characters: national, local and, a third, from invented documents.

    When all lines of a kind are used up, passages are cut anew from the second line on, and so on.
    """
    invented = _cut_again(list(_read_invented(shared)))
    national = _cut_again(list(_read_national(shared)))
    local = _cut_again(list(_read_local(shared)))
    triples = zip(national, local, invented, strict=False)
    return list(islice(chain.from_iterable(triples), number))


def mix_sentences(samples: Path, number: int) -> list[str]:
    """Passages of sentences drawn from the samples of the project; always the same."""
    texts = [path.read_text("utf-8") for path in sorted(samples.glob("*/*.txt"))]
    clean = [_drop_unsure(normalise_text(text).text) for text in texts]
    sentences = [sentence for text in clean for sentence in SENTENCE_PATTERN.findall(text)]
    dice = random.Random(number)
    return ["".join(_draw(sentences, dice)).rstrip("\n") for _ in range(number)]


def _draw(sentences: list[str], dice: random.Random) -> Iterator[str]:
    for sentence in dice.sample(sentences, dice.randint(5, 20)):
        yield sentence + ("\n" if dice.random() < 0.2 else "")


def _read_invented(shared: Path) -> Iterator[str]:
    for path in sorted((shared / "gold").glob("dev_*[a-z].json")):
        if "scrambled" not in path.stem and "standing" not in path.stem:
            yield json.loads(path.read_text("utf-8"))["clean"]


def _read_national(shared: Path) -> Iterator[str]:
    with gzip.open(shared / "corpus" / "national.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)["text"]


def _read_local(shared: Path) -> Iterator[str]:
    for path in sorted((shared / "corpus" / "hailar_reports").glob("*.txt")):
        yield path.read_text("gb18030")


def _cut_again(texts: Iterable[str]) -> Iterator[str]:
    documents = [
        [line for line in normalise_text(text).text.split("\n") if len(line) > 20] for text in texts
    ]
    for skipped in cycle(range(LINES)):
        yield from chain.from_iterable(_cut(lines[skipped:]) for lines in documents)


def _cut(lines: list[str]) -> Iterator[str]:
    for start in range(0, len(lines), LINES):
        passage = _drop_unsure("\n".join(lines[start : start + LINES]))[:1200].strip()
        if len(passage) > 150 and len(passage.encode("gbk", "ignore")) >= 2 * len(passage) * 0.8:
            yield passage


def _drop_unsure(text: str) -> str:
    return UNSURE_PATTERN.sub("", text)
