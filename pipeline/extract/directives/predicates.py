"""Predicates: the action of a directive whose verb no list has, as a neural engine read it.

Takes directives and an :class:`~pipeline.segment.analysis.Analysis`, gives the same directives: of
要擘画蓝图 with an empty ``action`` one with 擘画, where the engine read a predicate there. Nothing
but ``action`` and ``rule`` changes. Known gap: force stays that of the modal word, for an unlisted
verb gives none.
"""

from __future__ import annotations

import dataclasses
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from pipeline.records import Directive
from pipeline.segment.analysis import Analysis


def read_actions(directives: Iterable[Directive], analysis: Analysis) -> Iterator[Directive]:
    """Name the action of every directive that has none."""
    words = {token.start: token.word for token in analysis.tokens}
    for directive in directives:
        action = "" if directive.action else _find_action(directive, analysis, words)
        if action:
            rule = f"{directive.rule}+{analysis.source}"
            directive = dataclasses.replace(directive, action=action, rule=rule)
        yield directive


def _find_action(directive: Directive, analysis: Analysis, words: dict[int, str]) -> str:
    """The first predicate after the modal word."""
    modal = directive.text.find(directive.modality) + len(directive.modality)
    first = bisect_left(analysis.predicates, directive.start + modal)
    following = analysis.predicates[first : first + 1]
    return next((words[start] for start in following if start < directive.end), "")
