"""Titles in 《》: what is a row, what happened to the text, what sort of text it is."""

from __future__ import annotations

import pytest
from building import segment

from pipeline.extract.instruments import extract_instruments
from pipeline.lexicons import Lexicons
from pipeline.records import Instrument


def read(lexicons: Lexicons, text: str) -> list[Instrument]:
    found = extract_instruments(segment(text), lexicons)
    return [row for row in found if isinstance(row, Instrument)]


RELATIONS = [
    ("大会通过了《清河县委员会报告的决议》。", "adopted", "决议"),
    ("全会审议通过《中共清河县委关于制定五年规划的建议》。", "adopted", "建议"),
    ("会议审议并原则通过《湖区规划纲要（草案）》。", "adopted", "规划"),
    ("审议通过了在广泛讨论基础上提出的《机构改革方案》。", "adopted", "方案"),
    ("全会通过的《机构改革方案》意义重大。", "adopted", "方案"),
    ("会议审议《清河县河湖管护办法（送审稿）》。", "deliberated", "办法"),
    ("会议研究《支持首店经济十条措施》。", "deliberated", "措施"),
    ("县长李四就《建议（讨论稿）》向全会作了说明。", "deliberated", "建议"),
    ("《民营经济促进法（草案）》将提请本次大会审议。", "deliberated", "法律"),
    ("会议听取了《巡察整改情况报告》。", "heard", "报告"),
    ("听取和审议了上官云所作的《铜都发展》工作报告。", "heard", "报告"),
    ("审议通过了上官云所作的《铜都发展》工作报告。", "adopted", "报告"),
    ("会议听取并审议《年度审计工作报告》。", "heard", "报告"),
    ("张三作题为《奋进新征程》的报告。", "heard", "报告"),
    ("会议学习《信访工作条例》。", "studied", "条例"),
    ("会议传达学习《关于加强调查研究的通知》。", "studied", "通知"),
    ("县委印发《防汛任务清单》。", "issued", "清单"),
    ("省政府制定并实施《大气污染防治办法》。", "issued", "办法"),
    ("根据《中国共产党纪律处分条例》有关规定，给予处分。", "cited", "条例"),
    ("区发改委牵头修改完善《纲要（草案）》。", "cited", "纲要"),
    ("各镇要落实《安全生产法》。", "cited", "法律"),
    ("《意见》指出，农业是基础。", "cited", "意见"),
]


@pytest.mark.parametrize(("text", "relation", "kind"), RELATIONS)
def test_relation_and_type(lexicons: Lexicons, text: str, relation: str, kind: str) -> None:
    (row,) = read(lexicons, text)
    assert (row.relation, row.type) == (relation, kind)


@pytest.mark.parametrize(
    ("text", "relations"),
    [
        ("审议通过《甲的决定》《乙的决议》。", ["adopted", "adopted"]),
        ("学习《甲条例》、《乙条例》和《丙条例》。", ["studied", "studied", "studied"]),
        ("根据《公务员法》《任用条例》规定。", ["cited", "cited"]),
        (
            "会议学习了《甲条例》，审议了《乙意见》，印发了《丙清单》。",
            ["studied", "deliberated", "issued"],
        ),
        ("学习《甲条例》和钟会同志《在会上的讲话》，传达《乙通知》。", ["studied"] * 3),
        ("学习《甲条例》，各地落实《乙法》。", ["studied", "cited"]),
        ("审议通过《甲的决定》。张三就《乙规划》作说明。", ["adopted", "deliberated"]),
        ("审议通过《甲的决定》。《乙规划》共十章。", ["adopted", "cited"]),
        # What a text comes from does not count beside what happens to it.
        ("会议学习新修订的《甲条例》。", ["studied"]),
        ("会议学习县委全会通过的《甲决定》。", ["studied"]),
        ("县委全会通过的《甲决定》。", ["adopted"]),
        ("会议学习《甲准则》和新修订的《乙条例》。", ["studied"] * 2),
        ("会议领学《甲选读》第二卷有关篇目和《乙方案》。", ["studied"] * 2),
    ],
)
def test_titles_in_a_row(lexicons: Lexicons, text: str, relations: list[str]) -> None:
    assert [row.relation for row in read(lexicons, text)] == relations


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("审议《关于贯彻〈地下水管理条例〉的意见》。", ["关于贯彻〈地下水管理条例〉的意见"]),
        ("审议《关于贯彻《森林法》的意见》。", ["关于贯彻《森林法》的意见"]),
        ("电视剧《山海》热播，舞剧《麦浪》、话剧《灯》上演。", []),
        ("唱响《国歌》，播放警示教育片《贪欲》，《山海情》热播，《大河报》报道。", []),
        ("会议没有文件。", []),
        ("标题只有一半《关于。", []),
    ],
)
def test_title(lexicons: Lexicons, text: str, titles: list[str]) -> None:
    rows = read(lexicons, text)
    assert [row.title for row in rows] == titles
    assert all(text[row.start : row.end] == row.title for row in rows)


def test_short_title_has_the_type_of_the_long_one(lexicons: Lexicons) -> None:
    text = "审议《湖区发展规划纲要》。会后修改完善《纲要》。"
    assert [row.type for row in read(lexicons, text)] == ["规划", "规划"]


@pytest.mark.parametrize("seed", ["《", "《》", "《甲", "《甲》", "学习"])
def test_repetition_takes_no_time(lexicons: Lexicons, seed: str) -> None:
    assert len(read(lexicons, seed * 4000)) in (0, 4000)
