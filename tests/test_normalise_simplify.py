"""Traditional characters become simplified ones by the words they stand in; names keep theirs."""

from __future__ import annotations

import pytest

from pipeline.normalise.characters import Survey, survey_text
from pipeline.normalise.simplify import name_script, simplify_text
from pipeline.spans import edit_text

BY_WORD = "並做好幹部工作："  # shows that a text was written by word
ONE_BY_ONE = "關于貫徹落實的決定："  # shows that it was converted one by one


def simplify(text: str) -> str:
    return edit_text(text, list(simplify_text(text, survey_text(text))))


@pytest.mark.parametrize(
    ("text", "simple"),
    [
        ("沿著總書記指引的方向", "沿着总书记指引的方向"),
        ("一著不讓加強服務", "一着不让加强服务"),
        ("朝著目標，意味著機遇", "朝着目标，意味着机遇"),
        ("成效顯著", "成效显著"),
        ("學習著作和論著", "学习著作和论著"),
        ("著名學者的專著、譯著", "著名学者的专著、译著"),
        ("見微知著", "见微知著"),
        ("討論著方案", "讨论着方案"),
        ("以習近平同志為核心", "以习近平同志为核心"),
        ("準備復興恢復", "准备复兴恢复"),
        ("陝西、陜北", "陕西、陕北"),
        ("完善指標，內核不變", "完善指标，内核不变"),  # no exchange of vocabulary
        ("于洪頔、李谿、王昇", "于洪頔、李谿、王昇"),
    ],
)
@pytest.mark.parametrize("before", [BY_WORD, ONE_BY_ONE])
def test_both_ways_of_writing(before: str, text: str, simple: str) -> None:
    assert simplify(before + text).endswith(simple)


@pytest.mark.parametrize(
    ("text", "simple"),
    [
        ("徵求意見", "征求意见"),
        ("關於幹部", "关于干部"),
        ("乾淨的乾安縣", "干净的乾安县"),
        ("以後、後面、這裡、裡面", "以后、后面、这里、里面"),
        ("提昇能力", "提升能力"),
        ("系統、關係、聯繫", "系统、关系、联系"),
    ],
)
def test_text_written_by_word(text: str, simple: str) -> None:
    assert simplify(BY_WORD + text).endswith(simple)


@pytest.mark.parametrize(
    ("text", "simple"),
    [
        ("乾縣、於潛", "乾县、於潜"),  # what GB2312 holds stood there before
        ("并且后來在里面干", "并且后来在里面干"),
        ("合作夥伴", "合作伙伴"),
    ],
)
def test_text_converted_one_by_one(text: str, simple: str) -> None:
    assert simplify(ONE_BY_ONE + text).endswith(simple)


@pytest.mark.parametrize(
    "text", ["于洪頔主持会议", "关于發布规划的通知，请各单位认真贯彻执行", "后来乾隆征求意见"]
)
def test_simplified_text_keeps_every_character(text: str) -> None:
    assert simplify(text) == text


def test_of_mixed_text_only_traditional_lines_are_converted() -> None:
    text = "会议传达学习贯彻总书记重要讲话精神發\n會議傳達學習貫徹總書記重要講話精神"
    assert (
        simplify(text) == "会议传达学习贯彻总书记重要讲话精神發\n会议传达学习贯彻总书记重要讲话精神"
    )


def test_length_never_changes() -> None:
    text = ONE_BY_ONE + "𬱖頔𠮷著"
    assert len(simplify(text)) == len(text)


@pytest.mark.parametrize(
    ("traditional", "simplified", "script"),
    [
        (0, 0, "simplified"),
        (1, 9, "simplified"),
        (9, 1, "traditional"),
        (5, 5, "mixed"),
        (1, 0, "traditional"),
    ],
)
def test_script(traditional: int, simplified: int, script: str) -> None:
    codes = survey_text("").codes
    assert name_script(Survey(codes, 0, traditional, simplified)) == script
