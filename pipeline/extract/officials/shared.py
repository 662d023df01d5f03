"""Shared titles: what is printed once for several people or places.

Takes mentions that bear titles of their own and the page, gives them with the title printed behind
their list: 区委书记谷南，区长闻人溪等区四套班子领导出席 is two with 区四套班子领导. Known gap: a
list that a predicate interrupts (县长甲主持，乙等县领导出席) shares only from there on.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from pipeline.extract.officials.found import Found
from pipeline.extract.officials.mentions import Page, read_shared
from pipeline.extract.officials.titles import Head

_COLLECTIVE_PATTERN = re.compile(r"等(?:[0-9一二三四五六七八九十]{1,3}[名位])?")
_GAP_PATTERN = re.compile(r"[、，和与及 　]{0,3}|以及")


def add_shared_titles(page: Page, mentions: Sequence[Found]) -> list[Found]:
    """The mentions with the titles that stand behind their lists."""
    changed = list(mentions)
    tails = [found.tail for found in changed]
    for head, at in _find_heads(page):
        last = bisect_left(tails, at)
        if last == len(tails) or tails[last] != at or not changed[last].titles:
            continue
        counted = _COLLECTIVE_PATTERN.match(page.text, at)
        titles = read_shared(page, head, counted.end()) if counted else None
        for index in _walk_back(page, changed, last) if titles else ():
            both = (*changed[index].titles, *(title.text for title in titles or ()))
            changed[index] = changed[index]._replace(titles=tuple(dict.fromkeys(both)))
    return changed


def _find_heads(page: Page) -> Iterator[tuple[Head, int]]:
    """Heads that many people share, each with the 等 before it in its clause."""
    for head in page.titles.heads:
        if head.kind == "collective":
            at = page.text.rfind("等", page.clause_start(head.start), head.start)
            if at >= 0:
                yield head, at


def _walk_back(page: Page, mentions: Sequence[Found], last: int) -> Iterator[int]:
    """The members of the list that ends with ``last``, from there back."""
    yield last
    for index in range(last, 0, -1):
        if not _GAP_PATTERN.fullmatch(page.text, mentions[index - 1].tail, mentions[index].head):
            return
        yield index - 1
