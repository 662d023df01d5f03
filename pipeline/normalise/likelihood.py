"""How likely a character is after others: the judge where the bytes allow several.

Takes the characters before and one more, gives a weight in binary digits: after 党中央周 the
character 围 weighs nearly 0, 口 a good deal less. The weights are those of ``strings.txt``: strings
of one to five characters that official prose or the dictionary repeats; 0 stands for any digit, ¶
for the end of a paragraph. A string not listed is judged by its shorter ending, at a price that
depends on the characters before: the share of what is not listed after them (Katz 1987).

The file is read when a damaged passage first asks for it. The weights of pairs are also at hand as
a table, by the numbers of the usual characters, for where thousands of pairs are compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from itertools import compress, pairwise
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int32]
"""Characters by their numbers; 0 stands for all that are not usual."""

REACH: Final = 4  # characters before that are looked at
UNKNOWN_WEIGHT: Final = -22.0
USUAL_WEIGHT: Final = -18.0  # the four thousand most frequent characters
BOUND: Final = -5.5  # so likely a character makes a word with the one before
FREQUENT: Final = -8.5  # so frequent characters are words of their own


class _Weights(NamedTuple):
    """Of each string: the weight of its last character, and the price of what is not listed."""

    listed: Mapping[str, float]
    prices: Mapping[str, float]


def weigh_char(before: str, char: str) -> float:
    """The weight of a character after at most ``REACH`` others.

    >>> weigh_char("党中央周", "围") > weigh_char("党中央周", "口") + 5
    True
    """
    return weigh_chars(before, char)[0]


def weigh_chars(before: str, chars: Iterable[str]) -> list[float]:
    """The weight of each of these characters after at most ``REACH`` others."""
    listed = _read_weights().listed
    endings = _list_endings(before)
    unlisted = UNKNOWN_WEIGHT + endings[-1][1]
    weights: list[float] = []
    for char in chars:
        for ending, price in endings:
            weight = listed.get(ending + char)
            if weight is not None:
                weights.append(weight + price)
                break
        else:
            weights.append(unlisted)
    return weights


@lru_cache(maxsize=1 << 14)
def _list_endings(before: str) -> Sequence[tuple[str, float]]:
    """The endings of a text, each with the price of looking there; the last is empty.

    Where an ending is not listed itself, nothing is listed after it.
    """
    listed, prices = _read_weights()
    endings: list[tuple[str, float]] = []
    price = 0.0
    for start in range(len(before)):
        ending = before[start:]
        if ending in listed:
            endings.append((ending, price))
            price += prices.get(ending, 0.0)
    return (*endings, ("", price))


def weigh_text(before: str, text: str) -> list[float]:
    """The weight of each character of a text that follows others."""
    whole, begun = before + text, len(before)
    return [
        weigh_char(whole[max(0, at - REACH) : at], whole[at]) for at in range(begun, len(whole))
    ]


def weigh_single(char: str) -> float:
    """The weight of a character on its own."""
    return _read_weights().listed.get(char, UNKNOWN_WEIGHT)


def is_pair(pair: str) -> bool:
    """Whether these two characters are known to follow each other."""
    return pair in _read_weights().listed


def count_loose(text: str) -> int:
    """How many characters, the first and last aside, make no word with a neighbour.

    The most frequent ones are not counted; 的 and 在 are words of their own.

    >>> count_loose("当地正导下"), count_loose("当地政府引导下")
    (2, 0)
    """
    listed = _read_weights().listed
    bound = [listed.get(text[at : at + 2], UNKNOWN_WEIGHT) > BOUND for at in range(len(text) - 1)]
    free = [not pair and not following for pair, following in pairwise(bound)]
    return sum(listed.get(char, UNKNOWN_WEIGHT) < FREQUENT for char in compress(text[1:-1], free))


def weigh_pairs(before: Numbers, after: Numbers) -> npt.NDArray[np.int32]:
    """The weight of each of the second characters after each of the first, in half digits.

    >>> weigh_pairs(number_chars("周"), number_chars("围口")).shape
    (1, 2)
    """
    table = _tabulate_pairs()
    chosen = table.ravel().take(before[:, None] * len(table) + after)
    return chosen.astype(np.int32)


def number_chars(chars: str) -> Numbers:
    """The numbers of these characters."""
    numbers = _number_usual()
    return np.array([numbers.get(char, 0) for char in chars], dtype=np.int32)


@cache
def _number_usual() -> Mapping[str, int]:
    singles = (string for string in _read_weights().listed if len(string) == 1)
    usual = sorted(char for char in singles if weigh_single(char) >= USUAL_WEIGHT)
    return {char: number for number, char in enumerate(usual, start=1)}


@cache
def _tabulate_pairs() -> npt.NDArray[np.int8]:
    listed, prices = _read_weights()
    numbers = _number_usual()
    singles = _halve([UNKNOWN_WEIGHT, *map(weigh_single, numbers)])
    paid = _halve([0.0, *(prices.get(char, 0.0) for char in numbers)])
    table: npt.NDArray[np.int8] = paid[:, None] + singles
    pairs = [s for s in listed if len(s) == 2 and s[0] in numbers and s[1] in numbers]
    rows = [numbers[pair[0]] for pair in pairs]
    columns = [numbers[pair[1]] for pair in pairs]
    table[rows, columns] = _halve([listed[pair] for pair in pairs])
    return table


def _halve(weights: Sequence[float]) -> npt.NDArray[np.int8]:
    """Weights in half digits; none is below -64."""
    halves: npt.NDArray[np.int8] = (2 * np.array(weights)).astype(np.int8)
    return halves


@cache
def _read_weights() -> _Weights:
    lines = files(__package__).joinpath("strings.txt").read_text("utf-8").splitlines()[1:]
    listed: dict[str, float] = {}
    prices: dict[str, float] = {}
    for line in lines:
        weight, price, *strings = line.split(" ")
        listed |= dict.fromkeys(strings, float(weight))
        if price != "0":
            prices |= dict.fromkeys(strings, float(price))
    return _Weights(listed, prices)
