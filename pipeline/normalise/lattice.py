"""The most likely text among those that the bytes allow.

Takes a lattice, whose arcs carry the characters possible at each place, gives the best path. Of
周围大力弘扬 and 周围，大力弘扬, both possible after 周?chē)罅霌P, it takes the second.

Known gaps: only the ``BEAM`` likeliest beginnings are followed up at each place.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from pipeline.normalise.likelihood import REACH, list_followers, weigh_next, weigh_single

BEAM: Final = 8
# Added for each character: paths that suppose vanished pairs are longer, and the weights of rare
# strings are too low.
LENGTH_GAIN: Final = 3.0
MARGIN: Final = 7.0  # binary digits by which a path may be behind
USUAL_WEIGHT: Final = -17.0  # about one character in a hundred thousand
FEW: Final = 24  # so many choices are all tried; of more, those known to follow what is before

Node = tuple[int, ...]  # sorts in reading order


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


class Arc(NamedTuple):
    """One character on the way to another node, read from the token ``origin``."""

    target: Node
    choices: Choices
    origin: int


class Chosen(NamedTuple):
    """One character of the best path."""

    char: str
    origin: int


class _Path(NamedTuple):
    score: float
    before: _Path | None
    chosen: Chosen | None


Lattice = Mapping[Node, Sequence[Arc]]


def find_best(lattice: Lattice, order: Sequence[Node]) -> tuple[float, list[Chosen]]:
    """The weight and characters of the best path from the first node of ``order`` to its last."""
    paths: defaultdict[Node, dict[str, _Path]] = defaultdict(dict)
    paths[order[0]][""] = _Path(0.0, None, None)
    for node in order:
        for last, path in _keep_best(paths, node):
            for arc in lattice.get(node, ()):
                _extend(paths[arc.target], last, path, arc)
    best = max(paths[order[-1]].values(), key=_weigh_path, default=None)
    return (best.score, list(_trace_path(best))[::-1]) if best else (float("-inf"), [])


def _extend(reached: dict[str, _Path], last: str, path: _Path, arc: Arc) -> None:
    """Continue a path by each character of an arc, where no better path ends in the same ones."""
    forms = arc.choices.forms
    for simple, weight in weigh_next(last, arc.choices.list_after(last)):
        key = (last + simple)[-REACH:]
        score = path.score + weight + LENGTH_GAIN
        if key not in reached or score > reached[key].score:
            reached[key] = _Path(score, path, Chosen(forms[simple], arc.origin))


def _keep_best(paths: Mapping[Node, Mapping[str, _Path]], node: Node) -> list[tuple[str, _Path]]:
    """The paths to a node that may yet win.

    A path only loses by growing, so one that is far behind those already at the next token is out.
    """
    rivals = paths.get((node[0] + 1, 0), {}) if node[1] else paths[node]
    bar = max(map(_weigh_path, rivals.values()), default=-1e9) - MARGIN
    left = [(last, path) for last, path in paths[node].items() if path.score > bar]
    return sorted(left, key=lambda kept: -kept[1].score)[:BEAM]


def _weigh_path(path: _Path) -> float:
    return path.score


def _trace_path(path: _Path | None) -> Iterator[Chosen]:
    while path is not None and path.chosen is not None:
        yield path.chosen
        path = path.before
