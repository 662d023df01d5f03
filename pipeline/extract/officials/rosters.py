"""Rosters: people named line by line, in tables, notices and lists of names.

Takes a text with its readers, gives :class:`Found` items: 沈志栋　　区委书记 on a line of its own,
丁山 马　伟（回族） 吕波 below 中共平罗县第十四届委员会委员名单. Known gap: a heading that names
the post in the middle of a sentence (选出委员如下).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.extract.officials.appointments import find_last_role
from pipeline.extract.officials.found import Found
from pipeline.extract.officials.mentions import Page, make_list
from pipeline.extract.officials.names import Name
from pipeline.extract.officials.titles import Title

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
# 丁山 马　伟（回族） 吕波: nothing but names and notes on a line.
_NOTED_NAME = r"[一-龥·]{1,14}(?:（[^（）\n]{1,12}）)?"
_NAMES_LINE_PATTERN = re.compile(
    rf"^[ 　]*{_NOTED_NAME}(?:[ 　]{{1,4}}{_NOTED_NAME}){{0,400}}[ 　]*$", re.MULTILINE
)
_TOKEN_PATTERN = re.compile(r"(?P<name>[一-龥·]{2,14}|[一-龥][ 　]{1,4}[一-龥](?![一-龥]))")
# What may stand between a heading and a line of its names: a note, other lines of names.
_BETWEEN_PATTERN = re.compile(
    rf"（[^（）\n]{{1,60}}）|[ 　]*{_NOTED_NAME}(?:[ 　]{{1,4}}{_NOTED_NAME}){{1,400}}[ 　]*"
)
_LONGEST_LINE = 400
_MOST_LINES_BETWEEN = 8
# How far above a heading its verb may stand: 全会选举了…。名单如下：
_HEADING_REACH = 200
# 委员名单, 委员（12名）：
_LIST_END_PATTERN = re.compile(r"(?:名单)?(?:（[^（）\n]{1,40}）)?[：:]?$")


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


def find_in_name_lists(page: Page) -> Iterator[Found]:
    """Lines of names below the post they are elected to: …委员名单, then 丁山 马　伟 吕波."""
    titles: list[Title] = []
    last_end = -1
    for match in page.find(_NAMES_LINE_PATTERN, "\n"):
        if not (names := _read_line(page, *match.span())):
            continue
        if match.start() != last_end + 1:  # the first line below its heading
            titles = _read_heading(page, match.start())
        if len(names) == 1 and not titles:
            continue
        last_end = match.end()
        role = _read_role(page, titles[0].start) if titles else ""
        for found in make_list(page, names, titles, "officials.name_list"):
            yield found._replace(head=found.start, roles=(role,) if role else ())


def _read_role(page: Page, position: int) -> str:
    """What the heading or the paragraph above it says: 选举产生的…委员名单."""
    return find_last_role(page.text, max(0, position - _HEADING_REACH), position)


def _read_line(page: Page, start: int, end: int) -> list[Name]:
    """The names of a line, if it holds nothing else; one odd name in four is let pass."""
    names: list[Name] = []
    odd = 0
    at = start
    while at < end:
        token = _TOKEN_PATTERN.match(page.text, at, end)
        if token is None:
            if page.text[at] not in " 　":
                return []
            at += 1
            continue
        odd += not page.names.is_name(*token.span("name"))
        names.append(page.names.make_name(*token.span("name")))
        at = page.names.skip_note(token.end())
    return names if odd * 4 <= len(names) else []


def _read_heading(page: Page, position: int) -> list[Title]:
    """The post on the line above, past lines in brackets and other lines of names."""
    start, line = position, ""
    for _ in range(_MOST_LINES_BETWEEN):
        end = max(0, start - 1)
        floor = max(0, end - _LONGEST_LINE)
        start = max(floor, page.text.rfind("\n", floor, end) + 1)
        line = page.text[start:end]
        if not _BETWEEN_PATTERN.fullmatch(line):
            break
    head = page.titles.head_at(start + _LIST_END_PATTERN.search(line).start())  # type: ignore[union-attr]
    return page.titles.read_back(head, start) if head else []
