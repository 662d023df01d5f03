"""Inputs made by chance, at every door: nothing but declared errors, exact offsets, none lost.

PIPELINE_FUZZ=10000 tries so many inputs at each door instead of a few, HYPOTHESIS_PROFILE=explore
others every time; ``make fuzz`` does both. The number of executions is printed at the end.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterator

import pytest
from fuzzing import SCRAMBLED, TEXT, check_text, list_targets
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

EXAMPLES = int(os.environ.get("PIPELINE_FUZZ", "40"))
STEADY = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
TARGETS = list_targets()
executed: Counter[str] = Counter()

# What the grammar looks for, and what is hostile: signs of both directions, halves, NUL, markup.
PIECES = [
    *"要第、，。；：《》“”‘’()（）〈〉【】·…—1一十０Ａ \u3000\t\n\r的了和在对",
    *["全会", "强调，", "指出：", "一是", "（一）", "十一届", "第五次", "区委书记", "张三、"],
    *["各级", "不得", "两个确立", "审议通过", "记者", "8月1日", "2023年", "习近平"],
    *["習(xí)", "入?yún)^", "產(chǎn)業(yè)"],
    *"\u202e\u200f\u2066\u200b\ufeff\0\ud800\U0001f600\U00020000\u0301",
    *("<p>", "&lt;", "=1+1", "../", "{", '"', ",", "\\", TEXT[:40], TEXT[60:], SCRAMBLED),
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=25).map("".join)


@pytest.fixture(scope="module", autouse=True)
def report() -> Iterator[None]:
    """Print how often each check ran, where many were asked for."""
    yield
    if EXAMPLES > 1000:
        for name, number in executed.items():
            sys.stdout.write(f"{name:20} {number:12,}\n")
        sys.stdout.write(f"executions           {executed.total():12,}\n")


@st.composite
def spoilt(draw: st.DrawFn, samples: tuple[bytes, ...]) -> bytes:
    """A sound file with some bytes taken out, put in, doubled or changed."""
    content = draw(st.sampled_from(samples))
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, len(content)))
        end = min(len(content), start + draw(st.integers(0, 40)))
        new = draw(st.binary(max_size=6) | st.sampled_from(PIECES).map(encode))
        kept = content[start:end] if draw(st.booleans()) else b""
        content = content[:start] + kept + new + content[end:]
    return content


def encode(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


@STEADY
@given(TEXTS)
def test_every_row_of_any_text_is_where_it_says(text: str) -> None:
    executed["text"] += 1
    check_text(encode(text))


@pytest.mark.parametrize("name", TARGETS)
def test_no_input_breaks(name: str) -> None:
    check, samples = TARGETS[name]

    @STEADY
    @given(spoilt(samples) | TEXTS.map(encode) | st.binary(max_size=200))
    def try_it(content: bytes) -> None:
        executed[name] += 1
        check(content)

    try_it()
