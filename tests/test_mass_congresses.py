"""Congresses of unions, women, youth and works: name and body."""

from __future__ import annotations

import pytest

from pipeline.extract.mass_congresses import find_mass_congress

CONGRESSES = [
    ("云南省工会第十二次代表大会在昆明闭幕", "云南省工会第十二次代表大会", "云南省总工会"),
    ("8日，台州市妇女第六次代表大会隆重开幕", "台州市妇女第六次代表大会", "台州市妇女联合会"),
    (
        "共青团保山市第五次代表大会举行",
        "共青团保山市第五次代表大会",
        "中国共产主义青年团保山市委员会",
    ),
    (
        "（记者 王明）宝鸡石油机械厂第三届职工代表大会第一次会议，3月1日举行",
        "宝鸡石油机械厂第三届职工代表大会第一次会议",
        "宝鸡石油机械厂职工代表大会",
    ),
]


@pytest.mark.parametrize(("text", "name", "body"), CONGRESSES)
def test_name_and_body(text: str, name: str, body: str) -> None:
    assert find_mass_congress(text) == (name, body)


@pytest.mark.parametrize(
    "text",
    [
        "云南省工会第十二次代表大会代表李明发言",
        "中国共产党云南省第十次代表大会召开",
        "学习贯彻妇女第十三次代表大会精神",
    ],
)
def test_no_congress_is_reported(text: str) -> None:
    assert find_mass_congress(text) is None
