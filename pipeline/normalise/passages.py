"""A passage that was read one byte off, and its likeliest reading.

Takes the signs of a passage and what stands around it, gives the characters that each sign ends.
A sign mostly allows one character: 罅 in 周?chē)罅霌P. Only where that fits badly in with its
neighbours, or where none is possible, characters are looked for whose halves vanished: one pair,
and if the text still fits badly up to ``DEEPEST``: 周围大力弘扬, then 周围，大力弘扬.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, groupby, pairwise
from typing import Final, NamedTuple

from pipeline.normalise.halves import (
    HIGH,
    UNLIKELY,
    Choices,
    end_character,
    end_vanished,
    list_between,
    list_choices,
    look_up_text,
)
from pipeline.normalise.lattice import ENDED, VANISHED, Node, find_best, weigh_loose
from pipeline.normalise.likelihood import REACH, weigh_single, weigh_text
from pipeline.normalise.tokens import Token

DEEPEST: Final = 3  # pairs that may have vanished in one place
# Two neighbours that together weigh less fit badly: of 100 places where a pair vanished 99 do, of
# those where none did 10.
WEAK: Final = -17.0


class Passage(NamedTuple):
    """One way to read a passage.

    Attributes:
        lost: First halves possible before its first sign.
        tokens: Its signs.
        left: What stands before, in the forms by which likelihood is known.
        right: What stands after.
        swallowed: What its last sign may have swallowed.
    """

    lost: bytes
    tokens: Sequence[Token]
    left: str
    right: str
    swallowed: Choices | None = None


class Reading(NamedTuple):
    """A weight and the characters that each sign of a passage ends."""

    weight: float
    parts: Sequence[str]


class _Place(NamedTuple):
    """Where a sign ends a character.

    Attributes:
        token: The sign; none where the last one may have swallowed something.
        halves: The first halves that may stand before it.
        direct: What it may be if nothing vanished.
        guess: The most frequent of these, simplified.
    """

    token: Token | None
    halves: bytes
    direct: Choices | None
    guess: str


def read_passage(passage: Passage) -> Reading | None:
    """The likeliest reading of a passage, if there is any."""
    places = list(_list_places(passage))
    guess = "".join(place.guess for place in places)
    fits = _fit_in(passage.left, guess, passage.right)
    parts: list[str] = []
    before, at = passage.left, 0
    for certain, run in groupby(zip(places, fits, strict=True), _is_certain):
        searched, fitting = zip(*run, strict=True)
        at += len(searched)
        after = guess[at : at + REACH] + passage.right
        chosen = (
            [place.direct.chars for place in searched if place.direct]
            if certain
            else _search(searched, fitting, before, after)
        )
        if not chosen:
            return None
        parts += chosen
        before = (before + look_up_text("".join(chosen)))[-REACH:]
    weight = _weigh(passage, parts)
    if passage.swallowed:  # what the last sign may have swallowed belongs to it
        parts[-2:] = ["".join(parts[-2:])]
    return Reading(weight, parts)


def _list_places(passage: Passage) -> Iterator[_Place]:
    halves = passage.lost
    for token in passage.tokens:
        direct = end_character(halves, token)
        yield _Place(token, halves, direct, _guess(direct))
        halves = token.second
    if passage.swallowed:
        yield _Place(None, b"", passage.swallowed, _guess(passage.swallowed))


def _guess(direct: Choices | None) -> str:
    if direct and len(direct.simple) == 1:
        return direct.simple
    return max(direct.simple, key=weigh_single) if direct else UNLIKELY


def _fit_in(left: str, text: str, right: str) -> list[bool]:
    """Of each character, whether it and the next do not both fit badly in."""
    weights = [*weigh_text(left[-REACH:], text + right[:1]), 0.0][: len(text) + 1]
    return [sum(pair) >= WEAK for pair in pairwise(weights)]


def _is_certain(judged: tuple[_Place, bool]) -> bool:
    place, fits = judged
    return fits and place.direct is not None and len(place.direct.simple) == 1


def _search(
    places: Sequence[_Place], fits: Sequence[bool], before: str, after: str
) -> Sequence[str]:
    """The characters at these places, with the fewest vanished pairs that make them fit in."""
    depths = [int(not fit or not place.direct) for place, fit in zip(places, fits, strict=True)]
    weight, parts = _follow(places, depths, before, after)
    bad = _list_bad(parts, before, after) if parts else [True] * len(places)
    deeper = [
        DEEPEST if depth and wrong else depth for depth, wrong in zip(depths, bad, strict=True)
    ]
    if deeper == depths:
        return parts
    weightier, others = _follow(places, deeper, before, after)
    return others if weightier > weight else parts


def _list_bad(parts: Sequence[str], before: str, after: str) -> list[bool]:
    """Of each part, whether any of its characters fits badly in with its neighbours."""
    fits = _fit_in(before, look_up_text("".join(parts)), after)
    bounds = pairwise(accumulate(map(len, parts), initial=0))
    return [not all(fits[max(0, start - 1) : end]) for start, end in bounds]


def _weigh(passage: Passage, parts: Sequence[str]) -> float:
    text = "".join(parts)
    weights = weigh_text(passage.left[-REACH:], look_up_text(text) + passage.right)
    loose = weigh_loose(passage.left, text, passage.right)
    return sum(weights) + loose + VANISHED * (len(text) - len(parts))


def _follow(
    places: Sequence[_Place], depths: Sequence[int], before: str, after: str
) -> tuple[float, list[str]]:
    """The likeliest characters, with up to so many vanished pairs before the end of each sign."""
    nodes: list[Node] = []
    last: list[Node] = []
    for place, depth in zip(places, depths, strict=True):
        ends = [Node(place.direct, last)] if place.direct else []
        inner = _list_inner(place.halves, last, depth)
        ended = end_vanished(place.token) if inner and place.token else None
        if ended:
            ends.append(Node(ended, inner, past=True))
            nodes += inner
        if not ends:
            return float("-inf"), []
        nodes += ends
        last = ends
    weight, written = find_best(nodes, last, before, after)
    return weight, written.split(ENDED)[:-1]


def _list_inner(halves: bytes, before: Sequence[Node], depth: int) -> list[Node]:
    """Nodes for characters that end in vanished pairs, one after the other."""
    inner: list[Node] = []
    for choices in [list_choices(halves, HIGH), *[list_between()] * (depth - 1)][:depth]:
        if not choices:
            break
        inner.append(Node(choices, inner[-1:] or before, ends=False, past=bool(inner)))
    return inner
