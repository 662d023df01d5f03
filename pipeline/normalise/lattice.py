"""The most likely of all texts that the bytes allow.

Takes a lattice, whose nodes hold the characters possible at a place, gives the best way through it.
First every way is weighed by pairs of characters, as arrays; then those that may yet win by up to
five characters.

Known gaps: only the ``BEAM`` likeliest beginnings are followed up at each node.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from pipeline.normalise.halves import Choices, look_up_text, vanishing_pairs
from pipeline.normalise.likelihood import (
    REACH,
    count_loose,
    number_chars,
    weigh_chars,
    weigh_pairs,
    weigh_text,
)

Scores = npt.NDArray[np.int32]
Places = npt.NDArray[np.intp]
Likely = tuple[str, str, int]
Path = tuple[str, tuple[float, str]]
Paths = dict[str, tuple[float, str]]  # by the last characters, simplified: weight, what is written

BEAM: Final = 5
# Half digits by which a way may be behind when pairs are weighed, and more where it is long.
MARGIN: Final = 12
LONG_MARGIN: Final = 16
IMPOSSIBLE: Final = -10_000
LOOSE: Final = -4.0  # the price of a character that makes no word with a neighbour
VANISHED: Final = -2.0  # the price of a vanished pair
ENDED: Final = "\0"  # written where a sign ends


@dataclass(slots=True, eq=False)
class Node:
    """The characters possible at a place of a passage.

    Attributes:
        choices: The characters.
        before: The nodes that lead here; none where the passage begins.
        ends: Whether they end a sign.
        past: Whether a pair vanished before them.
        joins: The weights of these characters after those of each node before.
        reached: The weights of the best ways from the beginning.
        needed: The weights of the best ways on to the end, where these may yet win.
        likely: Which of these characters may yet win.
        paths: The best ways from the beginning, weighed in full.
    """

    choices: Choices
    before: Sequence[Node]
    ends: bool = True
    past: bool = False
    joins: list[Scores] = field(default_factory=list)
    reached: Scores = field(init=False)
    needed: Scores = field(init=False)
    likely: Places = field(init=False)
    paths: Paths = field(default_factory=dict)


def find_best(
    nodes: Sequence[Node], last: Sequence[Node], left: str, right: str
) -> tuple[float, str]:
    """The weight and characters of the best way.

    Args:
        nodes: In an order in which a node stands after those that lead to it.
        last: Those where the passage may end.
        left: What stands before, in simplified forms.
        right: What stands after.
    """
    _weigh_pairs(nodes, last, left, right)
    start = {left[-REACH:]: (0.0, "")}
    for node in nodes:
        for previous in node.before or (None,):
            _extend(node, previous.paths if previous else start)
        node.paths = _prune(node.paths)
    found = [path for node in last for path in node.paths.items()]
    ends = _weigh_ends(found, right)
    priced = [(w + weigh_loose(left, text.replace(ENDED, ""), right), text) for w, text in ends]
    return max(priced, default=(float(IMPOSSIBLE), ""))


def _weigh_ends(found: Sequence[Path], right: str) -> Iterator[tuple[float, str]]:
    """Add the weight of what stands after; the ends of ways tell in the first of it only."""
    near, far = right[:REACH], right[REACH:]
    beyond = sum(weigh_text(near, far))
    for tail, (weight, text) in found:
        yield weight + sum(weigh_text(tail, near)) + beyond, text


def weigh_loose(left: str, text: str, right: str) -> float:
    """The price of characters that make no word with a neighbour."""
    return LOOSE * count_loose(left[-1:] + look_up_text(text) + right[:1])


def _weigh_pairs(nodes: Sequence[Node], last: Sequence[Node], left: str, right: str) -> None:
    """Weigh all ways by pairs of characters, forwards, then backwards those that may yet win."""
    begun, after = number_chars(left[-1:] or "¶"), number_chars(right[:1] or "¶")
    for node in nodes:
        _reach(node, begun)
        node.needed = np.full(len(node.reached), IMPOSSIBLE, dtype=np.int32)
    for node in last:
        node.needed = weigh_pairs(node.choices.numbers, after)[:, 0]
    is_long = any(node.past and not node.ends for node in nodes)
    best = max(int((node.reached + node.needed).max()) for node in last)
    bar = best - (LONG_MARGIN if is_long else MARGIN)
    for node in reversed(nodes):
        node.likely = np.flatnonzero(node.reached + node.needed >= bar)
        if not len(node.likely):
            continue
        needed = node.needed[node.likely]
        for previous, join in zip(node.before, node.joins, strict=True):
            onward = (join[:, node.likely] + needed).max(axis=1)
            np.maximum(previous.needed, onward, out=previous.needed)


def _reach(node: Node, begun: npt.NDArray[np.int32]) -> None:
    """Weigh the best way to each character of a node."""
    if not node.before:
        node.reached = weigh_pairs(begun, node.choices.numbers)[0]
        return
    node.joins = [_join(previous.choices, node.choices, node.past) for previous in node.before]
    ways = zip(node.before, node.joins, strict=True)
    best = [(previous.reached[:, None] + join).max(axis=0) for previous, join in ways]
    node.reached = best[0] if len(best) == 1 else np.maximum.reduce(best)


@lru_cache(maxsize=512)  # the same halves come again in every document
def _join(before: Choices, after: Choices, past: bool) -> Scores:
    """The weights of characters after others; past a vanished pair only where one can be."""
    join = weigh_pairs(before.numbers, after.numbers)
    if past:
        pairs = before.seconds[:, None] * 256 + after.firsts
        join[~vanishing_pairs().ravel().take(pairs)] = IMPOSSIBLE
        join += int(2 * VANISHED)
    return join


def _extend(node: Node, paths: Paths) -> None:
    """Continue paths by each likely character; of those that end alike the best is kept."""
    reached = node.paths
    after, price = ENDED if node.ends else "", VANISHED if node.past else 0.0
    likely = _list_likely(node)
    for tail, (score, written) in paths.items():
        joined = _list_joined(written[-1], likely) if node.past else likely
        weights = weigh_chars(tail, [simple for simple, _, _ in joined])
        for (simple, char, _), weight in zip(joined, weights, strict=True):
            total = score + weight + price
            key = (tail + simple)[-REACH:]
            if key not in reached or total > reached[key][0]:
                reached[key] = total, written + char + after


def _list_likely(node: Node) -> list[Likely]:
    """The likely characters of a node: simplified, as written, and their first halves."""
    choices, places = node.choices, node.likely.tolist()
    firsts = choices.firsts[node.likely].tolist()
    return [
        (choices.simple[at], choices.chars[at], first)
        for at, first in zip(places, firsts, strict=True)
    ]


def _list_joined(before: str, likely: Sequence[Likely]) -> list[Likely]:
    """Those characters that a vanished pair can have begun that ended the one before."""
    pairs = vanishing_pairs()[before.encode("gbk")[1]].tolist()
    return [choice for choice in likely if pairs[choice[2]]]


def _prune(paths: Paths) -> Paths:
    if len(paths) <= BEAM:
        return paths
    return dict(sorted(paths.items(), key=lambda path: -path[1][0])[:BEAM])
