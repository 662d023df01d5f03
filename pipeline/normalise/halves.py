"""Characters by the two halves that GBK writes them with.

Takes first and second halves that are possible (bytes), gives the characters they make: D3 and 96
make 訓, any half from the user-defined areas many. Only characters are considered that traditional
text made from simplified characters can hold: 發 and 关's 關, not 发.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from pipeline.normalise.characters import converted_forms, simple_forms
from pipeline.normalise.likelihood import USUAL_WEIGHT, Numbers, number_chars, weigh_single
from pipeline.normalise.readings import list_converted
from pipeline.normalise.tokens import LOST, Token

Halves = npt.NDArray[np.int32]

HIGH: Final = bytes(range(0x81, 0xFF))  # halves that begin a character
UNLIKELY: Final = "\ufffd"  # looked up in place of what conversion would have changed
LOST_WEIGHT: Final = -11.0
BETWEEN_WEIGHT: Final = -14.5  # the two thousand most frequent characters
# How likelihood knows other signs; a ? stands for a digit more often than for itself.
IN_CONTEXT: Final = str.maketrans(",;:?123456789\n", "，；：0000000000¶")
# What begins and ends the pairs that vanish most: AAA1-AFFE and F8A1-FEFE.
BEGUN_OFTEN: Final = bytes([*range(0xAA, 0xB0), *range(0xF8, 0xFF)])
ENDED_OFTEN: Final = bytes(range(0xA1, 0xFF))


@dataclass(frozen=True, slots=True, eq=False)
class Choices:
    """Characters of which one stands at a place.

    Attributes:
        chars: As the text has them.
        simple: Their simplified forms, by which likelihood is known.
        numbers: The same as numbers.
        firsts: Their first halves.
        seconds: Their second halves.
    """

    chars: str
    simple: str
    numbers: Numbers
    firsts: Halves
    seconds: Halves

    @classmethod
    def of(cls, chars: Iterable[str]) -> Choices | None:
        """The choices among these characters, if there are any."""
        listed = "".join(chars)
        if not listed:
            return None
        codes = [char.encode("gbk", "replace").rjust(2, b"\0") for char in listed]
        halves = np.frombuffer(b"".join(codes), dtype=np.uint8).astype(np.int32)
        simple = look_up_text(listed)
        return cls(listed, simple, number_chars(simple), halves[::2], halves[1::2])

    def list_usual(self) -> list[tuple[str, str]]:
        """Those that are usual characters, in both forms."""
        pairs = zip(self.simple, self.chars, self.numbers.tolist(), strict=True)
        return [(simple, char) for simple, char, number in pairs if number]


@lru_cache(maxsize=4096)
def list_lost(half: bytes, reading: str) -> bytes:
    """First halves X such that ``half`` and X make a converted character read so.

    >>> list_lost("動".encode("gbk")[1:], "xùn").hex()
    '8d96'
    """
    codes = (char.encode("gbk", "ignore") for char in list_converted(reading))
    return bytes(code[1] for code in codes if code[:1] == half and code[1] in HIGH)


@lru_cache(maxsize=4096)
def list_choices(firsts: bytes, seconds: bytes) -> Choices | None:
    """Characters with one of these first and one of these second halves.

    >>> choices = list_choices(bytes.fromhex("96"), b"|")
    >>> choices and choices.chars
    '東'
    """
    if len(firsts) == len(seconds) == 1:
        return Choices.of(_read_pair(firsts + seconds))
    pairs = (bytes([first, second]) for first in firsts for second in seconds)
    return Choices.of(char for char in map(_read_pair, pairs) if _is_usual(char))


@lru_cache(maxsize=4096)
def list_read(firsts: bytes, seconds: bytes, reading: str) -> Choices | None:
    """Converted characters with one of these first and second halves and this reading."""
    codes = {char: char.encode("gbk") for char in list_converted(reading)}
    return Choices.of(c for c, code in codes.items() if code[0] in firsts and code[1] in seconds)


def end_character(begun: bytes, token: Token) -> Choices | None:
    """What the character begun may be, now that its second half is seen."""
    if token.reading and (read := list_read(begun, token.firsts, token.reading)):
        return read
    return None if token.firsts == LOST and token.reading else list_choices(begun, token.firsts)


def end_vanished(token: Token) -> Choices | None:
    """What a character may be that a vanished pair began; where most may, frequent ones."""
    if token.firsts == LOST and not token.reading:
        return _list_lost_ends()
    return end_character(HIGH, token)


@cache
def _list_lost_ends() -> Choices | None:
    pairs = (bytes([first, second]) for first in ENDED_OFTEN for second in LOST)
    return Choices.of(char for char in map(_read_pair, pairs) if _is_usual(char, LOST_WEIGHT))


@cache
def list_between() -> Choices | None:
    """Characters between two vanished pairs; as there are so many, only frequent ones."""
    pairs = (bytes([first, second]) for first in ENDED_OFTEN for second in BEGUN_OFTEN)
    chars = (char for char in map(_read_pair, pairs) if _is_usual(char, BETWEEN_WEIGHT))
    return Choices.of(chars)


@cache
def vanishing_pairs() -> npt.NDArray[np.bool_]:
    """Of each first and second half, whether GBK leaves the pair they make to users.

    Such a pair was the second half of one character and the first of the next.
    """
    table = np.zeros((0x100, 0x100), dtype=np.bool_)
    for first in HIGH:
        table[first, list(HIGH)] = [not _read_pair(bytes([first, second])) for second in HIGH]
    return table


def look_up_text(text: str) -> str:
    """A text in the forms under which the likelihood of its characters is known.

    >>> look_up_text("2035年,關於")
    '0000年，关于'
    """
    return "".join(map(look_up_form, text.translate(IN_CONTEXT)))


@lru_cache(maxsize=32768)
def look_up_form(char: str) -> str:
    """The form under which the likelihood of a character is known."""
    return UNLIKELY if char in _converted_away() else simple_forms().get(char, char)


@cache
def _converted_away() -> frozenset[str]:
    return frozenset(converted_forms().values())


def _is_usual(char: str, least: float = USUAL_WEIGHT) -> bool:
    return bool(char) and weigh_single(look_up_form(char)) >= least


@lru_cache(maxsize=1 << 15)
def _read_pair(pair: bytes) -> str:
    """The character these two halves make; empty where GBK has none."""
    char = pair.decode("gbk", "ignore")
    return "" if char.isascii() else char
