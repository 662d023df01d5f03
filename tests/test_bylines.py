"""Bylines: whose names they give, and which brackets are none."""

from __future__ import annotations

import pytest
from building import segment

from pipeline.setting.bylines import find_bylines


@pytest.mark.parametrize(
    ("text", "spans", "names"),
    [
        ("代表列席会议。（李媛媛）", ["（李媛媛）"], ["李媛媛"]),
        (
            "本报讯（记者 寸金泉 通讯员 苏映雪）大会闭幕。",
            ["（记者 寸金泉 通讯员 苏映雪）"],
            ["寸金泉", "苏映雪"],
        ),
        (
            "龙江在线讯 记者薛冬阳、实习生佟小雪报道：全会召开。",
            ["记者薛冬阳、实习生佟小雪报道："],
            ["薛冬阳", "佟小雪"],
        ),
        ("会议召开。\n（厅办公室 辛禾）", ["（厅办公室 辛禾）"], ["辛禾"]),
        ("调研。（陈朔 图尔荪江·艾力）", ["（陈朔 图尔荪江·艾力）"], ["陈朔", "图尔荪江·艾力"]),
        ("会议召开。\n（集团党委宣传部供稿）", ["（集团党委宣传部供稿）"], []),
        ("会议召开。\n责任编辑：李　明", ["责任编辑：李　明"], ["李明"]),
        ("会议召开。\n来源：某某日报", ["来源：某某日报"], []),
        ("审议《意见（讨论稿）》。\n张雁（女）当选。", [], []),
        ("统筹推进城乡一体化\n会议召开。", [], []),
    ],
)
def test_bylines(text: str, spans: list[str], names: list[str]) -> None:
    bylines = list(find_bylines(text, segment(text).paragraphs))
    assert [text[slice(*byline.span)] for byline in bylines] == spans
    assert [name for byline in bylines for name in byline.names] == names
