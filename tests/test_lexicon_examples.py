"""Sentences that hold entries to what they mean, each through the whole pipeline."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import pytest

from pipeline import process_text
from pipeline.lexicons import Lexicons, Slogan, find_lexicons
from pipeline.lexicons.entries import Example
from pipeline.lexicons.reader import read_table, type_rows
from pipeline.lexicons.spelling import reduce_spelling, surface_of
from pipeline.records import SloganUse


@pytest.fixture(scope="module")
def examples() -> list[Example]:
    return type_rows(read_table(find_lexicons() / Example.file, Example, []), Example)


@pytest.fixture(scope="module")
def slogans(lexicons: Lexicons) -> dict[str, Slogan]:
    return {slogan.id: slogan for slogan in lexicons.slogans}


@pytest.mark.parametrize("counts", ["yes", "no", "open"])
def test_sentences(examples: list[Example], slogans: dict[str, Slogan], counts: str) -> None:
    told = [example for example in examples if example.counts == counts]
    assert told
    wrong = [example for example in told if _judge(example, slogans[example.id]) != counts]
    assert not wrong, "\n".join(f"{example.id}: {example.example}" for example in wrong)


def _judge(example: Example, slogan: Slogan) -> str:
    """Whether the sentence has a use of the entry, of none, or of one that stays open."""
    result = process_text(
        example.example, place=example.place or None, published=example.published or None
    )
    if any(use.slogan_id == slogan.id for use in result.slogans):
        return "yes"
    return "open" if any(_stays_open(use, slogan) for use in result.slogans) else "no"


def _stays_open(use: SloganUse, slogan: Slogan) -> bool:
    return not use.slogan_id and use.canonical in (surface_of(slogan.canonical), *slogan.variants)


def test_who_needs_sentences_has_them(examples: list[Example], lexicons: Lexicons) -> None:
    """Those that could be taken for something else: both what counts and what does not."""
    found = {example.id for example in examples if example.counts != "no"}
    refused = {example.id for example in examples if example.counts != "yes"}
    needing = list(_list_needing(lexicons.slogans))
    assert len(needing) >= 400
    assert [slogan.id for slogan in needing if slogan.id not in refused] == []
    counting = [slogan.id for slogan in needing if "idiom" not in slogan.flags]
    assert [slogan_id for slogan_id in counting if slogan_id not in found] == []


def _list_needing(slogans: tuple[Slogan, ...]) -> Iterator[Slogan]:
    spellings = defaultdict(set)
    for slogan in slogans:
        for spelling in (surface_of(slogan.canonical), *slogan.variants):
            spellings[reduce_spelling(spelling)].add(slogan.id)
    text = "\n".join(spellings)
    for slogan in slogans:
        wording = reduce_spelling(surface_of(slogan.canonical))
        if slogan.flags or len(wording) <= 3 or _is_nested(wording, text, spellings, slogan.id):
            yield slogan


def _is_nested(wording: str, text: str, spellings: dict[str, set[str]], own: str) -> bool:
    """Whether a longer spelling of another entry contains the wording; ``text`` has one a line."""
    at = text.find(wording)
    while at >= 0:
        end = text.find("\n", at)
        line = text[text.rfind("\n", 0, at) + 1 : end if end >= 0 else None]
        if line != wording and spellings[line] - {own}:
            return True
        at = text.find(wording, at + len(line))
    return False


def test_no_sentence_stands_twice(examples: list[Example]) -> None:
    keys = [(each.id, each.example, each.place, each.published) for each in examples]
    assert len(keys) == len(set(keys))
