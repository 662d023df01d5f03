"""What leads up to the predicate of a directive and is set off by a comma.

Takes a clause that opens no directive, gives the :class:`Deferred` ground on which the next one
may: after ``同时，``, after the addressee ``各级党组织，``, after the topic ``水利方面，``, after
``以项目为抓手，``, which is part of the directive. Known gap: a lead that is no connective, no
preposition and no addressee (``风雨无阻，``) hands nothing on.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline.extract.directives.bare import Ground
from pipeline.extract.directives.clauses import Clause
from pipeline.extract.directives.grammar import BLOT, Grammar
from pipeline.extract.directives.statements import tells
from pipeline.extract.directives.verbs import find_opening_verb, skip_adverbs


class Deferred(NamedTuple):
    """A ground handed on to the next clause.

    Attributes:
        ground: Why the next clause may be a directive.
        start: Where the directive begins, if what leads up to it is part of it.
    """

    ground: Ground
    start: int | None


_LONGEST_ADDRESSEE = 40
# 各位团长、连长
_VOCATIVE_PATTERN = re.compile(r"各位[\u4e00-\u9fff、]{0,24}(?:长|书记|主任|主席|经理|干部|职工)")
# 水利方面, 重点领域
_TOPIC_END_PATTERN = re.compile(r"(?:方面|领域|环节)$")
_ESPECIALLY_PATTERN = re.compile(r"特别是|尤其是|包括")
# 以习近平同志为核心的党中央立足大局, 从国内看
_ATTRIBUTE_PATTERN = re.compile(r"以[^，]{1,30}为[^，]{1,12}的|从[^，]*看$")
# How it is done is part of the directive (以项目为抓手, 按照县委要求), what it is about is not.
_MANNER_WORDS = frozenset({"以", "按照", "根据", "依据", "依托", "通过", "沿着", "用", "把", "将"})
# Where tasks are listed; elsewhere 在…下 and 对… lead up to a statement as often.
_TASK_RULES = frozenset({"directive.order", "directive.item", "directive.work_report"})


def defer_ground(
    clause: Clause, ground: Ground, start: int | None, grammar: Grammar
) -> Deferred | None:
    """The ground a clause hands on to the next one, if it only leads up to it.

    Args:
        clause: A clause without a directive, before a comma.
        ground: Why it might have had one.
        start: Where an earlier clause that leads up to the predicate begins.
        grammar: The word lists.
    """
    text, tasks = clause.text, ground.rule in _TASK_RULES
    if tells(clause) or _ATTRIBUTE_PATTERN.match(text):
        return None
    if grammar.lead_pattern.fullmatch(text) or is_addressee(clause, grammar):
        return Deferred(ground, start)
    word = grammar.pivots.word_at(text, 0)
    if word in _MANNER_WORDS and (tasks or ground.fresh):
        return Deferred(ground, clause.start if start is None else start)
    if tasks and (word or _TOPIC_END_PATTERN.search(text)):
        return Deferred(ground, start)
    return None


def is_addressee(clause: Clause, grammar: Grammar) -> bool:
    """Whether a clause is nothing but somebody addressed: 各级党组织，; not 通观全局，."""
    especially = _ESPECIALLY_PATTERN.match(clause.text)
    text = clause.text[especially.end() :] if especially else clause.text
    if text.startswith("各位") and _VOCATIVE_PATTERN.fullmatch(text):
        return True
    end = len(text.rstrip(BLOT))
    if len(text) > _LONGEST_ADDRESSEE or not (head := grammar.heads.word_before(text, end)):
        return False
    before = text[: end - len(head)]
    if head.startswith("全") and before:
        return before.endswith(("、", "和", "及", "与"))
    if "是" in text or skip_adverbs(text, 0, grammar):
        return False
    verb = find_opening_verb(text, 0, grammar)
    if verb and len(grammar.heads.word_at(text, 0)) <= len(verb.word):
        return False
    return not _holds_verb(before, grammar)


def _holds_verb(words: str, grammar: Grammar) -> bool:
    """Whether a preposition opens words or a clear verb stands in them; 组织 can be a head."""
    if grammar.pivots.word_at(words, 0) or words.startswith("作为"):
        return True
    found = (grammar.verbs.word_at(words, at) for at in range(len(words)))
    return any(
        len(word) > 1 and grammar.verbs.words[word] != "noun" and word not in grammar.heads.words
        for word in found
    )
