"""Gaps: why a passage makes no row.

Takes a :class:`Question`, gives :class:`Gap` items by table: 要 in ``改革的目的就是要改善民生``
is no directive because the words before 要 report. The rules are asked, nothing is decided anew.
Known gap: where several rules say no, the one that came nearest speaks; where no rule saw a
beginning, the answer is only that there is none (``official.absent``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.extract import separate_issues
from pipeline.extract.directives import read_units
from pipeline.extract.directives.clauses import Clause, cut_clauses
from pipeline.extract.directives.grammar import build_grammar
from pipeline.extract.directives.openings import Considered
from pipeline.extract.directives.speakers import Cast
from pipeline.extract.instruments import extract_instruments
from pipeline.extract.officials import extract_officials, read_mentions
from pipeline.extract.officials.mentions import Page, is_formula
from pipeline.extract.plenums import extract_plenums
from pipeline.extract.plenums.find import find_references
from pipeline.ingest.source import Metadata
from pipeline.lexicons import Lexicons
from pipeline.normalise import NormalText
from pipeline.registries.people import load_people
from pipeline.registries.places import find_mentions, load_gazetteer
from pipeline.segment import Segments, segment_text
from pipeline.segment.engines import Engine
from pipeline.setting import Setting, find_setting
from pipeline.spans import OffsetMap, Span
from pipeline.tag.uses import list_passed


class Gap(NamedTuple):
    """A passage without a row.

    Attributes:
        reason: Why, by its id in the register of reasons.
        start: Where the passage begins in the normalised text.
        end: Where it ends.
        words: What the reason rests on; empty where it rests on nothing printed.
    """

    reason: str
    start: int
    end: int
    words: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """A passage of a document, and what the rules need to know of it."""

    segments: Segments
    setting: Setting
    lexicons: Lexicons
    span: Span

    def meets(self, start: int, end: int) -> bool:
        """Whether a stretch shares a character with the passage."""
        return start < self.span.end and self.span.start < end

    @property
    def passage(self) -> str:
        """The words asked about."""
        return self.segments.text[slice(*self.span)]

    def answer(self, reason: str, words: str = "") -> Gap:
        """A gap of the whole passage."""
        return Gap(reason, *self.span, words)


def ask(text: str, span: Span, metadata: Metadata, lexicons: Lexicons, engine: Engine) -> Question:
    """Ask about a passage.

    Args:
        text: The normalised text of the document.
        span: The passage.
        metadata: What is known of the document: address, date, place, title.
        lexicons: Those its rows were made with.
        engine: That which cuts its words.
    """
    normal = NormalText(text, OffsetMap.identity(len(text)), "simplified", 0)
    segments = segment_text("", normal, engine)
    return Question(segments, find_setting(segments, metadata, lexicons), lexicons, span)


def find_gaps(question: Question, table: str) -> list[Gap]:
    """Why a table has no row in the passage; nothing for a table that explains none.

    Args:
        question: The passage.
        table: A table without a row there.
    """
    find = _FINDERS.get(table)
    return list(find(question)) if find else []


def _find_slogan_gaps(question: Question) -> Iterator[Gap]:
    passed = list_passed(question.segments, question.lexicons)
    here = [one for one in passed if question.meets(*one.span)]
    for one in here:
        yield Gap(one.reason, *one.span, one.wording)
    if not here:
        yield question.answer("slogan.absent")


_TITLE_REASONS = {"《": "quiet.title", "“": "quiet.quotation", "（": "quiet.bracket"}
# Speech acts under which only a modal word binds.
_VIEWS = frozenset({"opinion", "pledge", "speech"})


def _find_directive_gaps(question: Question) -> Iterator[Gap]:
    segments, setting, lexicons = question.segments, question.setting, question.lexicons
    grammar = build_grammar(lexicons)
    plenums, _ = separate_issues(extract_plenums(segments, setting, lexicons))
    officials, _ = separate_issues(extract_officials(segments, setting, lexicons))
    considered: list[Considered] = []
    cast = Cast(segments.text, officials, plenums)
    quiet, units = read_units(segments, setting, cast, grammar, considered)
    taken = [(unit.start, unit.end) for unit in units]
    by_end = {one.clause.end: one for one in considered}
    for clause in cut_clauses(quiet, grammar):
        inside = any(start < clause.end and clause.start < end for start, end in taken)
        if question.meets(clause.start, clause.end) and not inside:
            reason, words = _explain_clause(question, clause, by_end)
            yield Gap(reason, clause.start, clause.end, words)


def _explain_clause(
    question: Question, clause: Clause, considered: Mapping[int, Considered]
) -> tuple[str, str]:
    one = considered.get(clause.end)
    if one and one.refusal:
        return one.refusal.reason, one.refusal.words
    text = question.segments.text[clause.start : clause.end]
    if quieted := _find_difference(text, clause.text):
        before = question.segments.text[: clause.start + quieted.end]
        opening = max(_TITLE_REASONS, key=before.rfind)
        return _TITLE_REASONS[opening], ""
    if blotted := _find_difference(clause.text, clause.binding):
        return "modal.lookalike", clause.text[slice(*blotted)]
    if one and one.told:
        return "ground.told", ""
    if one and one.frame and one.frame.manner in _VIEWS:
        return "frame.pledged", one.frame.act
    return "ground.inside", ""


def _find_difference(text: str, copy: str) -> Span | None:
    """The first stretch in which a copy of a text differs from it."""
    differing = [at for at, pair in enumerate(zip(text, copy, strict=True)) if pair[0] != pair[1]]
    if not differing:
        return None
    start = end = differing[0]
    while end in differing:
        end += 1
    return Span(start, end)


def _find_official_gaps(question: Question) -> Iterator[Gap]:
    page, mentions, _ = read_mentions(question.segments, question.setting, question.lexicons)
    if any(question.meets(*span) for span in question.setting.byline_spans):
        yield question.answer("official.byline")
        return
    others = [one for one in mentions if not one.official and question.meets(one.start, one.end)]
    for other in others:
        yield Gap("official.no_office", other.start, other.end, other.name)
    formulas = [] if others else list(_find_formulas(question, page))
    yield from formulas
    heads = [head for head in page.titles.heads if question.meets(head.start, head.end)]
    for head in heads if not (others or formulas) else ():
        words = page.text[head.start : head.end]
        yield Gap("official.title_alone", head.start, head.end, words)
    if not (others or formulas or heads):
        yield question.answer("official.absent")


def _find_formulas(question: Question, page: Page) -> Iterator[Gap]:
    """Names of listed people in the passage that are part of a formula: 毛泽东|思想."""
    for name in load_people(question.lexicons).names:
        start = page.text.find(name, question.span.start, question.span.end + len(name))
        if start >= 0 and is_formula(page, start, start + len(name)):
            yield Gap("official.formula", start, start + len(name), name)


# How far before its number the body of a meeting may be named.
_BODY_REACH = 14


def _find_plenum_gaps(question: Question) -> Iterator[Gap]:
    text, lexicons = question.segments.text, question.lexicons
    mentions = find_mentions(text, load_gazetteer(lexicons))
    dropped = [
        reference
        for reference in find_references(text, mentions, lexicons)
        if question.meets(reference.start, reference.end)
    ]
    for reference in dropped:
        words = text[reference.start : reference.end]
        yield Gap("plenum.not_reported", reference.start, reference.end, words)
    if dropped:
        return
    around = text[max(0, question.span.start - _BODY_REACH) : question.span.end]
    bodies = [word for word in lexicons.words["mass_bodies"] if word in around]
    is_meeting = "会" in question.passage and bodies
    yield question.answer("plenum.mass_body" if is_meeting else "plenum.absent")


def _find_instrument_gaps(question: Question) -> Iterator[Gap]:
    _, issues = separate_issues(extract_instruments(question.segments, question.lexicons))
    unclear = [issue for issue in issues if question.meets(issue.start or 0, issue.end or 0)]
    if unclear:
        yield question.answer("instrument.unclear")
        return
    before = question.segments.text[: question.span.end]
    is_title = before.rfind("《") > before.rfind("》", 0, question.span.start)
    yield question.answer("instrument.work" if is_title else "instrument.absent")


_FINDERS: dict[str, Callable[[Question], Iterator[Gap]]] = {
    "slogans": _find_slogan_gaps,
    "directives": _find_directive_gaps,
    "officials": _find_official_gaps,
    "plenums": _find_plenum_gaps,
    "instruments": _find_instrument_gaps,
}
