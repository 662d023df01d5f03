"""Twice the text, twice the work: calls are counted, since seconds differ from run to run.

``python -m benchmarks.bench_linear`` measures many more texts, and what happens inside a pattern.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from functools import partial

import pytest

from pipeline.flow import process_document
from pipeline.ingest import Metadata, Source
from pipeline.ingest.admit import admit_text
from pipeline.ingest.entry import Entry
from pipeline.lexicons import Lexicons
from pipeline.running.recipe import Recipe, prepare
from pipeline.segment.engines import Engine

SIZE = 2_000
MOST = 2.5
# In groups by what they could mislead: modal words and marks, brackets, numbers, names, speeches.
REPEATED = [
    "要", "、", "，", "一是", "各级党组织要", "不得", "坚持推进，",
    "《", "“", "(", "（）", "习(xí)", "习(x", "入?yún)^",
    "第", "1", "一", "十一届", "8月1日", "第一次全会",
    "·", "张三、", "区委书记张三、", "书记", "的", " ", "\n",
    "强调", "第指出：》", "全会强调，要实干，", "会议审议通过《", "四个“全面”、", "（记者 张三）",
]  # fmt: skip


@pytest.fixture(scope="module")
def prepared() -> tuple[Lexicons, Engine]:
    lexicons, engine = prepare(Recipe())
    process(repeat("全会强调，要抓好落实。", SIZE), lexicons, engine)  # what is made once
    return lexicons, engine


def process(text: str, lexicons: Lexicons, engine: Engine) -> None:
    source = admit_text(Entry("文.txt", b"", ""), text, "utf-8", Metadata())
    assert isinstance(source, Source)
    process_document(source, lexicons, engine)


def repeat(unit: str, size: int) -> str:
    return "全会强调，要实干。\n" + (unit * (size // len(unit) + 1))[:size]


def count_calls(work: Callable[[], object]) -> int:
    """How many functions were called, those written in C among them."""
    counted: Counter[str] = Counter()
    before = sys.getprofile()
    sys.setprofile(lambda _frame, event, _what: counted.update((event,)))
    try:
        work()
    finally:
        sys.setprofile(before)
    return counted["call"] + counted["c_call"]


@pytest.mark.parametrize("unit", REPEATED)
def test_twice_the_text_is_twice_the_work(prepared: tuple[Lexicons, Engine], unit: str) -> None:
    texts = [repeat(unit, SIZE), repeat(unit, 2 * SIZE)]
    once, twice = (count_calls(partial(process, text, *prepared)) for text in texts)
    assert twice <= MOST * once


def test_more_than_that_is_seen() -> None:
    def compare_all(size: int) -> None:
        for _ in range(size):
            sum(abs(number) for number in range(size))

    counts = [count_calls(partial(compare_all, size)) for size in (50, 100)]
    assert counts[1] > MOST * counts[0]
