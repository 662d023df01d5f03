"""The registry of people: who held a post on a day, and whom a name means."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

import pytest

from pipeline.lexicons import Lexicons, Person, Post
from pipeline.registries.people import PeopleRegistry, load_people


@pytest.fixture(scope="module")
def people(lexicons: Lexicons) -> PeopleRegistry:
    return load_people(lexicons)


@pytest.mark.parametrize(
    ("title", "day", "name"),
    [
        ("总书记", date(2023, 8, 1), "习近平"),
        ("总书记", date(2010, 1, 1), "胡锦涛"),
        ("总书记", date(1981, 7, 1), "胡耀邦"),
        ("中共中央主席", date(1979, 1, 1), "华国锋"),
        ("总理", date(2023, 3, 5), "李克强"),
        ("总理", date(2023, 3, 12), "李强"),
        ("总理", date(1978, 12, 1), "华国锋"),
        ("委员长", date(2019, 1, 1), "栗战书"),
        ("委员长", date(1979, 7, 1), "叶剑英"),
        ("委员长", date(1985, 1, 1), "彭真"),
        ("国家主席", date(2000, 1, 1), "江泽民"),
        ("国家主席", date(1979, 1, 1), None),  # no such post from 1975 to 1983
        ("国家副主席", date(2010, 1, 1), "习近平"),
        ("全国政协主席", date(2024, 1, 1), "王沪宁"),
        ("全国政协主席", date(1980, 1, 1), "邓小平"),
        ("全国政协主席", date(1984, 1, 1), "邓颖超"),
        ("全国政协主席", date(1990, 1, 1), "李先念"),
        ("中央纪委书记", date(2015, 1, 1), "王岐山"),
        ("中央纪委书记", date(1990, 1, 1), "乔石"),
        ("中央纪委第一书记", date(1980, 1, 1), "陈云"),
        ("中央军委主席", date(2003, 1, 1), "江泽民"),
        ("最高人民法院院长", date(2020, 1, 1), "周强"),
        ("江苏省委书记", date(2010, 5, 1), "梁保华"),
        ("中共江苏省委书记", date(2017, 3, 1), "李强"),
        ("江苏省省长", date(2010, 5, 1), "罗志军"),
        ("上海市市长", date(1999, 1, 1), "徐匡迪"),
        ("内蒙古党委书记", date(2020, 1, 1), "石泰峰"),
        ("新疆维吾尔自治区主席", date(2016, 1, 1), "雪克来提·扎克尔"),
        ("天津市委书记", date(2015, 6, 1), None),  # an acting secretary
        ("宁夏回族自治区党委书记", date(2017, 4, 20), None),  # the month of a change
    ],
)
def test_a_title_means_who_held_it(
    people: PeopleRegistry, title: str, day: date, name: str | None
) -> None:
    assert title in people.titles_alone
    holder = people.find_holder(title, day, ())
    assert (holder.name if holder else None) == name


VACANT = {
    "全国政协主席": [(date(1992, 6, 21), date(1993, 3, 27))],
    "国家副主席": [(date(1993, 3, 12), date(1993, 3, 27))],
    "总书记": [(date(1987, 1, 16), date(1987, 11, 2))],  # 代理总书记
}


@pytest.mark.parametrize(
    ("title", "since"),
    [
        ("总书记", date(1980, 3, 1)),
        ("总理", date(1978, 1, 1)),
        ("委员长", date(1978, 3, 6)),
        ("国家主席", date(1983, 6, 18)),
        ("国家副主席", date(1983, 6, 18)),
        ("全国政协主席", date(1978, 3, 8)),
        ("中央纪委书记", date(1987, 11, 2)),
        ("中央军委主席", date(1978, 1, 1)),
    ],
)
def test_posts_of_the_nation_are_held_every_day(
    people: PeopleRegistry, title: str, since: date
) -> None:
    day = since
    while day < date(2025, 10, 1):
        vacant = any(start <= day < end for start, end in VACANT.get(title, ()))
        assert (people.find_holder(title, day, ()) is None) == vacant, day
        day += timedelta(days=7)


def test_every_province_has_its_two_posts(lexicons: Lexicons) -> None:
    """At any time since 2004 both are known in nearly all; what is open is a change or vacancy."""
    people = load_people(lexicons)
    titles = {
        post.title
        for post in lexicons.posts
        if post.organisation.endswith(("省人民政府", "市人民政府", "区人民政府"))
        or (post.organisation.startswith("中国共产党") and "中央" not in post.organisation)
    }
    assert len(titles) == 62
    for year in range(2004, 2026):
        held = [people.find_holder(title, date(year, 6, 15), ()) for title in titles]
        assert sum(holder is not None for holder in held) >= 57, year


def test_a_title_of_several_means_nobody(people: PeopleRegistry) -> None:
    """Seven sat in the standing committee in 2023, and one of them at most is meant by no title."""
    assert "中央政治局常委" not in people.titles_alone
    assert people.find_holder("中央政治局常委", date(2023, 8, 1), ()) is None


def test_members_of_the_standing_committee(lexicons: Lexicons) -> None:
    counts = {1983: 6, 1988: 5, 1990: 6, 1994: 7, 1999: 7, 2004: 9, 2009: 9, 2014: 7, 2019: 7}
    posts = [post for post in lexicons.posts if post.title == "中央政治局常委"]
    for year, count in (counts | {2024: 7}).items():
        alone = [PeopleRegistry(lexicons.people, [post]) for post in posts]
        held = [registry.find_holder("中央政治局常委", date(year, 1, 1), ()) for registry in alone]
        assert sum(holder is not None for holder in held) == count, year


def _person(person_id: str, name: str, named_alone: Literal["yes", "no"] = "yes") -> Person:
    return Person(id=person_id, name=name, named_alone=named_alone, source="测试")


def _post(person_id: str, title: str, organ: str, start: str, end: str = "") -> Post:
    return Post(
        person_id=person_id,
        title=title,
        organisation=organ,
        start_date=start,
        end_date=end,
        source="测试",
    )


def test_a_name_of_two_people_is_told_by_the_organ() -> None:
    registry = PeopleRegistry(
        [_person("gu-shan-1", "顾山", "no"), _person("gu-shan-2", "顾山", "no")],
        [
            _post("gu-shan-1", "甲省省长", "甲省人民政府", "2001", "2004"),
            _post("gu-shan-2", "乙省省长", "乙省人民政府", "2001", "2004"),
        ],
    )
    assert registry.find_in_organs("顾山", ["", "乙省人民政府"]) == "gu-shan-2"
    assert registry.find_in_organs("顾山", ["丙省人民政府"]) == ""
    assert registry.names == {"顾山"}
    assert not registry.named_alone


@pytest.mark.parametrize(
    ("end", "start", "is_sole"),
    [
        ("2004-03", "2004-03", True),
        ("2004-03-12", "2004", True),
        ("2004", "2003-12", False),
        ("", "2003", False),
    ],
)
def test_a_title_is_sole_while_its_terms_only_meet(end: str, start: str, *, is_sole: bool) -> None:
    registry = PeopleRegistry(
        [_person("gu-shan", "顾山"), _person("lu-yun", "陆云")],
        [
            _post("gu-shan", "甲省省长", "甲省人民政府", "2001", end),
            _post("lu-yun", "甲省省长", "甲省人民政府", start),
        ],
    )
    assert registry.titles_alone == ({"甲省省长"} if is_sole else set())
