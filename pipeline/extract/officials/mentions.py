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

from pipeline.extract.officials.found import Found
from pipeline.extract.officials.names import NOTHING, STRONG, Name, NameReader
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
    r"|作了?(?:了?重要|工作|总结|动员)?(?:讲话|报告|说明|发言)|宣读|在主席台)"
)
_BEFORE_OFFICE_VERB = ("分别", "先后", "共同", "一同", "随后", "最后", "还")
# 出席会议的领导同志有：, 参加调研的还有: what follows is the list.
INVERSION_PATTERN = re.compile(
    r"(?P<verb>出席|参加|就座|陪同|列席|主持)[^，。；：\n]{0,16}的[^，。；：\n]{0,14}(?:还有|有|是)[：:]?"
)
_TABLE_LINE_PATTERN = re.compile(
    r"^(?P<name>[一-龥]{2,4}|[一-龥][ 　]{1,2}[一-龥]|[一-龥·]{4,12})"
    r"[ 　]{1,8}(?P<title>[^，。；\s]{2,40})$",
    re.MULTILINE,
)
_NOTICE_PATTERN = re.compile(
    r"^(?:[0-9]{1,2}[.、．])?(?P<name>[一-龥·]{2,12}|[一-龥][ 　]{1,2}[一-龥])"
    r"，[男女]，(?P<life>[^。\n]{0,300})",
    re.MULTILINE,
)
_PRESENT_POST_PATTERN = re.compile(
    r"(?:现任|拟任|拟提名为?)(?P<post>[^，。；\n]{2,50}?)(?=[，。；]|$)"
)
# Titles of many people name nobody unless a sure name follows.
_LEAST_STRENGTH = {"collective": STRONG, "foreign": STRONG}
_COLLECTIVE_PATTERN = re.compile(r"等(?:[0-9一二三四五六七八九十]{1,3}[名位])?")
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
        if head.start < floor or head.kind == "group" or _follows_known(page, head):
            continue
        start = _HEAD_GAP_PATTERN.match(page.text, head.end).end()  # type: ignore[union-attr]
        least = _LEAST_STRENGTH.get(head.kind, NOTHING) if start == head.end else STRONG
        names = page.names.read_list(start, least, foreign=head.kind == "foreign")
        if not names:
            continue
        titles = page.titles.read_back(head, floor)
        yield from make_list(page, names, titles, "officials.title_before")
        floor = page.names.skip_note(names[-1].end)


def _follows_known(page: Page, head: Head) -> bool:
    """习近平总书记|都亲自: the title belongs to the name before it."""
    text, start, known = page.text, head.start, page.names.known
    return (
        text[start - 2 : start] in known
        or text[start - 3 : start] in known
        or text[start - 4 : start] in known
    )


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
    titles = page.titles.read_forward(counted.end() if counted else at + 1, head.end)
    if names and titles and not page.titles.head_at(names[0].start):
        for found in make_list(page, names, titles, "officials.title_after_list"):
            last = found.start == names[-1].start
            yield found if not last else found._replace(tail=head.end)


def _find_postposed(page: Page, head: Head, floor: int) -> Iterator[Found]:
    """A full name right before a bare head. 水利部部长 and 高新区书记 are none."""
    if head.kind not in ("office", "staff"):
        return
    modifiers = page.names.vocabulary.before_pattern.search(page.text, floor, head.start)
    start = modifiers.start() if modifiers else head.start
    floor = max(floor, page.text.rfind("、", floor, start) + 1)
    names = page.names.read_list_back(start, floor, strict=True)
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
    if len(name.name) == 2:  # 安平|县长 is the head of a county
        is_place = name.name in page.names.vocabulary.counties
        return not is_place and page.names.measure_end(head.end) >= STRONG
    return page.names.measure_end(head.end) > NOTHING


def find_before_comrade(page: Page) -> Iterator[Found]:
    """邓小平同志; 钱塘、孔令姝（女）同志."""
    for match in page.find(_COMRADE_PATTERN):
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
        if names and names[0].start == floor:
            yield from make_list(page, names, [], "officials.verb")


def _skip_before_verb(text: str, floor: int, at: int) -> int:
    """张三、李四|分别主持: where the words end that a verb of office may have before it."""
    before = (word for word in _BEFORE_OFFICE_VERB if text.endswith(word, floor, at))
    return at - len(next(before, ""))


def find_after_inversions(page: Page) -> Iterator[Found]:
    """出席会议的领导同志有：田文清、上官云珠: the verb, 有, names."""
    for match in page.find(INVERSION_PATTERN):
        names = page.names.read_list(match.end(), STRONG)
        yield from make_list(page, names, [], "officials.inversion")


def find_in_tables(page: Page) -> Iterator[Found]:
    """A line of a roster: 沈志栋　　区委书记."""
    for match in page.find(_TABLE_LINE_PATTERN, " 　"):
        titles = page.titles.read_forward(*match.span("title"))
        if titles and page.names.is_name(*match.span("name")):
            name = page.names.make_name(*match.span("name"))
            for found in make_list(page, [name], titles, "officials.table"):
                yield found._replace(tail=match.end())


def find_in_notices(page: Page) -> Iterator[Found]:
    """张三丰，男，1970年3月生，…现任县财政局局长: a notice before an appointment."""
    for match in page.find(_NOTICE_PATTERN, ("，男，", "，女，")):
        if not page.names.is_name(*match.span("name")):
            continue
        name = page.names.make_name(*match.span("name"))
        titles = [
            title
            for post in _PRESENT_POST_PATTERN.finditer(match["life"])
            for title in page.titles.read_forward(
                *(match.start("life") + at for at in post.span("post"))
            )
        ]
        yield from make_list(page, [name], titles, "officials.notice")


def is_formula(page: Page, start: int, end: int) -> bool:
    """Whether a name is part of a doctrine, thing or fixed formula: 毛泽东|思想, 以…同志为核心."""
    if page.names.vocabulary.formula_pattern.match(page.text, end):
        return True
    led = page.text[start - 1 : start] == _FORMULA_BEFORE
    return led and bool(_FORMULA_AFTER_PATTERN.match(page.text, end))
