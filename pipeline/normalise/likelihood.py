"""How likely a character is after others: the judge where the bytes allow several.

Takes the characters before and one more, gives a weight in binary digits: after 党中央周 the
character 围 weighs nearly 0, 口 a good deal less. The counts are those of ``strings.txt``: strings
of one to five characters that official prose or the dictionary repeats; 0 stands for any digit, ¶
for the end of a paragraph. A string not listed is judged by its shorter ending, at a price for each
character left out ("stupid backoff", Brants et al. 2007).

The file is read when a damaged passage first asks for it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from functools import cache
from importlib.resources import files
from typing import Final

REACH: Final = 4  # characters before that are looked at
BACKOFF: Final = -0.8
UNKNOWN_WEIGHT: Final = -26.0


def weigh_next(before: str, chars: Iterable[str]) -> Iterator[tuple[str, float]]:
    """Each of these characters with its weight after those before.

    >>> weights = dict(weigh_next("党中央周", "围口"))
    >>> weights["围"] > weights["口"] + 5
    True
    """
    counts = _read_counts()
    endings = [before[start:] for start in range(len(before))]
    bases = [(e, BACKOFF * n - counts[e]) for n, e in enumerate(endings) if e in counts]
    for char in chars:
        for ending, base in bases:
            if (count := counts.get(ending + char)) is not None:
                yield char, base + count
                break
        else:
            yield char, BACKOFF * len(before) + weigh_single(char)


def weigh_single(char: str) -> float:
    """The weight of a character on its own."""
    counts = _read_counts()
    return counts[char] - counts[""] if char in counts else UNKNOWN_WEIGHT


def is_pair(pair: str) -> bool:
    """Whether these two characters are known to follow each other."""
    return pair in _read_counts()


@cache
def list_followers() -> Mapping[str, Set[str]]:
    """The characters that are known to follow each character."""
    followers: defaultdict[str, set[str]] = defaultdict(set)
    for string in _read_counts():
        if len(string) == 2:
            followers[string[0]].add(string[1])
    return followers


@cache
def _read_counts() -> dict[str, float]:
    """Binary logarithms of how often each string occurs; the empty one stands for the total."""
    lines = files(__package__).joinpath("strings.txt").read_text("utf-8").splitlines()[1:]
    counts: dict[str, float] = {}
    for line in lines:
        level, *strings = line.split(" ")
        counts |= dict.fromkeys(strings, float(level))
    return counts | {"": 21.5}
