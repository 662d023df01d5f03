"""Uses of listed slogans: which count, how far they reach, which entry they are."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Any

import pytest
from building import segment
from hypothesis import given
from hypothesis import strategies as st

from pipeline.lexicons import Lexicons, Slogan
from pipeline.records import SloganUse
from pipeline.registries.places import load_gazetteer
from pipeline.setting import Setting
from pipeline.tag import tag_slogans


def entry(canonical: str, *variants: str, **rest: Any) -> Slogan:
    """A lexicon entry whose id is given or t and the number of its characters."""
    listed = {
        "id": f"t{len(canonical)}",
        "category": "ideology",
        "level": "central",
        "source": "测试",
    }
    return Slogan(canonical=canonical, variants=variants, **listed | rest)


LISTED = (
    entry("两个确立", id="liang-ge-que-li"),
    entry("走在前、做示范", id="zou-zai-qian"),
    entry("四个全面", "“四个全面”战略布局", id="si-ge-quan-mian"),
    entry("高质量发展", id="gao-zhi-liang"),
    entry("推动高质量发展", id="tui-dong"),
    entry("乡村振兴", id="xiang-cun"),
    entry("三步走", "“三步走”发展战略", id="san-bu-zou", flags=("quoted",)),
    entry("实事求是", id="shi-shi", flags=("idiom",)),
    entry("中国式现代化X新实践", id="xin-shi-jian", flags=("template",)),
    entry("巩固、增强、提升、畅通", "“八字方针”", id="ba-zi"),
    entry("双中心（相城）", id="xiang-cheng", level="county", place="320507"),
    entry("双中心（郑州）", id="zheng-zhou", level="city", place="410100"),
    entry("三件大事", id="san-jian", flags=("ambiguous",)),
    entry("五个必须（早）", id="zao", first_date="2015-01", flags=("ambiguous",)),
    entry("五个必须（晚）", id="wan", first_date="2025-12", flags=("ambiguous",)),
)


@pytest.fixture(scope="module")
def listed(lexicons: Lexicons) -> Lexicons:
    return dataclasses.replace(lexicons, slogans=LISTED)


def tag(listed: Lexicons, text: str, adcode: str = "", day: date | None = None) -> list[SloganUse]:
    """Tag a text that belongs to a place and a day."""
    place = load_gazetteer(listed)[adcode] if adcode else None
    setting = Setting(
        title="",
        headline=None,
        published="",
        event_date="",
        date=day,
        place=place,
        byline=(),
        byline_spans=(),
        issues=(),
    )
    return list(tag_slogans(segment(text), setting, listed))


@pytest.mark.parametrize(
    ("text", "uses"),
    [
        ("深刻领悟“两个确立”的决定性意义", ["两个确立"]),
        ("坚定拥护两个确立", ["两个确立"]),
        ("走在前、做示范", ["走在前、做示范"]),
        ("走在前做示范", ["走在前做示范"]),
        ("走在前，做示范", ["走在前，做示范"]),
        ("走在前、做出示范", []),
        ("走、在前做示范", []),
        ("“走在前”“做示范”", ["走在前”“做示范"]),
        ("协调推进“四个全面”战略布局", ["“四个全面”战略布局"]),
        ("四个全面战略布局", ["四个全面战略布局"]),
        ("落实“四个全面”要求", ["四个全面"]),
        ("推动高质量发展，谋划高质量发展", ["推动高质量发展", "高质量发展"]),
        ("推动经济高质量发展", ["高质量发展"]),
        ("高质量\n发展", []),
        ("乡村振兴局局长", []),
        ("乡村振兴局面", ["乡村振兴"]),
        ("区委乡村振兴工作领导小组会议", []),
        ("《关于全面推进乡村振兴的意见》", ["乡村振兴"]),
        ("要坚持实事求是", []),
        ("", []),
    ],
)
def test_what_counts_and_how_far_it_reaches(listed: Lexicons, text: str, uses: list[str]) -> None:
    assert [use.text for use in tag(listed, text)] == uses


@pytest.mark.parametrize(
    ("text", "uses"),
    [
        ("实施“三步走”", ["三步走"]),
        ("实施三步走", []),
        ("分三步走完成", []),
        ("“三步走”、“两步走”", ["三步走"]),
        ("实施三步走发展战略", ["三步走发展战略"]),
        ("落实“八字方针”", ["八字方针"]),
        ("落实八字方针", []),
        ("落实巩固、增强、提升、畅通的要求", ["巩固、增强、提升、畅通"]),
    ],
)
def test_some_count_only_in_quotation_marks(listed: Lexicons, text: str, uses: list[str]) -> None:
    assert [use.text for use in tag(listed, text)] == uses


@pytest.mark.parametrize(
    ("text", "uses"),
    [
        ("推进中国式现代化相城新实践", ["中国式现代化相城新实践"]),
        ("推进中国式现代化黑龙江新实践", ["中国式现代化黑龙江新实践"]),
        ("推进中国式现代化“相城”新实践", ["中国式现代化“相城”新实践"]),
        ("推进中国式现代化企业新实践", []),
        ("推进中国式现代化新实践", []),
        ("中国式现代化", []),
    ],
)
def test_a_template_takes_a_place(listed: Lexicons, text: str, uses: list[str]) -> None:
    assert [use.text for use in tag(listed, text)] == uses


@pytest.mark.parametrize(
    ("adcode", "slogan_id", "canonical", "place"),
    [
        ("320507", "xiang-cheng", "双中心（相城）", "江苏省苏州市相城区"),
        ("410100", "zheng-zhou", "双中心（郑州）", "河南省郑州市"),
        ("410105", "zheng-zhou", "双中心（郑州）", "河南省郑州市"),
        ("320500", "", "双中心", ""),
        ("", "", "双中心", ""),
    ],
)
def test_the_place_decides(
    listed: Lexicons, adcode: str, slogan_id: str, canonical: str, place: str
) -> None:
    (use,) = tag(listed, "加快建设双中心", adcode)
    assert (use.slogan_id, use.canonical, use.place) == (slogan_id, canonical, place)


@pytest.mark.parametrize(
    ("day", "slogan_id"),
    [(date(2016, 3, 1), "zao"), (date(2025, 12, 31), ""), (None, "")],
)
def test_the_date_decides(listed: Lexicons, day: date | None, slogan_id: str) -> None:
    (use,) = tag(listed, "做到五个必须", day=day)
    assert use.slogan_id == slogan_id


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("深刻领悟“两个确立”", [True]),
        ("“领悟两个确立，推动高质量发展”", [True, True]),
        ("“他说”，两个确立", [False]),
        ("「兩」两个确立", [False]),
        ("“未完\n两个确立", [False]),
        ("“四个全面”战略布局", [True]),
    ],
)
def test_quoted(listed: Lexicons, text: str, quoted: list[bool]) -> None:
    assert [use.quoted for use in tag(listed, text)] == quoted


def test_a_row_names_entry_and_spelling(listed: Lexicons) -> None:
    (use,) = tag(listed, "四个全面战略布局")
    assert use.rule == "slogan.si-ge-quan-mian"
    assert use.canonical == "四个全面"
    assert use.variant == "“四个全面”战略布局"
    assert use.directive_id == ""


@given(st.text("两个确立“”、，走在前做示范四全面高质量发展推动双中心三步\n", max_size=60))
def test_uses_are_slices_in_order_that_do_not_overlap(listed: Lexicons, text: str) -> None:
    uses = tag(listed, text)
    at = 0
    for use in uses:
        assert text[use.start : use.end] == use.text
        assert use.start >= at
        assert "\n" not in use.text
        at = use.end


def test_every_entry_is_found_under_its_own_name(lexicons: Lexicons) -> None:
    """Does the real lexicon hold entries that nothing can ever match?"""
    plain = [slogan for slogan in lexicons.slogans if not {"template", "idiom"} & set(slogan.flags)]
    text = "\n".join(f"要“{slogan.canonical.partition('（')[0]}”。" for slogan in plain)
    segments = segment(text)
    lines = {segments.sentence_at(use.start) for use in tag(lexicons, text)}
    unfound = [slogan.canonical for line, slogan in enumerate(plain) if line not in lines]
    assert not unfound
