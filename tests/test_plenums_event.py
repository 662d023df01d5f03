"""Which reference means the meeting reported, and how the others are related to it."""

from __future__ import annotations

import pytest
from meetings import extract

from pipeline.lexicons import Lexicons

SELF = [
    ("区委五届五次全会召开\n8月1日，中共苏州市相城区委五届五次全会举行。", [True, True]),
    ("8月1日，区委五届五次全会召开，贯彻省委十四届四次全会精神。", [True, False]),
    ("区委召开会议\n会议传达学习市委十三届五次全会精神。", [False]),
    (
        "工作报告\n——2023年1月8日在区五届人大三次会议上\n各位代表：\n区五届人大二次会议以来",
        [True, False],
    ),
    (
        "区委办公室关于贯彻市委十三届五次全会的通知\n经区五届人大常委会第九次会议通过，",
        [False, False],
    ),
    ("区委常委会召开扩大会议\n5日，区委常委会（扩大）会议召开，传达省委常委会会议精神。", [True]),
    ("8月1日，区委农村工作会议召开。\n8月1日，区委农村工作会议举行。", [True, True]),
    ("区委全会召开\n8月1日，中共苏州市相城区委五届五次全会举行。", [True, True]),
    ("在纪念党的十二大召开一周年之际，大家回顾。", [False]),
    ("党的十八大召开五周年之际，群众来信。", [False]),
    ("我区选举出席党的二十大代表\n8月1日，会议选举了出席党的二十大代表。", [False, False]),
    ("关于召开党的二十届三中全会的通知下发后，各地学习。", [False]),
    (
        "8月1日，区委五届五次全会暨区委经济工作会议召开\n8月1日，区委五届五次全会暨区委经济工作会议举行。",
        [True, True, True, True],
    ),
    ("8月1日，区委五届五次全会举行。要传达区委全会精神。", [True, True]),
    ("8月1日，区委五届五次全会举行。落实市委全会、区委历次全会精神。", [True, False, False]),
    ("8月1日，区委五届五次全会举行。年底前向区委全会报告。", [True, False]),
    ("水产部召开全国渔业生产工作会议\n8月1日，会议举行。", [True]),
    ("8月1日，中央政治局会议召开。2021年7月30日，中央政治局会议决定。", [True, False]),
]


@pytest.mark.parametrize(("text", "flags"), SELF)
def test_is_self(text: str, flags: list[bool], lexicons: Lexicons) -> None:
    assert [row.is_self for row in extract(text, lexicons)[0]] == flags


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("深入贯彻党的二十大精神", "implemented"),
        ("党的二十大以来", "cited"),
        ("区五届人大四次会议将于明年1月召开", "convened_later"),
        ("以优异成绩迎接党的二十一大", "convened_later"),
        ("决定8月上旬召开区五届人大常委会第九次会议", "convened_later"),
        ("党的十八大召开十年来", "cited"),
        ("区委举行五届六次全会，部署改革", "held"),
        ("去年，市委十三届四次全会召开。", "held"),
    ],
)
def test_relation(text: str, relation: str, lexicons: Lexicons) -> None:
    rows, _ = extract(f"区委书记调研\n某某到企业调研。{text}", lexicons)
    assert [row.relation for row in rows] == [relation]
