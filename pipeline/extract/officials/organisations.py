"""Organisations: the organ of a title, with its place.

Takes a title as printed and the document's place, gives the organ's name: 区委书记 in 相城区 is of
中国共产党苏州市相城区委员会. A title with a place of its own (佛山市委书记) keeps it; a listed
national post has the organ of the lexicon. Where none of this tells, an organisation that a neural
engine read does (博鳌亚洲论坛|秘书长). Known gap: departments stay as printed (区教育局).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from pipeline.lexicons import Lexicons, Place
from pipeline.registries.people import load_people
from pipeline.registries.places import Gazetteer, load_gazetteer

_PLACE = r"(?:中共)?(?P<place>[一-龥]{2,12}?)??(?P<unit>自治区|兵团|[省市区县州盟旗地镇乡])"
# What follows the place in a title, and the organ it means; {} is the place.
_ORGANS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(_PLACE + tail), organ)
    for tail, organ in (
        (r"(?:纪委|纪律检查委员会)", "中国共产党{}纪律检查委员会"),
        (r"(?:人大常委会|人民代表大会常务委员会)", "{}人民代表大会常务委员会"),
        (r"(?:人大|人民代表大会)(?:主席|副主席)", "{}人民代表大会"),
        (r"政协", "中国人民政治协商会议{}委员会"),
        (r"(?:监委|监察委员会)", "{}监察委员会"),
        (r"(?:党委|委)(?:副?书记|常委|委员|候补委员|副?秘书长)", "中国共产党{}委员会"),
        (r"(?:人民)?政府(?!办)", "{}人民政府"),
    )
)
# Organs of the centre, as titles print them and in full.
_NATIONAL_ORGANS = {
    "全国政协": "中国人民政治协商会议全国委员会",
    "全国人大常委会": "全国人民代表大会常务委员会",
    "国务院": "国务院",
}
_GOVERNOR_PATTERN = re.compile(
    r"(?P<place>[一-龥]{2,12}?)??(?:常务副|代理|[副代原])*(?P<unit>[省市区县州盟旗镇乡])长"
)
_MODIFIER_PATTERN = re.compile(r"^(?:常务|代理|[副代原])+")
_ORGAN_END_PATTERN = re.compile(
    r"(?P<organ>.*(?:委员会|[局厅部委院署校处所站馆]|办公?室?|政府|集团|公司|中心|小组|支部|总队|支队))(?:党[组委])?(?:常务|[副原代])*$"
)


def find_read(title: str, organisations: Iterable[str]) -> str:
    """The longest of the organisations read that opens a title and leaves its head over.

    >>> find_read("博鳌亚洲论坛秘书长", ["博鳌亚洲论坛", "博鳌"])
    '博鳌亚洲论坛'
    """
    opening = (name for name in organisations if title.startswith(name) and name != title)
    return max(opening, key=len, default="")


def name_organisation(title: str, place: Place | None, on: date | None, lexicons: Lexicons) -> str:
    """The organ a title belongs to; empty where the title does not tell.

    Args:
        title: As printed.
        place: The document's place.
        on: The document's date.
        lexicons: Places, posts and title heads.
    """
    if listed := load_people(lexicons).find_organ(title):
        return listed
    for printed, organ in _NATIONAL_ORGANS.items():
        if title.startswith(printed) and len(title) <= len(printed) + 4:
            return organ
    gazetteer, bare = load_gazetteer(lexicons), _MODIFIER_PATTERN.sub("", title)
    for pattern, organ in (*_ORGANS, (_GOVERNOR_PATTERN, "{}人民政府")):
        if match := pattern.match(bare):
            unit = _find_unit(match, place, gazetteer, on)
            return organ.format(gazetteer.organ_name(unit)) if unit else ""
    return _cut_head(bare, lexicons)


def _find_unit(
    match: re.Match[str], place: Place | None, gazetteer: Gazetteer, on: date | None
) -> Place | None:
    """The unit a title names, or means by 省, 市, 区."""
    if match["place"]:
        return gazetteer.choose(gazetteer.lookup(match["place"] + match["unit"]), place, on)
    return gazetteer.unit_of(place, match["unit"]) if place else None


def _cut_head(title: str, lexicons: Lexicons) -> str:
    """市教育局局长 is of 市教育局."""
    heads = lexicons.words["title_heads"]
    starts = (at for at in range(1, len(title)) if title[at:] in heads)
    organ = _ORGAN_END_PATTERN.match(title[: next(starts, 0)])
    return organ["organ"] if organ else ""
