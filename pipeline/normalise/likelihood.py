"""How likely a character is after others: the judge where the bytes allow several.

Takes the characters before and one more, gives a weight in binary digits: after 党中央周 the
character 围 weighs nearly 0, 口 a good deal less. The weights are those of ``strings.txt``: strings
of one to five characters that official prose or the dictionary repeats; 0 stands for any digit, ¶
for the end of a paragraph. A string not listed is judged by its shorter ending, at a price that
depends on the characters before: the share of what is not listed after them (Katz 1987).

The file is read when a damaged passage first asks for it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple

REACH: Final = 4  # characters before that are looked at
UNKNOWN_WEIGHT: Final = -22.0


class _Weights(NamedTuple):
    """Of each string: the weight of its last character, and the price of what is not listed."""

    listed: Mapping[str, float]
    prices: Mapping[str, float]


def weigh_next(before: str, chars: Iterable[str]) -> Iterator[tuple[str, float]]:
    """Each of these characters with its weight after those before.

    >>> weights = dict(weigh_next("党中央周", "围口"))
    >>> weights["围"] > weights["口"] + 5
    True
    """
    listed, prices = _read_weights()
    endings, price = [], 0.0
    for start in range(len(before)):
        ending = before[start:]
        if ending in prices:
            endings.append((ending, price))
            price += prices[ending]
    endings.append(("", price))
    for char in chars:
        for ending, paid in endings:
            weight = listed.get(ending + char)
            if weight is not None:
                yield char, weight + paid
                break
        else:
            yield char, price + UNKNOWN_WEIGHT


def weigh_text(before: str, text: str) -> Iterator[float]:
    """The weight of each character of a text that follows others."""
    listed, prices = _read_weights()
    for char in text:
        price = 0.0
        for start in range(len(before) + 1):
            ending = before[start:]
            weight = listed.get(ending + char)
            if weight is not None:
                yield weight + price
                break
            price += prices.get(ending, 0.0)
        else:
            yield UNKNOWN_WEIGHT + price
        before = (before + char)[-REACH:]


def weigh_single(char: str) -> float:
    """The weight of a character on its own."""
    return _read_weights().listed.get(char, UNKNOWN_WEIGHT)


def is_pair(pair: str) -> bool:
    """Whether these two characters are known to follow each other."""
    return pair in _read_weights().listed


@cache
def list_followers() -> Mapping[str, Set[str]]:
    """The characters that are known to follow each character."""
    followers: defaultdict[str, set[str]] = defaultdict(set)
    for string in _read_weights().listed:
        if len(string) == 2:
            followers[string[0]].add(string[1])
    return followers


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
