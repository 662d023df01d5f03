"""Unlisted formulations: labels in quotation marks and numeral formulas, nothing else."""

from __future__ import annotations

import pytest
from building import fill, segment

from pipeline.candidates import find_candidates
from pipeline.records import SloganUse


def find(text: str, *taken: str) -> list[tuple[str, str]]:
    slogans = []
    for slogan in taken:
        start = text.index(slogan)
        slogans.append(fill(SloganUse, start=start, end=start + len(slogan)))
    return [(use.text, use.kind) for use in find_candidates(segment(text), slogans)]


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("“家门口的幸福圈”越织越密", ["家门口的幸福圈"]),
        ("「雙過半」", ["雙過半"]),
        ("《“百千万工程”实施方案》", ["百千万工程"]),
        ("“挑重担、扛重责”", ["挑重担、扛重责"]),
        ("“产业强县，生态立县”战略", ["产业强县，生态立县"]),
        ("他说：“我们要脚上沾泥。”", []),
        ("“码头就是课堂。”", []),
        ("“行不行？”", []),
        ("“你好就好”", []),
        ("“2023”", []),
        ("“ABC”", []),
        ("“十四五”时期", []),
        ("“字”", []),
        ("“让每一位老人都能够在自己家门口吃上一口热饭”", []),
        ("“没有关上的引号", []),
    ],
)
def test_quoted_phrases(text: str, phrases: list[str]) -> None:
    assert [phrase for phrase, _ in find(text)] == phrases


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("构建一核两翼空间格局", [("一核两翼", "numeral")]),
        ("坚持三个不变，", [("三个不变", "numeral")]),
        ("推进“三大攻坚”", [("三大攻坚", "numeral")]),
        ("推进“六个龙江”建设", [("六个龙江", "numeral")]),
        ("第三个问题，", []),
        ("增长二十三个百分点", []),
        ("投资一百二十亿元", []),
        ("一月八日开幕", []),
        ("用两年三个月完成", []),
        ("新建一村二校三路", [("一村二校三路", "numeral")]),
        ("三个工作组分别", []),
        ("共建一百二十三个项目。", []),
    ],
)
def test_numeral_formulas(text: str, found: list[tuple[str, str]]) -> None:
    assert find(text) == found


def test_listed_slogans_are_none() -> None:
    text = "“两个确立”和“双循环新格局”、“幸福圈”"
    assert find(text, "两个确立", "双循环") == [("幸福圈", "quoted")]


def test_longer_one_wins_and_order_is_that_of_the_text() -> None:
    assert find("“一核两翼三区”与“旧城”") == [("一核两翼三区", "numeral"), ("旧城", "quoted")]


def test_spans_are_those_of_the_phrase() -> None:
    (use,) = find_candidates(segment("织密“幸福圈”"), [])
    assert (use.start, use.end, use.raw_start, use.raw_end) == (3, 6, 3, 6)
