"""Texts scrambled as the tools did it come back."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scrambler import gloss_text, make_site, scramble_text

from pipeline.normalise import normalise_text

PHRASES = (
    "全会指出",
    "区委书记沈志栋作了讲话",
    "要深度融入区域一体化发展格局",
    "推动产业转型升级",
    "聚焦经济建设",
    "加强党的建设",
    "沿着总书记指引的方向",
    "取得显著成效",
    "一着不让抓落实",
    "关于干部工作的意见",
    "坚持和发展",
    "时间紧任务重",
    "增长5.2%",
    "后来居上",
    "为民办实事",
    "统筹发展和安全",
    "全面从严治党",
    "3月28日",
    "创新驱动",
)
SIZES = (13, 25, 40, 60, 100, 150, 300)


@st.composite
def prose(draw: st.DrawFn) -> str:
    """A paragraph or two of stock phrases."""
    chosen = draw(st.lists(st.sampled_from(PHRASES), min_size=6, max_size=30))
    marks = draw(st.lists(st.sampled_from("，，，。；\n"), min_size=30, max_size=30))
    text = "".join(phrase + mark for phrase, mark in zip(chosen, marks, strict=False))
    return "推动产业发展，优化环境，" + text.rstrip("\n")


@settings(deadline=None)  # the first example loads the tables
@given(prose(), st.integers(0, 10_000), st.sampled_from(SIZES))
def test_aligned_readings_go_without_trace(text: str, seed: int, size: int) -> None:
    raw = gloss_text(text, make_site(random.Random(seed), size))
    normal = normalise_text(raw)
    assert normal.text == text
    assert normal.doubts == ()


@settings(deadline=None)  # the first example loads the tables
@given(prose(), st.integers(0, 10_000), st.sampled_from(SIZES))
def test_map_of_a_scrambled_text(text: str, seed: int, size: int) -> None:
    rng = random.Random(seed)
    raw = scramble_text(text, make_site(rng, size, cut=0.2), rng)
    normal = normalise_text(raw)
    assert normalise_text(normal.text).text == normal.text
    assert all(a <= b for a, b in pairwise(normal.offsets.starts.tolist()))
    assert all(a <= b for a, b in pairwise(normal.offsets.ends.tolist()))
    for change in normal.list_changes():
        assert 0 <= change.start < change.end <= len(raw)


@pytest.mark.parametrize("size", SIZES)
def test_the_scrambler_inserts_readings(size: int) -> None:
    """The tests above mean nothing if the generator does nothing."""
    raw = scramble_text(
        "推动产业发展，优化环境", make_site(random.Random(1), size), random.Random(1)
    )
    assert "產(" in raw
    assert "業(" in raw
