"""Characters by the two halves that GBK writes them with.

Takes first and second halves that are possible (bytes), gives the characters they make: D3 and 96
make 訓, any half from the user-defined areas many. Only characters are considered that traditional
text made from simplified characters can hold: 發 and 关's 關, not 发.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final, NamedTuple

from pipeline.normalise.characters import converted_forms, simple_forms
from pipeline.normalise.likelihood import UNKNOWN_WEIGHT, list_followers, weigh_single
from pipeline.normalise.readings import list_converted
from pipeline.normalise.tokens import LOST, Token

HIGH: Final = bytes(range(0x81, 0xFF))  # halves that begin a character
UNLIKELY: Final = "\ufffd"  # looked up in place of what conversion would have changed

# Where a second pair vanished, it is looked for in these areas alone: AAA1-AFFE with F8A1-FEFE,
# and A181-A7A0.
MAIN_AREAS: Final = (
    (bytes([*range(0xAA, 0xB0), *range(0xF8, 0xFF)]), bytes(range(0xA1, 0xFF))),
    (bytes(range(0xA1, 0xA8)), bytes(range(0x81, 0xA1))),
)
USUAL_WEIGHT: Final = -17.0  # about one character in a hundred thousand
FEW: Final = 24  # so many choices are all tried; of more, those known to follow what is before


@dataclass(frozen=True, slots=True)
class Choices:
    """Characters of which one stands at a place.

    Attributes:
        forms: The simplified form, by which likelihood is known, and the form in the text.
        likely: The simplified forms that are the most frequent ones.
    """

    forms: Mapping[str, str]
    likely: frozenset[str]

    @classmethod
    def of(cls, forms: Mapping[str, str]) -> Choices:
        """The choices among these characters."""
        return cls(forms, frozenset(sorted(forms, key=weigh_single)[-FEW // 4 :]))

    def list_usual(self) -> list[tuple[str, str]]:
        """Those that are usual characters, in both forms."""
        return [pair for pair in self.forms.items() if weigh_single(pair[0]) >= USUAL_WEIGHT]

    def list_after(self, before: str) -> Iterable[str]:
        """The simplified forms worth trying after these characters."""
        if len(self.forms) <= FEW:
            return self.forms
        return (list_followers().get(before[-1:], frozenset()) & self.forms.keys()) | self.likely


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


class Opening(NamedTuple):
    """Characters that a vanished pair ends, and the first halves that it begins the next with."""

    choices: Choices
    firsts: bytes


@lru_cache(maxsize=4096)
def list_openings(begun: bytes) -> tuple[Opening, ...]:
    """Characters begun with one of these halves that a vanished pair may have ended.

    >>> [opening.choices.forms["政"] for opening in list_openings(b"\xd5") if opening.firsts == b"\xb8"]
    []
    """
    areas = list_vanished() if len(begun) == 1 else MAIN_AREAS
    listed = ((list_choices(begun, seconds), firsts) for seconds, firsts in areas)
    return tuple(Opening(choices, firsts) for choices, firsts in listed if choices)


def end_character(begun: bytes, token: Token) -> Choices | None:
    """What the character begun may be, now that its second half is seen."""
    if token.reading and (read := list_read(begun, token.firsts, token.reading)):
        return read
    return None if token.firsts == LOST and token.reading else list_choices(begun, token.firsts)


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
