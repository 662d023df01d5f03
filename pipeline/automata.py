"""Automata: word lists made ready to be found in a text, all in one pass over it.

Takes words, gives an automaton whose matches are ``(index of the word, start, end)``: 总书记 and
书记 in 总书记强调, or only the longer one where the longest is asked for. Known gap: none of it
knows what a word is; 国产 is found in 中国产品.
"""

from __future__ import annotations

from collections.abc import Iterable

from ahocorasick_rs import AhoCorasick as Automaton
from ahocorasick_rs import Implementation, MatchKind

__all__ = ["Automaton", "build_automaton"]


def build_automaton(words: Iterable[str], *, longest: bool = True) -> Automaton:
    """Make words ready to be found.

    Args:
        words: No word may be empty.
        longest: Whether at a place only the longest word is found, and none that overlaps it;
            else every word, if ``overlapping=True`` is asked of the automaton.

    >>> build_automaton(["书记", "总书记"]).find_matches_as_indexes("总书记强调")
    [(1, 0, 3)]
    """
    # The smallest table: on short documents what is read anew from memory decides.
    return Automaton(
        list(words),
        matchkind=MatchKind.LeftmostLongest if longest else MatchKind.Standard,
        implementation=Implementation.ContiguousNFA,
    )
