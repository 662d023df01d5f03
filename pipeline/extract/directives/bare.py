"""Directives without a modal word.

Takes a clause that stands where a bare predicate can be a directive, gives its opening:
当好排头兵 opens with a verb of action, 各级河湖长定期巡河 with an addressee, 让我们携手前进 with
an appeal; 推进改革是必由之路 judges and 水利投资增长了 一成 tells. Known gap: a goal (力争增长5%)
is not told from a task.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from pipeline.extract.directives.addressees import find_bare_addressee_end, find_plain_addressee_end
from pipeline.extract.directives.clauses import Clause
from pipeline.extract.directives.grammar import BLOT, Grammar
from pipeline.extract.directives.modality import Opening, find_modal_opening
from pipeline.extract.directives.refusals import Refusal
from pipeline.extract.directives.statements import find_statement
from pipeline.extract.directives.verbs import (
    Verb,
    find_main_verb,
    find_opening_verb,
    skip_adverbs,
)


class Ground(NamedTuple):
    """Why a bare clause may be a directive.

    Attributes:
        rule: The rule that allows it.
        loose: Whether any predicate will do.
        fresh: Whether a speech act stands directly before it.
        addressed: Whether an addressee is set off before it (各级党组织，).
    """

    rule: str
    loose: bool
    fresh: bool = False
    addressed: bool = False


@lru_cache(maxsize=64)
def make_ground(rule: str, *, loose: bool = False, fresh: bool = False) -> Ground:
    """A ground; there are few, and every sentence asks for one."""
    return Ground(rule, loose, fresh)


_APPEAL_PATTERN = re.compile(
    r"让(?P<who>我们|全[省市区县州旗镇乡]人民|全体[\u4e00-\u9fff]{1,6}|大家)"
    r"(?!深受|倍感|深感|感到|看到|认识到|无比|更加?有|备受)"
)
# 请各单位认真贯彻执行; not 请予审议, 请各位代表审议.
_REQUEST_PATTERN = re.compile(
    r"请(?P<who>(?:各|有关|相关|全体|广大)[^，]{0,16}?"
    r"(?:单位|部门|[省市县区镇乡村]|街道|各?地|企业|同志|人员|干部))?"
    r"(?=认真|结合|遵照|参照|按|于|在|将|及时|尽快|抓紧|务必|严格|贯彻|做好|落实|\d)"
    r"(?![^，。]{0,40}(?:审议|审查|批评))"
)
# Where statements stand beside directives.
_SPOKEN_RULES = frozenset({"directive.statement", "directive.series", "directive.chain"})
# Where tasks are listed.
_TASK_RULES = frozenset({"directive.work_report", "directive.item"})
# Somebody in general is addressed, not one organ whose work is told: 各级各部门, 广大党员.
_GENERIC_PATTERN = re.compile(
    r"各|全[党军国省市区县州旗镇乡体]|广大|有关|相关|我们|大家|任何|所有|每"
)


# 每名干部联系两户, 党委会每季度研究一次, 亏损企业半年内扭亏; not 驻村每月不少于十天.
_SHARE_PATTERN = re.compile(
    r"[每各]|[^，]{2,16}?(?:每(?:半?年|季度?|[月周天日旬])(?!不[少低多高超])"
    r"|[半\d一二两三四五六七八九十]{1,3}个?(?:年|月|周|天|日|小时|工作日)[之以]?内)"
)


def shares_out(clause: Clause, grammar: Grammar) -> bool:
    """Whether a clause gives its share to each of many, or to somebody in time."""
    if not _SHARE_PATTERN.match(clause.text) or find_opening_verb(clause.text, 0, grammar):
        return False
    return find_bare_addressee_end(clause.text, grammar) > 0


_APPEALING = frozenset("望希让请")


def find_appeal(clause: Clause, grammar: Grammar) -> Opening | None:
    """The directive of a clause that opens with an appeal: 让我们携手前进; not 让我们深受鼓舞."""
    if clause.text[0] not in _APPEALING:
        return None
    if clause.text[0] in "望希":
        return _find_wish(clause, grammar)
    appeal = _APPEAL_PATTERN.match(clause.text) or _REQUEST_PATTERN.match(clause.text)
    if appeal is None:
        return None
    start, end = clause.start + appeal.start("who"), clause.start + appeal.end("who")
    addressee = (start, end) if appeal["who"] else None
    predicate = clause.start + appeal.end()
    return Opening(clause.start, addressee, "", predicate, "directive.appeal")


def _find_wish(clause: Clause, grammar: Grammar) -> Opening | None:
    """The directive that closes a notice, without its 望: 望|各单位认真执行; not 望城."""
    text, start = clause.text[1:], clause.start + 1
    if _GENERIC_PATTERN.match(text) and (end := find_bare_addressee_end(text, grammar)):
        return Opening(start, (start, start + end), "", start + end, "directive.appeal")
    verb = find_opening_verb(text, 0, grammar) if skip_adverbs(text, 0, grammar) else None
    return Opening(start, None, "", start, "directive.appeal", verb) if verb else None


def find_bare_opening(
    clause: Clause, following: Sequence[Clause], ground: Ground, grammar: Grammar
) -> Opening | Refusal:
    """The directive a clause opens without a modal word, or why it opens none.

    Args:
        clause: Where it may begin.
        following: The clauses after it up to the next semicolon or the end of the sentence.
        ground: Why it may be one.
        grammar: The word lists.
    """
    begin = grammar.skip_lead(clause.text)
    if begin == len(clause.text):
        return Refusal("bare.leads")
    if reason := find_statement(clause, following, grammar, rule=ground.rule, fresh=ground.fresh):
        return Refusal(reason)
    text = clause.text[begin:]
    if _sets_off_topic(text, following, grammar):
        return Refusal("bare.topic")
    if verb := find_opening_verb(text, 0, grammar):
        if _is_topic(verb, following, ground.rule, grammar):
            return Refusal("bare.topic")
        at = clause.start + begin
        return Opening(at, None, "", at, ground.rule, verb)
    end = _find_subject_end(text, ground, grammar)
    if end and _allows_addressee(text, ground):
        start = clause.start + begin
        return Opening(start, (start, start + end), "", start + end, ground.rule)
    if _allows_pivot(text, ground, grammar) and _has_predicate(text, grammar):
        return Opening(clause.start + begin, None, "", clause.start + begin, ground.rule)
    if ground.addressed and ground.rule == "directive.order":
        return Opening(clause.start + begin, None, "", clause.start + begin, ground.rule)
    return Refusal("bare.no_verb")


def _find_subject_end(text: str, ground: Ground, grammar: Grammar) -> int:
    """Where the addressee ends; 0 if there is none, as behind a preposition (在全县|开展)."""
    if _FRAME_PATTERN.match(text) or _OBJECT_PATTERN.match(text):
        return 0
    end = find_bare_addressee_end(text, grammar)
    if end or ground.rule != "directive.order":
        return end
    return find_plain_addressee_end(text, grammar)


def _allows_addressee(text: str, ground: Ground) -> bool:
    """Whether a subject may be who is to act; in a report 我们坚持… tells what the speakers do."""
    if ground.loose or ground.rule == "directive.series":
        return not (ground.rule == "directive.item" and text.startswith("我们"))
    return _GENERIC_PATTERN.match(text) is not None and ground.rule in _SPOKEN_RULES


# 以更大力度推进改革 has its verb in the clause, 以改革为动力 has not.
_MEANS_PATTERN = re.compile(r"以(?![^，]{1,30}为)")
# 在全国开展试点, 对教师实行绩效工资; 在建项目 and 对外贸易 are words.
_FRAME_PATTERN = re.compile(
    r"在(?![建线校职岗册外])|对(?![外口标接])|从(?![业事政小])|向(?![好上])|为(?!政)|与(?!会)"
    r"|通过|依托|针对|按照|围绕|聚焦"
)
_OBJECT_PATTERN = re.compile(r"把(?![关手门])|将(?![军士领])")
# 在推进改革中, 对困难群体的: a frame whose verb is not that of the clause.
_FRAME_END_PATTERN = re.compile(r"(?:[中上下时里前后看的起等]|的同|方面|同时|过程|基础)$")
_CAUSE_PATTERN = re.compile(r"让|使(?![命用者馆])")


def _allows_pivot(text: str, ground: Ground, grammar: Grammar) -> bool:
    """Whether 把, 让, 以 may open a directive: 把 anywhere, the others among tasks.

    After an adverb (始终让…) 让 may, too.
    """
    at = skip_adverbs(text, 0, grammar)
    word = grammar.pivots.word_at(text, at)
    kind, tasks = grammar.pivots.words.get(word), ground.rule in _TASK_RULES
    if ground.loose or kind == "object":
        return True
    if at:
        return kind == "cause" or (tasks and kind == "frame")
    if word == "以":
        return (tasks or ground.fresh) and _MEANS_PATTERN.match(text) is not None
    return tasks and (_CAUSE_PATTERN.match(text) is not None or _acts_in_frame(text, grammar))


def _acts_in_frame(text: str, grammar: Grammar) -> bool:
    """Whether the verb of a clause follows its frame: 在全国|开展试点; not 为推进改革."""
    frame = _FRAME_PATTERN.match(text)
    if frame is None or _FRAME_END_PATTERN.search(text):
        return False
    verb = find_main_verb(text, 0, grammar)
    if verb is None or find_opening_verb(text, frame.end(), grammar):
        return False
    rest = text[verb.start + len(verb.word) :]
    return rest != "" and "的" not in rest[:4]


def _has_predicate(text: str, grammar: Grammar) -> bool:
    """Whether words begin like an imperative: 把…, 以…推动, 定期巡河, “三防”一体推进."""
    begin = len(text) - len(text.lstrip(BLOT))
    if begin and find_opening_verb(text, begin, grammar):
        return True
    if skip_adverbs(text, begin, grammar) > begin or _CAUSE_PATTERN.match(text):
        return True
    return bool(grammar.pivots.word_at(text, 0) and find_main_verb(text, 0, grammar))


# 对查出的隐患，各镇要…; 对标先进，全局要…
_TOPIC_PATTERN = re.compile(r"(?:对于?|针对|面对|关于|对标|对照|立足|着眼)(?![外口接])")


def _sets_off_topic(text: str, following: Sequence[Clause], grammar: Grammar) -> bool:
    """Whether a clause says what the next one, which binds, is about."""
    if not (following and _TOPIC_PATTERN.match(text)):
        return False
    return isinstance(find_modal_opening(following[0], grammar, continued=False), Opening)


def _is_topic(verb: Verb, following: Sequence[Clause], rule: str, grammar: Grammar) -> bool:
    """Whether the next clause carries the predicate: 推进改革，必须…; 建设强省，本省有条件.

    实行首问负责，严禁推诿 is no topic: both clauses direct.
    """
    if not following or verb.force:
        return False
    opening = find_modal_opening(following[0], grammar, continued=True)
    if isinstance(opening, Opening) and opening.addressee is None:
        return grammar.modals.words[opening.modality] != "prohibit"
    noun = grammar.verbs.words.get(verb.word) == "noun" and verb.start == 0
    return rule in _SPOKEN_RULES and noun and not _continues(following[0].text, grammar)


def _continues(text: str, grammar: Grammar) -> bool:
    """Whether a clause goes on with another predicate of the same subject."""
    if find_opening_verb(text, 0, grammar) or grammar.pivots.word_at(text, 0):
        return True
    return skip_adverbs(text, 0, grammar) > 0
