"""Titles: what office a stretch of text names.

Takes a text, gives :class:`Head` items (书记 in 区委书记) and, walking left from a head, the titles
that end there: 区委副书记、区长 is 区委副书记 and 区长. Known gap: where a title begins is known by
what cannot belong to it, so an unusual verb before it stays inside.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import regex

from pipeline.extract.officials.vocabulary import Vocabulary
from pipeline.spans import Span

# A stretch without punctuation, read backwards; short quotations and brackets belong to it:
# “访惠聚”驻村工作队队长.
_CHUNK_PATTERN = regex.compile(
    r"(?r)(?:[^，。；：！？、\n“”‘’《》（）()…【】「」—\- 　]"
    r"|“[^“”，。！？；\n]{1,16}”|「[^「」，。！？；\n]{1,16}」|（(?![^（）\n]{0,24}[女男族岁])[^（）\n]{1,16}）){1,48}"
)
_DATE_PATTERN = regex.compile(
    r"[0-9一二三四五六七八九十]{1,3}[日号](?:上午|下午|晚上?)?|[0-9]{1,2}月[0-9]{1,2}日"
)
# 山阴、会稽两县: places, and how many they are.
_COUNTED_PATTERN = regex.compile(
    r"[一-龥]{1,7}?(?P<count>[两二三四五六七八九])(?:个)?(?:[省市区县旗州镇乡]|街道)"
)
_PLACES_PATTERN = regex.compile(r"(?r)(?:(?P<place>[一-龥]{2,8})、){1,8}")
_NUMERALS = dict(zip("两二三四五六七八九", (2, *range(2, 10)), strict=True))
_BRACKETED_PATTERN = regex.compile(r"“[^“”]*”|「[^「」]*」|（[^（）]*）")
_LONGEST = 36
_CLAUSE_PATTERN = regex.compile("[，。；：\n]")
_JOINERS = "、 　"
_FIRM_PATTERN = regex.compile(
    r"公司|集团|企业|[^工电]厂|银行|分行|支行|商行|酒店|商场|药业|股份|合作社|商会|农场主|有限"
)
_PUBLIC_PATTERN = regex.compile(r"党[委组总支]|工会|团委|纪委|妇联|支部|人民银行|国资委|管委会")
# 书记处, 委员会, 主席团, 主任会议: the head is part of another word.
_NO_HEAD_AFTER = {
    "书记": "处",
    "委员": "会",
    "主席": "团台国",
    "主任": "会",
    "常委": "会",
    "领导": "小班干下核集体",
    "成员": "单国",
    "代表": "大团",
}
_NO_DISTRICT_BEFORE = "社校园小景"


class Head(NamedTuple):
    """The last word of a title, modifiers behind it included; ``kind`` as in the lexicon."""

    start: int
    end: int
    word: str
    kind: str


class Title(NamedTuple):
    """One title as printed."""

    start: int
    end: int
    text: str
    official: bool


def find_heads(text: str, vocabulary: Vocabulary) -> Iterator[Head]:
    """The heads of all titles, in order."""
    for index, start, end in vocabulary.head_automaton.find_matches_as_indexes(text):
        word = vocabulary.head_list[index]
        if word == "区长" and text[start - 1 : start] in _NO_DISTRICT_BEFORE and start:
            continue  # 社区长者食堂
        if text[end : end + 1] in _NO_HEAD_AFTER.get(word[-2:], "") and end < len(text):
            continue
        after = vocabulary.after_pattern.match(text, end)
        yield Head(start, after.end() if after else end, word, vocabulary.heads[word])


@dataclass(frozen=True, eq=False)
class TitleReader:
    """Reads titles in one text.

    Attributes:
        text: The document.
        vocabulary: Compiled word lists.
        heads: All heads, in order.
        known: Names already found in the document, and those of the lexicon.
    """

    text: str
    vocabulary: Vocabulary
    heads: Sequence[Head]
    known: Collection[str] = ()

    @cached_property
    def _head_at_end(self) -> Mapping[int, Head]:
        return {head.end: head for head in self.heads}

    def read_back(self, head: Head, floor: int) -> list[Title]:
        """The titles that end with ``head``: its own and those joined to it by 、, in order.

        Args:
            head: The last head.
            floor: Where the title may begin at the earliest (the end of the name before).
        """
        titles: list[Title] = []
        current: Head | None = head
        while current is not None:
            span, trimmed = self._read_chunk(current.end, floor)
            span = self._reach_places(span, floor)
            titles.extend(reversed(list(self._split_joined(span, current))))
            before = span.start - 1
            if trimmed or before < floor or self.text[before] not in _JOINERS:
                break
            current = self._head_at_end.get(before)
            if current and current.kind == "epithet":  # 共产主义战士、省顾问委员会原副主任
                break
        return titles[::-1]

    def _read_chunk(self, end: int, floor: int) -> tuple[Span, bool]:
        """The stretch that ends at ``end``, and whether something before it was cut off."""
        match = _CHUNK_PATTERN.match(self.text, floor, end)
        start = match.start() if match else end
        cut = self._find_cut(start, end)
        while cut < end and self.text[cut] in "和与及同":
            cut += 1
        if end - cut > _LONGEST:  # no punctuation in reach: where it begins cannot be known
            cut = self._head_at_end[end].start
        return Span(cut, end), cut > start

    def _reach_places(self, span: Span, floor: int) -> Span:
        """The title with all the places that its numeral counts: 山阴、会稽两县县长."""
        counted = _COUNTED_PATTERN.match(self.text, span.start, span.end)
        if counted is None:
            return span
        before = _PLACES_PATTERN.match(self.text, floor, span.start)
        places = before.captures("place") if before else []
        if before is None or len(places) + 1 != _NUMERALS[counted["count"]]:
            return span
        cut = self._find_cut(before.start(), before.end())
        return Span(cut, span.end) if cut < before.start() + len(places[-1]) else span

    def _find_cut(self, start: int, end: int) -> int:
        chunk = _BRACKETED_PATTERN.sub(
            lambda match: "〇" * len(match.group()), self.text[start:end]
        )
        cut = 0
        for match in self.vocabulary.opener_pattern.finditer(chunk):
            if match.end() < len(chunk) and self.vocabulary.opener_kinds[match.group()] != "inside":
                cut = match.end()
        dates = (match.end() for match in _DATE_PATTERN.finditer(chunk))
        # 习近平|同越共中央总书记: nobody's name is part of a title.
        names = (chunk.rfind(name) + len(name) for name in self.known if name in chunk)
        return start + max(cut, *dates, *names, 0)

    def _split_joined(self, span: Span, head: Head) -> Iterator[Title]:
        """统战部部长兼侨办主任 is two titles."""
        start = span.start
        at = self.text.find("兼", start, span.end)
        while at > start:
            if at in self._head_at_end:
                yield self._make_title(start, at, self._head_at_end[at])
                start = at + 1 + self.text.startswith("任", at + 1)
            at = self.text.find("兼", at + 1, span.end)
        yield self._make_title(start, span.end, head)

    def _make_title(self, start: int, end: int, head: Head) -> Title:
        text = self.text[start:end]
        bare = self.vocabulary.before_pattern.sub("", text[: -len(head.word)]) == ""
        floor = max(0, start - 200)
        marks = (self.text.rfind(mark, floor, start) + 1 for mark in "。\n")
        sentence = max(floor, *marks)
        # 集团副总经理翁一舟、总会计师秦湘: a bare title takes the organ of the one before it.
        printed = self.text[sentence:end] if bare and head.kind == "staff" else text
        return Title(start, end, text, is_official(printed, head.kind))

    def read_forward(self, start: int, end: int) -> list[Title]:
        """The titles that fill ``[start, end)``, joined by 、 or 兼; else none."""
        titles: list[Title] = []
        for piece in _split_pieces(self.text, start, end):
            head = self._head_at_end.get(piece.end)
            stretch = self.text[piece.start : piece.end]
            if head is None or len(stretch) > _LONGEST or _CLAUSE_PATTERN.search(stretch):
                return []
            titles.extend(self._split_joined(piece, head))
        return titles

    def head_at(self, end: int) -> Head | None:
        """The head that ends at ``end``."""
        return self._head_at_end.get(end)

    def heads_between(self, start: int, end: int) -> Iterator[Head]:
        """The heads inside ``[start, end)``, in order."""
        for index in range(bisect_left(self.heads, (start,)), len(self.heads)):
            if self.heads[index].end > end:
                return
            yield self.heads[index]


def is_official(title: str, kind: str) -> bool:
    """Whether a title is a public, party, military or mass-organisation office.

    >>> is_official("集团副总经理", "company"), is_official("集团工会主席", "staff")
    (False, True)
    """
    if kind in ("company", "civilian"):
        return False
    if kind == "staff" and _FIRM_PATTERN.search(title):
        return bool(_PUBLIC_PATTERN.search(title[-12:]))
    return True


def _split_pieces(text: str, start: int, end: int) -> Iterator[Span]:
    at = start
    for index in range(start, end + 1):
        if index == end or text[index] == "、":
            yield Span(at, index)
            at = index + 1
