"""References to assemblies: what is a row, which meeting it means, and whose."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from meetings import extract

from pipeline.lexicons import Lexicons, Meeting

SPANS = [
    ("党的二十大和二十届二中、三中全会精神", ["党的二十大", "二十届二中", "三中全会"]),
    ("二十届二中三中全会", ["二十届二中", "三中全会"]),
    ("党的十九大和二中、三中全会", ["党的十九大", "二中", "三中全会"]),
    ("省委十届三次、市委七届五次全会精神", ["省委十届三次", "市委七届五次全会"]),
    ("省委十一届五次、六次全会", ["省委十一届五次", "六次全会"]),
    ("我县十三大以来", ["县十三大"]),
    ("本市中共苏州市委十三届五次全会", ["中共苏州市委十三届五次全会"]),
    ("部分省第十四次党代会代表", ["省第十四次党代会"]),
    ("十二届省纪委五次全会", ["十二届省纪委五次全会"]),
    ("区委五届五次全体（扩大）会议", ["区委五届五次全体（扩大）会议"]),
    ("二十届历次全会和省委历次全会", ["二十届历次全会", "省委历次全会"]),
    ("省纪委全会、市人代会、市委全会", ["省纪委全会", "市人代会", "市委全会"]),
    ("省、市全会和党代会", []),
    ("本次全会、这次会议、大会", []),
    ("全国两会和市“两会”", ["全国两会", "市“两会”"]),
    ("中共中央政治局4月30日召开会议", ["中共中央政治局4月30日召开会议"]),
    ("中央政治局第十次集体学习，政治局召开民主生活会", []),
    ("区政府第62次常务会议、党组会议、推进会", []),
    ("中央经济工作会议和区委农村工作会议", ["中央经济工作会议", "区委农村工作会议"]),
    ("2023年中央经济工作会议", ["中央经济工作会议"]),
    ("第三次中央新疆工作座谈会", ["第三次中央新疆工作座谈会"]),
    ("全国教育大会", ["全国教育大会"]),
    ("第十五届全国运动会、第四届进口博览会", []),
    ("共青团十八届六中全会、民革十四届三中全会、团市委十届三次全会", []),
    ("中国工会第十八次全国代表大会、区第五次妇女代表大会", []),
    ("第五届职工代表大会第三次会议、社区委员会第三次全体会议", []),
    ("中央全面深化改革委员会第十次会议", []),
    ("全市十大产业、十五大工程、二十大类产品", []),
    ("工会学习党的十八大精神", ["党的十八大"]),
    ("党的八大二次会议", ["党的八大二次会议"]),
    ("全国秋粮收购和储备工作视频会议", ["全国秋粮收购和储备工作视频会议"]),
    ("全国森林防火电视电话会议", ["全国森林防火电视电话会议"]),
    ("全国两会和全国教育工作会议", ["全国两会", "全国教育工作会议"]),
    ("完成了镇十五届人大二次会议任务", ["镇十五届人大二次会议"]),
    ("围绕永兴镇十五届人大二次会议任务", ["永兴镇十五届人大二次会议"]),
    (
        "区政协六届三次会议开幕。听取六届二次会议以来的报告，回顾五届五次会议。",
        ["区政协六届三次会议", "六届二次会议"],
    ),
    ("理事会六届二次会议", []),
]


@pytest.mark.parametrize(("text", "spans"), SPANS)
def test_spans(text: str, spans: list[str], lexicons: Lexicons) -> None:
    assert [row.text for row in extract(text, lexicons)[0]] == spans


NAMES = [
    ("党的二十届三中全会", "plenum", "中国共产党第二十届中央委员会第三次全体会议"),
    ("党的二十大", "congress", "中国共产党第二十次全国代表大会"),
    ("省委十四届四次全会", "plenum", "中国共产党江苏省第十四届委员会第四次全体会议"),
    ("市委十三届五次全会", "plenum", "中国共产党苏州市第十三届委员会第五次全体会议"),
    ("区五届五次全会", "plenum", "中国共产党苏州市相城区第五届委员会第五次全体会议"),
    ("区第五次党代会", "congress", "中国共产党苏州市相城区第五次代表大会"),
    (
        "中国共产党苏州市第十三次代表大会第二次会议",
        "congress",
        "中国共产党苏州市第十三次代表大会第二次会议",
    ),
    (
        "中国共产党第二十届中央纪律检查委员会第四次全体会议",
        "discipline_plenum",
        "中国共产党第二十届中央纪律检查委员会第四次全体会议",
    ),
    (
        "市纪委十三届四次全会",
        "discipline_plenum",
        "中国共产党苏州市第十三届纪律检查委员会第四次全体会议",
    ),
    ("十四届全国人大四次会议", "peoples_congress", "第十四届全国人民代表大会第四次会议"),
    ("区人大五届三次会议", "peoples_congress", "苏州市相城区第五届人民代表大会第三次会议"),
    ("全国政协十四届四次会议", "cppcc", "中国人民政治协商会议第十四届全国委员会第四次会议"),
    ("政协第十五届苏州市委员会第三次会议", "cppcc", "政协苏州市第十五届委员会第三次会议"),
    ("浙江省两会", "two_sessions", "浙江省两会"),
    (
        "省委常委会2022年第21次会议",
        "standing_committee",
        "中国共产党江苏省委员会常务委员会2022年第21次会议",
    ),
    (
        "市十七届人大常委会第十二次会议",
        "standing_committee",
        "苏州市第十七届人民代表大会常务委员会第十二次会议",
    ),
    ("中央政治局常委会召开会议", "politburo", "中央政治局常委会会议"),
    ("市委经济工作会议", "conference", "中共苏州市委经济工作会议"),
    ("全国检察长（扩大）会议", "conference", "全国检察长会议"),
    ("全市组织部长会议", "conference", "苏州市组织部长会议"),
    ("全省教育厅局长会议", "conference", "江苏省教育厅局长会议"),
    ("全省森林防火紧急电视电话会议", "conference", "江苏省森林防火紧急电视电话会议"),
    ("全区秋粮收购工作视频会议", "conference", "苏州市相城区秋粮收购工作视频会议"),
    ("昆山市教育工作会议", "conference", "昆山市教育工作会议"),
    ("江苏省苏州市信访工作会议", "conference", "苏州市信访工作会议"),
    (
        "“不忘初心、牢记使命”主题教育工作会议",
        "conference",
        "“不忘初心、牢记使命”主题教育工作会议",
    ),
    ("佛山市委十三届五次全会", "plenum", "中国共产党佛山市第十三届委员会第五次全体会议"),
    (
        "文山州第十四届人民代表大会第一次会议",
        "peoples_congress",
        "文山壮族苗族自治州第十四届人民代表大会第一次会议",
    ),
]


@pytest.mark.parametrize(("text", "kind", "name"), NAMES)
def test_names(text: str, kind: str, name: str, lexicons: Lexicons) -> None:
    ((row,), _) = extract(text, lexicons)
    assert (row.kind, row.name, row.text) == (kind, name, text)


@pytest.mark.parametrize(
    ("text", "place", "name"),
    [
        ("市委十三届五次全会", "北京市海淀区", "中国共产党北京市第十三届委员会第五次全体会议"),
        (
            "市委十四届三次全会",
            "江苏省苏州市昆山市",
            "中国共产党昆山市第十四届委员会第三次全体会议",
        ),
        (
            "州委八届十三次全会",
            "云南省大理白族自治州鹤庆县",
            "中国共产党大理白族自治州第八届委员会第十三次全体会议",
        ),
        ("我县十三大提出", "云南省大理白族自治州鹤庆县", "中国共产党鹤庆县第十三次代表大会"),
        (
            "区党委十届三次全会",
            "西藏自治区拉萨市城关区",
            "中国共产党西藏自治区第十届委员会第三次全体会议",
        ),
        (
            "地委和自治区党委十届十二次全会",
            "新疆维吾尔自治区阿克苏地区",
            "中国共产党新疆维吾尔自治区第十届委员会第十二次全体会议",
        ),
        (
            "兵团党委八届三次全会",
            "新疆维吾尔自治区阿拉尔市",
            "中国共产党新疆生产建设兵团第八届委员会第三次全体会议",
        ),
        (
            "镇党委十五届三次全会",
            "贵州省遵义市湄潭县永兴镇",
            "中国共产党湄潭县永兴镇第十五届委员会第三次全体会议",
        ),
    ],
)
def test_short_forms_resolve_from_the_place(
    text: str, place: str, name: str, lexicons: Lexicons
) -> None:
    assert [row.name for row in extract(text, lexicons, place)[0]] == [name]


def test_a_division_bears_the_code_of_its_city(lexicons: Lexicons) -> None:
    rows, _ = extract("师市党委经济工作会议、兵团党委八届三次全会", lexicons, "第一师阿拉尔市")
    assert [(row.name, row.body, row.place, row.adcode) for row in rows] == [
        (
            "第一师阿拉尔市党委经济工作会议",
            "中国共产党新疆生产建设兵团第一师阿拉尔市委员会",
            "新疆维吾尔自治区阿拉尔市",
            "659002",
        ),
        (
            "中国共产党新疆生产建设兵团第八届委员会第三次全体会议",
            "中国共产党新疆生产建设兵团委员会",
            "新疆生产建设兵团",
            "659801",
        ),
    ]


def test_unknown_place_keeps_the_row_and_raises_an_issue(lexicons: Lexicons) -> None:
    (row,), issues = extract("区委十二届六次全会部署。", lexicons, place="", published="")
    assert (row.term, row.session, row.name, row.place, row.adcode) == (12, 6, "", "", "")
    assert [issue.reason for issue in issues] == ["meeting_unresolved"]


@pytest.mark.parametrize(
    ("published", "meeting_id"),
    [("2024-08-01", "cc-20-3"), ("2019-01-01", "cc-19-3"), ("1979-03-01", "cc-11-3")],
)
def test_plenum_without_a_term_is_the_last_one_held(
    published: str, meeting_id: str, lexicons: Lexicons
) -> None:
    rows, _ = extract("传达三中全会精神。", lexicons, published=published)
    assert [row.meeting_id for row in rows] == [meeting_id]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "区人大常委会召开第二十次主任会议\n8月1日，区五届人大常委会召开第二十次主任会议。",
            ["苏州市相城区第五届人民代表大会常务委员会第二十次主任会议"] * 2,
        ),
        (
            "区五届人大常委会第20次会议召开。会议建议，常委会第21次会议审议规划。",
            [
                "苏州市相城区第五届人民代表大会常务委员会第二十次会议",
                "苏州市相城区第五届人民代表大会常务委员会第二十一次会议",
            ],
        ),
        (
            "闭幕后，中共苏州市相城区第五届委员会举行第一次全体会议。",
            ["中国共产党苏州市相城区第五届委员会第一次全体会议"],
        ),
        ("会议建议，常委会第21次会议审议规划。", []),
        ("会议传达县委精神，传达区委全会精神。", [""]),
        (
            "区委五届五次全会举行。会后，要传达区委全会精神。",
            ["中国共产党苏州市相城区第五届委员会第五次全体会议"] * 2,
        ),
        (
            "区政协六届三次会议开幕。听取六届二次会议以来的报告。",
            ["政协苏州市相城区第六届委员会第三次会议", "政协苏州市相城区第六届委员会第二次会议"],
        ),
    ],
)
def test_short_forms_take_what_the_page_prints_elsewhere(
    text: str, names: list[str], lexicons: Lexicons
) -> None:
    assert [row.name for row in extract(text, lexicons)[0]] == names


def test_registry_gives_dates(lexicons: Lexicons) -> None:
    rows, _ = extract("党的二十届三中全会和中央经济工作会议", lexicons, published="2025-01-20")
    assert [(row.start_date, row.adcode) for row in rows] == [
        (date(2024, 7, 15), ""),
        (date(2024, 12, 11), ""),
    ]


@pytest.mark.parametrize(
    ("text", "place", "meeting_id", "start"),
    [
        ("省第十四届人民代表大会第三次会议", "湖南省长沙市岳麓区", "npc-430000-14-3", "2025-01-14"),
        ("省十四届人大三次会议", "江苏省苏州市", "npc-320000-14-3", "2025-01-19"),
        ("省第十二次党代会", "湖南省", "congress-430000-12", "2021-11-25"),
        ("省第十二次党代会", "湖北省武汉市", "congress-420000-12", ""),
        ("湖南省第十二次党代会", "广东省广州市", "congress-430000-12", "2021-11-25"),
        ("市第六次党代会", "重庆市渝北区", "congress-500000-6", "2022-05-27"),
        ("自治区第十次党代会", "新疆维吾尔自治区喀什地区", "congress-650000-10", "2021-10-24"),
        ("自治区十四届人大三次会议", "内蒙古自治区", "npc-150000-14-3", "2025-01-14"),
        ("政协湖南省第十三届委员会第一次会议", "湖南省", "cppcc-430000-13-1", ""),
        ("市第十四次党代会", "江苏省苏州市", "", ""),
        ("县第十四次党代会", "江苏省徐州市沛县", "", ""),
    ],
)
def test_registry_knows_provincial_meetings_by_their_place(
    text: str, place: str, meeting_id: str, start: str, lexicons: Lexicons
) -> None:
    """A date of which only year or month is known stays out of the table."""
    (row,), issues = extract(f"贯彻{text}精神。", lexicons, place, published="2025-03-01")
    known = row.start_date.isoformat() if row.start_date else ""
    assert (row.meeting_id, known, issues) == (meeting_id, start, [])


def test_a_township_is_not_the_unit_of_its_code(lexicons: Lexicons) -> None:
    """A congress of 永兴镇 bears the code of 湄潭县, but is another one."""
    lexicons = replace(
        lexicons,
        meetings=(
            Meeting(
                id="congress-520328-13",
                kind="congress",
                name="中国共产党湄潭县第十三次代表大会",
                body="中国共产党湄潭县代表大会",
                place="520328",
                term=13,
                certain="yes",
                source="测试",
            ),
        ),
    )
    rows, _ = extract("县第十三次党代会、镇第十三次党代会", lexicons, "贵州省遵义市湄潭县永兴镇")
    assert [row.meeting_id for row in rows] == ["congress-520328-13", ""]


@pytest.mark.parametrize(
    ("text", "place", "published", "doubted"),
    [
        ("贯彻省十五届人大一次会议精神。", "湖南省", "2023-08-02", True),
        ("贯彻省十四届人大一次会议精神。", "湖南省", "2022-12-20", True),
        ("贯彻省十四届人大一次会议精神。", "湖南省", "2023-01-20", False),
        ("筹备省十四届人大一次会议。", "湖南省", "2022-12-20", False),
        ("以优异成绩迎接省第十三次党代会。", "湖南省", "2023-08-02", False),
        ("贯彻省第十三次党代会精神。", "湖南省", "2023-08-02", True),
        ("推荐省第十二次党代会代表", "湖南省", "2021-08-01", False),
        ("省第十三次党代会代表", "湖南省", "2021-08-01", True),
        ("省十五届人大常委会第二次会议", "湖南省", "2023-08-02", True),
        ("省政协十四届二次会议", "湖南省", "2023-08-02", True),
        ("省纪委十三届二次全会", "湖南省", "2023-08-02", True),
        ("省纪委十三届二次全会", "湖南省", "2027-01-20", False),
        ("省委十一届十三次全会", "湖南省", "2023-08-02", False),
        ("8月1日，省委十一届十三次全会召开。", "湖南省", "2023-08-02", True),
        ("11月25日，省委十二届一次全会召开。", "湖南省", "2021-11-29", False),
        ("8月1日，省十三届人大六次会议召开。", "湖南省", "2023-08-02", True),
        ("市委三十届一次全会", "江苏省苏州市", "2023-08-02", False),
    ],
)
def test_a_term_that_cannot_be_at_the_date_is_an_issue(
    text: str, place: str, published: str, doubted: bool, lexicons: Lexicons
) -> None:
    """Hunan's twelfth congress met in 2021-11, its fourteenth people's congress in 2023-01."""
    rows, issues = extract(text, lexicons, place, published)
    assert len(rows) == 1
    assert [issue.reason for issue in issues] == ["meeting_inconsistent"] * doubted


@pytest.mark.parametrize(
    "text",
    [
        "贯彻党的十九届九中全会精神。",
        "贯彻省委十六届三次全会精神。",
        "贯彻党的二十届四中全会精神。",
    ],
)
def test_numbers_that_cannot_be_are_issues(text: str, lexicons: Lexicons) -> None:
    """The 19th had seven plenums; Jiangsu was in term 14; the fourth met two years later."""
    rows, issues = extract(text, lexicons)
    assert len(rows) == 1
    assert [issue.reason for issue in issues] == ["meeting_inconsistent"]


@pytest.mark.parametrize(
    "unit", ["第一届", "召开", "两会", "省委", "第三次一二三", "中共", "《", "十"]
)
def test_time_grows_with_length_only(unit: str, lexicons: Lexicons) -> None:
    """Repetition must not blow up; quadratic search would take minutes here."""
    began = time.monotonic()
    extract(unit * (30_000 // len(unit)), lexicons)
    assert time.monotonic() - began < 10


@pytest.mark.parametrize(
    "name", ["dev_01_fuzhou_gulou_plenum", "dev_02_heqing_congress", "seed_xiangcheng_2023"]
)
def test_labelled_documents(name: str, shared: Path, lexicons: Lexicons) -> None:
    gold = json.loads((shared / "gold" / f"{name}.json").read_text(encoding="utf-8"))
    rows, _ = extract(gold["clean"], lexicons, place="", published="")
    fields = ("start", "end", "kind", "name", "place", "term", "session", "is_self")
    assert [tuple(getattr(row, field) for field in fields) for row in rows] == [
        tuple(label[field] for field in fields) for label in gold["plenums"]
    ]
