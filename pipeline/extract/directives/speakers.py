"""Who speaks: the subject of a clause as the issuer of what follows.

Takes a clause and the people and meetings named in the document, gives an :class:`Issuer`, e.g.
段宏毅 for ``县委书记段宏毅要求``, 省委常委会会议 for ``省委常委会会议强调``, 他 with the name of
who spoke last. Known gap: people without office are known by their place in the clause alone
(``董事长张三强调``).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.extract.directives.clauses import Clause
from pipeline.extract.directives.grammar import BLOT, Grammar
from pipeline.extract.directives.verbs import find_opening_verb
from pipeline.records import Official, Plenum


class Issuer(NamedTuple):
    """Who says it: as printed, resolved as far as the page allows, and the sort of speaker."""

    text: str
    name: str
    sort: str


class Subject(NamedTuple):
    """An issuer and where its words end in the clause."""

    issuer: Issuer
    end: int


@dataclass(frozen=True, slots=True)
class Cast:
    """The people and meetings named in a document, each in reading order."""

    text: str
    officials: Sequence[Official]
    plenums: Sequence[Plenum]

    def people_between(self, start: int, end: int) -> list[Official]:
        """The officials named inside a stretch."""
        first = bisect_left(self.officials, start, key=lambda official: official.start)
        inside: list[Official] = []
        for official in self.officials[first:]:
            if official.end > end:
                break
            inside.append(official)
        return inside

    def last_speaker(self, before: int) -> str:
        """The name 他 stands for: who spoke last, or else was named last."""
        earlier = self.officials[: bisect_left(self.officials, before, key=lambda one: one.start)]
        for official in reversed(earlier[-8:]):
            if "speaks" in official.roles:
                return official.name
        return earlier[-1].name if earlier else ""

    def meeting_at(self, start: int, upto: int) -> Plenum | None:
        """The meeting whose words begin at a place and end before another."""
        first = bisect_left(self.plenums, start, key=lambda plenum: plenum.start)
        for plenum in self.plenums[first : first + 1]:
            if plenum.start == start and plenum.end <= upto:
                return plenum
        return None

    def own_meeting(self) -> str:
        """The name of the meeting the document reports; empty where it is none of the table."""
        return next((plenum.name for plenum in self.plenums if plenum.is_self), "")


# What may stand before the subject and is no part of it.
_LEAD_PATTERN = re.compile(
    r"(?:同时|此外|另外|因此|为此|但是?|随后|接着|最后|期间|会上|会前|会后|其间|日前|近日|当天"
    r"|[这此]次|本次"
    r"|\d{1,2}月\d{1,2}日(?:[上下]午|晚)?|\d{1,2}日(?:[上下]午|晚)?)*"
)
_TITLE_END = r"(?:书记|长|主任|主席|专员|委员|政委|总裁|经理|代表|同志|行长|会长|院士|主持人)"
_UNLISTED_NAME_PATTERN = re.compile(
    rf"(?:(?P<title>[\u4e00-\u9fff、（）]{{0,30}}{_TITLE_END}))?"
    r"(?P<name>[\u4e00-\u9fff]{2,3}?|[\u4e00-\u9fff]{2,8}·[\u4e00-\u9fff]{2,8}?)"
    r"(?=$|还$|最后$|在[^，]{1,24}[时中上后]$|主持[^，]{0,12}时$)"
)
# 按照习近平总书记要求, 我们牢记总书记嘱托: the person is no subject.
_OBLIQUE_PATTERN = re.compile(r"我们|按照|沿着|根据|遵照|遵循|[对向把]|只要|贯彻|落实")
# 有的同志认为, 一些地方提出: somebody, but nobody in particular.
_VAGUE_PATTERN = re.compile(
    r"(?:有的|有些|有人|一些|不少|部分|个别|许多|很多)[\u4e00-\u9fff]{0,8}$"
)
# 全会|工作报告: what speaks is the text, not the meeting.
_TEXT_OF_PATTERN = re.compile(r"(?:的?工作)?(?:报告|公报|决议|决定|文件)")
# 会议听取张三汇报后: a verb before the person shows that the meeting is the subject.
_VERB_BETWEEN_PATTERN = re.compile(
    r"[由在了对向就受]|听取|召开|学习|传达|根据|按照|举行|主持|研究|审议"
)


def find_subject(clause: Clause, upto: int, cast: Cast, grammar: Grammar) -> Subject | None:
    """The issuer that is the subject of a clause, if it has one.

    Args:
        clause: Where to look.
        upto: Where the words before the verb end, counted from the start of the clause.
        cast: The people and meetings of the document.
        grammar: The word lists.
    """
    lead = _LEAD_PATTERN.match(clause.text, 0, upto)
    start = lead.end() if lead else 0
    if clause.text[start:upto][:1] in ("他", "她"):
        name = cast.last_speaker(clause.start + start)
        return Subject(Issuer(clause.text[start], name, "person"), start + 1)
    if vague := _VAGUE_PATTERN.match(clause.text[start:upto]):
        return Subject(Issuer(vague.group(), "", "other"), upto)
    meeting = cast.meeting_at(clause.start + start, clause.start + upto)
    if meeting and not _TEXT_OF_PATTERN.match(clause.text, meeting.end - clause.start, upto):
        return Subject(Issuer(meeting.text, meeting.name, "meeting"), meeting.end - clause.start)
    noun = _match_noun(clause, start, upto, grammar)
    if _opens_predicate(clause, start, noun, grammar):
        return None
    if person := _find_person(clause, start, upto, noun, cast, grammar):
        return _take_person(clause, person, cast)
    unlisted = _find_unlisted(clause, start, upto, cast, grammar)
    if noun and not (unlisted and noun.end() < unlisted.end):
        return _take_noun(clause, start, noun.end(), cast, grammar)
    return unlisted


def _find_person(
    clause: Clause,
    start: int,
    upto: int,
    noun: re.Match[str] | None,
    cast: Cast,
    grammar: Grammar,
) -> Official | None:
    """The first official of a clause, if nothing but titles stands before the name."""
    people = cast.people_between(clause.start + start, clause.start + upto)
    if not people:
        return None
    before = clause.text[start : people[0].start - clause.start]
    if _OBLIQUE_PATTERN.search(before) or _has_verb(before, grammar):
        return None
    if noun and _VERB_BETWEEN_PATTERN.search(clause.text[noun.end() : start + len(before)]):
        return None
    return people[0]


def _match_noun(clause: Clause, start: int, upto: int, grammar: Grammar) -> re.Match[str] | None:
    """A noun phrase of an issuer that begins the clause; none in 按照市委部署."""
    noun = grammar.issuer_pattern.match(clause.text, start, upto)
    preposition = grammar.pivots.word_at(clause.text, start)
    if noun is None or (preposition and not grammar.issuers.word_at(clause.text, start)):
        return None
    head = grammar.issuers.word_before(noun.string, noun.end())
    inside = noun.group()[: -len(head)]
    if _OBLIQUE_PATTERN.search(inside) or _has_verb(inside, grammar):
        return None
    return noun


def _opens_predicate(
    clause: Clause, start: int, noun: re.Match[str] | None, grammar: Grammar
) -> bool:
    """Whether a clause begins with a verb and has no subject: 落实省委部署; but not 推进会强调."""
    if grammar.modal_pattern.match(clause.binding, start):
        return True
    verb = find_opening_verb(clause.text, start, grammar)
    return verb is not None and not (noun and noun.end() <= start + len(verb.word) + 2)


def _has_verb(words: str, grammar: Grammar) -> bool:
    """Whether a clear verb stands in words, so that they are no title: 全省上下牢记|总书记."""
    found = (grammar.verbs.word_at(words, at) for at in range(len(words)))
    return any(len(word) > 1 and grammar.verbs.words[word] != "noun" for word in found)


def _take_person(clause: Clause, person: Official, cast: Cast) -> Subject:
    end = person.end - clause.start
    titled = cast.text.startswith("总书记", person.end)
    sort = "cited" if titled or person.text == "总书记" else "person"
    return Subject(Issuer(person.text, person.name, sort), end + 3 * titled)


def _take_noun(clause: Clause, start: int, end: int, cast: Cast, grammar: Grammar) -> Subject:
    word = grammar.issuers.word_before(clause.text, end)
    sort = grammar.issuers.words[word]
    begin, stop = clause.start + start, clause.start + end
    bare = sort == "meeting" and end - start == len(word)
    name = cast.own_meeting() if bare else ""
    return Subject(Issuer(cast.text[begin:stop], name, sort), end)


def _find_unlisted(
    clause: Clause, start: int, upto: int, cast: Cast, grammar: Grammar
) -> Subject | None:
    """A subject nobody has listed: a title in 《》, or a name by its place (董事长张三)."""
    words = clause.text[start:upto]
    begin, stop = clause.start + start, clause.start + upto
    if words and words == BLOT * len(words):
        return Subject(Issuer(cast.text[begin:stop], "", "text"), upto)
    name = _UNLISTED_NAME_PATTERN.match(words)
    if name and (clause.opens_segment or name["title"]):
        known = grammar.surnames
        if "·" in name["name"] or name["name"][:2] in known or name["name"][0] in known:
            return Subject(Issuer(name["name"], name["name"], "unlisted"), start + name.end())
    return None
