"""Directives behind what leads up to them, and what only looks like one.

In the tables ⟦ and ⟧ stand around every directive a passage holds.
"""

from __future__ import annotations

import pytest
from marking import mark, read, unmark

from pipeline.lexicons import Lexicons

MEETING = [
    # A connective, a topic or an ordinal alone leads up to the predicate.
    "会议要求，⟦各村要加快进度⟧。同时，⟦加强监管，杜绝返工⟧。",
    "会议要求，第三，⟦按照县委要求，从严管好队伍⟧。",
    "会议指出，做好明年工作，第一，⟦必须坚持实干⟧；第二，⟦必须守住底线⟧。",
    "会议明确了下一步工作重点：一是⟦抓好宣讲⟧；二是⟦抓好督查⟧。",
    "会议强调，⟦把安全放在首位，排查隐患⟧。",
    # 不仅 and 越 stand outside.
    "会议强调，不仅⟦要抓好当前⟧，而且⟦要谋划长远⟧。",
    "会议强调，越是困难，越⟦要坚定信心⟧。",
    # A noun that is a verb too is a subject, a bare principle none.
    "会议要求，⟦隐患必须逐一整改⟧，⟦整改情况要向社会公开⟧。",
    "会议指出，⟦改革必须坚持正确方向⟧。",
    "会议指出，发展不能以破坏生态为代价。",
    "会议强调，⟦这根弦任何时候都不能松⟧。",
    "会议指出，要想赢得信任，⟦必须心里装着群众⟧。",
    "会议指出，⟦要想群众之所想⟧。",
    # What will come of something, and what it is, is told.
    "会议提出，深化改革将持续激发活力。",
    "会议提出，完成全年目标面临挑战，但也有不少条件。",
    "全会指出，2019年，以某某为核心的班子立足大局，推动各项工作上台阶。",
    # Requests and hopes.
    "关于报送总结的通知\n⟦请各单位于5月10日前报送总结⟧。\n现将名单印发，请予审议。",
    "关于清欠的通知\n望⟦各乡抓紧清欠，按月报账⟧。\n望⟦认真执行⟧。\n望江县地处江北。\n希⟦各站及时回报⟧。",
    # A time before the modal word stands outside, one after who is addressed inside.
    "会议提出，今年开局⟦要稳⟧；⟦要准⟧。",
    "会议强调，岁末年初⟦要严防火灾⟧。",
    "会议要求，节后⟦各企业有序开工⟧。",
    "会议要求，会后⟦各县逐户核查⟧。",
    "会议强调，⟦各位厂长，复工之前要查一遍线路⟧。",
    # What is quoted can be forbidden.
    "会议强调，⟦干部必须动真格⟧，⟦决不能“当看客”⟧。",
    "会议强调，⟦经费须报镇长审签⟧。",
    "全省各级要抓好落实。希望⟦同志们珍惜荣誉、再接再厉⟧。".replace(
        "全省各级要抓好落实", "⟦全省各级要抓好落实⟧"
    ),
    # 支持下 and 组织 are no verbs.
    "⟦让我们在各界的大力支持下，携手奋进⟧！",
]

TASKS = """滨江区人民政府工作报告
一、2023年工作回顾
把项目摆在首位，建成园区三个。在全区开展普查，为老人提供体检。
二、2024年工作安排建议
（一）⟦着力扩大就业⟧。⟦把就业摆在首位，全面推进稳岗⟧。同时，⟦积极争取资金⟧。
（二）⟦着力兴修水利⟧。⟦以流域为单元，加快灌区改造⟧。水利方面，⟦推进水库加固⟧。资金比去年增加三成。⟦加强水质防治⟧。
（三）⟦着力改善民生⟧。⟦在全区开展普查⟧。⟦为老人提供体检服务⟧。⟦让群众办事更方便⟧。在设备更新上，⟦发挥标准作用⟧。
（四）⟦稳定、完善和强化惠农政策⟧。⟦发展和谐劳动关系⟧。从国内看，改革步伐加快。用好雨水也是节水，意义重大。使命在肩，重任如山。
（五）⟦对困难学生免除学费⟧。对外贸易提质增效。⟦一体推进不敢腐、不能腐、不想腐⟧。保护环境责无旁贷。
（六）⟦补植沿河防护林六十亩⟧。⟦如数发放抚恤金⟧。⟦注意留足口粮⟧。
"""

SPEECH = [
    # Who holds no office tells nobody what to do.
    "“渠要是通了就好，粮食也要烘干才行。”种粮大户刘老汉说。",
    "会议强调，⟦要抓好秋种⟧。种粮大户刘老汉说：“咱们要把地种好，必须跟着干。”",
    "会议认为，⟦应当加强调研⟧。有的同志认为，应当再等一等。",
]

LABELS = [
    "三、支持措施\n（一）⟦鼓励企业加大投入⟧。",
    "四、组织领导\n⟦各单位要加强领导⟧。",
]


@pytest.mark.parametrize("marked", [*MEETING, TASKS, *SPEECH, *LABELS])
def test_span(lexicons: Lexicons, marked: str) -> None:
    text = unmark(marked)
    assert mark(text, read(lexicons, text)) == marked


ADDRESSEES = [
    ("会议强调，“一府两院”要自觉接受监督。", "“一府两院”"),
    (
        "会议号召，全区各级党组织和广大党员干部群众，更加紧密地团结起来。",
        "全区各级党组织和广大党员干部群众",
    ),
    ("会议号召，全市人民，同心同德再创佳绩。", "全市人民"),
    ("会议要求，全体机关干部，特别是领导干部，要带头执行。", "全体机关干部，特别是领导干部"),
    ("会议强调，全体干警要筑牢防线。", "全体干警"),
    # 工会 and 派出所 end with characters that are auxiliaries elsewhere.
    ("会议强调，各级工会要维护职工权益。", "各级工会"),
    ("会议强调，基层派出所要下沉警力。", "基层派出所"),
    ("陈立民要求人大代表走村入户听民声。", "人大代表"),
    ("会议强调，各村护林员要加强巡护。", "各村护林员"),
    ("会议指出，通观全局，做好工作必须把握原则。", ""),
    ("二、2024年工作安排\n切实把工作重点放在农村，加强建设。", ""),
    ("二、2024年工作安排\n建设儿童友好城市，新增托位。", ""),
]


@pytest.mark.parametrize(("text", "addressee"), ADDRESSEES)
def test_addressee(lexicons: Lexicons, text: str, addressee: str) -> None:
    (row,) = read(lexicons, text, ["陈立民"])
    assert row.addressee == addressee


ISSUERS = [
    ("省政府常务会议要求，要抓落实。", "要求", "省政府常务会议"),
    ("省委理论学习中心组学习会议强调，要抓落实。", "强调", "省委理论学习中心组学习会议"),
    (
        "第十三届委员会第四次全体会议工作报告指出，要抓落实。",
        "指出",
        "第十三届委员会第四次全体会议工作报告",
    ),
    ("县长在会上要求，要抓落实。", "要求", "县长"),
    ("张国梁勉励青年学子，要立大志。", "勉励", "张国梁"),
]


@pytest.mark.parametrize(("text", "speech_act", "issuer"), ISSUERS)
def test_issuer(lexicons: Lexicons, text: str, speech_act: str, issuer: str) -> None:
    (row,) = read(lexicons, text)
    assert (row.speech_act, row.issuer) == (speech_act, issuer)


@pytest.mark.parametrize(
    ("clause", "force", "action"),
    [
        ("让我们在各界支持下携手奋进", "direct", "奋进"),
        ("强党性，把学习作为终身课题", "direct", "强"),
        ("在世贸组织谈判中发挥作用", "direct", "发挥"),
    ],
)
def test_verb(lexicons: Lexicons, clause: str, force: str, action: str) -> None:
    (row,) = read(lexicons, f"二、2024年工作安排\n{clause}。")
    assert (row.force, row.action) == (force, action)


@pytest.mark.parametrize("seed", ["同时，", "以甲为乙，", "在全区，", "请各", "把", "各村，特别是"])
def test_repetition_takes_no_time(lexicons: Lexicons, seed: str) -> None:
    for row in read(lexicons, f"二、2024年工作安排\n会议要求，{seed * 4000}"):
        assert row.end > row.start


SET_OFF = [
    # A topic set off before who is to act.
    "会议要求，对查出的漏洞，⟦有关部门要逐项堵上⟧。",
    "县委强调，对标先进，⟦全县干部要找准差距⟧。",
    "会议要求，⟦对教师实行绩效工资⟧。",
    # What falls short is not to be done; what a thing cannot be judges.
    "会议强调，⟦信访件不能一转了之⟧，⟦要跟踪问效⟧。",
    "会议强调，⟦理论学习不能止于记笔记⟧。",
    "会议强调，⟦整改不能“纸上交卷”⟧。",
    "会议指出，发展不能以破坏生态为代价。",
    # The worse of two, in a fixed phrase.
    "会议要求，⟦各镇务必值守，宁可备而不用，不可用而无备⟧。",
    "会议要求，⟦各镇务必值守⟧，⟦不可麻痹⟧。",
    "会议指出，中央关于必须“从严”的论断，⟦我们要深刻领会⟧。",
    "会议强调，⟦要坚持两手抓，两手都要硬⟧。",
    # Each of many, or somebody time and again, has a share of his own.
    "会议强调，⟦干部要下村走访⟧，⟦每名干部联系五户群众⟧。",
    "会议强调，⟦要压实责任⟧，⟦县委常委会每季度听取一次汇报⟧。",
    "会议要求，⟦加强排查⟧，⟦各村9月底前排查一遍⟧。",
    "会议强调，⟦要形成合力，各项工作提速增效⟧。",
    "会议要求，⟦企业应推行责任制⟧，⟦亏损单位一年内止损⟧。",
    "会议强调，⟦干部要扎根基层，驻村每月不少于十天⟧。",
    # 抓 and its object.
    "会议要求：一、⟦抓源头治理⟧；二、⟦抓苗头化解，探索网格预警⟧。",
    # An encouraging verb directs, whatever binds after it.
    "会议要求：\n（一）⟦支持职工革新⟧，⟦须在一个月内兑现奖金⟧；",
]


@pytest.mark.parametrize("marked", SET_OFF)
def test_set_off(lexicons: Lexicons, marked: str) -> None:
    text = unmark(marked)
    assert mark(text, read(lexicons, text)) == marked


def test_item_before_a_time_set_off(lexicons: Lexicons) -> None:
    (row,) = read(lexicons, "会议要求：\n1.即日起，各镇干部停止休假；")
    assert row.item == 1
