"""Mass congresses: those of unions, women, youth and works, which are no party or state assembly.

Takes the opening of a document, gives :class:`MassCongress`: of 青海省工会第十四次代表大会闭幕 the
body is 青海省总工会. Known gap: a congress named by its short form alone (市妇代会) is not read.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline.numerals import NUMERAL

# What stands before 第N次代表大会, and the organ that such a congress elects.
_ORGANS = {
    "工会": "总工会",
    "妇女": "妇女联合会",
    "工商业联合会": "工商业联合会",
    "科学技术协会": "科学技术协会",
    "残疾人联合会": "残疾人联合会",
    "文学艺术界联合会": "文学艺术界联合会",
    "归侨侨眷": "归国华侨联合会",
    "红十字会": "红十字会",
}
_HELD = r"[^。；\n]{0,24}?(?:召开|举行|开幕|闭幕)"
_PLACE = r"(?:^|(?<=[，。：、；）\n日]))(?P<place>[一-龥]{2,14}?)"
_CONGRESS_PATTERN = re.compile(
    rf"{_PLACE}(?P<kind>{'|'.join(_ORGANS)})第{NUMERAL}次(?:会员)?代表大会(?={_HELD})", re.MULTILINE
)
_YOUTH_PATTERN = re.compile(
    rf"(?:共青团|中国共产主义青年团)(?P<place>[一-龥]{{2,14}}?)第{NUMERAL}次代表大会(?={_HELD})"
)
_WORKERS_PATTERN = re.compile(
    rf"{_PLACE}第{NUMERAL}届(?P<kind>教?职工代表大会)第{NUMERAL}次会议(?={_HELD})", re.MULTILINE
)


class MassCongress(NamedTuple):
    """Its name as printed, and the organ whose congress it is."""

    name: str
    body: str


def find_mass_congress(opening: str) -> MassCongress | None:
    """The mass congress that the opening of a document reports.

    >>> find_mass_congress("青海省工会第十四次代表大会在西宁闭幕")
    MassCongress(name='青海省工会第十四次代表大会', body='青海省总工会')
    """
    if match := _CONGRESS_PATTERN.search(opening):
        return MassCongress(match.group(), match["place"] + _ORGANS[match["kind"]])
    if match := _YOUTH_PATTERN.search(opening):
        return MassCongress(match.group(), f"中国共产主义青年团{match['place']}委员会")
    if match := _WORKERS_PATTERN.search(opening):
        return MassCongress(match.group(), match["place"] + match["kind"])
    return None
