from __future__ import annotations

from typing import Any

import pytest

from pipeline.evaluate.gold import Row
from pipeline.evaluate.matching import Measure, judge_pairs, pair_rows


def rows(*specs: tuple[int, int], **cells: Any) -> list[Row]:
    return [Row(start, end, "字" * (end - start), cells) for start, end in specs]


def test_pairs_are_one_to_one() -> None:
    gold, found = rows((0, 10)), rows((0, 9), (1, 10))
    pairs = pair_rows(gold, found)
    verdicts = [status for status, _ in judge_pairs(pairs, Measure("directives", "", 0.8))]
    assert sorted(verdicts) == ["right", "wrong"]


def test_a_row_over_two_labels_answers_for_one() -> None:
    pairs = pair_rows(rows((0, 5), (5, 10)), rows((0, 10)))
    verdicts = [status for status, _ in judge_pairs(pairs, Measure("plenums", "", 0.0))]
    assert sorted(verdicts) == ["missed", "right"]


def test_the_nearest_row_is_paired_first() -> None:
    (first, second) = pair_rows(rows((0, 10), (8, 20)), rows((7, 20), (0, 10)))
    assert [first.overlap, second.overlap] == pytest.approx([1.0, 12 / 13])


def test_of_two_rows_at_one_place_the_agreeing_one_is_paired() -> None:
    found = [*rows((0, 3), name="张三"), *rows((0, 3), name="李四")]
    pair, rest = pair_rows(rows((0, 3), name="李四"), found)
    assert pair.found is found[1]
    assert rest.found is found[0]


def test_rows_that_do_not_touch_are_no_pair() -> None:
    assert [pair.overlap for pair in pair_rows(rows((0, 3)), rows((3, 6)))] == [0.0, 0.0]


@pytest.mark.parametrize(
    ("column", "gold", "found", "verdict"),
    [
        ("canonical", "共建“一带一路”", "共建一带一路", "right"),
        ("canonical", "碳达峰、碳中和", "碳达峰碳中和", "right"),
        ("canonical", "一带一路", "共建一带一路", "missed"),
        ("text", "“一带一路”", "一带一路", "missed"),
    ],
)
def test_marks_do_not_make_another_formulation(
    column: str, gold: str, found: str, verdict: str
) -> None:
    pairs = pair_rows(rows((0, 4), **{column: gold}), rows((0, 4), **{column: found}))
    (first, *_) = judge_pairs(pairs, Measure("slogans", "", 1.0, (column,)))
    assert first.status == verdict
