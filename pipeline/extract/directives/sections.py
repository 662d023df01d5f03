"""The parts of a report or plan: what was done, what is to be done; and ordinals.

Takes the clauses of a document, gives for each the part it stands in (``past``, ``future``,
``neutral`` or empty), e.g. ``future`` under ``二、2014年工作安排``, and reads the ordinal a
clause opens with (一是, （三）). Known gap: a report without headings has no parts; its tasks
count only by their modal words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from pipeline.extract.directives.clauses import Clause
from pipeline.extract.directives.grammar import Grammar
from pipeline.extract.directives.verbs import find_main_verb

_DIGITS = "零一二三四五六七八九"
_NUMERAL = r"[一二三四五六七八九十]{1,3}"
_ORDINAL_PATTERN = re.compile(
    rf"(?P<is>{_NUMERAL})是|（(?P<bracket>{_NUMERAL}|\d{{1,2}})）"
    rf"|第(?P<rank>{_NUMERAL})(?=$|[是、要])是?|(?P<list>{_NUMERAL})、"
    rf"|(?P<figure>\d{{1,2}})(?:、|[.．](?!\d))|(?P<ring>[①-⑳])|(?P<must>{_NUMERAL})(?=要|必须)"
)
_MARKS_PATTERN = re.compile(r"[、\s]*")


class Ordinal(NamedTuple):
    """The number a clause opens with, where its words begin, and whether 要 follows it (一要)."""

    number: int
    end: int
    modal: bool


def read_ordinal(text: str) -> Ordinal | None:
    """The ordinal at the beginning of a clause.

    >>> read_ordinal("二是抓牢安全生产")
    Ordinal(number=2, end=2, modal=False)
    """
    match = _ORDINAL_PATTERN.match(text)
    if match is None or match.lastgroup is None:
        return None
    marks = _MARKS_PATTERN.match(text, match.end())
    numeral = match[match.lastgroup]
    return Ordinal(_read_numeral(numeral), marks.end() if marks else 0, match.lastgroup == "must")


def _read_numeral(numeral: str) -> int:
    """A number up to 99, or a ring: 十二, 12, ②."""
    if "①" <= numeral <= "⑳":
        return ord(numeral) - ord("①") + 1
    if numeral.isdigit() and numeral.isascii():
        return int(numeral)
    tens, ten, ones = numeral.rpartition("十")
    value = _DIGITS.find(ones) if ones else 0
    return value + (10 * (_DIGITS.find(tens) if tens else 1) if ten else 0)


_CHAPTER_PATTERN = re.compile(rf"{_NUMERAL}、|第{_NUMERAL}部分")
_YEAR_WORK_PATTERN = re.compile(r"年的?工作$")


def find_parts(clauses: Iterable[Clause], text: str, grammar: Grammar) -> dict[int, str]:
    """The part that begins at each heading, by the start of the heading's first clause."""
    parts: dict[int, str] = {}
    for clause in clauses:
        if clause.level < 3:
            continue
        line_end = text.find("\n", clause.start)
        line = text[clause.start : line_end if line_end >= 0 else len(text)]
        if (
            len(line) <= 45
            and line[-1:] not in "。；！："
            and (part := _read_heading(line, grammar))
        ):
            parts[clause.start] = part
    return parts


def _read_heading(line: str, grammar: Grammar) -> str:
    """What a heading announces; empty where it changes nothing.

    A line without 一、 is a heading only if it ends with a word of the list (2024年工作回顾).
    """
    chapter = _CHAPTER_PATTERN.match(line)
    if chapter is None:
        ends = len(line) <= 20 and not line.startswith("（")
        return next((v for w, v in grammar.headings.items() if ends and line.endswith(w)), "")
    values = {value for word, value in grammar.headings.items() if word in line}
    if "past" in values and ("future" not in values or "回顾" in line):
        return "past"
    if values:
        return "future" if "future" in values else "neutral"
    if _YEAR_WORK_PATTERN.search(line) or find_main_verb(line, chapter.end(), grammar):
        return "future"
    return "none"
