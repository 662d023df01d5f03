"""The first verb of a directive: whether a clause opens with one, which it is, what force it gives.

Takes a clause, gives its :class:`Verb`, e.g. 推进 for ``扎实推进乡村振兴``, with the force
``explore`` for ``积极探索新路子`` and ``研究建立联席机制``. Known gap: a verb that is not listed
opens a directive only after an adverb (``定期巡河``) or in the form verb and result (``拧紧``).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline.extract.directives.grammar import Grammar


class Verb(NamedTuple):
    """A verb, where it stands in the words asked about, and the force it gives, if any."""

    word: str
    start: int
    force: str


# 做强, 拧紧, 用活: a verb of one character with its result.
_RESULT_PATTERN = re.compile(
    r"(?!把稳)[做办建用管守种打当抓讲走唱写答补筑织扎拧压扛盘激搞育引留选配护理算擦弄练备保把握放兜树立叫擂画绘"
    r"筹推摸理晒亮绷收兑调减清查学][好强优实活牢紧准细大旺密足稳住透深起响亮硬严齐全清]"
)
# 扩内需、稳外需: three characters, a verb and its object.
_TRIPLE_PATTERN = re.compile(
    r"[稳扩促抓保强优拓建防化补降铸守提育惠聚引增去护转破立暖改延健][\u4e00-\u9fff]{2}(?=[、，]|$)"
)
# 抓源头治理; not 抓手.
_GRASP_PATTERN = re.compile(r"抓(?![手拍捕获取斗挠狂阄])")
# 发展环境, 创新能力, 改革步伐: the noun that follows shows that the first word is a noun too.
_NOUN_AFTER_PATTERN = re.compile(
    r"环境|能力|水平|质量|成果|成效|步伐|格局|动力|活力|体系|机制|方式|理念|目标|任务|工作|方面|问题|局面"
    r"|态势|基础|优势|规模|总量|增速|成就|业|力|者|率|额|性|区|局|部|是|的|和(?!谐)|与|、"
)
_LONGEST_FRAME = 40


def skip_adverbs(text: str, start: int, grammar: Grammar) -> int:
    """Where the adverbs that begin at ``start`` end: before 推进 in 更加扎实推进."""
    for _ in range(6):
        word = grammar.adverbs.word_at(text, start)
        if not word or _is_verb_here(text, start, word, grammar):
            break
        start += len(word)
        if text.startswith(("地", "、"), start):
            start += 1
    return start


def _is_verb_here(text: str, start: int, adverb: str, grammar: Grammar) -> bool:
    """Whether what could be an adverb is the verb itself: 严格|纪律, but not in 严格|落实."""
    verb = grammar.verbs.word_at(text, start)
    if len(verb) != len(adverb):
        return len(verb) > len(adverb)
    return not grammar.verbs.word_at(text, start + len(verb))


def find_opening_verb(
    text: str, start: int, grammar: Grammar, *, sure: bool = False
) -> Verb | None:
    """The verb of action a clause opens with, adverbs skipped.

    Args:
        text: A clause of the quiet text.
        start: Where it begins.
        grammar: The word lists.
        sure: Whether a verb must stand here, so that 完成 in 务必完成任务 is no noun.
    """
    at = skip_adverbs(text, start, grammar)
    word = grammar.verbs.word_at(text, at)
    value = grammar.verbs.words.get(word, "")
    if value == "noun" and at == start and not sure:
        return None if _is_noun(text, at + len(word), grammar) else Verb(word, at, "")
    if value == "research":
        return _read_research(text, word, at, grammar, alone=at == start)
    if word:
        return Verb(word, at, _own_force(value))
    if result := _RESULT_PATTERN.match(text, at):
        return Verb(result.group(), at, "")
    short = _TRIPLE_PATTERN.match(text, at) or _GRASP_PATTERN.match(text, at)
    return Verb(text[at], at, "") if short else None


def _is_noun(text: str, after: int, grammar: Grammar) -> bool:
    """Whether what follows a word shows it is a noun: 发展|环境; not in 稳定|、完善…."""
    if not _NOUN_AFTER_PATTERN.match(text, after):
        return False
    other = grammar.verbs.word_at(text, after + 1) if text[after] in "、和与" else ""
    return not other or grammar.verbs.words[other] == "noun"


def _read_research(text: str, word: str, at: int, grammar: Grammar, *, alone: bool) -> Verb | None:
    """研究 before another verb explores (研究建立); 抓紧研究土地政策 does not."""
    if find_opening_verb(text, at + len(word), grammar):
        return Verb(word, at, "explore")
    return None if alone else Verb(word, at, "")


def _own_force(value: str) -> str:
    return value if value in ("encourage", "explore") else ""


def find_main_verb(text: str, start: int, grammar: Grammar) -> Verb | None:
    """The first main verb after a modal word, also behind 把…, 以…, 在….

    >>> from pipeline.lexicons import load_lexicons
    >>> from pipeline.extract.directives.grammar import build_grammar
    >>> find_main_verb("要把党的建设摆在首位", 1, build_grammar(load_lexicons()))
    Verb(word='摆', start=6, force='')
    """
    if verb := find_opening_verb(text, start, grammar, sure=True):
        return verb
    at = skip_adverbs(text, start, grammar)
    if not grammar.pivots.word_at(text, at):
        return None
    return _find_later_verb(text, at, grammar)


# After 把 and its object come verbs that open no directive by themselves: 摆在首位, 作为任务,
# 放在心上.
_OBJECT_VERB_PATTERN = re.compile(
    r"摆(?=[在到上])|放(?=[在到])|作为|转化|转变|变成|落到|贯穿|纳入|融入|用(?=[于在到])"
    r"|抓(?=[在实好紧])|区[别分](?=开)|结合(?=起来)"
)


def _find_later_verb(text: str, at: int, grammar: Grammar) -> Verb | None:
    """The first clear verb inside a clause that begins with a pivot; not in 在大力支持下."""
    for place in range(at + 1, min(len(text), at + _LONGEST_FRAME)):
        if match := _OBJECT_VERB_PATTERN.match(text, place):
            return Verb(match.group(), place, "")
        word = grammar.verbs.word_at(text, place)
        if len(word) < 2 or grammar.verbs.words[word] == "noun" or text[place - 1] in "的、":
            continue
        if word in grammar.heads.words:
            continue
        if not text.startswith("下", place + len(word)):
            return Verb(word, place, _own_force(grammar.verbs.words[word]))
    return None
