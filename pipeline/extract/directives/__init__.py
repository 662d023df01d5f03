"""Directives: what is to be done, by whom, how bindingly, and who says so.

Takes :class:`~pipeline.segment.Segments` and what is known of the document, gives
:class:`~pipeline.records.Directive` rows in reading order, e.g. for
``全会强调，各镇必须抓紧整改；不得拖延。`` one row from 各镇 with 必须 and one with 不得, both
under 强调 of 全会. The steps: :mod:`clauses` cuts the text, :mod:`issuers` finds what governs
each clause, :mod:`openings` where directives begin, :mod:`units` where they end. Known gaps:
stated in each step; nothing here depends on how the engine cuts words.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import cast as cast_type

from pipeline.extract.directives.clauses import cut_clauses, quieten_text
from pipeline.extract.directives.grammar import Grammar, build_grammar
from pipeline.extract.directives.issuers import govern_clauses
from pipeline.extract.directives.openings import Considered, find_openings
from pipeline.extract.directives.sections import find_parts
from pipeline.extract.directives.speakers import Cast
from pipeline.extract.directives.units import Unit, cut_units
from pipeline.extract.directives.verbs import find_main_verb
from pipeline.lexicons import Lexicons
from pipeline.records import Directive, Force, Issue, Official, Plenum, SloganUse
from pipeline.segment import Segments
from pipeline.setting import Setting
from pipeline.tag import Tagged

_COUNT = r"[\d一二三四五六七八九十两半百]{1,4}"
# 9月底前, 元月十五日前, “五一”前, 在项目开工前; not 目前 and 日前, which name no time to come.
_FEAST = "春节|元旦|五一|元宵节?|清明节?|端午节?|中秋节?|国庆节?|汛期?|夏收|麦收|秋收|开学"
_BEFORE = (
    r"(?:(?:20\d\d|[一二][〇○零一二三四五六七八九]{3}|今|明|当|本)年)?"
    r"(?:(?:\d{1,2}|[一二三四五六七八九十]{1,2}|元|正|腊)月份?)?"
    r"(?:(?:\d{1,2}|[一二三四五六七八九十]{1,3})[日号]|[年月][底末]|底|[上中下]旬|上半年|[一二三四]季度"
    rf"|入?汛期?|{_FEAST}|除夕|入冬|封冻|春耕|春播|秋播|夏种|秋种|本?学期(?:结束|末)"
    r"|(?:[今明当][天日]?(?:晚上?|早)?)?\d{1,2}[时点]|(?<![环季细情时关调章])节日?"
    r"|“(?:十[一二三四五六]五”末|[一二三五六七八九十·]{2,4}”)|两会"
    r"|(?<=[在于])[^，、。的]{0,8}(?:开工|竣工|投产|开幕|通车|验收|换届|来临|到来|结束|召开|启用|上市))"
    r"(?:之前|以前|前)"
)
# 会后十日内, 春节后一周内, 在大会闭幕后一个月内
_AFTER = (
    rf"(?:会|节|{_FEAST})后"
    r"|(?<=[在于])[^，、。的]{0,10}(?:闭幕|结束|开幕|换届|竣工|投产|召开)后"
)
# 三个月内, 年内, 接到通知后二十天内; 两年内不得 says how long, not by when.
_WITHIN = (
    rf"(?:(?:{_AFTER}|[雨汛灾节会]前"
    r"|(?:接到|收到|自|印发|发布|下发|公布)[^，。；]{0,10}?(?:之日起|后))?"
    rf"{_COUNT}(?:个?(?:月|工作日|小时|星期|季度)"
    r"|[年天日周])[之以]?内|[今本当]?[年月]之?内)(?!不|禁)"
)
_DEADLINE_PATTERN = re.compile(rf"{_BEFORE}|{_WITHIN}")
_DEADLINE_END_PATTERN = re.compile("[前内]")
_LONGEST_DEADLINE = 20


def extract_directives(
    segments: Segments,
    setting: Setting,
    plenums: Sequence[Plenum],
    officials: Sequence[Official],
    slogans: Sequence[Tagged | SloganUse],
    lexicons: Lexicons,
    body: str = "",
) -> Iterator[Directive | Issue]:
    """Find the directives of a document.

    Args:
        segments: The document.
        setting: What it says about itself.
        plenums: The meetings it names, in reading order.
        officials: The people it names, in reading order.
        slogans: The formulations it uses, in reading order.
        lexicons: The word lists.
        body: The organ whose document it is; it speaks where nobody else does.
    """
    grammar, starts = build_grammar(lexicons), [use.start for use in slogans]
    quiet, units = read_units(segments, setting, Cast(segments.text, officials, plenums), grammar)
    for unit in units:
        first = bisect_left(starts, unit.start)
        inside = slogans[first : bisect_left(starts, unit.end, first)]
        yield _make_row(segments, quiet, unit, inside, grammar, body)


def read_units(
    segments: Segments,
    setting: Setting,
    cast: Cast,
    grammar: Grammar,
    considered: list[Considered] | None = None,
) -> tuple[str, Iterator[Unit]]:
    """The quiet copy of a text and the directives in it.

    Args:
        segments: The document.
        setting: Where its headline ends.
        cast: The people and meetings it names.
        grammar: The word lists.
        considered: Takes the clauses that open no directive though a rule looked at them.
    """
    quiet, speeches = quieten_text(segments.text, grammar)
    clauses = list(cut_clauses(quiet, grammar))
    parts = find_parts(clauses, segments.text, grammar)
    governed = dict(govern_clauses(clauses, speeches, cast, grammar, carry=not parts))
    headline_end = setting.headline.end if setting.headline else 0
    opened = find_openings(clauses, governed, parts, headline_end, grammar, considered)
    return quiet, cut_units(opened, clauses, governed)


def _make_row(
    segments: Segments,
    quiet: str,
    unit: Unit,
    slogans: Sequence[Tagged | SloganUse],
    grammar: Grammar,
    body: str,
) -> Directive:
    """The row of a directive; ``slogans`` are the uses that begin inside it."""
    opening, issuer = unit.opening, unit.frame.issuer if unit.frame else None
    verb = opening.verb or find_main_verb(quiet[opening.predicate : unit.end], 0, grammar)
    deadline = _find_deadline(segments.text, unit.start, unit.end)
    return Directive(
        *segments.passage(unit.start, unit.end, opening.rule),
        speech_act=unit.frame.act if unit.frame else "",
        issuer=issuer.text if issuer else "",
        issuer_name=issuer.name if issuer else body,
        addressee=segments.text[slice(*opening.addressee)] if opening.addressee else "",
        modality=opening.modality,
        force=_find_force(opening.modality, verb.force if verb else "", grammar),
        action=verb.word if verb else "",
        deadline=deadline,
        item=unit.item,
        slogans=[use.slogan_id for use in slogans if use.slogan_id and use.end <= unit.end],
    )


def _find_deadline(text: str, start: int, end: int) -> str:
    """By when, as printed; every deadline ends with 前 or 内."""
    last = _DEADLINE_END_PATTERN.search(text, start, end)
    if last is None:
        return ""
    deadline = _DEADLINE_PATTERN.search(text, max(start, last.start() - _LONGEST_DEADLINE), end)
    return deadline.group() if deadline else ""


def _find_force(modality: str, verb_force: str, grammar: Grammar) -> Force:
    """The force of the modal word, or of the first verb where that word is no stronger than 要."""
    force = grammar.modals.words.get(modality, "direct")
    return cast_type("Force", verb_force if force == "direct" and verb_force else force)
