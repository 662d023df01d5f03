"""Where what is said begins to govern and where it stops: announcements, pledges, rosters.

In the tables ⟦ and ⟧ stand around every directive a passage holds.
"""

from __future__ import annotations

import pytest
from marking import mark, read, unmark

from pipeline.lexicons import Lexicons

PEOPLE = ["郑和平", "冯春", "陈新", "邓颖超"]

ENDS = [
    # Who took part, after an order.
    "市长对防汛提出要求。副市长赵大河主持会议，水利局局长孙小江出席。",
    "会议作出部署。县委常委、副县长周平作汇报发言，镇长吴安参加。",
    "会议要求，⟦各单位派员参加⟧；⟦各乡镇分管领导列席⟧。",
    "会议作出部署。⟦各单位派员参加⟧。",
    "会议作出部署。县直各部门主要负责同志参加会议。各乡镇设分会场。",
    "会议作出部署。出席会议的还有副县长冯春。",
    "县长冯春作表态发言时表示，要知耻后勇。",
    # Who accepts what was said, or took the floor, answers for himself.
    "市长郑和平表示，诚恳接受督察组的意见，要逐条整改。",
    "市长郑和平表示，完全同意反馈意见，要把责任扛起来。市长郑和平要求，⟦各县要立行立改⟧。",
    "县农业局局长冯春作典型发言。冯春表示，要以更大干劲抓好秋收。",
    "县长冯春在结业式上表示，⟦各乡镇要抓好秋收⟧。",
]


@pytest.mark.parametrize("marked", ENDS)
def test_span(lexicons: Lexicons, marked: str) -> None:
    text = unmark(marked)
    assert mark(text, read(lexicons, text, PEOPLE)) == marked


BEGINS = [
    # The document itself speaks after its announcement, whoever was cited before.
    ("邓颖超同志曾经指出，要勤俭。特通知如下：\n一、各乡必须清仓。", "", ""),
    ("市长陈新指出，林区火险高。现就禁火通告如下：\n一、严禁带火上山。", "", ""),
    # What is counted is announced by its verb.
    ("县长陈新提出两条要求：一是抓好秋种。", "提出", "陈新"),
    ("县长陈新提出要求：一是抓好秋种。", "要求", "陈新"),
    ("会议强调，要稳产。县长陈新部署了三个方面工作：一是抓好秋种。", "部署", "陈新"),
    ("会议强调，要稳产。会上部署了三项工作。要抓好秋种。", "强调", "会议"),
]


@pytest.mark.parametrize(("text", "speech_act", "issuer"), BEGINS)
def test_frame(lexicons: Lexicons, text: str, speech_act: str, issuer: str) -> None:
    last = read(lexicons, text, PEOPLE)[-1]
    assert (last.speech_act, last.issuer) == (speech_act, issuer)


ACTS = [
    # What is set out after the colon is what was decided or assigned.
    ("会议确定，一是推进粮改；二是备足种子。", "确定", "会议"),
    ("会议强调，要稳产。\n大会部署今后三年任务：\n第一，抓好秋种。", "部署", "大会"),
    ("会议强调，要稳产。\n全会部署了明年工作：\n（一）抓好秋种。", "部署", "全会"),
    ("会议强调，要稳产。会上部署明年工作。要抓好秋种。", "强调", "会议"),
    # Somebody hopes.
    ("县长陈新调研。他希望代表像园丁一样勤快。", "希望", "他"),
]


@pytest.mark.parametrize(("text", "speech_act", "issuer"), ACTS)
def test_governs(lexicons: Lexicons, text: str, speech_act: str, issuer: str) -> None:
    last = read(lexicons, text, PEOPLE)[-1]
    assert (last.speech_act, last.issuer) == (speech_act, issuer)


PLEDGES = [
    "会议选举产生县长。县长陈新表示，一定要不负众望。",
    "会议选举产生县长。县长陈新表示，⟦各镇要抓好秋收⟧。",
    "县长陈新表示，⟦要抓好秋收⟧。⟦要备足种子⟧。",
    "县长陈新表示，将以更大干劲抓秋收，决不允许掉队。",
    "新当选的县长陈新表示，一定要不负众望。",
    "县长陈新查摆了调研不深等问题，表示要多下田。",
    "县长陈新检查仓储不足，坦言，今后要多下田。",
    # Who took part, and who said it.
    "会议作出部署。市委书记陈新讲话，市长冯春主持，副市长郑和平到会指导。",
    "会议要求，⟦各镇抓好落实⟧。局长加重语气说。",
]


@pytest.mark.parametrize("marked", PLEDGES)
def test_pledge(lexicons: Lexicons, marked: str) -> None:
    text = unmark(marked)
    assert mark(text, read(lexicons, text, PEOPLE)) == marked


ADDRESSED = [
    ("县长陈新叮嘱镇长冯春，要守住堤坝，切莫大意。", ["镇长冯春", "镇长冯春"]),
    ("县长陈新叮嘱镇长冯春，要守住堤坝。要备足沙袋。", ["镇长冯春", ""]),
    ("县长陈新对镇长冯春说，要守住堤坝。", ["镇长冯春"]),
    ("会议要求，海关、税务局等应当每周通报。", ["海关、税务局等"]),
    ("会议要求，把成效体现到落实市委部署上来。", [""]),
    ("会议要求，一是在两个县开展试点。", [""]),
    ("会议要求：\n1.即日起，各镇干部一律停止休假；", ["各镇干部"]),
]


@pytest.mark.parametrize(("text", "addressees"), ADDRESSED)
def test_addressee(lexicons: Lexicons, text: str, addressees: list[str]) -> None:
    assert [row.addressee for row in read(lexicons, text, PEOPLE)] == addressees
