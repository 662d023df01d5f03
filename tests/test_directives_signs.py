"""The signs that say where the rules of the directives look closely: none may be missing."""

from __future__ import annotations

import pytest

from pipeline.extract.directives.clauses import cut_clauses
from pipeline.extract.directives.grammar import (
    _TURNS,
    ACT,
    COMING,
    COPULA,
    COUNTED,
    DONE,
    JUDGEMENT,
    MODAL,
    NAMED,
    PAST,
    TOLD,
    build_grammar,
)
from pipeline.extract.directives.openings import _TOLD_PATTERN
from pipeline.extract.directives.statements import (
    _COPULA_PATTERN,
    _DONE_PATTERN,
    _WEAK_PATTERN,
    _WILL_PATTERN,
)
from pipeline.lexicons import Lexicons

SIGNED = [
    (PAST, _DONE_PATTERN, ("推进了改革", "已建成强省", "已经建成")),
    (COPULA, _COPULA_PATTERN, ("改革是关键",)),
    (COMING, _WILL_PATTERN, ("深化改革将持续激发活力",)),
    (
        MODAL,
        _WEAK_PATTERN,
        ("发展不能停", "发展不可停", "发展不应停"),
    ),
    (
        TOLD,
        _TOLD_PATTERN,
        (
            "十八大以来",
            "五年来",
            "过去一年",
            "上半年",
            "去年底",
            "前三季度",
            "回顾工作",
            "十三五时期",
        ),
    ),
]


@pytest.mark.parametrize(
    ("sign", "pattern", "text"),
    [(sign, pattern, text) for sign, pattern, texts in SIGNED for text in texts],
)
def test_every_match_has_its_sign(sign, pattern, text, lexicons: Lexicons) -> None:  # type: ignore[no-untyped-def]
    (clause,) = cut_clauses(text, build_grammar(lexicons))
    assert pattern.search(text)
    assert clause.signs & sign


@pytest.mark.parametrize("pattern", [pattern for _, pattern, _ in SIGNED])
def test_every_branch_of_a_pattern_is_tried(pattern) -> None:  # type: ignore[no-untyped-def]
    """A new branch needs a text above, and perhaps a new word in the grammar's signs."""
    branches = dict.fromkeys((_COPULA_PATTERN, _WILL_PATTERN, _WEAK_PATTERN), 1)
    branches |= {_DONE_PATTERN: 2, _TOLD_PATTERN: 8}
    depth, count = 0, 1
    for character in pattern.pattern:
        depth += (character == "(") - (character == ")")
        count += character == "|" and depth == 0
    assert count == branches[pattern]


def test_listed_words_give_their_sign(lexicons: Lexicons) -> None:
    grammar, words = build_grammar(lexicons), lexicons.words
    markers = words["retrospective_markers"].items()
    for sign, listed in (
        (ACT, words["speech_acts"]),
        (MODAL, words["modals"]),
        (DONE, [word for word, value in markers if value == "done"]),
        (JUDGEMENT, [word for word, value in markers if value == "judgement"]),
        (JUDGEMENT, _TURNS),
    ):
        for word in listed:
            (clause,) = cut_clauses(f"全市{word}推进", grammar)
            assert clause.signs & sign, word


def test_a_clause_has_the_signs_of_its_own_words_alone(lexicons: Lexicons) -> None:
    clauses = list(cut_clauses("会议强调，必须抓实。过去五年，推进有力", build_grammar(lexicons)))
    signs = [clause.signs & (ACT | MODAL | TOLD) for clause in clauses]
    assert signs == [ACT, MODAL, TOLD, 0]


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ("一是抓实", COUNTED),
        ("（二）抓实", COUNTED),
        ("各镇，", NAMED),
        ("抓，", 0),
        ("各镇；", 0),
    ],
)
def test_a_clause_is_marked_by_its_ends(text: str, signs: int, lexicons: Lexicons) -> None:
    (clause,) = cut_clauses(text, build_grammar(lexicons))
    assert clause.signs & (COUNTED | NAMED) == signs
