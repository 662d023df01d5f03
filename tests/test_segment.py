"""Paragraphs, sentences and clauses: where they begin and end."""

from __future__ import annotations

from itertools import pairwise

import pytest
from building import engine, segment
from hypothesis import given
from hypothesis import strategies as st

from pipeline.records import Plenum
from pipeline.segment import Segments
from pipeline.spans import Edit, Span, apply_edits


def cut(text: str, spans: tuple[Span, ...]) -> list[str]:
    return [text[start:end] for start, end in spans]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("会议强调，要抓落实。要见实效。", ["会议强调，要抓落实。", "要见实效。"]),
        ("区委全会召开\n8月1日，全会召开。", ["区委全会召开", "8月1日，全会召开。"]),
        ("他说：“要快。”大家鼓掌。", ["他说：“要快。”", "大家鼓掌。"]),
        ("（李媛媛）", ["（李媛媛）"]),
        ("真的吗？！是的！", ["真的吗？！", "是的！"]),
        ("说来话长……要抓紧。", ["说来话长……", "要抓紧。"]),
        ("增长3.5%，见www.example.org。", ["增长3.5%，见www.example.org。"]),
        ("要A；要B；要C。", ["要A；要B；要C。"]),
        ("他问：“行吗？”、“好吗？”\n完", ["他问：“行吗？”", "、“好吗？”", "完"]),
        ("", []),
        ("\n\n", []),
    ],
)
def test_sentences(text: str, sentences: list[str]) -> None:
    assert cut(text, segment(text).sentences) == sentences


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("全会强调，要抓落实；要见实效。", ["全会强调，", "要抓落实；", "要见实效。"]),
        ("标题\n要求是：稳。", ["标题", "要求是：", "稳。"]),
        ("走在前、做示范", ["走在前、做示范"]),
    ],
)
def test_clauses(text: str, clauses: list[str]) -> None:
    assert cut(text, segment(text).clauses) == clauses


def test_paragraphs_leave_their_line_feeds_out() -> None:
    text = "标题\n第一段。第二句。\n\n第二段。"
    assert cut(text, segment(text).paragraphs) == ["标题", "第一段。第二句。", "第二段。"]


@pytest.mark.parametrize(
    ("position", "sentence", "paragraph"),
    [(0, 0, 0), (1, 0, 0), (3, 1, 1), (6, 1, 1), (7, 2, 1), (9, 2, 1)],
)
def test_what_holds_a_position(position: int, sentence: int, paragraph: int) -> None:
    segments = segment("标题\n第一句。第二句")
    assert segments.sentence_at(position) == sentence
    assert segments.paragraph_at(position) == paragraph


@given(st.text("全会要抓。！？…，；：“”）\n A1", max_size=60))
def test_parts_cover_the_text_but_for_line_feeds(text: str) -> None:
    segments = segment(text)
    for spans in (segments.paragraphs, segments.sentences, segments.clauses):
        assert "".join(cut(text, spans)) == text.replace("\n", "")
        assert all(start < end for start, end in spans)
        assert all(before.end <= after.start for before, after in pairwise(spans))
    for sentence in segments.sentences:
        assert "\n" not in text[sentence.start : sentence.end]


def test_a_passage_knows_both_texts() -> None:
    text, offsets = apply_edits("區(qū)委\n五屆五次全會(huì)。", [Edit(1, 5, ""), Edit(13, 18, "")])
    assert text == "區委\n五屆五次全會。"
    segments = Segments(
        doc_id="甲/乙",
        text=text,
        offsets=offsets,
        engine=engine("jieba"),
        paragraphs=(Span(0, 2), Span(3, 10)),
        sentences=(Span(0, 2), Span(3, 10)),
    )
    passage = segments.passage(3, 9, "plenum.full")
    assert passage == ("甲/乙", "3-9", 3, 9, "五屆五次全會", 7, 13, 2, "plenum.full")
    issue = segments.issue("extract", "plenum_unresolved", "…", 3, 9)
    assert (issue.start, issue.end, issue.raw_start, issue.text) == (3, 9, 7, "五屆五次全會")


def test_passages_open_a_mention() -> None:
    passage = segment("全国两会").passage(0, 4, "plenum.two_sessions")
    plenum = Plenum(
        *passage,
        kind="two_sessions",
        name="全国两会",
        body="",
        place="",
        adcode="100000",
        term=None,
        session=None,
        start_date=None,
        end_date=None,
        is_self=False,
        relation="cited",
        meeting_id="",
    )
    assert plenum.text == "全国两会"
    assert plenum.row_id == "0-4"
