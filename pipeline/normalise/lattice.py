"""The most likely text among those that the bytes allow.

Takes the signs of a passage and what stands around it, gives the characters that each sign ends and
how likely they are. Of 周围大力弘扬 and 周围，大力弘扬, both possible after 周?chē)罅霌P, it
takes the second.

A sign mostly allows one character. Only where that fits badly in with its neighbours, or where none
is possible, characters are looked for whose halves vanished: one pair, and if the text still fits
badly up to ``DEEPEST``.

Known gaps: only the ``BEAM`` likeliest beginnings are followed up at each place.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from pipeline.normalise.halves import Choices, Opening, end_character, list_openings, look_up_form
from pipeline.normalise.likelihood import REACH, weigh_next, weigh_text
from pipeline.normalise.tokens import Token

BEAM: Final = 8
VANISHED: Final = 2.0
MARGIN: Final = 7.0  # binary digits by which a beginning may be behind
DEEPEST: Final = 3  # pairs that may have vanished in one place
# Two neighbours that together weigh less fit badly: of 100 places where a pair vanished 99 do, of
# those where none did 8.
WEAK: Final = (-17.0, -17.0)
ENDED: Final = "\0"  # written where a sign ends

Paths = dict[str, tuple[float, str]]  # by the last characters, simplified: weight, what is written


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


def read_passage(passage: Passage) -> Reading | None:
    """The likeliest reading of a passage, if there is any."""
    begun = [passage.lost, *(token.second for token in passage.tokens)]
    direct = [end_character(*pair) for pair in zip(begun, passage.tokens, strict=False)]
    depths = [0 if choices else 1 for choices in direct]
    best = _follow(passage, begun, direct, depths)
    for depth, bar in zip((1, DEEPEST), WEAK, strict=True):
        weak = _list_weak(passage, best, bar)
        if not any(weak):
            break
        depths = [depth if is_weak else kept for is_weak, kept in zip(weak, depths, strict=True)]
        found = _follow(passage, begun, direct, depths)
        best = max((way for way in (best, found) if way), key=_weigh_reading, default=None)
    return best


def weigh_plain(text: str) -> float:
    """The weight of a text as it stands."""
    return sum(weigh_text("", text))


def _weigh_reading(reading: Reading) -> float:
    return reading.weight


def _list_weak(passage: Passage, best: Reading | None, bar: float) -> list[bool]:
    """Signs whose characters fit badly in with those around them."""
    if not best:
        return [True] * len(passage.tokens)
    simple = ["".join(map(look_up_form, part)) for part in best.parts]
    weights = list(weigh_text(passage.left[-REACH:], "".join(simple) + passage.right[:1]))
    weak, at = [], 0
    for part in simple[: len(passage.tokens)]:
        around = sorted(weights[at : at + len(part) + 1])
        weak.append(sum(around[:2]) < bar)
        at += len(part)
    return weak


def _follow(
    passage: Passage,
    begun: Sequence[bytes],
    direct: Sequence[Choices | None],
    depths: Sequence[int],
) -> Reading | None:
    """The likeliest reading with up to so many vanished pairs before the end of each sign."""
    paths: Paths = {passage.left[-REACH:]: (0.0, "")}
    for token, halves, choices, depth in zip(passage.tokens, begun, direct, depths, strict=False):
        reached: Paths = {}
        if choices:
            _extend(reached, paths, choices, ENDED)
        if depth:
            _pass_vanished(reached, paths, list_openings(halves), token, depth)
        paths = _prune([reached])[0]
    if passage.swallowed:
        reached = {}
        _extend(reached, paths, passage.swallowed, ENDED)
        paths = reached
    ends = ((w + sum(weigh_text(t, passage.right)), text) for t, (w, text) in paths.items())
    weight, written = max(ends, default=(0.0, ""))
    return Reading(weight, written.split(ENDED)[:-1]) if written else None


def _pass_vanished(
    reached: Paths, paths: Paths, openings: Sequence[Opening], token: Token, depth: int
) -> None:
    """Reach the end of a sign past vanished pairs, one at least."""
    passed: list[Paths] = []
    for opening in openings:
        passed.append({})
        _extend(passed[-1], {t: (w - VANISHED, x) for t, (w, x) in paths.items()}, opening.choices, "")
    for opening, kept in zip(openings, _prune(passed), strict=True):
        if not kept:
            continue
        if choices := end_character(opening.firsts, token):
            _extend(reached, kept, choices, ENDED)
        if depth > 1:
            _pass_vanished(reached, kept, list_openings(opening.firsts), token, depth - 1)


def _extend(reached: Paths, paths: Paths, choices: Choices, after: str) -> None:
    """Continue paths by each character, where no better one ends in the same characters."""
    forms = choices.forms
    for tail, (score, written) in paths.items():
        for simple, weight in weigh_next(tail, choices.list_after(tail)):
            key = (tail + simple)[-REACH:]
            if key not in reached or score + weight > reached[key][0]:
                reached[key] = score + weight, written + forms[simple] + after


def _prune(groups: Sequence[Paths]) -> list[Paths]:
    """The paths of all groups that may yet win."""
    weights = sorted((path[0] for paths in groups for path in paths.values()), reverse=True)
    if len(weights) < 2:
        return list(groups)
    bar = max(weights[0] - MARGIN, weights[min(BEAM, len(weights)) - 1])
    return [{t: path for t, path in paths.items() if path[0] >= bar} for paths in groups]
