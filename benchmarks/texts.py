"""The texts to measure with: a folder of real ones, or generated ones.

Takes a folder and a size, gives texts of about that size. Generated ones are put together from the
sentences of the samples, each below a sample's own headline, so that every stage finds its work:
区委五届五次全会召开, then sentences of any report. Known gap: their sentences recur, so words and
names are fewer than in as much real text.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from pipeline.ingest import Metadata, Source, list_files, read_file

SAMPLES = Path(__file__).resolve().parents[1] / "data" / "raw"
_SENTENCE_PATTERN = re.compile(r"[^。！？\n]+[。！？][”’）]*|[^。！？\n]+\n")
_SENTENCES_OF_PARAGRAPH = 4


def read_texts(folder: Path) -> list[str]:
    """The texts of all files of a folder that can be read."""
    found = (source for file in list_files([folder]) for source in read_file(file, Metadata()))
    return [source.raw for source in found if isinstance(source, Source)]


def cut_texts(texts: list[str], size: int, total: int) -> list[str]:
    """Texts of about ``size`` characters, cut and joined at line ends, ``total`` in all.

    >>> cut_texts(["要抓\\n要干\\n", "要好"], 3, 8)
    ['要抓\\n要干', '要好']
    """
    whole, pieces, at = "\n".join(text.strip("\n") for text in texts), list[str](), 0
    while at < min(len(whole), total):
        end = whole.find("\n", at + size)
        end = end if end >= 0 else len(whole)
        pieces.append(whole[at:end])
        at = end + 1
    return pieces


def generate_texts(size: int, total: int) -> list[str]:
    """Texts of about ``size`` characters from the sentences of the samples; always the same."""
    return list(islice(stream_texts(size), max(1, total // size)))


def stream_texts(size: int) -> Iterator[str]:
    """The texts of :func:`generate_texts` one after the other, without end."""
    samples, dice = read_texts(SAMPLES), random.Random(size)
    heads = [text.partition("\n")[0] for text in samples]
    sentences = [sentence for text in samples for sentence in _SENTENCE_PATTERN.findall(text)]
    while True:
        yield "\n".join((dice.choice(heads), *_write_paragraphs(sentences, size, dice)))


def _write_paragraphs(sentences: list[str], size: int, dice: random.Random) -> Iterator[str]:
    written = 0
    while written < size:
        chosen = dice.choices(sentences, k=_SENTENCES_OF_PARAGRAPH)
        paragraph = "".join(sentence.strip("\n") for sentence in chosen)
        written += len(paragraph)
        yield paragraph
