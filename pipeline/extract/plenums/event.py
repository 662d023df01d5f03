"""Event: which of the meetings named the document reports, and what it does with the others.

Takes the references in reading order, gives those that open the report (``is_self``): in
区委五届五次全会召开 the headline's. A page reports two where one is held with the other
(全体会议暨县委经济工作会议), or where assembly and consultative conference meet side by side.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

from pipeline.extract.plenums.references import Reference
from pipeline.segment import Segments
from pipeline.setting import Setting, find_lead

Relation = Literal["held", "convened_later", "implemented", "cited"]

_HELD_PATTERN = re.compile(
    r"[^。；\n]{0,60}?(?:召开(?!以来|至今|之|前|后|[一二三四五六七八九十百\d]{1,4}(?:周?年|个月))|举行|闭幕|开幕|圆满|胜利|落下帷幕|拉开帷幕)|[》”]?(?:公报(?!发表|发布)|决议|公告)|[^。\n]{0,6}?(?:审议|听取|通过|选举|强调|指出|在.{1,10}[召举])"
)
_AT_IT_PATTERN = re.compile(r"(?:出席|列席|主持召开|召开|举行|在)$")
# An act of an organ is no report of a meeting, whichever meeting it rests on.
_ACT_TITLE_PATTERN = re.compile(
    r"(?:通知|意见|批复|复函|办法|条例|规定|细则|方案|任命名单)(?:[（(].{0,10}[）)])?$"
)
_HEADER_PATTERN = re.compile(r"[—\-－（(]|.{0,14}日")
_REPORTED_AT_PATTERN = re.compile(r"[^，。\n]{0,4}上|通过[）)]")
# What a clause does with a meeting it follows: 贯彻落实…精神.
_FOLLOWED_PATTERN = re.compile(
    r"贯彻|落实|学习|传达|宣讲|宣传|领会|践行|按照|根据|围绕|遵照|依照|完成|对照|聚焦|紧扣"
)
_FOLLOWING_PATTERN = re.compile(
    r"[^，。；\n]{0,12}?(?:精神|部署|要求|决策|战略|确定的|提出的|作出的|工作安排)"
)
# 纪念党的十二大召开: looked back at, not reported.
_RECALLED_PATTERN = re.compile(r"纪念|庆祝|回顾|自[^，。；\n]{0,4}$")
# 选举出席党的二十大代表 elects them, 出席县政协六届一次会议的委员 are guests elsewhere, and
# 关于召开三中全会的通知 comes before it.
_NOT_YET_PATTERN = re.compile(
    "的?代表(?!大会|团)|的(?:全体)?(?:政协)?委员|的(?:通知|决定|公告|议案)"
)
_LATER_PATTERN = re.compile(
    r"(?:将|拟|筹备|开好|迎接|喜迎|即将|提交|提请|准备)[^，。；\n]{0,8}$|决定[^，。；\n]{0,12}召开$"
)
_LATER_AFTER_PATTERN = re.compile(r"[^，。；\n]{0,8}?(?:将于|即将|拟于|召开前|筹备|推荐)")
_TOOK_PLACE_PATTERN = re.compile(
    r"[^，。；\n]{0,10}?(?:召开(?!以来|至今|[一二三四五六七八九十百\d]{1,4}(?:周?年|个月))|举行|选举|闭幕|开幕|审议|通过|听取|决定)"
)
_CONVENED_PATTERN = re.compile(r"(?:召开|举行)了?[第届次中大全会一二三四五六七八九十\d、和]{0,24}$")
_CLAUSE_START_PATTERN = re.compile(r"[，。；：\n]")
_HEADER_PARAGRAPHS = 8
TWO_SESSIONS = frozenset({"peoples_congress", "cppcc"})
_LONGEST_TITLE = 120


def find_events(
    references: Sequence[Reference], segments: Segments, setting: Setting
) -> tuple[Reference, ...]:
    """The references that say which meetings the document reports, the leading one first."""
    text = segments.text
    header_end = segments.paragraphs[:_HEADER_PARAGRAPHS][-1].end if segments.paragraphs else 0
    for reference in references:
        if reference.start < header_end and _is_report_header(reference, segments):
            return (reference,)
    if _ACT_TITLE_PATTERN.search(setting.title):
        return ()
    lead = find_lead(segments, setting.headline)
    opening = [
        reference
        for reference in references
        if any(start <= reference.start < end for start, end in lead)
    ]
    first = next((found for found in opening if _opens_report(found, text)), None)
    if first is None:
        return ()
    beside = (
        found
        for before, found in pairwise(opening)
        if found.start > first.start and _is_held_beside(found, before, first, text)
    )
    return (first, *beside)


def _is_held_beside(reference: Reference, before: Reference, first: Reference, text: str) -> bool:
    """Whether a meeting is held with the leading one, or is the leading one under another name.

    The first is 暨, and the other of the two sessions; the second 县委全会召开 above
    县委十二届三次全会召开.
    """
    if text[before.end : reference.start] == "暨":
        return before == first or _have_same_number(before, first)
    if not _opens_report(reference, text):
        return False
    if reference.kind == first.kind:
        is_bare = reference.session is None
        return reference.unit == first.unit and is_bare != (first.session is None)
    return {reference.kind, first.kind} == TWO_SESSIONS


def _have_same_number(one: Reference, other: Reference) -> bool:
    return (one.kind, one.term, one.session) == (other.kind, other.term, other.session)


def _is_report_header(reference: Reference, segments: Segments) -> bool:
    """——2014年1月8日在…会议上: a line of its own before the text of a report."""
    start, end = segments.paragraphs[segments.paragraph_at(reference.start)]
    text = segments.text
    return bool(
        end - start < 120
        and _HEADER_PATTERN.match(text, start, end)
        and "。" not in text[start : end - 1]
        and _REPORTED_AT_PATTERN.match(text, reference.end, end)
    )


def _opens_report(reference: Reference, text: str) -> bool:
    """召开, 举行, 闭幕 behind it, or 出席 before it; not in a 《title》, not studied."""
    if reference.kind == "two_sessions" or is_in_title(text, reference.start):
        return False
    clause = text[_clause_start(text, reference.start) : reference.start]
    if _FOLLOWED_PATTERN.search(clause) or _FOLLOWING_PATTERN.match(text, reference.end):
        return False
    if _RECALLED_PATTERN.search(clause) or _NOT_YET_PATTERN.match(text, reference.end):
        return False
    if _LATER_PATTERN.search(clause) or _LATER_AFTER_PATTERN.match(text, reference.end):
        return False
    if "召开" in text[reference.start : reference.end] or _AT_IT_PATTERN.search(clause):
        return True
    return bool(_HELD_PATTERN.match(text, reference.end))


def is_in_title(text: str, position: int) -> bool:
    """Whether ``position`` stands inside 《》."""
    start = max(0, position - _LONGEST_TITLE)
    return text.rfind("《", start, position) > text.rfind("》", start, position)


def _clause_start(text: str, position: int) -> int:
    start = max(0, position - 80)
    ends = [match.end() for match in _CLAUSE_START_PATTERN.finditer(text, start, position)]
    return ends[-1] if ends else start


def relate(reference: Reference, text: str, is_self: bool, is_future: bool) -> Relation:
    """What the document has to do with the meeting.

    Args:
        reference: The reference.
        text: The document.
        is_self: Whether it is the meeting reported.
        is_future: Whether the registry dates it after the document.
    """
    if is_self:
        return "held"
    before = text[_clause_start(text, reference.start) : reference.start]
    if _LATER_PATTERN.search(before) or _LATER_AFTER_PATTERN.match(text, reference.end):
        return "convened_later"
    if _FOLLOWED_PATTERN.search(before) or _FOLLOWING_PATTERN.match(text, reference.end):
        return "implemented"
    if is_future:
        return "convened_later"
    if _CONVENED_PATTERN.search(before):
        return "held"
    if not is_in_title(text, reference.start) and _TOOK_PLACE_PATTERN.match(text, reference.end):
        return "held"
    return "cited"
