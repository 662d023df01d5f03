"""The word lists of the directive grammar, made ready for matching.

Takes :class:`~pipeline.lexicons.Lexicons`, gives one :class:`Grammar`, compiled once per
lexicons: vocabularies asked for the longest word at a place (``坚决`` and then ``防止``), and
patterns for what is searched in running text. Known gap: none of it knows parts of speech; a noun
that begins like a verb of action (推进会) is told apart by what stands around it, not here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from pipeline.automata import Automaton, build_automaton
from pipeline.lexicons import Lexicons

BLOT = "■"
"""Stands for every character that is kept quiet."""

# What a clause may hold. Every document is scanned once for the words that give these signs, and a
# rule looks closely only at clauses that have its sign.
ACT, MODAL, PAST, COPULA, DONE, JUDGEMENT, TOLD, COMING, ATTENDING, COUNTED, NAMED, EACH = (
    1 << place for place in range(12)
)
EVERY_SIGN = -1
ORDINAL_CHARACTERS = frozenset("一二三四五六七八九十（第0123456789①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
"""What an ordinal may begin with; such a clause has the sign ``COUNTED``."""

_PAST_WORDS = ("了", "已")
_COPULAS = ("是",)
_COMING_WORDS = ("将",)
_EACH_WORDS = ("每", "各", "内")
# 但也有不少条件: the clause before it judges.
_TURNS = ("但也有", "但仍")
_ATTENDING_WORDS = (
    "主持",
    "出席",
    "参加",
    "列席",
    "陪同",
    "参会",
    "到会",
    "发言",
    "汇报",
    "说明",
    "分会场",
)
_TOLD_WORDS = ("以来", "年来", "过去", "上半年", "去年", "前三季度", "回顾", "时期")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words that can be looked up at a place of a text.

    Attributes:
        words: The words and their values.
        from_first: For each two first characters, the lengths of the words, longest first.
        to_last: The same for each two last characters.
        lasts: Every last character.
    """

    words: Mapping[str, str]
    from_first: Mapping[str, tuple[int, ...]]
    to_last: Mapping[str, tuple[int, ...]]
    lasts: frozenset[str]

    def word_at(self, text: str, start: int) -> str:
        """The longest listed word that begins at ``start``; empty if none does.

        >>> build_vocabulary({"推进": "", "推": ""}).word_at("扎实推进", 2)
        '推进'
        """
        pair = text[start : start + 2]
        for length in self.from_first.get(pair, ()):
            if (word := text[start : start + length]) in self.words:
                return word
        return pair[:1] if pair[:1] in self.words else ""

    def word_before(self, text: str, end: int) -> str:
        """The longest listed word that ends at ``end``; empty if none does."""
        pair = text[end - 2 : end] if end > 1 else text[:end]
        for length in self.to_last.get(pair, ()):
            if length <= end and (word := text[end - length : end]) in self.words:
                return word
        return pair[-1:] if pair[-1:] in self.words else ""


def build_vocabulary(words: Mapping[str, str]) -> Vocabulary:
    """Make a word list ready for look-up."""
    lasts = frozenset(word[-1] for word in words)
    return Vocabulary(
        words,
        _list_lengths((word[:2], word) for word in words),
        _list_lengths((word[-2:], word) for word in words),
        lasts,
    )


def _list_lengths(words: Iterable[tuple[str, str]]) -> dict[str, tuple[int, ...]]:
    lengths: dict[str, set[int]] = {}
    for key, word in words:
        if len(word) > 1:
            lengths.setdefault(key, set()).add(len(word))
    return {key: tuple(sorted(found, reverse=True)) for key, found in lengths.items()}


@dataclass(frozen=True, slots=True, eq=False)
class Grammar:
    """What the rules ask of the word lists.

    Attributes:
        acts: Speech acts (强调) and what follows under them.
        modals: Modal words (必须) and their force.
        heads: Nouns that end an addressee (党组织).
        issuers: Nouns that end an issuer (全会).
        adverbs: What may stand before a first verb (扎实).
        verbs: Verbs of action (推进).
        pivots: Words whose clause has its verb later (把, 以).
        act_pattern: Any speech act.
        issuer_pattern: A noun phrase that ends with an issuer noun (省委常委会会议).
        modal_pattern: Any modal word.
        lookalikes: Finds words that contain a modal word and do not bind, the longest at a place.
        blots: For each of these, what stands for it in the binding copy; the word if it binds.
        signs: Finds every word that gives a clause a sign.
        sign_bits: For each of these words, the signs it gives.
        lead_pattern: Connectives and times before the subject.
        lead_characters: What one of these may begin with.
        tail_pattern: Adverbs between the subject and the modal word.
        done_pattern: What shows that a clause tells what was done.
        judgement_pattern: What shows that a clause judges.
        surnames: First characters of names.
        headings: Words of report headings and what they announce.
    """

    acts: Vocabulary
    modals: Vocabulary
    heads: Vocabulary
    issuers: Vocabulary
    adverbs: Vocabulary
    verbs: Vocabulary
    pivots: Vocabulary
    act_pattern: re.Pattern[str]
    issuer_pattern: re.Pattern[str]
    modal_pattern: re.Pattern[str]
    lookalikes: Automaton
    blots: tuple[str, ...]
    signs: Automaton
    sign_bits: tuple[int, ...]
    lead_pattern: re.Pattern[str]
    lead_characters: frozenset[str]
    tail_pattern: re.Pattern[str]
    done_pattern: re.Pattern[str]
    judgement_pattern: re.Pattern[str]
    surnames: Mapping[str, str]
    headings: Mapping[str, str]

    def skip_lead(self, text: str) -> int:
        """Where the connectives a clause begins with end."""
        if text[0] not in self.lead_characters:
            return 0
        lead = self.lead_pattern.match(text)
        return lead.end() if lead else 0


@lru_cache(maxsize=4)
def build_grammar(lexicons: Lexicons) -> Grammar:
    """Compile the word lists the directive rules use."""
    words = lexicons.words
    lookalikes, markers = words["modal_lookalikes"], words["retrospective_markers"]
    done = [word for word, value in markers.items() if value == "done"]
    judgements = [word for word, value in markers.items() if value == "judgement"]
    signs = _gather_signs(
        {
            ACT: words["speech_acts"],
            MODAL: words["modals"],
            PAST: _PAST_WORDS,
            COPULA: _COPULAS,
            DONE: done,
            JUDGEMENT: (*judgements, *_TURNS),
            TOLD: _TOLD_WORDS,
            COMING: _COMING_WORDS,
            ATTENDING: _ATTENDING_WORDS,
            EACH: _EACH_WORDS,
        }
    )
    return Grammar(
        acts=build_vocabulary(words["speech_acts"]),
        modals=build_vocabulary(words["modals"]),
        heads=build_vocabulary(words["addressee_heads"]),
        issuers=build_vocabulary(words["issuer_heads"]),
        adverbs=build_vocabulary(words["directive_adverbs"]),
        verbs=build_vocabulary(words["directive_verbs"]),
        pivots=build_vocabulary(words["directive_pivots"]),
        act_pattern=_compile_words(words["speech_acts"]),
        issuer_pattern=_compile_phrases(words["issuer_heads"]),
        modal_pattern=_compile_words(words["modals"]),
        lookalikes=build_automaton(lookalikes),
        blots=tuple(
            word if value == "keep" else BLOT * len(word) for word, value in lookalikes.items()
        ),
        signs=build_automaton(signs, longest=False),
        sign_bits=tuple(signs.values()),
        lead_pattern=_compile_lead(words["connectives"]),
        lead_characters=frozenset("这0123456789") | {word[0] for word in words["connectives"]},
        tail_pattern=_compile_tail(words["connectives"]),
        done_pattern=_compile_words(done),
        judgement_pattern=_compile_words(judgements),
        surnames=words["surnames"],
        headings=words["report_headings"],
    )


def _gather_signs(words: Mapping[int, Iterable[str]]) -> dict[str, int]:
    """Each word with all the signs it gives."""
    signs: dict[str, int] = {}
    for sign, giving in words.items():
        for word in giving:
            signs[word] = signs.get(word, 0) | sign
    return signs


def _compile_words(words: Iterable[str]) -> re.Pattern[str]:
    """Any of the words, longer ones first."""
    return re.compile("|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)))


def _compile_lead(words: Mapping[str, str]) -> re.Pattern[str]:
    """Any run of connectives; 也 and the like only right before a modal word."""
    plain = _compile_words(word for word, value in words.items() if value == "lead").pattern
    light = _compile_words(word for word, value in words.items() if value == "light").pattern
    return re.compile(rf"(?:{plain}|这?(?:{light})(?=[要必须应不严务决绝需])|\d{{4}}年)*")


def _compile_tail(words: Mapping[str, str]) -> re.Pattern[str]:
    """Any run of adverbs at the end of the words before a modal word."""
    return re.compile(rf"(?:{_compile_words(words).pattern})*$")


def _compile_phrases(heads: Iterable[str]) -> re.Pattern[str]:
    """A noun phrase of one or more heads; a verb or a preposition ends it, no title follows.

    县委 in 县委召开会议, 全会 in 全会从…, 省委常委会会议 as a whole.
    """
    head, inside = _compile_words(heads).pattern, "[^，在对就由向从了召开出主听学传还也认致]"
    title = "(?!议|副|书记|常委|委员|主[任席]|部长|秘书|领导|负责|干部|机关|班子|成员)"
    return re.compile(rf"{inside}{{0,20}}?(?:{head})(?:{inside}{{0,6}}?(?:{head}))*{title}")
