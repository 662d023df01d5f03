"""Inserted readings go, what they broke is put right, and an author's readings stay."""

from __future__ import annotations

import pytest

from pipeline.normalise.characters import survey_text
from pipeline.normalise.descramble import descramble_draft
from pipeline.normalise.draft import Draft
from pipeline.normalise.shifts import repair_shifts

# Readings enough to show that a tool was at work.
EVIDENCE = "產(chǎn)業(yè)發(fā)展,經(jīng)濟(jì)建設(shè),規(guī)劃(huà)落實(shí),"
PLAIN = "產業發展,經濟建設,規劃落實,"


def descramble(text: str) -> str:
    draft = Draft(EVIDENCE + text)
    descramble_draft(draft, survey_text(draft.text))
    return draft.text.removeprefix(PLAIN)


@pytest.mark.parametrize(
    ("text", "restored"),
    [
        ("習(xí)近平總書記", "習近平總書記"),
        ("區(qū)長(cháng)候選人", "區長候選人"),  # the reading of a site need not fit the word
        ("會議(yì )精神", "會議精神"),
        ("縣(xiàn)委(女,畲族)", "縣委(女,畲族)"),
        ("綠(lǜ)水青山", "綠水青山"),
        ("亓(qí)官先生", "亓(qí)官先生"),  # a plain character: the author's
        ("工作落實(sh", "工作落實"),  # cut off at the end
        ("要強化,,要落實", "要強化,要落實"),
        ("到二三五年", "到二〇三五年"),
        ("講話。/p>會議", "講話。\n會議"),
    ],
)
def test_readings_and_what_goes_with_them(text: str, restored: str) -> None:
    assert descramble(text) == restored


@pytest.mark.parametrize(
    ("text", "restored"),
    [
        ("融入?yún)^(qū)域發展", "融入區域發展"),
        ("聯(lián)動?xùn)|西", "聯動東西"),
        ("黨中央周?chē)罅霌P以改革", "黨中央周圍，大力弘揚以改革"),  # pairs vanished
        ("在當(dāng)?shù)卣龑?dǎo)下", "在當地政府引導下"),  # two in one place
        ("當(dāng)?shù)卣龑?dǎo)企業(yè)", "當地政府引導企業"),
        ("從山頂?shù)胶Ｑ蟮谋Ｗo(hù)治理", "從山頂到海洋的保護治理"),
        ("廢棄?bà)镅h(huán)利用", "廢棄物循環利用"),  # the last reading decides
        ("要作為?!边@是對的", "要作為。”這是對的"),
        ("了解情況!边@是對的", "了解情況。”這是對的"),  # no ? shown
        ("就是先生!?現在我代表", "就是先生。”\n現在我代表"),
        (
            "借民俗活動斂財(cái)?bài)?座談會上",
            "借民俗活動斂財。\n座談會上",
        ),  # a line feed swallowed
    ],
)
def test_passages_one_byte_off(text: str, restored: str) -> None:
    assert descramble(text) == restored


@pytest.mark.parametrize(
    "text",
    [
        "學(xué)而(ér)時(shí)習(xí)之(zhī),不(bù)亦(yì)說(yuè)乎(hū)?",
        "長(zhǎng)度和長(cháng)度是兩個讀音。",
        "發(fā)音練習:髮(fà)、發(fā)",
        "覺(jué)得有趣;睡覺(jiào)。",
        "薑(jiāng)是一種植物,薑(jiāng)科。",
        "學(xué)生要學習,學者也要學習,學問(wèn)在學。",  # only some of the occurrences
        "学(xué):学习。习(xí):习惯。",
        "朱镕(róng)基总理、亓(qí)官先生",
        "他(ta)說(shuo)話(hua)的樣子",
    ],
)
def test_readings_of_an_author(text: str) -> None:
    draft = Draft(text)
    assert descramble_draft(draft, survey_text(text)).repaired == 0
    assert draft.text == text


@pytest.mark.parametrize(
    ("text", "restored"),
    [
        ("(chǎn)業(yè)區(qū)發(fā)展", "(chǎn)業區發展"),
        ("產(chǎn)(chǎn)業(yè)區(qū)發(fā)展", "產業區發展"),
    ],
)
def test_readings_without_a_character(text: str, restored: str) -> None:
    draft = Draft(text)
    descramble_draft(draft, survey_text(text))
    assert draft.text == restored


def test_toneless_and_doubled_readings() -> None:
    text = "永興鎮第(di)(di)十九屆人民代(dai)表大會第一(yi)次會(hui)議閉幕(mu)(mu)，綠(lv)化"
    draft = Draft(text)
    assert descramble_draft(draft, survey_text(text)).repaired == 8
    assert draft.text == "永興鎮第十九屆人民代表大會第一次會議閉幕，綠化"


def test_other_brackets_stay_among_toneless_readings() -> None:
    text = "國(guo)務院(yuan)副(fu)總(zong)理(li)主(zhu)持(chi)會議(GDP)(di)"
    draft = Draft(text)
    descramble_draft(draft, survey_text(text))
    assert draft.text == "國務院副總理主持會議(GDP)(di)"


def test_genuine_questions_are_no_damage() -> None:
    assert list(repair_shifts("他們真的來嗎?!我們很高興。")) == []
    assert list(repair_shifts("為什麼?;因為發展。")) == []


def test_repairs_follow_each_other() -> None:
    assert [repair.restored for repair in repair_shifts("融入?yún)^(qū)域,聯動?xùn)|西")] == [
        "區",
        "東",
    ]
