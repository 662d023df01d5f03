"""Blanks, widths and punctuation: each rule changes what it says, and nothing that looks alike."""

from __future__ import annotations

import pytest

from pipeline.normalise import normalise_text
from pipeline.normalise.blanks import join_spaced, trim_paragraphs
from pipeline.normalise.characters import survey_text
from pipeline.normalise.punctuation import close_gaps, settle_dots, widen_brackets, widen_marks
from pipeline.normalise.widths import narrow_letters, write_zeros
from pipeline.spans import edit_text


@pytest.mark.parametrize(
    ("text", "trimmed"),
    [
        ("　　全会\r\n\r\n　　强调", "全会\n强调"),
        ("全会 \n 强调", "全会\n强调"),
        ("\n\n全会\u2028强调\n", "全会\n强调"),
        ("本报讯（记者 张三）", "本报讯（记者 张三）"),
        ("李　强", "李　强"),
        ("记者\xa0张三\t李四", "记者 张三 李四"),
        ("市\u200b委\ufeff书\u00ad记", "市委书记"),
        ("\u200b", ""),
        ("全会\x00强调", "全会强调"),
    ],
)
def test_paragraphs(text: str, trimmed: str) -> None:
    assert edit_text(text, list(trim_paragraphs(text, survey_text(text)))) == trimmed


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("政 府 工 作 报 告\n各位代表", "政府工作报告\n各位代表"),
        ("政　府　工　作　报　告", "政府工作报告"),
        ("公 告", "公告"),
        ("李　强", "李　强"),
        ("张　三　丰", "张　三　丰"),
        ("2 0 2 5年", "2025年"),
        ("2 3 项", "2 3 项"),
        ("1.5 2 3 4", "1.5 2 3 4"),
        ("张三 李四 王五", "张三 李四 王五"),
    ],
)
def test_spaced_out(text: str, joined: str) -> None:
    assert edit_text(text, list(join_spaced(text))) == joined


@pytest.mark.parametrize(
    ("text", "narrow"),
    [
        ("２０２５年增长５．２％", "2025年增长5.2%"),
        ("ＧＤＰ、５Ｇ＋工业", "GDP、5G＋工业"),
        ("２００６－２０１０年", "2006-2010年"),
        ("１．加强领导", "1.加强领导"),
        ("“互联网＋”", "“互联网＋”"),
    ],
)
def test_letters_and_digits(text: str, narrow: str) -> None:
    assert edit_text(text, list(narrow_letters(text, survey_text(text)))) == narrow


@pytest.mark.parametrize(
    ("text", "zeros"),
    [
        ("二0二五年", "二〇二五年"),
        ("二OO八年", "二〇〇八年"),
        ("二000年", "二〇〇〇年"),
        ("二○一七年", "二○一七年"),
        ("二〇二五年", "二〇二五年"),
        ("增长二0%", "增长二0%"),
        ("三0米", "三0米"),
    ],
)
def test_zeros(text: str, zeros: str) -> None:
    assert edit_text(text, list(write_zeros(text))) == zeros


@pytest.mark.parametrize(
    ("text", "settled"),
    [
        ("市.委副.书记", "市委副书记"),
        ("买买提.吐尔逊", "买买提·吐尔逊"),
        ("阿不力孜•吐尔逊", "阿不力孜·吐尔逊"),
        ("四在农家・美丽乡村", "四在农家·美丽乡村"),
        ("增长5.2", "增长5.2"),
        ("www.gov.cn", "www.gov.cn"),
    ],
)
def test_dots(text: str, settled: str) -> None:
    assert edit_text(text, list(settle_dots(text, survey_text(text)))) == settled


@pytest.mark.parametrize(
    ("text", "wide"),
    [
        ("会议指出,要落实;要见效:全面", "会议指出，要落实；要见效：全面"),
        ("增长8%,总量1,000亿元,12台;下降", "增长8%，总量1,000亿元，12台；下降"),
        ("会议强调,2019年是", "会议强调，2019年是"),
        ("上午8:30开始,比分3:2", "上午8:30开始，比分3:2"),
        ("为什么?好!", "为什么？好！"),
        ("奋斗!6月,建成?0项", "奋斗！6月，建成?0项"),  # ?0: a digit was lost
        ("林??暉", "林??暉"),
        ("见http://a.cn/?q=1", "见http://a.cn/?q=1"),
        ("提高, 全面", "提高，全面"),
        ("f(x),g(y)", "f(x),g(y)"),
    ],
)
def test_marks(text: str, wide: str) -> None:
    text = edit_text(text, list(close_gaps(text)))
    assert edit_text(text, list(widen_marks(text))) == wide


@pytest.mark.parametrize(
    ("text", "wide"),
    [
        ("甄玉洁(女,满族)", "甄玉洁（女,满族）"),
        ("（讨论稿)和(一）", "（讨论稿）和（一）"),
        ("生产总值(GDP)、重庆(chóngqìng)、(1)", "生产总值(GDP)、重庆(chóngqìng)、(1)"),
        ("(甲(a)乙)", "（甲(a)乙）"),
        ("开(始\n结)束", "开(始\n结)束"),
    ],
)
def test_brackets(text: str, wide: str) -> None:
    assert edit_text(text, list(widen_brackets(text))) == wide


@pytest.mark.parametrize(
    "text",
    ["价格:100~200;折扣:8.5折。", "乔木(qiáo mù)与灌木(低矮)不同。", "你好吗?我很好!他说:“是的。”"],
)
def test_a_note_that_shows_no_habit_keeps_its_marks(text: str) -> None:
    assert normalise_text(text).text == text


@pytest.mark.parametrize(
    ("text", "wide"),
    [
        ("会议指出，要落实;要见效", "会议指出，要落实；要见效"),
        ("会议指出,要落实,要见效", "会议指出，要落实，要见效"),
    ],
)
def test_a_text_that_shows_its_habit(text: str, wide: str) -> None:
    assert normalise_text(text).text == wide
