"""Two thousand texts scrambled as the tools did it, and how many of them come back.

Half are mixed from sentences of the samples, half are passages of national, local and invented
documents. What vanished without trace bounds what can be known: 999 of 1,000 characters and nine of
ten texts are asked for, and a doubt at every place that was inferred.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from passages import mix_sentences, read_passages
from scrambler import (
    Site,
    gloss_text,
    make_harsh_site,
    make_site,
    scramble_text,
    shows_tool,
)

from pipeline.normalise import NormalText, normalise_text

SIZES = (13, 25, 40, 60, 100, 150, 300)
PAIRS = 500  # of each kind, from each source
HARSH_PAIRS = 30


class Pair(NamedTuple):
    """A clean text and what came of it."""

    text: str
    raw: str
    normal: NormalText


@pytest.fixture(scope="module", params=["samples", "documents"])
def texts(request: pytest.FixtureRequest) -> list[str]:
    if request.param == "samples":
        return mix_sentences(request.getfixturevalue("samples"), PAIRS)
    return read_passages(request.getfixturevalue("shared"), PAIRS)


def choose_site(seed: int) -> Site:
    return make_site(random.Random(seed), SIZES[seed % len(SIZES)], cut=0.03)


def restore_damaged(texts: Sequence[str]) -> list[Pair]:
    pairs = []
    for seed, text in enumerate(texts):
        raw = scramble_text(text, choose_site(seed), random.Random(seed))
        if shows_tool(text, choose_site(seed)):
            pairs.append(Pair(text, raw, normalise_text(raw)))
    return pairs


def test_aligned_readings(texts: list[str]) -> None:
    for seed, text in enumerate(texts):
        if shows_tool(text, choose_site(seed)):
            assert normalise_text(gloss_text(text, choose_site(seed))).text == text


def test_lost_bytes(texts: list[str]) -> None:
    pairs = restore_damaged(texts)
    wrong = [count_wrong(pair) for pair in pairs]
    assert len(pairs) > PAIRS * 0.9
    assert wrong.count(0) >= len(pairs) * 0.9
    assert sum(wrong) <= sum(len(pair.text) for pair in pairs) * 0.001
    for pair in pairs:
        check_repairs_are_doubts(pair)
        check_errors_are_doubts(pair)


def check_repairs_are_doubts(pair: Pair) -> None:
    spans = [pair.normal.offsets.source_span(d.start, d.end) for d in pair.normal.doubts]
    for change in pair.normal.list_changes():
        if change.step == "passages":
            assert any(start <= change.end and change.start <= end for start, end in spans)


def check_errors_are_doubts(pair: Pair) -> None:
    doubts = pair.normal.doubts if pair.normal.repaired else ()
    for start, end in list_differences(pair.normal.text, pair.text) if doubts else ():
        assert any(d.start - 2 <= end and start <= d.end + 2 for d in doubts)


def test_harsh_damage(samples: Path) -> None:
    """Eight broken places in 1,000 characters, more than ten times those of real pages."""
    wrong, chars = [], 0
    for seed, text in enumerate(mix_sentences(samples, HARSH_PAIRS)):
        rng = random.Random(seed)
        site = make_harsh_site(text, rng, SIZES[seed % len(SIZES)], rate=8)
        raw = scramble_text(text, site, rng)
        wrong.append(count_wrong(Pair(text, raw, normalise_text(raw))))
        chars += len(text)
    assert wrong.count(0) >= HARSH_PAIRS * 0.25
    assert sum(wrong) <= chars * 0.005


def count_wrong(pair: Pair) -> int:
    found, wanted = pair.normal.text, pair.text
    if found == wanted:
        return 0
    blocks = compare(found, wanted).get_matching_blocks()
    return max(1, max(len(found), len(wanted)) - sum(block.size for block in blocks))


def list_differences(found: str, wanted: str) -> list[tuple[int, int]]:
    codes = compare(found, wanted).get_opcodes() if found != wanted else []
    return [(start, end) for kind, start, end, _, _ in codes if kind != "equal"]


@cache
def compare(found: str, wanted: str) -> SequenceMatcher[str]:
    return SequenceMatcher(None, found, wanted, autojunk=False)
