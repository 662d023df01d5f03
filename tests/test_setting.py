"""What a page says about itself: headline, dates, place."""

from __future__ import annotations

from datetime import date

import pytest
from building import segment

from pipeline.ingest.source import Metadata
from pipeline.lexicons import Lexicons
from pipeline.registries.places import load_gazetteer
from pipeline.setting import Setting, find_setting


def setting(text: str, lexicons: Lexicons, **known: str) -> Setting:
    return find_setting(segment(text), Metadata(**known), lexicons)


def full_name(found: Setting, lexicons: Lexicons) -> str:
    return load_gazetteer(lexicons).full_name(found.place) if found.place else ""


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("8月1日，中国共产党苏州市相城区第五届委员会第五次全体会议召开。", "江苏省苏州市相城区"),
        ("西湖区政府召开会议\n会议研究南昌城建。", "江西省南昌市西湖区"),
        ("鼓楼区人民政府通知\n各街道办事处：\n请遵照执行。", ""),
        (
            "城关区政府工作报告\n认真落实省委部署，帮扶榆中县困难群众。",
            "甘肃省兰州市城关区",
        ),
        ("文化润疆调研\n地委书记某某到库车市调研。", "新疆维吾尔自治区阿克苏地区"),
        ("市委全会召开\n7月5日，中共昆山市委十四届三次全会举行。", "江苏省苏州市昆山市"),
        ("中共中央政治局召开会议\n4月30日，会议在北京召开。", "全国"),
        ("传达学习全国两会精神\n大理州委召开会议。", "云南省大理白族自治州"),
        ("8月1日，水产部在大连召开全国渔业生产工作会议。", "全国"),
        ("大理州林业局召开全国森林日工作会议。", "云南省大理白族自治州"),
        ("区委召开会议\n贯彻落实上级精神。", ""),
        ("永兴镇第十八届人民代表大会召开\n湄潭县永兴镇镇长讲话。", "贵州省遵义市湄潭县永兴镇"),
        (
            "镇党委全会召开\n1月12日，中共安吉县天荒坪镇第十五届委员会第六次全体会议召开。",
            "浙江省湖州市安吉县天荒坪镇",
        ),
        ("1月12日，中共肥西县严店乡第九届委员会全会召开。", "安徽省合肥市肥西县严店乡"),
        (
            "10日，广西壮族自治区成立60周年庆祝大会举行。中共中央、国务院发来贺电。",
            "广西壮族自治区",
        ),
        ("11日，阳朔县召开会议，宣布自治区党委决定。", "广西壮族自治区桂林市阳朔县"),
        ("青海省代表会议闭幕\n14日，会议在西宁召开。", "青海省"),
        ("市委全会召开\n主席团成员龙朝阳出席。", ""),
        ("扬州水利学院党委召开会议\n1月8日，会议在学院召开。省委督导组组长到会。", "江苏省扬州市"),
        ("某某工业大学党委在长春召开会议\n省委督导组组长到会。", "吉林省长春市"),
        ("集团动员大会\n7月18日，某某集团有限公司在泸州召开大会。", "四川省泸州市"),
    ],
)
def test_place(text: str, place: str, lexicons: Lexicons) -> None:
    assert full_name(setting(text, lexicons), lexicons) == place


def test_place_given_overrides_the_page(lexicons: Lexicons) -> None:
    found = setting("鼓楼区委全会召开\n会议强调。", lexicons, place="福建省福州市鼓楼区")
    assert full_name(found, lexicons) == "福建省福州市鼓楼区"


@pytest.mark.parametrize(
    ("text", "known", "reasons"),
    [
        ("鼓楼区委全会召开\n会议强调。", {}, ["place_ambiguous"]),
        ("区委全会召开\n会议强调。", {}, ["place_unknown"]),
        ("苏州市委全会召开\n会议强调。", {"place": "无此市"}, ["place_not_listed"]),
        ("苏州市委全会召开\n会议强调。", {}, []),
    ],
)
def test_open_places_are_issues(
    text: str, known: dict[str, str], reasons: list[str], lexicons: Lexicons
) -> None:
    assert [issue.reason for issue in setting(text, lexicons, **known).issues] == reasons


@pytest.mark.parametrize(
    ("text", "known", "published", "event_date"),
    [
        ("8月1日，全会召开。", {}, "", "08-01"),
        ("8月1日，全会召开。", {"published": "2023-08-02"}, "2023-08-02", "2023-08-01"),
        ("28日，全会召开。", {"published": "2023-08-02"}, "2023-08-02", "2023-07-28"),
        ("8月1日，全会召开。", {"published": "2023"}, "2023", "08-01"),  # or a year before
        ("新华社北京2009年3月4日电\n会议闭幕。", {"published": "2009"}, "2009-03-04", ""),
        ("新华社北京2009年3月4日电\n会议闭幕。", {"published": "2010"}, "2010", ""),
        ("全会28日召开。", {"url": "https://x.cn/2023/08/02/a.shtml"}, "2023-08-02", "2023-07-28"),
        ("全会召开\n6月18日至19日，某某调研。", {}, "", "06-18/06-19"),
        ("新华社北京2009年3月14日电\n会议13日闭幕。", {}, "2009-03-14", "2009-03-13"),
        (
            "报告\n——二〇一四年一月八日在某区第十七届人民代表大会第三次会议上\n各位代表：",
            {},
            "",
            "2014-01-08",
        ),
        (
            "公报\n（2025年1月8日全会通过）\n全会于2025年1月6日至8日举行。",
            {},
            "",
            "2025-01-06/2025-01-08",
        ),
        ("任免通知\n须于11月20日前办结。\n某区人民政府\n2018年11月6日", {}, "", "2018-11-06"),
        (
            "新华社北京11月2日电\n全会今天举行。",
            {"published": "1987-11-04"},
            "1987-11-04",
            "1987-11-02",
        ),
        (
            "2017年2月15日上午，政协会议闭幕；16日，人代会胜利闭幕。",
            {},
            "",
            "2017-02-15/2017-02-16",
        ),
        (
            "2017年3月1日至5月2日，巡察组对某局开展了常规巡察。6月9日，巡察组反馈情况。",
            {},
            "",
            "2017-06-09",
        ),
        (
            "2017年11月1日至12月2日，巡察组对某局开展了巡察。1月9日，巡察组反馈情况。",
            {},
            "",
            "2018-01-09",
        ),
        (
            "2017年3月1日至5月2日，巡察组对某局开展了常规巡察。",
            {},
            "",
            "2017-03-01/2017-05-02",
        ),
        ("3月4日，市委书记到丽水察看春耕。\n3月6日，市委召开会议。", {}, "", "03-04/03-06"),
        ("3月4日，市委书记到丽水察看春耕。\n去年3月6日起，市里修路。", {}, "", "03-04"),
        ("3月4日，市委全会闭幕。\n3月6日，县委召开会议。", {}, "", "03-04"),
        ("全会召开。", {"published": "2023-08-02"}, "2023-08-02", ""),
        ("全会召开。", {}, "", ""),
    ],
)
def test_dates(
    text: str, known: dict[str, str], published: str, event_date: str, lexicons: Lexicons
) -> None:
    found = setting(text, lexicons, **known)
    assert (found.published, found.event_date) == (published, event_date)


@pytest.mark.parametrize(
    ("text", "estimate", "event_date"),
    [
        ("8月9日，区委全会召开。贯彻党的二十届三中全会精神。", date(2024, 8, 9), "08-09"),
        ("8月9日，会议召开。", None, "08-09"),
        ("2月9日，会议召开。今年是“十五五”开局之年。", date(2026, 2, 9), "2026-02-09"),
        ("12月28日，会议召开。明年是新中国成立70周年。", date(2018, 12, 28), "2018-12-28"),
        ("12月28日，会议召开。学习在改革开放40周年大会上的讲话。", None, "12-28"),
        ("12月27日，会议召开。明年是“十四五”开局之年。", date(2020, 12, 27), "2020-12-27"),
    ],
)
def test_year_is_told_by_phrases_and_else_estimated_for_resolving_only(
    text: str, estimate: date | None, event_date: str, lexicons: Lexicons
) -> None:
    found = setting(text, lexicons)
    assert (found.date, found.event_date) == (estimate, event_date)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("区委五届五次全会召开\n8月1日，全会召开。", "区委五届五次全会召开"),
        ("8月1日，全会召开。\n会议强调。", ""),
        ("同志们：\n现在作报告。", ""),
        ("——2017年2月11日在会议上\n各位代表：", ""),
    ],
)
def test_headline(text: str, title: str, lexicons: Lexicons) -> None:
    found = setting(text, lexicons)
    assert found.title == title
    assert (found.headline is not None) == bool(title)
    assert setting(text, lexicons, title="元数据").title == (title or "元数据")
