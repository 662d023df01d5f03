"""Clean passages of varied official prose, to be scrambled and restored."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from itertools import chain, cycle, islice
from pathlib import Path

from pipeline.normalise import normalise_text

# What cannot come back, since scrambling loses its width: brackets without Chinese, signs.
UNSURE_PATTERN = re.compile(
    r"[（(][^一-鿿（()）]*[）)]|[＀-￯](?<![，；：？！（）])|[A-Za-z&+]"
    r"|(?<=\d)：|(?<=[，。；：]) "
)


def read_passages(shared: Path, number: int) -> list[str]:
    """Passages of 150 to 1,200 characters, a third of them from invented documents."""
    invented = list(_cut_passages(_read_invented(shared)))
    national = list(_cut_passages(_read_national(shared)))
    triples = zip(cycle(national), cycle(reversed(national)), cycle(invented), strict=False)
    return list(islice(chain.from_iterable(triples), number))


def _read_invented(shared: Path) -> Iterator[str]:
    for path in sorted((shared / "gold").glob("dev_*[a-z].json")):
        if "scrambled" not in path.stem and "standing" not in path.stem:
            yield json.loads(path.read_text("utf-8"))["clean"]


def _read_national(shared: Path) -> Iterator[str]:
    with gzip.open(shared / "corpus" / "national.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)["text"]


def _cut_passages(texts: Iterator[str]) -> Iterator[str]:
    for text in texts:
        lines = [line for line in normalise_text(text).text.split("\n") if len(line) > 20]
        for start in range(0, len(lines), 5):
            passage = UNSURE_PATTERN.sub("", "\n".join(lines[start : start + 5]))[:1200].strip()
            if (
                len(passage) > 150
                and len(passage.encode("gbk", "ignore")) >= 2 * len(passage) * 0.8
            ):
                yield passage
