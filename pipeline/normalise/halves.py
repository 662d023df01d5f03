"""Characters by the two halves that GBK writes them with.

Takes first and second halves that are possible (bytes), gives the characters they make: D3 and 96
make 訓, any half from the user-defined areas many. Only characters are considered that traditional
text made from simplified characters can hold: 發 and 关's 關, not 发.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache, lru_cache
from typing import Final

from pipeline.normalise.characters import converted_forms, simple_forms
from pipeline.normalise.lattice import Choices
from pipeline.normalise.likelihood import UNKNOWN_WEIGHT, weigh_single
from pipeline.normalise.readings import list_converted

HIGH: Final = bytes(range(0x81, 0xFF))  # halves that begin a character
LOST: Final = bytes(range(0x80, 0xFF))  # halves that swallow what follows
UNLIKELY: Final = "\ufffd"  # looked up in place of what conversion would have changed


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

    >>> list_choices(bytes.fromhex("96"), b"|").forms
    {'东': '東'}
    """
    if len(firsts) == len(seconds) == 1:
        char = _read_pair(firsts + seconds)
        return Choices.of({look_up_form(char): char}) if char else None
    rows = _tabulate_characters()
    cells = (cell for first in firsts for cell in rows.get(first, ()) if cell[0] in seconds)
    forms = {simple: char for _, simple, char in cells}
    return Choices.of(forms) if forms else None


@lru_cache(maxsize=4096)
def list_read(firsts: bytes, seconds: bytes, reading: str) -> Choices | None:
    """Converted characters with one of these first and second halves and this reading."""
    codes = {char: char.encode("gbk") for char in list_converted(reading)}
    fitting = [char for char, code in codes.items() if code[0] in firsts and code[1] in seconds]
    return Choices.of({look_up_form(char): char for char in fitting}) if fitting else None


@cache
def list_vanished() -> list[tuple[bytes, bytes]]:
    """Pairs that GBK leaves to users, as sets of first and second halves, the largest set first.

    Such a pair was the second half of one character and the first of the next. The largest sets are
    AAA1-AFFE with F8A1-FDFE, and FE81-FEFE.
    """
    areas: defaultdict[bytes, list[int]] = defaultdict(list)
    for first in HIGH:
        pairs = (bytes([first, second]) for second in HIGH)
        if seconds := bytes(pair[1] for pair in pairs if not _read_pair(pair)):
            areas[seconds].append(first)
    listed = [(bytes(firsts), seconds) for seconds, firsts in areas.items()]
    return sorted(listed, key=lambda area: -len(area[0]) * len(area[1]))


@lru_cache(maxsize=32768)
def look_up_form(char: str) -> str:
    """The form under which the likelihood of a character is known."""
    return UNLIKELY if char in _converted_away() else simple_forms().get(char, char)


@cache
def _converted_away() -> frozenset[str]:
    return frozenset(converted_forms().values())


@cache
def _tabulate_characters() -> dict[int, list[tuple[int, str, str]]]:
    """Known characters by first half: second half, form looked up, form written."""
    rows: dict[int, list[tuple[int, str, str]]] = {}
    for first in HIGH:
        chars = ((second, _read_pair(bytes([first, second]))) for second in range(0x40, 0xFF))
        cells = [(second, look_up_form(char), char) for second, char in chars if char]
        rows[first] = [cell for cell in cells if weigh_single(cell[1]) > UNKNOWN_WEIGHT]
    return rows


def _read_pair(pair: bytes) -> str:
    """The character these two halves make; empty where GBK has none."""
    char = pair.decode("gbk", "ignore")
    return "" if char.isascii() else char
