"""Clauses that bind by a modal word: where the directive begins and what makes it binding.

Takes a clause, gives an :class:`Opening` for ``各级党组织要抓落实`` (from 各级党组织),
``更要算民心账`` (from 要), ``财政政策要更加积极`` (from 财政政策); none for ``目的就是要…``,
``也要看到，…``, ``除了要…外``. Known gap: a modal word inside a relative clause is told by
是 before it or its verb before 的 alone.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline.extract.directives.addressees import find_addressee_end
from pipeline.extract.directives.clauses import Clause
from pipeline.extract.directives.grammar import BLOT, MODAL, Grammar
from pipeline.extract.directives.refusals import Refusal
from pipeline.extract.directives.verbs import Verb, find_opening_verb


class Opening(NamedTuple):
    """Where a directive begins in its document.

    Attributes:
        start: The first character of the directive.
        addressee: Its addressee as printed, by start and end; None where unstated.
        modality: The modal word; empty without one.
        predicate: Where the words after the modal word, or the bare predicate, begin.
        rule: What found it.
        verb: The first verb, where the opening is known by it.
    """

    start: int
    addressee: tuple[int, int] | None
    modality: str
    predicate: int
    rule: str
    verb: Verb | None = None


# Before a modal word these show that it reports or reasons: 是必须…的, 如果要, 目的就是要.
_BLOCK_PATTERN = re.compile(
    r"^(?:这?是|即|如果|若|假如|除了|一旦|与其|因为|由于|无论|不管|虽然|尽管|谁|为什么|怎么)"
    r"|(?:没有|关于|为了|准备|打算|可能还?|^[把将])$"
    r"|[一二三四五六七八九十两]$|是否|(?<![特别尤其先越])是[^，是]{1,10}$"
    r"|(?:就是|不是|旨在|在于|乃是|也是|既是|更是|正是|说明|表明|意味着)$"
    r"|(?:[看想感]到|意识到|认识到|知道|懂得|明白|深知|深感|了)$"
    r"|[还仍]有[^，]{1,15}$|有(?:很多|不少|许多|大量)[^，]{1,12}$"
)
# 会要, 所要: no directive, but 工会|要 and 派出所|要 are.
_AUXILIARY_PATTERN = re.compile(r"[才所可能会将想不没有只而正需和与及]$")
_COPULA_PATTERN = re.compile(r"(?P<what>.*?)是$")
_KEY_PATTERN = re.compile(r"关键|重点|核心|根本|首要|首先|重中之重|当务之急|前提")
# 告诉我们必须, 这要求我们必须: what follows binds.
_CLAIM_PATTERN = re.compile(
    r".*(?:告诉|启示|告诫|提醒|警示|要求|昭示|证明|认为|指出|强调|提出|明确|启迪)(?=我们|大家|$)"
)
# A topic or a time before the modal word stays outside: 对重大隐患要…, 前进道路上必须…
_TOPIC_PATTERN = re.compile(
    r"(?:越是|对|对于|在|从|按照|面对|围绕|通过|以|为|为了|根据|随着|针对|结合|关于|当|凡|凡是|作为|经过|沿着)"
    r"|.*(?:上|中|下|里|时|前|后|期间|年|月|日|方面|以来|开局|[之年]初|岁[末首]|阶段|时期|过程|的|之际)$"
)
_PLACE_WORD_PATTERN = re.compile(r".*(?:党中央|中央|上下|以上|以下|各方面)$")
# 也要看到，…: what is seen is stated.
_SEE_PATTERN = re.compile(
    r"(?:清醒地?|深刻|充分|冷静|理性|客观|始终|认真|同时)*"
    r"(?:看到|看清$|认识到|意识到|注意到|承认|明白|懂得|知道|想到|(?:说明|指出|强调|看到)的是)"
)
# 须经批准, 须报备案
_PROCEDURE_PATTERN = re.compile(r"[经报由按凭交](?!营|济|常|验|过了)")
# 这根弦任何时候都不能松 tells what not to do, 核心技术不能靠买 how things are.
_EVER_PATTERN = re.compile(r"(?:任何时候[都也]|一刻[也都]|丝毫|永远|始终|再也)$")
# 审批不能一拖了之, 宣讲不能止于开会: what falls short is not to be done; 金融不能脱离实体 judges.
_SHORTFALL_PATTERN = re.compile(
    rf"{BLOT}|[^，]{{1,4}}了之|止[于步]|停留在|停在|流于|满足于|走过场|走形式|只|光|一阵风"
)
_LONGEST_TAIL = 24


def find_modal_opening(
    clause: Clause, grammar: Grammar, *, continued: bool
) -> Opening | Refusal | None:
    """The directive a clause opens with its own modal word, or why that word opens none.

    Args:
        clause: The clause, without its speech act.
        grammar: The word lists.
        continued: Whether a directive is going on; a clause that opens with another verb of it
            (要加强教育，引导干部必须…) then belongs to it.

    Returns:
        None for a clause without a modal word.
    """
    modal = grammar.modal_pattern.search(clause.binding) if clause.signs & MODAL else None
    if modal is None:
        return None
    if reason := _find_objection(clause, modal, grammar):
        return Refusal(reason, modal.group())
    begin, subject = _cut_subject(clause.text, modal.start(), grammar)
    if claim := _CLAIM_PATTERN.match(subject):
        begin, subject = begin + claim.end(), subject[claim.end() :]
    if _blocks(clause.text[begin : modal.start()], grammar):
        return Refusal("modal.reports", modal.group())
    if copula := _COPULA_PATTERN.fullmatch(subject):
        if not _KEY_PATTERN.search(copula["what"]):
            return Refusal("modal.defines", modal.group())
        subject = ""
    if subject and _is_predicate(subject, grammar, continued=continued):
        return Refusal("modal.continues", modal.group())
    return _place_opening(clause, begin, subject, modal, grammar)


def _blocks(before: str, grammar: Grammar) -> bool:
    """Whether the words before a modal word show that it reports or reasons."""
    if _BLOCK_PATTERN.search(before):
        return True
    auxiliary = _AUXILIARY_PATTERN.search(before)
    return auxiliary is not None and len(grammar.heads.word_before(before, len(before))) < 2


def _is_predicate(subject: str, grammar: Grammar, *, continued: bool) -> bool:
    """Whether the words before a modal word are a predicate (引导干部|必须), no subject.

    A word that is as often a noun begins a subject: 整改情况|要, 改革|必须.
    """
    verb = find_opening_verb(subject, 0, grammar)
    if verb is None or (verb.start == 0 and grammar.verbs.words.get(verb.word) == "noun"):
        return False
    return continued or verb.start + len(verb.word) == len(subject)


def _cut_subject(text: str, upto: int, grammar: Grammar) -> tuple[int, str]:
    """Where the subject before a modal word begins, and the subject (同时|各镇|也都|要)."""
    lead = grammar.lead_pattern.match(text, 0, upto + 1)
    begin = min(lead.end(), upto) if lead else 0
    tail = grammar.tail_pattern.search(text, max(begin, upto - _LONGEST_TAIL), upto)
    return begin, text[begin : tail.start() if tail else upto]


def _place_opening(
    clause: Clause, begin: int, subject: str, modal: re.Match[str], grammar: Grammar
) -> Opening:
    at, word = clause.start + modal.start(), modal.group()
    predicate, rule = clause.start + modal.end(), "directive.modal"
    end = find_addressee_end(subject, grammar) if subject else 0
    start = clause.start + begin
    if end and (not _is_topic(subject[:end]) or _PLACE_WORD_PATTERN.match(subject[:end])):
        return Opening(start, (start, start + end), word, predicate, rule)
    if not subject or _is_topic(subject):
        return Opening(at, None, word, predicate, rule)
    return Opening(start, None, word, predicate, rule)


def _is_topic(words: str) -> bool:
    return _TOPIC_PATTERN.match(words) is not None


def _find_objection(clause: Clause, modal: re.Match[str], grammar: Grammar) -> str:
    """Why a modal word tells nobody what to do here; empty where it does."""
    after = clause.text[modal.end() :]
    verb = grammar.verbs.word_at(after, 0)
    if after.startswith(("的", "好的"), len(verb)):
        return "modal.attribute"
    if _SEE_PATTERN.match(after):
        return "modal.sees"
    if not (after.strip(BLOT) or _forbids(after, modal, grammar)):
        return "modal.quotes"
    if after.startswith("想") and find_opening_verb(after, 1, grammar):
        return "modal.wants"
    if modal.group() in ("需", "应", "须", "不可", "不能", "不要", "禁止"):
        return "" if _binds_weakly(clause, modal, grammar) else "modal.weak"
    excepts = after.endswith("外") and "除" in clause.text[: modal.start()]
    return "modal.excepts" if excepts else ""


def _forbids(after: str, modal: re.Match[str], grammar: Grammar) -> bool:
    """Whether what is quoted is forbidden: 决不能“一刀切”; 要“三严三实” only quotes."""
    return after != "" and grammar.modals.words[modal.group()] == "prohibit"


def _binds_weakly(clause: Clause, modal: re.Match[str], grammar: Grammar) -> bool:
    """Words that bind only as first word of the clause or after an addressee: 各单位应当."""
    _, subject = _cut_subject(clause.text, modal.start(), grammar)
    if not subject:
        return modal.group() != "需"
    if modal.group() == "不能" and _EVER_PATTERN.search(clause.text[: modal.start()]):
        return True
    if modal.group() == "不能" and _SHORTFALL_PATTERN.match(clause.text, modal.end()):
        return True
    if _is_topic(subject) and modal.group() in ("不能", "不要", "不可", "应"):
        return True
    if modal.group() == "须" and _orders_matter(clause.text, modal, grammar):
        return True
    return find_addressee_end(subject, grammar) > 0


def _orders_matter(text: str, modal: re.Match[str], grammar: Grammar) -> bool:
    """Whether 须 says how to deal with a matter: 开支|须|经审批, 账目|须|公开; not 难题还须解决."""
    if text[: modal.start()].endswith(("还", "仍", "尚")):
        return False
    at = modal.end()
    return bool(_PROCEDURE_PATTERN.match(text, at) or find_opening_verb(text, at, grammar))
