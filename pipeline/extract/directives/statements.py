"""Clauses that tell or judge and therefore direct nobody.

Takes a clause and those after it in its segment, says whether they state something:
``投资增长了一成`` tells, ``推进改革是必由之路`` and ``加强监督意义重大`` judge,
``发展不能以破坏生态为代价`` is a principle. Known gap: a
clause that tells what was done without a word that says so (``推进改革``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import reduce
from operator import or_

from pipeline.extract.directives.clauses import Clause
from pipeline.extract.directives.grammar import (
    ATTENDING,
    COMING,
    COPULA,
    DONE,
    JUDGEMENT,
    MODAL,
    PAST,
    Grammar,
)
from pipeline.extract.directives.verbs import find_opening_verb

# 为了, 了解, 除了, 罢了 tell nothing of the past.
# 出得了坡, 少不了人: what can or cannot be, no aspect.
_DONE_PATTERN = re.compile(r"(?<![为除罢得不])了(?![解然如])|已经?(?![^，]{0,16}的)")
# 发展不能以破坏生态为代价: a modal word that opened no directive states a principle.
_WEAK_PATTERN = re.compile(r"^[^，、]{1,6}(?:不能|不可|不应)")
_COPULA_PATTERN = re.compile(r"(?<![特尤其别于但还总凡实事求确])是(?![否非])")
# 三、支持措施: a heading that names its section.
_LABEL_PATTERN = re.compile(
    r"(?:支持|奖励|实施|保障|申报|补助|扶持|监督|管理|组织|推进|落实|建设|考核|整治|创建|培训|激励)"
    r"(?:措施|政策|条件|对象|范围|标准|内容|依据|程序|原则|办法|情况|领导|实施|保障|步骤|方式|时间|管理|监督)"
)
# 深化改革将持续激发活力: what will come of it.
_WILL_PATTERN = re.compile(r"[^，]{4,40}将(?:持续|不断|进一步|会|有力|极大|使|给)")
# 县长赵甲主持会议, 书记钱乙和李丙出席: who took part, after an order; 各单位派员参加 is one.
_ROSTER_PATTERN = re.compile(
    r"(?:主持(?:了?(?:会议|大会|闭幕式|开幕式|[^，]{1,6}会))?|(?:出席|参加|列席)(?:了?(?:会议|活动|[^，]{1,6}会))?"
    r"|作了?[^，]{1,8}(?:发言|汇报|说明)|(?:先后|分别|依次)(?:作了?)?发言|到会(?:指导|讲话|祝贺|致辞)|(?:并|出席|作)[^，]{0,4}讲话|参会|到会|陪同(?:调研|检查|考察)?)$"
)
# 各局负责人列席会议, 参加会议的还有周乙, 各镇设分会场
_ATTENDING_PATTERN = re.compile(
    r"[^，]{0,40}负责(?:人|同志)[^，]{0,4}(?:出席|列席|参加)了?(?:会议|活动)$"
    r"|(?:出席|参加|列席)[^，]{0,8}的(?:还有|有)|[^，]{1,12}设(?:立|有|了)?分会场$"
)
_EVERYBODY_PATTERN = re.compile(r"各|全[体市县区省州]|有关|相关|凡|所有|每")
_EVENT_PATTERN = re.compile(
    r"(?:召开|举行|闭幕|开幕|会议|结业|开班|座谈会|公报|报告|通知|决定|决议|意见|方案|纪实|综述"
    r"|在京|仪式)$"
)


def find_statement(
    clause: Clause, following: Sequence[Clause], grammar: Grammar, *, rule: str, fresh: bool
) -> str:
    """Why a clause tells or judges rather than directs; empty where it does neither.

    Args:
        clause: The clause.
        following: The clauses after it up to the next semicolon or the end of the sentence.
        grammar: The word lists.
        rule: The rule by which it would be a directive.
        fresh: Whether a speech act stands directly before it.
    """
    if clause.signs & _TELLING and (reason := _find_telling(clause)):
        return reason
    if clause.after in ("\n", "") and _is_label(clause.text, rule):
        return "statement.label"
    if clause.after in _TAG_ENDS and _TAG_PATTERN.search(clause.text):
        return "statement.tag"
    if clause.opens_sentence and not fresh and _is_roster(clause, following):
        return "statement.roster"
    signs = reduce(or_, [other.signs for other in following], clause.signs)
    if not signs & _JUDGING:
        return ""
    if rule == "directive.order":
        return "statement.past_follows" if not fresh and any(map(tells_past, following)) else ""
    if clause.signs & DONE and grammar.done_pattern.search(clause.text):
        return "statement.done"
    if following and _has_own_copula(following[0], grammar):
        return "statement.defined"
    judged = any(_judges(other, grammar) for other in (clause, *following))
    return "statement.judges" if judged else ""


# “绝不能松劲！”王局长语重心长地说。
_TAG_PATTERN = re.compile(r"(?<![一二俗常来据听传演解])说$")
_TAG_ENDS = frozenset({"。", "\n", ""})
_TELLING = PAST | COPULA | MODAL | COMING
_JUDGING = PAST | COPULA | DONE | JUDGEMENT


def _find_telling(clause: Clause) -> str:
    """Why a clause by itself tells something, states a principle or what will come of it."""
    if tells_past(clause):
        return "statement.past"
    if _has_copula(clause):
        return "statement.copula"
    if clause.signs & MODAL and _WEAK_PATTERN.search(clause.binding):
        return "statement.principle"
    outcome = clause.signs & COMING and _WILL_PATTERN.match(clause.text)
    return "statement.outcome" if outcome else ""


def _is_label(text: str, rule: str) -> bool:
    """Whether a line names its section (支持措施), or as a headline an event (会议召开)."""
    if _LABEL_PATTERN.fullmatch(text):
        return True
    return rule == "directive.headline" and _EVENT_PATTERN.search(text) is not None


def _is_roster(clause: Clause, following: Sequence[Clause]) -> bool:
    """Whether a sentence names who took part: 局长赵甲，镇长钱乙作交流发言."""
    last = following[-1] if following else clause
    if not (clause.signs | last.signs) & ATTENDING:
        return False
    if _ATTENDING_PATTERN.match(clause.text):
        return True
    if last.after not in ("。", "\n", "") or _EVERYBODY_PATTERN.match(clause.text):
        return False
    return any(_ROSTER_PATTERN.search(other.text) for other in (clause, last))


def tells(clause: Clause) -> bool:
    """Whether a clause tells what has happened or what something is."""
    return tells_past(clause) or _has_copula(clause)


def tells_past(clause: Clause) -> bool:
    """Whether a clause tells what has happened: 建成了, 已经建成."""
    return bool(clause.signs & PAST and _DONE_PATTERN.search(clause.text))


def _has_copula(clause: Clause) -> bool:
    return bool(clause.signs & COPULA and _COPULA_PATTERN.search(clause.binding))


def _has_own_copula(clause: Clause, grammar: Grammar) -> bool:
    """Whether the next clause says what the first one is: 建成强国，总的安排是分两步走."""
    copula = clause.signs & COPULA and _COPULA_PATTERN.search(clause.binding, 1, 16)
    return bool(copula) and not find_opening_verb(clause.text, 0, grammar)


def _judges(clause: Clause, grammar: Grammar) -> bool:
    """Whether a clause judges at its beginning or its end: 关键在党, 加强监督意义重大."""
    if not clause.signs & _JUDGING:
        return False
    if clause.text.startswith(("是", "但也有", "但仍")) or tells_past(clause):
        return True
    if not clause.signs & JUDGEMENT:
        return False
    for match in grammar.judgement_pattern.finditer(clause.binding):
        if match.end() == len(clause.text):
            return True
        if match.start() < 10 and not find_opening_verb(clause.text, 0, grammar):
            return True
    return False
