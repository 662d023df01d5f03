"""Likelihood is that of the definition, and no way that may win is passed over."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.normalise import lattice, likelihood
from pipeline.normalise.halves import HIGH, Choices, list_between, list_choices
from pipeline.normalise.lattice import LONG_MARGIN, Node


def weigh_by_definition(before: str, char: str) -> float:
    """Look up every ending, and pay for each where nothing is found."""
    listed, prices = likelihood._read_weights()
    endings = [before[start:] for start in range(len(before) + 1)]
    paid = 0.0
    for ending in endings:
        if ending + char in listed:
            return listed[ending + char] + paid
        paid += prices.get(ending, 0.0)
    return likelihood.UNKNOWN_WEIGHT + paid


@pytest.mark.parametrize(
    "before", ["", "周", "央周", "党中央周", "0亿美元", "罅霌罅霌", "，大力弘"]
)
def test_endings_that_are_skipped_cost_nothing(before: str) -> None:
    chars = "围口扬元，0¶罅\ufffd"
    expected = [weigh_by_definition(before, char) for char in chars]
    assert likelihood.weigh_chars(before, chars) == expected


@pytest.mark.parametrize("right", ["围", "导下", "¶", ""])
def test_the_likely_characters_are_those_of_all_ways(right: str) -> None:
    first = _choose(list_choices(b"\xd6", HIGH))
    last = _choose(list_choices(HIGH, b"\xae"))
    begun = Node(first, (), ends=False)
    between = Node(_choose(list_between()), [begun], ends=False, past=True)
    end = Node(last, [begun, between], past=True)
    lattice._weigh_pairs([begun, between, end], [end], "当地", right)
    direct, other = end.joins
    onward = end.needed
    best = int((end.reached + onward).max())
    bar = best - LONG_MARGIN
    after_between = (other + onward).max(axis=1)
    after_begun = np.maximum(
        (between.joins[0] + after_between).max(axis=1), (direct + onward).max(axis=1)
    )
    for node, needed in [(begun, after_begun), (between, after_between), (end, onward)]:
        assert node.likely.tolist() == np.flatnonzero(node.reached + needed >= bar).tolist()
        assert 0 < len(node.likely) < len(node.reached)


def _choose(choices: Choices | None) -> Choices:
    assert choices
    return choices
