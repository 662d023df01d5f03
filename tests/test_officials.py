"""People in office: where names begin and end, which titles they bear, what they do."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from building import segment

from pipeline.extract.officials import extract_officials
from pipeline.ingest.source import Metadata
from pipeline.lexicons import Lexicons
from pipeline.records import Issue, Official
from pipeline.setting import find_setting

DISTRICT = "江苏省苏州市相城区"


def extract(
    text: str, lexicons: Lexicons, place: str = DISTRICT, published: str = "2023-08-02"
) -> tuple[list[Official], list[Issue]]:
    segments = segment(text)
    setting = find_setting(segments, Metadata(place=place, published=published), lexicons)
    rows = list(extract_officials(segments, setting, lexicons))
    return (
        [row for row in rows if isinstance(row, Official)],
        [row for row in rows if isinstance(row, Issue)],
    )


def read_cases() -> Iterator[tuple[str, list[str]]]:
    """The texts of ``officials.txt`` and the rows below each."""
    content = (Path(__file__).parent / "officials.txt").read_text(encoding="utf-8")
    lines = [line for line in content.splitlines() if not line.startswith("#")]
    for block in "\n".join(lines).strip().split("\n\n"):
        text, *rows = block.split("\n")
        yield text, [row.strip() for row in rows]


@pytest.mark.parametrize(("text", "expected"), list(read_cases()))
def test_names_titles_and_roles(text: str, expected: list[str], lexicons: Lexicons) -> None:
    rows, _ = extract(text, lexicons)
    found = [f"{row.name} {';'.join(row.title) or '-'} {';'.join(row.roles)}" for row in rows]
    assert found == expected
    assert all(text[row.start : row.end] == row.text for row in rows)


ROSTERS = [
    (
        "中国共产党平原县第三次代表大会选举产生的县委委员名单\n（按姓氏笔画为序）\n"
        "丁山　马　伟（回族）　扁素问（女）　王勃\n吕　波 朱剑 赫连瑞\n各位代表",
        ["丁山", "马伟", "扁素问", "王勃", "吕波", "朱剑", "赫连瑞"],
        "县委委员 elected",
    ),
    (
        "全会选举了总书记。名单如下：\n中央委员会总书记\n关云长",
        ["关云长"],
        "中央委员会总书记 elected",
    ),
    ("任职人员：\n县长\n关云长", ["关云长"], "县长 appointed"),
    ("县长\n关云长\n张翼德\n黄汉升\n", ["关云长", "张翼德", "黄汉升"], "县长 mentioned"),
    ("关云长 张翼德 黄汉升\n会议强调。", ["关云长", "张翼德", "黄汉升"], " mentioned"),
    ("大家好\n关云长", [], ""),
    ("县长\n工作 报告 目录", [], ""),
]


@pytest.mark.parametrize(("text", "names", "post"), ROSTERS)
def test_names_below_the_heading_of_their_post(
    text: str, names: list[str], post: str, lexicons: Lexicons
) -> None:
    rows = [row for row in extract(text, lexicons)[0] if row.mention == "named"]
    assert [row.name for row in rows] == names
    assert {f"{';'.join(row.title)} {';'.join(row.roles)}" for row in rows} <= {post}


NOBODY = [
    "以习近平新时代中国特色社会主义思想为指导，高举邓小平理论、“三个代表”重要思想伟大旗帜。",
    "更加紧密地团结在以习近平同志为核心的党中央周围。",
    "弘扬焦裕禄精神，沿中山路巡查，参观雷锋纪念馆。",
    "（记者 沈知微 通讯员 顾盼）",
    "集团副总经理翁大年、总会计师秦筝、职工代表柳如烟参加。",
    "果农热孜万·卡德尔说：“冷库再多几座就好了。”",
    "高质量发展主持大局，全面出席，安全参加。",
    "市长江沿岸整治，城区长期规划，县委书记要带头。",
    "获江苏省省长质量奖，拨打北京市市长热线，写信给天津市市长信箱。",
    "授予池至清等20名同志“优秀共产党员”称号，建成社区长者食堂三个。",
    "主任列席会议，书记典型发言，主任决策部署，主席瓦解谣言，书记列出清单。",
    "书记从严要求，主任经常深入基层，县长就此作出安排。",
]


@pytest.mark.parametrize("text", NOBODY)
def test_formulas_bylines_and_citizens_are_no_rows(text: str, lexicons: Lexicons) -> None:
    assert extract(text, lexicons)[0] == []


HOLDERS = [
    ("总书记亲临视察。", "2023-08-02", "习近平"),
    ("总书记亲临视察。", "2012-11-15", "习近平"),
    ("总书记亲临视察。", "2012-11-14", "胡锦涛"),
    ("总书记亲临视察。", "1998-09-01", "江泽民"),
    ("江泽民总书记指出，机遇难得。总书记的话语重心长。", "2019-05-01", "江泽民"),
    ("会上，总理作了政府工作报告。", "2005-03-05", "温家宝"),
    ("会上，江苏省委书记出席。", "2019-03-05", "娄勤俭"),
    ("会上，内蒙古自治区主席出席。", "2019-03-05", "布小林"),
]


@pytest.mark.parametrize(("text", "published", "name"), HOLDERS)
def test_a_title_alone_is_who_held_it(
    text: str, published: str, name: str, lexicons: Lexicons
) -> None:
    rows, issues = extract(text, lexicons, published=published)
    assert (rows[-1].name, rows[-1].mention, issues) == (name, "title_only", [])
    assert rows[-1].person_id


def test_without_a_date_the_holder_must_be_named(lexicons: Lexicons) -> None:
    rows, issues = extract("按照总书记的要求办。", lexicons, published="")
    assert [(row.text, row.name) for row in rows] == [("总书记", "")]
    assert [issue.reason for issue in issues] == ["person_unresolved"]
    rows, issues = extract("习近平总书记作出指示。按照总书记的要求办。", lexicons, published="")
    assert ([row.name for row in rows], issues) == (["习近平", "习近平"], [])


def test_later_mentions_bear_the_title_of_the_first(lexicons: Lexicons) -> None:
    text = "区委书记谢承澜讲话。\n全会讨论了谢承澜同志所作的报告。谢承澜指出，时不我待。"
    rows, _ = extract(text, lexicons)
    assert [row.title for row in rows] == [["区委书记"], [], []]
    assert [row.title_resolved for row in rows] == [[], ["区委书记"], ["区委书记"]]
    assert {row.organisation for row in rows} == {"中国共产党苏州市相城区委员会"}


SURNAMES = [
    ("局长苏长河到会。村民对苏局长说，路修好了。", "苏长河", 0),
    ("村民对苏局长说，路修好了。", "", 1),
    ("局长苏长河、副局长苏晚晴到会。村民对苏局长说，路修好了。", "", 1),
]


@pytest.mark.parametrize(("text", "name", "doubts"), SURNAMES)
def test_a_surname_with_title_is_the_one_person_named(
    text: str, name: str, doubts: int, lexicons: Lexicons
) -> None:
    rows, issues = extract(text, lexicons)
    assert (rows[-1].text, rows[-1].name, rows[-1].mention) == ("苏局长", name, "title_only")
    assert len(issues) == doubts


ORGANISATIONS = [
    ("区委书记沈志远讲话。", "中国共产党苏州市相城区委员会"),
    ("市委书记沈志远讲话。", "中国共产党苏州市委员会"),
    ("代区长沈志远讲话。", "苏州市相城区人民政府"),
    ("佛山市委书记沈志远讲话。", "中国共产党佛山市委员会"),
    ("区人大常委会主任沈志远讲话。", "苏州市相城区人民代表大会常务委员会"),
    ("区政协主席沈志远讲话。", "中国人民政治协商会议苏州市相城区委员会"),
    ("区教育局局长沈志远讲话。", "区教育局"),
    ("全国政协副主席沈志远讲话。", "中国人民政治协商会议全国委员会"),
    ("大队长沈志远讲话。", ""),
]


@pytest.mark.parametrize(("text", "organisation"), ORGANISATIONS)
def test_organisation_of_a_title(text: str, organisation: str, lexicons: Lexicons) -> None:
    assert extract(text, lexicons)[0][0].organisation == organisation


def test_order_counts_the_names_of_a_list(lexicons: Lexicons) -> None:
    rows, _ = extract("区委书记沈志远主持，区委常委吴召南、梅云峰（女）和薛虹出席。", lexicons)
    assert [row.order for row in rows] == [None, 1, 2, 3]


def test_a_namesake_of_a_leader_has_no_id(lexicons: Lexicons) -> None:
    rows, _ = extract("县长李强讲话。国务院总理李克强到会。", lexicons)
    assert [row.person_id for row in rows] == ["", "li-keqiang"]


LISTED = [
    ("省委书记信长星到会。", "江苏省苏州市", "xin-chang-xing"),
    ("省委副书记、省长王凯到会。", "河南省郑州市", "wang-kai"),
    ("河南省省长王凯到会。", "", "wang-kai"),
    ("县委书记王凯到会。", "河南省郑州市中牟县", ""),
    ("省委书记王凯到会。", "江苏省苏州市", ""),
    ("时任浙江省委书记习近平到会。", "", "xi-jinping"),
    ("最高人民检察院检察长张军到会。", "", "zhang-jun"),
    ("国务院副秘书长张军到会。", "", ""),
]


@pytest.mark.parametrize(("text", "place", "person_id"), LISTED)
def test_a_name_beside_a_post_in_the_same_organ_is_the_listed_person(
    text: str, place: str, person_id: str, lexicons: Lexicons
) -> None:
    rows, _ = extract(text, lexicons, place=place)
    assert [row.person_id for row in rows] == [person_id]


def test_a_name_without_title_is_only_that_of_the_best_known(lexicons: Lexicons) -> None:
    rows, _ = extract("邓小平，张军，王凯，黄菊。", lexicons)
    assert [row.person_id for row in rows] == ["deng-xiaoping"]


def test_a_name_may_end_the_text(lexicons: Lexicons) -> None:
    """Signatures do, without a mark behind them."""
    rows, _ = extract("写信给县长王凯", lexicons)
    assert [(row.text, row.end) for row in rows] == [("王凯", 7)]


def test_a_heading_governs_the_lines_below(lexicons: Lexicons) -> None:
    text = (
        "一、任命\n司马远同志为区发改委主任；\n钱塘、孔令仪（女）同志为区民政局副局长。\n"
        "二、免去\n赫连川同志的区城管局局长职务。"
    )
    rows, _ = extract(text, lexicons)
    assert [(row.name, *row.roles) for row in rows] == [
        ("司马远", "appointed"),
        ("钱塘", "appointed"),
        ("孔令仪", "appointed"),
        ("赫连川", "dismissed"),
    ]


REPETITIONS = [
    "区委书记",
    "免去张三强同志的县长职务；",
    "、",
    "（",
    "同志",
    "出席会议的有",
    "阿·",
    "丁山 马伟\n",
    "县长\n关云长\n",
    "对张三",
    "总书记",
]


@pytest.mark.parametrize("part", REPETITIONS)
def test_time_grows_with_length_only(part: str, lexicons: Lexicons) -> None:
    extract(part, lexicons)
    short, long = (_measure(part * count, lexicons) for count in (1000, 4000))
    assert long < 16 * short + 0.5


def _measure(text: str, lexicons: Lexicons) -> float:
    segments = segment(text)
    setting = find_setting(segment("区委召开会议。"), Metadata(published="2023-08-02"), lexicons)
    start = time.process_time()
    list(extract_officials(segments, setting, lexicons))
    return time.process_time() - start
