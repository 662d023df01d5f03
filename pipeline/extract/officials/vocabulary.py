"""Vocabulary of the officials table: the word lists, compiled once for each set of lexicons.

Takes :class:`~pipeline.lexicons.Lexicons`, gives a :class:`Vocabulary`: patterns and automata over
surnames, title heads, verbs and lookalikes, e.g. 书记 as a head that may be followed by a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from pipeline.automata import Automaton, build_automaton
from pipeline.lexicons import Lexicons


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """Compiled word lists.

    Attributes:
        surnames: Surnames of one character -> common, rare or word.
        double_surnames: Surnames of two characters or more.
        syllables: Sets of characters, each writing names of one family of languages.
        foreign: Characters that write names of other countries.
        initials: Characters that a name without · may begin with.
        lookalikes: Words that look like names.
        places: Names of provinces and cities that look like names (石家庄, 江门).
        counties: The same for counties (安平), which are names as well.
        heads: Title heads -> kind.
        head_automaton: Finds them; pattern numbers index ``head_list``.
        before_pattern: Modifiers, matched backwards from a head (常务副, 代).
        after_pattern: Modifiers that follow a head (候选人, （挂职）).
        opener_pattern: Words a title follows.
        opener_kinds: Such a word -> object, subject, time, or inside an organ's name.
        strong_pattern: What surely ends a name.
        weak_pattern: Single characters that may end a name or belong to it.
        formula_pattern: What makes a name part of a doctrine or thing.
        roles: Verb -> role.
        verb_pattern: Any of these verbs.
    """

    surnames: Mapping[str, str]
    double_surnames: frozenset[str]
    syllables: tuple[frozenset[str], ...]
    foreign: frozenset[str]
    initials: frozenset[str]
    lookalikes: frozenset[str]
    places: frozenset[str]
    counties: frozenset[str]
    heads: Mapping[str, str]
    head_list: tuple[str, ...]
    head_automaton: Automaton
    before_pattern: re.Pattern[str]
    after_pattern: re.Pattern[str]
    opener_pattern: re.Pattern[str]
    opener_kinds: Mapping[str, str]
    strong_pattern: re.Pattern[str]
    weak_pattern: re.Pattern[str]
    formula_pattern: re.Pattern[str]
    roles: Mapping[str, str]
    verb_pattern: re.Pattern[str]

    def surname_length(self, word: str) -> int:
        """The length of the surname ``word`` begins with; 0 where it begins with none."""
        if word[:2] in self.double_surnames:
            return 2
        return int(word[:1] in self.surnames)


@lru_cache(maxsize=4)
def compile_vocabulary(lexicons: Lexicons) -> Vocabulary:
    """The vocabulary of ``lexicons``, built once."""
    words = lexicons.words
    surnames, heads = words["surnames"], words["title_heads"]
    followers, modifiers = words["name_followers"], words["title_modifiers"]
    head_list = tuple(heads)
    strong = [*_select(followers, "strong"), *words["role_verbs"]]
    families = words["name_syllables"]
    syllables = tuple(frozenset(run) for run, family in families.items() if family != "foreign")
    foreign = (run for run, family in families.items() if family == "foreign")
    return Vocabulary(
        surnames={word: value for word, value in surnames.items() if value != "double"},
        double_surnames=frozenset(_select(surnames, "double")),
        syllables=syllables,
        foreign=frozenset().union(*foreign),
        initials=frozenset(surname[0] for surname in surnames).union(*syllables),
        lookalikes=frozenset(words["name_lookalikes"]),
        places=_short_names(lexicons, "province", "prefecture"),
        counties=_short_names(lexicons, "county"),
        heads=heads,
        head_list=head_list,
        head_automaton=build_automaton(head_list),
        before_pattern=re.compile(f"(?:{_any(_select(modifiers, 'before'))}){{1,2}}$"),
        after_pattern=re.compile(
            f"(?:{_any(_select(modifiers, 'after'))})?"
            "(?:（(?:挂职|援[疆藏青]|兼职?|代|代理|主持工作|[正副一二三四]?[省部厅局地州市处县科师团][长级])级?）)?"
        ),
        opener_pattern=re.compile(_any(words["title_openers"])),
        opener_kinds=words["title_openers"],
        strong_pattern=re.compile(_any(strong)),
        weak_pattern=re.compile(f"[{''.join(_select(followers, 'weak'))}]"),
        formula_pattern=re.compile(_any(words["name_formulas"])),
        roles=words["role_verbs"],
        verb_pattern=re.compile(_any(words["role_verbs"])),
    )


def _short_names(lexicons: Lexicons, *levels: str) -> frozenset[str]:
    places = (place for place in lexicons.places if place.level in levels)
    return frozenset(name for place in places for name in place.short_names)


def _select(words: Mapping[str, str], value: str) -> list[str]:
    return [word for word, its_value in words.items() if its_value == value]


def _any(words: Iterable[str]) -> str:
    """An alternation of words, longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
