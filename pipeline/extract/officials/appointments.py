"""Appointments: people elected, appointed or relieved, and the post.

Takes a text with its readers, gives :class:`Found` items: 选举段宏毅为县委书记，木桂兰为县委副书记
is two with role ``elected``; 免去赫连山同志的区城市管理局局长职务 one with ``dismissed``. A heading
(一、任命) governs the lines below it. Known gap: a post joined to the next person by 和.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from pipeline.extract.officials.ends import NOTHING, STRONG, WEAK
from pipeline.extract.officials.found import Found
from pipeline.extract.officials.mentions import Page, make_list
from pipeline.extract.officials.names import Name
from pipeline.extract.officials.titles import Title

_ROLES = {
    "选举": "elected",
    "补选": "elected",
    "推选": "elected",
    "选出": "elected",
    "增选": "elected",
    "改选": "elected",
    "当选": "elected",
    "任命": "appointed",
    "聘任": "appointed",
    "递补": "appointed",
    "增补": "appointed",
    "任职": "appointed",
    "免去": "dismissed",
    "免职": "dismissed",
    "罢免": "dismissed",
    "撤销": "dismissed",
    "解除": "dismissed",
    "辞去": "dismissed",
}
# How far back a verb of choosing governs: a list of fifty names.
_REACH = 300
_VERB_PATTERN = re.compile("|".join(_ROLES))
_ACT_PATTERN = re.compile(
    r"(?:选举|补选|推选|选出|增选|改选|任命|聘任|递补|增补|免去|罢免|撤销|解除|接受)(?:产生)?了?[：:]?"
)
_DISMISSALS = frozenset({"免去", "撤销", "罢免"})
# 接受秦刚同志|辞职申请: no post is printed.
_RESIGNED_PATTERN = re.compile("(?:同志)?的?辞职")
_DISCIPLINE_PATTERN = re.compile(r"给予|对|关于|将|查处|开除")
_DISCIPLINE_AFTER_PATTERN = re.compile(
    r"(?:同志|等人?)?(?:开除|党内|撤销|留党|政务|警告|记大?过|严重违|涉嫌|立案|作出|采取|违[纪法]|进行(?:纪律|立案|审查)|免职)"
)
# Between names and post: 同志, notes, a form of the verb.
_LINK_PATTERN = re.compile(
    r"(?:（[^（）\n]{1,24}）|同志|等|[0-9一二三四五六七八九十]{1,3}[名人]){0,4}"
    r"(?P<link>不再担任|全票当选为?|当选为?|兼任|担任|出任|拟任|任|为|请求辞去|辞去|的|(?=[^，。；的\n]{2,30}职务))"
)
_LINK_VERB_PATTERN = re.compile(
    r"不再担任|(?:全票)?当选|兼任|担任|出任|拟任|(?<![主责现时历信委])任(?![务命])|为|请求辞去|辞去"
)
_POST_END_PATTERN = re.compile(
    r"(?:一?职务?)?(?:的?请求)?(?=[，。；（(\n”》]|的决[定议]|、[一-龥·]{2,12}(?:同志)?(?:为|任|的)|$)"
)
_OFFICE_OF_PATTERN = re.compile(r"(?:的|(?<=同志))(?=[^，。；：的\n]{2,50}职务)")
_ITS_POST_PATTERN = re.compile(r"免去其(?P<post>[^，。；\n]{2,50}?)职务")
_ELECTED_POST_PATTERN = re.compile(r"当选为?(?P<post>[^，。；：、\n]{2,30}?)(?=[，。；\n])")
# 任…党组书记，提名为…人选；不再担任…职务: the same person goes on.
_NEXT_POST_PATTERN = re.compile(
    r"[，；](?:同时)?(?:兼?任|提名为?|推荐为)(?P<post>[^，。；任命\n]{2,40}?)(?:职务)?(?=[，。；\n])"
)
_LEFT_POST_PATTERN = re.compile(
    r"[，；](?:同时)?(?:不再担任|辞去)(?P<post>[^，。；\n]{2,40}?)(?:职务)?(?=[，。；\n])"
)
# Pattern, its signs, role, and what may not stand between the person and the post.
_LATER_POSTS = (
    (_ITS_POST_PATTERN, ("免去其",), "dismissed", re.compile("[。\n]")),
    (_ELECTED_POST_PATTERN, ("当选",), "elected", re.compile("[，。；\n]")),
    (_NEXT_POST_PATTERN, ("任", "提名", "推荐为"), "appointed", re.compile("[。\n]")),
    (_LEFT_POST_PATTERN, ("不再担任", "辞去"), "dismissed", re.compile("[。\n]")),
)
_LIST_HEADING_PATTERN = re.compile(
    r"(?P<verb>当选)(?:为|的)?(?P<post>[^，。；：\n]{2,30}?)(?:的)?(?:还?(?:有|是)(?:（[^（）\n]{1,20}）)?[：:]?|(?:（[^（）\n]{1,20}）)?[：:])"
)


def find_appointed(page: Page) -> Iterator[Found]:
    """All constructions of this module."""
    yield from _find_after_acts(page)
    yield from _find_before_posts(page)
    yield from _find_before_offices(page)
    yield from _find_under_headings(page)
    yield from _find_disciplined(page)


def _find_after_acts(page: Page) -> Iterator[Found]:
    """任命|司马珂|为…, 免去|赫连山|的…职务, 接受|张三|辞去…: verb, names, post."""
    for match in page.find(_ACT_PATTERN):
        # 撤销|黄胜|山东省副省长职务: nothing but the post says where the name ends.
        least = NOTHING if match.group() in _DISMISSALS else WEAK
        names = page.names.read_list(match.end(), least)
        if names and _RESIGNED_PATTERN.match(page.text, names[-1].end):
            for found in make_list(page, names, [], "officials.appointment"):
                yield found._replace(roles=("dismissed",))
        elif names:
            yield from _attach_post(page, names, "officials.appointment")


def _find_before_posts(page: Page) -> Iterator[Found]:
    """…，|诸葛明轩|、|木桂兰|为县委副书记: names, a linking verb, a post that ends its clause."""
    for head in page.titles.heads:
        if not _POST_END_PATTERN.match(page.text, head.end):
            continue
        floor = page.clause_start(head.start)
        for names in _read_before_links(page, floor, head.end):
            if attached := list(_attach_post(page, names, "officials.post")):
                yield from attached
                break


def _find_before_offices(page: Page) -> Iterator[Found]:
    """免去|赫连山|同志的区城市管理局局长职务: names, 的, a post, 职务."""
    for match in page.find(_OFFICE_OF_PATTERN, ("职务",)):
        floor = page.clause_start(match.start())
        if names := page.names.read_list_back(match.start(), floor):
            yield from _attach_post(page, names, "officials.office_of")


def _read_before_links(page: Page, floor: int, end: int) -> Iterator[list[Name]]:
    """The names before each verb of a clause that may link them to a post."""
    for link in _LINK_VERB_PATTERN.finditer(page.text, floor, end):
        if names := page.names.read_list_back(link.start(), floor):
            yield names


def _attach_post(page: Page, names: Sequence[Name], rule: str) -> Iterator[Found]:
    """The mentions of a list with the post printed behind it."""
    link = _LINK_PATTERN.match(page.text, names[-1].end)
    titles = _read_post(page, link.end()) if link else []
    if link is None or not titles:
        return
    role = _decide_role(page, names[0].start, link["link"])
    if link["link"] in ("的", "") and role != "dismissed":
        return
    tail = titles[-1].end
    for found in make_list(page, names, titles, rule):
        last = found.start == names[-1].start
        yield found._replace(roles=(role,) if role else (), tail=tail if last else found.tail)


def _read_post(page: Page, start: int) -> list[Title]:
    """The titles that begin at ``start`` and end with their clause."""
    for head in page.titles.heads_between(start, start + 60):
        ends = _POST_END_PATTERN.match(page.text, head.end)
        if ends and (titles := page.titles.read_forward(start, head.end)):
            return titles
    return []


def _decide_role(page: Page, position: int, link: str) -> str:
    """The role from the link itself, the last verb of the sentence before, or the heading above."""
    if "当选" in link:
        return "elected"
    if link in ("不再担任", "请求辞去", "辞去"):
        return "dismissed"
    if link == "拟任":
        return ""
    if verb := _governing_verb(page.text, position):
        return _ROLES[verb]
    return "appointed" if link in ("任", "担任", "出任", "兼任") else ""


def _governing_verb(text: str, position: int) -> str:
    """The last verb of choosing before ``position`` in its sentence, or in a heading above."""
    floor = max(0, position - _REACH)
    start = max(text.rfind("。", floor, position) + 1, text.rfind("\n", floor, position) + 1, floor)
    if verbs := _VERB_PATTERN.findall(text, start, position):
        return str(verbs[-1])
    return _heading_verb(text, start)


def find_last_role(text: str, start: int, end: int) -> str:
    """The role of the last verb of choosing in ``[start, end)``; empty where there is none."""
    verbs = _VERB_PATTERN.findall(text, start, end)
    return _ROLES[verbs[-1]] if verbs else ""


def _heading_verb(text: str, line_start: int) -> str:
    """一、任命 above lines that name one person each."""
    for line in reversed(text[max(0, line_start - 1200) : line_start].split("\n")):
        bare = line.rstrip("：: 　")
        if bare.endswith(tuple(_ROLES)):
            return str(_VERB_PATTERN.findall(bare)[-1])
        if line and line[-1] not in "；;，":
            return ""
    return ""


def _find_under_headings(page: Page) -> Iterator[Found]:
    """当选县委委员的有（按姓氏笔画为序）：王立冬、木桂兰…: the post, a colon, names."""
    for match in page.find(_LIST_HEADING_PATTERN):
        names = page.names.read_list(match.end(), STRONG)
        titles = page.titles.read_forward(match.start("post"), match.end("post"))
        for found in make_list(page, names, titles, "officials.elected_list"):
            yield found._replace(roles=("elected",), head=found.start)


def _find_disciplined(page: Page) -> Iterator[Found]:
    """给予|周永康、令计划|开除党籍处分: people whom a decision is about."""
    for match in page.find(_DISCIPLINE_PATTERN):
        names = page.names.read_list(match.end())
        if names and _DISCIPLINE_AFTER_PATTERN.match(page.text, names[-1].end):
            yield from make_list(page, names, [], "officials.discipline")


def add_posts(page: Page, mentions: Sequence[Found]) -> list[Found]:
    """Posts printed further right: 免去其…职务, 习近平总书记…全票|当选全国人大代表."""
    changed = list(mentions)
    starts = [found.start for found in changed]
    for pattern, signs, role, barrier in _LATER_POSTS:
        for match in page.find(pattern, signs):
            index = bisect_left(starts, match.start()) - 1
            titles = page.titles.read_forward(*match.span("post"))
            if (
                index < 0
                or not titles
                or barrier.search(page.text, changed[index].tail, match.start())
            ):
                continue
            changed[index] = add_to_found(changed[index], titles, role)
    return changed


def add_to_found(found: Found, titles: Sequence[Title], role: str) -> Found:
    """A mention with more titles and a role."""
    return found._replace(
        titles=tuple(dict.fromkeys((*found.titles, *(title.text for title in titles)))),
        roles=tuple(dict.fromkeys((*found.roles, role))),
    )
