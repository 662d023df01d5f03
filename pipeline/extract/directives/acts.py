"""A speech act in one clause.

Takes a clause, gives an :class:`Act` if its verb speaks: 强调 in ``会议强调``, 要求 in
``区委要求各镇抓好落实`` with the rest from 各镇, 部署 in ``会议对防汛工作作出部署``; none in
``落实省委部署要求``, where the words are nouns. Known gap: a subject that is no listed noun,
person or title in 《》 is not recognised as a speaker.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import NamedTuple

from pipeline.extract.directives.addressees import (
    find_bare_addressee_end,
    find_plain_addressee_end,
)
from pipeline.extract.directives.clauses import Clause
from pipeline.extract.directives.grammar import ACT, Grammar
from pipeline.extract.directives.speakers import Cast, Issuer, find_subject
from pipeline.extract.directives.verbs import find_opening_verb


class Act(NamedTuple):
    """What a clause says about speaking.

    Attributes:
        verb: The speech act as printed.
        manner: Its value in the word list.
        issuer: Who speaks, where the clause says so.
        rest: Where what is said begins in the clause; its length if all of it follows.
        ready: Whether what is said follows directly, so that a bare verb is part of it.
        light: Whether a verb without meaning carries it (作出部署).
        pledges: Whether what is said is what the speaker will do (表示将).
        addressee: Who is addressed before the comma (叮嘱镇干部，), by start and end.
    """

    verb: str
    manner: str
    issuer: Issuer | None
    rest: int
    ready: bool
    light: bool = False
    pledges: bool = False
    addressee: tuple[int, int] | None = None


_LIGHT_PATTERN = re.compile(
    r"(?:作出|做出|作了|作|进行|提出|提|发出)了?[^，]{0,12}?(?P<act>部署|安排|要求|号召|倡议|希望)$"
)
# 提出三点要求, and before a colon 部署了两项任务: what is counted is set out next.
_COUNTED_PATTERN = re.compile(
    r"(?P<act>提出|部署|安排)了?(?:如下|以下)?[一二三四五六七八九十几两\d]{1,3}[点条项个方][^，]{0,8}$"
)
# 提出今年的主要任务
_POINTS_PATTERN = re.compile(
    r"(?P<act>提出)了?[^，]{0,20}(?:任务|措施|举措)$"
    r"|(?P<set>明确)了?[^，]{0,20}(?:任务|措施|举措|重点|要求|方向)$"
)
# 部署今后三年任务：, 部署了明年工作：: only before the colon does it announce them.
_TASKS_PATTERN = re.compile(r"(?P<act>部署|安排)了?[^，]{2,20}(?:任务|工作|重点)$")
# After these the words are not the beginning of what is said: 强调了, 提出的, 要求性
_ASPECT_PATTERN = re.compile(r"[了过的性、和]")
_BEFORE_ACT_PATTERN = re.compile(
    r"(?:会上|会前|会后|会中|讲话|讲话中|并|还|也|又|再次|同时|最后|明确|反复|特别|一致|郑重|着重"
    r"|由此|重点|专门|共同|现场|随后|严肃|强烈|进一步|就此|为此|对此|在会上|会议期间)*"
)
_PLACE_END_PATTERN = re.compile(r"(?:时|后|中|会上|期间|讲话|发言|报告|并|调研|考察)$")
_TOPIC_PATTERN = re.compile(r"[对就围向针在以]")
# These verbs are verbs of action too (明确责任): they speak only with a subject of their own.
_SHY_VERBS = frozenset(
    {"明确", "提出", "安排", "部署", "希望", "建议", "倡议", "提醒", "提议", "确定"}
)
# 对县长周乙|说：“要…”
_TOLD_PATTERN = re.compile(r"对(?P<who>[^，]{2,20})$")
_MOST_VERBS = 6
# A line feed follows in a headline over two lines.
_SAID_AFTER_PATTERN = re.compile(r"[，：“「 　\n]")


class Around(NamedTuple):
    """What stands around a clause.

    Attributes:
        bound: Whether a modal word stands before it in the sentence; a verb without a subject is
            then part of what is said (要…，动员全社会参与).
        led: Whether a frame governs the clause already.
        alone: Whether only a subject of its own makes a speech act, as in a report.
    """

    bound: bool
    led: bool
    alone: bool


def find_act(clause: Clause, cast: Cast, grammar: Grammar, around: Around) -> Act | None:
    """The speech act of a clause, if it has one.

    Args:
        clause: Where to look.
        cast: The people and meetings of the document.
        grammar: The word lists.
        around: What stands around the clause.
    """
    if not (clause.signs & ACT and grammar.act_pattern.search(clause.text)):
        return None
    act = _find_light(clause, cast, grammar, led=around.led)
    act = act or _find_verb(clause, cast, grammar, bound=around.bound)
    if act and (act.issuer is not None or not around.alone) and not _is_doubtful(act):
        return act
    return None


def _is_doubtful(act: Act) -> bool:
    """Whether an unlisted name before a verb that is a noun too is none: 国防|动员, 今年|安排."""
    unlisted = act.issuer is not None and act.issuer.sort == "unlisted"
    noun = act.manner in ("order", "advice") or act.verb in ("嘱托", "寄语", "提醒")
    return unlisted and noun and act.verb != "要求"


def _find_light(clause: Clause, cast: Cast, grammar: Grammar, *, led: bool) -> Act | None:
    """A noun with a verb that says nothing (作出部署); under a frame only with subject or colon."""
    match = _find_announcement(clause)
    if not match or clause.after not in ("：", "。", "，"):
        return None
    subject = find_subject(clause, match.start(), cast, grammar)
    issuer = subject.issuer if subject and subject.issuer.sort != "unlisted" else None
    ready = clause.after == "："
    if led and not (issuer or ready):
        return None
    verb = match.groupdict().get("set") or match["act"]
    return Act(verb, "order", issuer, len(clause.text), ready, light=True)


def _find_announcement(clause: Clause) -> re.Match[str] | None:
    """The words that announce what is said next; 部署两项任务 does so only before a colon."""
    counted = _COUNTED_PATTERN.search(clause.text)
    if counted and (counted["act"] == "提出" or clause.after == "："):
        return counted
    if clause.after == "：" and (tasks := _TASKS_PATTERN.search(clause.text)):
        return tasks
    return _LIGHT_PATTERN.search(clause.text) or _POINTS_PATTERN.search(clause.text)


def _find_verb(clause: Clause, cast: Cast, grammar: Grammar, *, bound: bool) -> Act | None:
    for match in islice(grammar.act_pattern.finditer(clause.text), _MOST_VERBS):
        at, end = match.span()
        if end == len(clause.text):
            act = _read_final(clause, at, cast, grammar)
        elif _ASPECT_PATTERN.match(clause.text, end):
            continue
        else:
            act = _read_medial(clause, at, end, cast, grammar, bound=bound)
        if act:
            return act
    return None


def _read_final(clause: Clause, at: int, cast: Cast, grammar: Grammar) -> Act | None:
    """A verb that ends its clause (会议强调，), or the line of a headline."""
    verb = clause.text[at:]
    manner = grammar.acts.words[verb]
    if not _SAID_AFTER_PATTERN.match(clause.after or " "):
        return None
    if clause.after == "\n" and manner != "statement":
        return None
    if manner != "speech" and _BEFORE_ACT_PATTERN.fullmatch(clause.text, 0, at):
        return Act(verb, manner, None, len(clause.text), ready=True)
    subject = find_subject(clause, at, cast, grammar)
    if subject is None or clause.text.endswith("来说"):
        return None
    if manner == "speech" and (told := _TOLD_PATTERN.search(clause.text, subject.end, at)):
        addressee = (clause.start + told.start("who"), clause.start + told.end())
        return Act(verb, manner, subject.issuer, len(clause.text), ready=True, addressee=addressee)
    loose = manner not in ("order", "address", "advice") and verb not in _SHY_VERBS
    if loose or _is_link(clause.text[subject.end : at], manner):
        return Act(verb, manner, subject.issuer, len(clause.text), ready=True)
    return None


def _read_medial(
    clause: Clause, at: int, end: int, cast: Cast, grammar: Grammar, *, bound: bool
) -> Act | None:
    """A verb with what is said in the same clause: 要求各镇抓好落实."""
    verb = clause.text[at:end]
    manner = grammar.acts.words[verb]
    if manner == "address":
        return _read_address(clause, at, end, cast, grammar)
    if _BEFORE_ACT_PATTERN.fullmatch(clause.text, 0, at):
        opens = _binds_or_lists(clause, end, grammar) or _hopes(clause, verb, end, grammar)
        if not opens and (bound or verb in _SHY_VERBS):
            return None
        if verb in ("动员", "号召", "呼吁") and not _directs(clause, end, grammar):
            return None
        return Act(verb, manner, None, end, ready=True, pledges=clause.text.startswith("将", end))
    if verb in _SHY_VERBS and not (
        _directs(clause, end, grammar) or _hopes(clause, verb, end, grammar)
    ):
        return None
    if verb == "确定" and not _binds_or_lists(clause, end, grammar):
        return None
    subject = find_subject(clause, at, cast, grammar)
    if subject and _is_link(clause.text[subject.end : at], manner):
        return Act(verb, manner, subject.issuer, end, ready=True)
    return None


def _binds_or_lists(clause: Clause, at: int, grammar: Grammar) -> bool:
    """Whether a modal word or an ordinal follows (要求必须, 要求一是)."""
    modal = grammar.modal_pattern.match(clause.binding, at)
    return modal is not None or "是" in clause.text[at : at + 4]


def _hopes(clause: Clause, verb: str, at: int, grammar: Grammar) -> bool:
    """Whether a speech turns to somebody: 希望|同志们再接再厉."""
    opens = verb == "希望" and clause.opens_sentence
    return opens and find_plain_addressee_end(clause.text[at:], grammar) > 0


def _directs(clause: Clause, at: int, grammar: Grammar) -> bool:
    """Whether what follows begins like a directive, not like an object (提出一个目标)."""
    if _binds_or_lists(clause, at, grammar) or find_opening_verb(clause.text, at, grammar):
        return True
    return find_bare_addressee_end(clause.text[at:], grammar) > 0


def _read_address(clause: Clause, at: int, end: int, cast: Cast, grammar: Grammar) -> Act | None:
    """A verb with the person addressed: 叮嘱镇干部，…; without a comma what follows is said."""
    subject = find_subject(clause, at, cast, grammar)
    inherits = _BEFORE_ACT_PATTERN.fullmatch(clause.text, 0, at)
    if not inherits and not (subject and _is_link(clause.text[subject.end : at], "")):
        return None
    issuer = subject.issuer if subject and not inherits else None
    said = grammar.modal_pattern.search(clause.binding, end) or clause.after not in ("，", "：")
    rest = end if said else len(clause.text)
    addressee = None if said else (clause.start + end, clause.end)
    return Act(clause.text[at:end], "address", issuer, rest, ready=True, addressee=addressee)


def _is_link(between: str, manner: str) -> bool:
    """Whether words may stand between a subject and its speech act: 最后, 在调研时, 就此.

    The nouns 要求 and 部署 come after a topic too (对省委部署要求), so an order is no such link.
    """
    if _BEFORE_ACT_PATTERN.fullmatch(between) or _PLACE_END_PATTERN.search(between):
        return True
    return manner not in ("order", "advice") and bool(_TOPIC_PATTERN.match(between))
