"""Who is to act: the subject of a directive as its addressee.

Takes the words before a modal word, or a clause without one, gives where the addressee ends: 各镇
in ``各镇9月底前要收齐``, 机关部门 in ``机关部门实行首问负责``; nobody in ``财政政策要更加积极``,
whose subject is a policy. Known gap: a name without a listed ending (``德昌要走在前列``) is taken
for no addressee.
"""

from __future__ import annotations

import re

from pipeline.extract.directives.grammar import BLOT, Grammar
from pipeline.extract.directives.verbs import find_opening_verb, skip_adverbs

_LONGEST_ADDRESSEE = 60
_LONGEST_PLAIN = 12
# 开局, 格局: no office.
_SITUATION_PATTERN = re.compile(r"(?:[开格布大结变破]|(?<!安)全)局$")
# What may stand between the addressee and the modal word: 汛期, 于9月底前, 在工作中, 也.
_BETWEEN_PATTERN = re.compile(
    r"(?:[也都均还更就则又]|一定|首先|尤其|特别|今后|[今明]年|目前|当前|现在|始终|一律|同样"
    r"|[在于到][^，]{1,16}?[时中上下后前内期间]|汛期|汛前|会后|年内|对[^，]{1,16}"
    r"|(?:[\d一二三四五六七八九十]{1,4}[年月日])*(?:[年月]底|[上中下]旬)?(?:之?前|以前|内))$"
)
# What may follow an addressee without a modal word: a preposition, a date, or the verb.
_AFTER_PATTERN = re.compile(
    r"[以把将对向从于在按就围要每]|[半\d一二两三四五六七八九十]{1,3}个?(?:年|月|周|天|日|小时|工作日)[之以]?内|\d{1,2}月|年底|会后|今后|要|按照|围绕|根据|结合|通过"
)


def find_addressee_end(subject: str, grammar: Grammar) -> int:
    """Where the addressee that begins a subject ends; 0 if the subject is none.

    Args:
        subject: All words before the modal word.
        grammar: The word lists.
    """
    end = len(subject)
    for _ in range(4):
        bare = len(subject[:end].rstrip(BLOT)) or end
        if _SITUATION_PATTERN.search(subject, 0, bare):
            return 0
        if grammar.heads.word_before(subject, bare - subject.endswith("等", 0, bare)):
            return end
        between = _BETWEEN_PATTERN.search(subject, max(0, end - 24), end)
        adverb = grammar.adverbs.word_before(subject, end)
        shorter = min(between.start() if between else end, end - len(adverb))
        if shorter in (end, 0):
            return 0
        end = shorter
    return 0


def find_bare_addressee_end(text: str, grammar: Grammar) -> int:
    """Where an addressee ends that a verb follows without a modal word; 0 if there is none.

    Args:
        text: A clause: 台资企业服务专班6月底前完成走访.
        grammar: The word lists.
    """
    lasts = grammar.heads.lasts
    for end, character in enumerate(text[: min(len(text), _LONGEST_ADDRESSEE) - 1], start=1):
        if character not in lasts or not grammar.heads.word_before(text, end):
            continue
        after = end + len(text[end:]) - len(text[end:].lstrip(BLOT))
        if _follows(text, after, grammar) and not _continues_name(text, end, grammar):
            return after
    return 0


def find_plain_addressee_end(text: str, grammar: Grammar) -> int:
    """Where a short addressee ends whose verb is not listed (班子成员分片包干); 0 if none does."""
    for end in range(min(len(text) - 3, _LONGEST_PLAIN), 1, -1):
        if grammar.heads.word_before(text, end) and text[end] not in "的、和与":
            return end
    return 0


def _continues_name(text: str, end: int, grammar: Grammar) -> bool:
    """Whether the name goes on with another noun: 政协|组织、…, 市委|督查室; not 部门|组织开展."""
    longer = grammar.heads.word_at(text, end)
    if len(longer) > len(grammar.verbs.word_at(text, end)) > 0:
        return True
    return bool(longer) and text[end + len(longer) :].startswith(("、", "和", "及", "与"))


def _follows(text: str, at: int, grammar: Grammar) -> bool:
    """Whether a predicate begins: 部门|支持 but not 部门|、 and not 服务|专班."""
    if _AFTER_PATTERN.match(text, at):
        return True
    verb = find_opening_verb(text, at, grammar)
    if verb is None:
        return skip_adverbs(text, at, grammar) > at
    return verb.start > at or grammar.verbs.words.get(verb.word) != "noun"
