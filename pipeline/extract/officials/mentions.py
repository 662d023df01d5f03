"""Mentions: people named with a title, with 同志, or as the subject of what officials do.

Takes a text with its readers, gives :class:`Found` items: 区委常委吴召忠、梅云平 is two with the
title 区委常委. Each finder knows one construction; none guesses. Known gap: a person whose only
mention is a bare name with a verb for anybody (张三说) is not found.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from pipeline.extract.officials.ends import HARD, NOTHING, STRONG
from pipeline.extract.officials.found import Found
from pipeline.extract.officials.names import Name, NameReader
from pipeline.extract.officials.titles import Head, Title, TitleReader
from pipeline.segment import Points, find_points, mark_points

_CLAUSE_MARKS = "，。；：！？\n“”《》「」…—】"
_IS_CLAUSE_MARK = mark_points(_CLAUSE_MARKS)
# A bracket is taken whole: the comma in （女，白族） ends no clause.
_BRACKET_PATTERN = re.compile(r"（[^（）\n]{1,24}）")
# How far back a list may begin: a hundred names.
_REACH = 400
_HEAD_GAP_PATTERN = re.compile(r"[ 　：:]{0,4}")
_COMRADE_PATTERN = re.compile("同志")
# What officials do at meetings, and others hardly: a bare list before it is one of officials.
_OFFICE_VERB_PATTERN = re.compile(
    r"(?:主持(?![人词])|出席|列席|参加|陪同|参会|到会|受[^，。]{2,12}委托|代表[^，。]{2,14}(?:作|向|报告)|就《"
    r"|作了?(?:[^，。；“《]{0,8}《[^》\n]{1,60}》)?[^，。；“《]{0,10}(?:讲话|报告|说明|发言|致辞)|宣读|在主席台)"
)
_BEFORE_OFFICE_VERB = ("分别", "先后", "共同", "一同", "随后", "最后", "还")
# 出席会议的领导同志有：, 参加调研的还有: what follows is the list.
INVERSION_PATTERN = re.compile(
    r"(?P<verb>出席|参加|就座|陪同|列席|主持)[^，。；：\n]{0,16}的[^，。；：\n]{0,14}(?:还有|有|是)[：:]?"
)
# Titles of many people name nobody unless a sure name follows.
_LEAST_STRENGTH = {"collective": STRONG, "foreign": STRONG}
# 负责同志, 革命家: of many people, and no office that would be a title before a name.
_NO_TITLES = frozenset({"group", "epithet"})
_COLLECTIVE_PATTERN = re.compile(r"等(?:[0-9一二三四五六七八九十]{1,3}[名位])?")
# 审议通过了|孟浩代表市纪委常委会所作的报告: what may stand before a name without a title.
_HEARD_BEFORE_PATTERN = re.compile(r"(?:听取|审议|讨论|通过|批准)(?:和[审讨][议论])?了?$")
# 等|出席…: what follows the list is no title.
_NO_TITLE_PATTERN = re.compile(
    r"出席|参加|陪同|列席|主持|前往|到|在|就|赴|为|对|向|将|也|与|同|以|作|分别|先后"
)
_FORMULA_BEFORE = "以"
_FORMULA_AFTER_PATTERN = re.compile(r"(?:同志)?为(?:核心|总书记|主要代表|代表|首)")


@dataclass(frozen=True, eq=False)
class Scans:
    """What was looked for in one text, whoever reads it."""

    text: str
    points: Points
    _found: dict[re.Pattern[str], tuple[re.Match[str], ...]] = field(default_factory=dict)

    def find(self, pattern: re.Pattern[str], signs: Collection[str]) -> tuple[re.Match[str], ...]:
        """All matches of a pattern, looked for once, and only where one of its signs stands."""
        if pattern not in self._found:
            worth = not signs or any(sign in self.text for sign in signs)
            self._found[pattern] = tuple(pattern.finditer(self.text)) if worth else ()
        return self._found[pattern]

    @cached_property
    def clause_starts(self) -> list[int]:
        """Where clauses begin; 、 ends none."""
        ends = find_points(self.points, _IS_CLAUSE_MARK) + 1
        for bracket in _BRACKET_PATTERN.finditer(self.text):
            inside = (ends > bracket.start()) & (ends < bracket.end())
            if inside.any():
                ends = ends[~inside]
        return [0, *ends.tolist()]


@dataclass(frozen=True, eq=False)
class Page:
    """One text and what reads it."""

    text: str
    names: NameReader
    titles: TitleReader
    scans: Scans

    def reread(self, known: Collection[str]) -> Page:
        """The same text for a reading that knows more names."""
        names, titles = replace(self.names, known=known), replace(self.titles, known=known)
        return replace(self, names=names, titles=titles)

    def find(
        self, pattern: re.Pattern[str], signs: Collection[str] = ()
    ) -> tuple[re.Match[str], ...]:
        """All matches of a pattern in the text; every match holds one of ``signs``."""
        return self.scans.find(pattern, signs)

    def clause_start(self, position: int) -> int:
        """Where the clause that holds ``position`` begins; 、 does not end one."""
        starts = self.scans.clause_starts
        start = starts[bisect_right(starts, position) - 1]
        return max(start, position - _REACH)


def find_after_titles(page: Page) -> Iterator[Found]:
    """区委副书记、区长缪京; 区委常委吴召忠、梅云平、薛红: a title, then names."""
    floor = 0
    for head in page.titles.heads:
        if head.start < floor or head.kind in _NO_TITLES or _read_known(page, head.start):
            continue
        start = _HEAD_GAP_PATTERN.match(page.text, head.end).end()  # type: ignore[union-attr]
        least = _LEAST_STRENGTH.get(head.kind, NOTHING) if start == head.end else STRONG
        names = page.names.read_list(start, least, foreign=head.kind == "foreign")
        if not names:
            continue
        titles = page.titles.read_back(head, floor)
        yield from make_list(page, names, titles, "officials.title_before")
        floor = page.names.skip_note(names[-1].end)


def _read_known(page: Page, end: int) -> Name | None:
    """习近平|总书记都亲自: the known name right before ``end``, to which the title belongs."""
    for length in (4, 3, 2):
        name = page.text[max(0, end - length) : end]
        if name in page.names.known:
            return Name(end - len(name), end, name, HARD)
    return None


def make_list(
    page: Page, names: Sequence[Name], titles: Sequence[Title], rule: str
) -> Iterator[Found]:
    """The mentions of one list; its titles hold for every name."""
    official = not titles or any(title.official for title in titles)
    printed = tuple(title.text for title in titles)
    before = bool(titles) and titles[0].start < names[0].start
    for index, name in enumerate(names):
        yield Found(
            start=name.start,
            end=name.end,
            name=name.name,
            rule=rule,
            witness=name.witness,
            titles=printed,
            head=titles[0].start if before and index == 0 else name.start,
            tail=page.names.skip_note(name.end),
            official=official,
        )


def find_before_titles(page: Page) -> Iterator[Found]:
    """张三、李四等大会主席团成员; 沈志栋书记: names, then a title."""
    for head in page.titles.heads:
        start = page.clause_start(head.start)
        if found := list(_find_collective(page, head, start)):
            yield from found
        else:
            yield from _find_postposed(page, head, start)


def _find_collective(page: Page, head: Head, floor: int) -> Iterator[Found]:
    at = page.text.rfind("等", floor, head.start)
    if at < 0:
        return
    counted = _COLLECTIVE_PATTERN.match(page.text, at, head.start)
    names = page.names.read_list_back(at, floor)
    titles = read_shared(page, head, counted.end() if counted else at + 1) if names else None
    if titles is None or page.titles.head_at(names[0].start):
        return
    for found in make_list(page, names, titles, "officials.title_after_list"):
        last = found.start == names[-1].start
        yield found if not last else found._replace(tail=head.end)


def read_shared(page: Page, head: Head, start: int) -> list[Title] | None:
    """The titles between 等 and the end of ``head``; None where something else stands there.

    等老一辈革命家 and 等省、市和部门负责同志 say who these people are, but name no office.
    """
    if _NO_TITLE_PATTERN.match(page.text, start):
        return None
    titles = page.titles.read_forward(start, head.end)
    if head.kind == "epithet" or (head.kind == "group" and not titles):
        return []
    return titles or None


def _find_postposed(page: Page, head: Head, floor: int) -> Iterator[Found]:
    """A full name right before a bare head. 水利部部长 and 高新区书记 are none."""
    if head.kind not in ("office", "staff"):
        return
    modifiers = page.names.vocabulary.before_pattern.search(page.text, floor, head.start)
    start = modifiers.start() if modifiers else head.start
    floor = max(floor, page.text.rfind("、", floor, start) + 1)
    known = _read_known(page, start)
    names = [known] if known else page.names.read_list_back(start, floor, strict=True)
    if len(names) == 1 and _takes_title(page, names[0], head):
        title = Title(start, head.end, page.text[start : head.end], True)
        yield from (
            found._replace(tail=head.end)
            for found in make_list(page, names, [title], "officials.title_after")
        )


def _takes_title(page: Page, name: Name, head: Head) -> bool:
    """A known name takes any title behind it; of others the title's end must be sure."""
    if name.name in page.names.known:
        return True
    if name.name[-1] in "为任":  # 任命戴锐为|副县长
        return False
    if len(name.name) == 2:  # 安平|县长 is the head of a county
        is_place = name.name in page.names.vocabulary.counties
        return not is_place and page.names.measure_end(head.end) >= STRONG
    return page.names.measure_end(head.end) > NOTHING


def find_before_comrade(page: Page) -> Iterator[Found]:
    """邓小平同志; 钱塘、孔令姝（女）同志."""
    for match in page.find(_COMRADE_PATTERN):
        if page.text[match.start() - 1] in "名位":  # 授予张三等20名|同志称号: anybody
            continue
        floor = page.clause_start(match.start())
        names = page.names.read_list_back(match.start(), floor)
        yield from make_list(page, names, [], "officials.comrade")


def find_by_verbs(page: Page) -> Iterator[Found]:
    """李干杰、李书磊和陈希出席…: nothing but names before a verb that opens its clause."""
    for match in page.find(_OFFICE_VERB_PATTERN):
        floor = page.clause_start(match.start())
        end = _skip_before_verb(page.text, floor, match.start())
        if end - floor < 2:
            continue
        names = page.names.read_list_back(end, floor, strict=True)
        if names and _opens_clause(page.text, floor, names[0].start):
            yield from make_list(page, names, [], "officials.verb")


def _opens_clause(text: str, floor: int, start: int) -> bool:
    """Whether nothing stands before a list in its clause, or 审议通过了 and its like."""
    return start == floor or bool(_HEARD_BEFORE_PATTERN.search(text, floor, start))


def _skip_before_verb(text: str, floor: int, at: int) -> int:
    """张三、李四|分别主持: where the words end that a verb of office may have before it."""
    before = (word for word in _BEFORE_OFFICE_VERB if text.endswith(word, floor, at))
    return at - len(next(before, ""))


def find_after_inversions(page: Page) -> Iterator[Found]:
    """出席会议的领导同志有：田文清、上官云珠: the verb, 有, names."""
    for match in page.find(INVERSION_PATTERN):
        names = page.names.read_list(match.end(), STRONG)
        yield from make_list(page, names, [], "officials.inversion")


def is_formula(page: Page, start: int, end: int) -> bool:
    """Whether a name is part of a doctrine, thing or fixed formula: 毛泽东|思想, 以…同志为核心."""
    if page.names.vocabulary.formula_pattern.match(page.text, end):
        return True
    led = page.text[start - 1 : start] == _FORMULA_BEFORE
    return led and bool(_FORMULA_AFTER_PATTERN.match(page.text, end))
