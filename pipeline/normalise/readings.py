"""Which characters are read how.

Takes a toned reading (qū) or one without tones (qu), gives the characters of GBK that may be read
so, every reading of a polyphone included. The table is ``pinyin.txt``, read when first asked for.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from functools import cache, lru_cache
from importlib.resources import files

from pipeline.normalise.characters import TRADITIONAL, converted_forms, kind_table


@lru_cache(maxsize=1 << 14)
def is_read_as(char: str, reading: str) -> bool:
    """Whether a character may be read so, with or without tone.

    >>> is_read_as("區", "qū"), is_read_as("區", "qu"), is_read_as("區", "xué")
    (True, True, False)
    """
    return char in _read_table().get(unicodedata.normalize("NFC", reading), "")


def is_toned(reading: str) -> bool:
    """Whether a reading carries a tone mark."""
    return not reading.isascii()


@cache
def list_converted(reading: str) -> tuple[str, ...]:
    """Converted characters with this reading."""
    chars = _read_table().get(unicodedata.normalize("NFC", reading), "")
    return tuple(char for char in chars if is_converted(char))


@lru_cache(maxsize=1 << 14)
def is_converted(char: str) -> bool:
    """Whether conversion from simplified text yields this character: 區, 著, 夥; not 之 or 区."""
    if char in converted_forms():
        return True
    return bool(kind_table()[min(ord(char), 0x10000)] & TRADITIONAL)


@cache
def _read_table() -> dict[str, str]:
    lines = files(__package__).joinpath("pinyin.txt").read_text("utf-8").splitlines()[1:]
    toned = dict(line.split(" ") for line in lines)
    toneless: defaultdict[str, str] = defaultdict(str)
    for reading, chars in toned.items():
        for bare in _strip_tone(reading):
            toneless[bare] += chars
    return toned | toneless


def _strip_tone(reading: str) -> set[str]:
    """The spellings of a syllable without its tone: lǜ is lü, lv or lu."""
    bare = "".join(c for c in unicodedata.normalize("NFD", reading) if c == "̈" or c.isalpha())
    bare = unicodedata.normalize("NFC", bare)
    return {bare, bare.replace("ü", "v"), bare.replace("ü", "u")}
