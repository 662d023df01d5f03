"""The gazetteer: chains, names, and what 省委, 市委, 区委 mean from where one stands."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.lexicons import Lexicons
from pipeline.registries.places import Gazetteer, load_gazetteer, make_township, unit_word


@pytest.fixture(scope="module")
def gazetteer(lexicons: Lexicons) -> Gazetteer:
    return load_gazetteer(lexicons)


@pytest.mark.parametrize(
    ("printed", "full", "organ"),
    [
        ("苏州市相城区", "江苏省苏州市相城区", "苏州市相城区"),
        ("江苏省相城区", "江苏省苏州市相城区", "苏州市相城区"),
        ("大理州鹤庆县", "云南省大理白族自治州鹤庆县", "鹤庆县"),
        ("江苏", "江苏省", "江苏省"),
        ("海淀区", "北京市海淀区", "北京市海淀区"),
        ("昆山市", "江苏省苏州市昆山市", "昆山市"),
        ("济源市", "河南省济源市", "济源市"),
        ("阿克苏地区", "新疆维吾尔自治区阿克苏地区", "阿克苏地区"),
        ("第一师阿拉尔市", "新疆维吾尔自治区第一师阿拉尔市", "第一师阿拉尔市"),
        ("湄潭县永兴镇", "贵州省遵义市湄潭县永兴镇", "湄潭县永兴镇"),
    ],
)
def test_names(gazetteer: Gazetteer, printed: str, full: str, organ: str) -> None:
    place = gazetteer.choose(gazetteer.lookup(printed), near=None)
    assert place is not None
    assert (gazetteer.full_name(place), gazetteer.organ_name(place)) == (full, organ)


@pytest.mark.parametrize(
    ("printed", "coded", "formal"),
    [
        ("第一师阿拉尔市", "新疆维吾尔自治区阿拉尔市", "新疆生产建设兵团第一师阿拉尔市"),
        ("第十一师", "新疆生产建设兵团第十一师", "新疆生产建设兵团第十一师"),
        ("兵团", "新疆生产建设兵团", "新疆生产建设兵团"),
        ("雄安新区", "河北省雄安新区", "河北省雄安新区"),
        ("苏州市相城区", "江苏省苏州市相城区", "苏州市相城区"),
    ],
)
def test_two_sides_of_one_unit(gazetteer: Gazetteer, printed: str, coded: str, formal: str) -> None:
    place = gazetteer.choose(gazetteer.lookup(printed), near=None)
    assert place is not None
    assert gazetteer.full_name(gazetteer.coded(place)) == coded
    assert gazetteer.formal_name(place) == formal


@pytest.mark.parametrize("printed", ["", "无此县", "江苏省鹤庆县", "相城区" * 30])
def test_unknown_name_finds_nothing(gazetteer: Gazetteer, printed: str) -> None:
    assert gazetteer.lookup(printed) == ()


@pytest.mark.parametrize(
    ("home", "word", "meant"),
    [
        ("苏州市相城区", "区", "苏州市相城区"),
        ("苏州市相城区", "市", "苏州市"),
        ("苏州市相城区", "省", "江苏省"),
        ("鹤庆县", "州", "大理白族自治州"),
        ("鹤庆县", "区", ""),
        ("昆山市", "市", "昆山市"),
        ("海淀区", "市", "北京市"),
        ("海淀区", "省", ""),
        ("鹰潭市贵溪市", "省", "江西省"),
        ("济源市", "省", "河南省"),
        ("拉萨市", "区", "西藏自治区"),
        ("库车市", "地区", "阿克苏地区"),
        ("库车市", "自治区", "新疆维吾尔自治区"),
        ("阿拉尔市", "兵团", "新疆生产建设兵团"),
        ("锡林浩特市", "盟", "锡林郭勒盟"),
    ],
)
def test_short_forms_depend_on_the_place(
    gazetteer: Gazetteer, home: str, word: str, meant: str
) -> None:
    place = gazetteer.choose(gazetteer.lookup(home), near=None)
    assert place is not None
    unit = gazetteer.unit_of(place, word)
    assert (gazetteer.organ_name(unit) if unit else "") == meant


def test_name_of_several_units_is_open_unless_the_document_is_near(gazetteer: Gazetteer) -> None:
    candidates = gazetteer.lookup("鼓楼区")
    assert gazetteer.choose(candidates, near=None) is None
    assert gazetteer.choose(candidates, near=gazetteer["350100"]) == gazetteer["350102"]
    assert gazetteer.choose(candidates, near=gazetteer["110000"]) is None


def test_unit_must_exist_at_the_date(gazetteer: Gazetteer) -> None:
    candidates = gazetteer.lookup("莱芜")
    then = gazetteer.choose(candidates, None, date(2010, 5, 1))
    now = gazetteer.choose(candidates, None, date(2023, 5, 1))
    assert (then and then.adcode, now and now.adcode) == ("371200", "370116")


def test_mentions_join_chains_and_keep_to_words(gazetteer: Gazetteer) -> None:
    text = "锚定南昌目标，江苏省苏州市相城区和大理州振兴资源产业"
    named = [(text[m.start : m.end], m.full) for m in gazetteer.find_mentions(text)]
    assert named == [("南昌", False), ("江苏省苏州市相城区", True), ("大理州", False)]


def test_every_place_has_a_chain_up_to_the_country(
    gazetteer: Gazetteer, lexicons: Lexicons
) -> None:
    """Does every parent exist, and is every chain finite?"""
    for place in lexicons.places:
        assert place.level == "country" or gazetteer.chain(place)[-1].parent


def test_township_bears_the_code_of_its_county(gazetteer: Gazetteer) -> None:
    town = make_township("永兴镇", gazetteer["520328"])
    assert (town.adcode, unit_word(town)) == ("520328", "镇")
    assert gazetteer.unit_of(town, "县") == gazetteer["520328"]
