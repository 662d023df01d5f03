"""The places of the lexicon: names, codes, parents and dates."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from pipeline.lexicons import Lexicons
from pipeline.registries.places import load_gazetteer


# 襄樊 became 襄阳, 吴县市 was divided, 沙县 became a district that keeps 县 in its name.
@pytest.mark.parametrize(
    ("name", "adcode", "valid_from", "valid_to"),
    [
        ("襄樊市", "420600", "", "2010-12-09"),
        ("襄阳市", "420600", "2010-12-09", ""),
        ("锡山市", "320283", "1995", "2000"),
        ("萧山市", "330181", "1987", "2001"),
        ("吴江市", "320584", "1992", "2012-09-01"),
        ("吴江区", "320509", "2012-09-01", ""),
        ("铁门关市", "659006", "2012", ""),
        ("横琴新区", "440477", "2009", "2021-09"),
        ("吴县市", "320586", "1995", "2000"),
        ("相城区", "320507", "2000", ""),
        ("沙县区", "350405", "2021-02-06", ""),
        ("凤翔区", "610305", "2021-01-29", ""),
        ("重庆市", "500000", "1997", ""),
    ],
)
def test_renamed_places(
    lexicons: Lexicons, name: str, adcode: str, valid_from: str, valid_to: str
) -> None:
    (place,) = (place for place in lexicons.places if place.name == name)
    assert (place.adcode, place.valid_from, place.valid_to) == (adcode, valid_from, valid_to)


@pytest.mark.parametrize(
    ("name", "year", "adcode"),
    [("廊坊市", 1985, "132801"), ("廊坊市", 1995, "131000"), ("淮安市", 1995, "320882")],
)
def test_a_city_below_a_prefecture_is_not_the_later_one_of_its_name(
    lexicons: Lexicons, name: str, year: int, adcode: str
) -> None:
    gazetteer = load_gazetteer(lexicons)
    place = gazetteer.choose(gazetteer.lookup(name), near=None, on=date(year, 6, 1))
    assert place is not None
    assert place.adcode == adcode


NEW_AREAS = [
    *("两江新区", "舟山群岛新区", "兰州新区", "南沙新区", "西咸新区", "贵安新区"),
    *("青岛西海岸新区", "金普新区", "天府新区", "湘江新区", "江北新区", "福州新区", "滇中新区"),
    *("哈尔滨新区", "长春新区", "赣江新区", "雄安新区"),
]


def test_special_units_have_parents_of_their_province(lexicons: Lexicons) -> None:
    """All new areas of the nation, the 兵团 and its fourteen divisions are mapped to a unit."""
    gazetteer = load_gazetteer(lexicons)
    special = {place.name: place for place in lexicons.places if place.level == "special"}
    assert [name for name in NEW_AREAS if not special[name].valid_from] == []
    assert sum(name[0] == "第" and "师" in name for name in special) == 14
    for place in special.values():
        assert gazetteer.chain(place)[-1].adcode[:2] == place.adcode[:2], place


@pytest.mark.parametrize(
    ("name", "short_names"),
    [
        ("相城区", ("相城",)),
        ("沛县", ()),
        ("文山壮族苗族自治州", ("文山", "文山州")),
        ("鄂伦春自治旗", ("鄂伦春", "鄂伦春旗")),
        ("内蒙古自治区", ("内蒙古", "内蒙")),
        ("海南藏族自治州", ("海南州",)),
    ],
)
def test_short_names(lexicons: Lexicons, name: str, short_names: tuple[str, ...]) -> None:
    assert {place.short_names for place in lexicons.places if place.name == name} == {short_names}


@pytest.mark.parametrize(
    ("name", "full"),
    [
        ("相城区", "江苏省苏州市相城区"),
        ("济源市", "河南省济源市"),
        ("东莞市", "广东省东莞市"),
        ("雄安新区", "河北省雄安新区"),
        ("第八师石河子市", "新疆维吾尔自治区第八师石河子市"),
        ("黄浦区", "上海市黄浦区"),
    ],
)
def test_chains(lexicons: Lexicons, name: str, full: str) -> None:
    gazetteer = load_gazetteer(lexicons)
    (place,) = (place for place in lexicons.places if place.name == name and not place.valid_to)
    assert gazetteer.full_name(place) == full


def test_places_lie_in_the_province_of_their_code(lexicons: Lexicons) -> None:
    gazetteer = load_gazetteer(lexicons)
    for place in lexicons.places:
        if place.level not in ("country", "special"):
            assert gazetteer.chain(place)[-1].adcode == place.adcode[:2] + "0000", place


def test_current_siblings_differ(lexicons: Lexicons) -> None:
    names = Counter((place.parent, place.name) for place in lexicons.places if not place.valid_to)
    assert [key for key, count in names.items() if count > 1] == []
