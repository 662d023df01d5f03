from __future__ import annotations

import pytest

from pipeline.evaluate.alignment import NOWHERE, align_page, find_stretches
from pipeline.evaluate.gold import Page, Row

LABELLED = "全会强调，要抓落实。\n全会要求，要抓落实。"
PLACES = [
    ("全会强调，要抓落实。\n全会要求，要抓落实。", (16, 20), (16, 20)),
    ("全会 强调，要抓落实。\n全会要求，要抓落实。", (17, 21), (16, 20)),  # a blank before
    ("全会强调，要抓落实。\n全会 要求，要抓落实。", (5, 9), (5, 9)),  # a blank after
    ("全会强调，要抓 落实。\n全会要求，要抓落实。", (5, 10), (5, 9)),  # a blank within
    ("全会强调，要抓落實。\n全会要求，要抓落实。", (5, 9), (NOWHERE, NOWHERE)),  # ends in it
    ("打印\n全会强调，要抓落实。\n全会要求，要抓落实。", (8, 12), (5, 9)),  # a line more
    ("打印\n全会强调，要抓落实。\n全会要求，要抓落实。\n关闭", (19, 23), (16, 20)),  # the second
]


@pytest.mark.parametrize(("text", "found", "expected"), PLACES)
def test_spans_are_carried_over(
    text: str, found: tuple[int, int], expected: tuple[int, int]
) -> None:
    row = Row(*found, text[slice(*found)], {})
    (aligned,) = align_page(Page(text, {}, {"directives": [row]}), LABELLED).tables["directives"]
    assert (aligned.start, aligned.end) == expected


def test_the_third_occurrence_stays_the_third() -> None:
    labelled, text = "要早、要早、要早", "打印\n要早、要早、要早\n关闭"
    row = Row(9, 11, "要早", {})
    (aligned,) = align_page(Page(text, {}, {"directives": [row]}), labelled).tables["directives"]
    assert (aligned.start, aligned.end) == (6, 8)


def test_stretches_are_equal_and_in_order() -> None:
    text = "打印 全会 强调，要抓落实。\n全会要求 ，要抓落实。"
    stretches = find_stretches(text, LABELLED)
    for found, gold, length in stretches:
        assert text[found : found + length] == LABELLED[gold : gold + length]
    assert stretches == sorted(stretches)
