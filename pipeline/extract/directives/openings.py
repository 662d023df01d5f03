"""Where directives begin.

Takes governed clauses, gives each with the :class:`Opening` of the directive that begins in it:
by a modal word (必须…), under an order (要求，各镇…), in a list (一是…), as a headline, in the
part of a report on future tasks. In ``会议指出，过去一年，推进…`` none begins. Known gap: under
指出 a bare clause is taken for a directive by its first verb; one that tells what was done
without saying so is taken too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.extract.directives.bare import (
    Ground,
    find_appeal,
    find_bare_opening,
    make_ground,
    shares_out,
)
from pipeline.extract.directives.clauses import Clause
from pipeline.extract.directives.grammar import COUNTED, EACH, MODAL, NAMED, TOLD, Grammar
from pipeline.extract.directives.issuers import Frame, Governed
from pipeline.extract.directives.leads import Deferred, defer_ground, is_addressee
from pipeline.extract.directives.modality import Opening, find_modal_opening
from pipeline.extract.directives.refusals import Refusal
from pipeline.extract.directives.sections import Ordinal, read_ordinal


class Opened(NamedTuple):
    """A clause, by its place, with the directive that begins in it if one does.

    Attributes:
        place: Its place.
        breaks: Whether a directive before it ends here in any case.
        frame: What governs it.
        opening: The directive that begins in it.
        item: Its ordinal.
    """

    place: int
    breaks: bool
    frame: Frame | None
    opening: Opening | None
    item: int | None


class Considered(NamedTuple):
    """What was asked of a clause that opens no directive.

    Attributes:
        clause: The clause, without its speech act.
        frame: What governs it.
        ground: The rule by which it might open one without a modal word; empty where none does.
        told: Whether its paragraph tells of the past.
        refusal: Why it opens none; None where nothing in it asks for one.
    """

    clause: Clause
    frame: Frame | None
    ground: str
    told: bool
    refusal: Refusal | None


@dataclass(slots=True)
class _Reading:
    """What is known while the clauses are read in order.

    Attributes:
        clauses: All of them.
        governed: What governs them, by place, where it changes.
        parts: The parts of the report, by the start of their headings.
        headline_end: Where the headline ends.
        considered: Where to note the clauses that open nothing, if anybody asks.
        part: The part of the report that is read.
        going: Whether a directive is going on in this segment.
        chained: Whether the paragraph has had a directive.
        told: Whether the paragraph tells of the past so far.
        acted: Whether a speech act governs that began in this paragraph.
        frame: The frame of the clause before.
        stated: Whether the sentence states an aim (总体要求是：).
        hailed: Whether the sentence has turned to somebody (叮嘱镇干部，).
        listed: The last ordinal of 一要, 二要.
        item: An ordinal that stood alone before this clause (第一，).
        addressee: An addressee set off before this clause (各级党组织，).
        deferred: What a clause before this one has led up to (同时，).
    """

    clauses: Sequence[Clause]
    governed: Mapping[int, Governed | None]
    parts: Mapping[int, str]
    headline_end: int
    considered: list[Considered] | None = None
    part: str = ""
    going: bool = False
    chained: bool = False
    told: bool = False
    stated: bool = False
    acted: bool = False
    frame: Frame | None = None
    hailed: bool = False
    listed: int = 0
    item: int | None = None
    addressee: tuple[int, int] | None = None
    deferred: Deferred | None = None


# Without one of these signs nothing begins inside a segment.
_BEGINNING = MODAL | TOLD | COUNTED | EACH


def find_openings(
    clauses: Sequence[Clause],
    governed: Mapping[int, Governed | None],
    parts: Mapping[int, str],
    headline_end: int,
    grammar: Grammar,
    considered: list[Considered] | None = None,
) -> Iterator[Opened]:
    """The clauses in which a directive or a segment begins, each with its opening if it has one.

    Args:
        clauses: Of one document, in order.
        governed: What governs them, by place, where it changes.
        parts: The parts of a report, by the start of their headings.
        headline_end: Where the headline ends.
        grammar: The word lists.
        considered: Takes the clauses that open nothing though a rule looked at them.
    """
    reading = _Reading(clauses, governed, parts, headline_end, considered)
    begun = False
    for index, clause in enumerate(clauses):
        if index in governed:
            if (one := governed[index]) is None:
                continue
        elif clause.level or clause.signs & _BEGINNING or reading.deferred or reading.item:
            one = None
        else:
            if reading.addressee or clause.signs & NAMED:
                _note_addressee(reading, clause, grammar)
            if clause.after == "：":
                _note_aim(reading, clause)
            continue
        clause, frame, fresh, turns = one or (clause, reading.frame, False, False)
        opening, item = _read_clause(reading, index, clause, frame, fresh, turns, grammar)
        breaks = clause.level > 0 or fresh or turns
        if opening or begun:
            yield Opened(index, breaks, frame, opening, item)
            begun = opening is not None or (begun and not breaks)


def _read_clause(
    reading: _Reading,
    index: int,
    given: Clause,
    frame: Frame | None,
    fresh: bool,
    turns: bool,
    grammar: Grammar,
) -> tuple[Opening | None, int | None]:
    """What opens in a clause, and its ordinal; what it leaves to the next is noted."""
    _turn(reading, given, frame, fresh=fresh, turns=turns)
    clause, item, reading.item = given, reading.item, None
    if clause.signs & COUNTED and (ordinal := _read_ordinal(reading, clause)):
        item, clause = ordinal.number, clause.rest(ordinal.end)
        if item == 0 or not clause.text:
            reading.item = item or None
            return None, None
    ground, start = None, None
    if given.level or fresh or item is not None:
        ground = _find_ground(reading, given, frame, item, fresh=fresh)
    elif reading.deferred:
        ground, start = reading.deferred
        ground = ground._replace(addressed=reading.addressee is not None)
    elif reading.going and clause.signs & EACH and shares_out(clause, grammar):
        ground = make_ground("directive.series")
    found: Opening | Refusal | None = None
    if ground or clause.signs & MODAL or clause.level >= 2:
        found = _open(reading, clause, ground, index, grammar)
    if isinstance(found, Opening):
        if start is not None and not found.modality:
            found = found._replace(start=start)
        found = _accept(reading, clause, frame, found)
    elif reading.addressee or clause.signs & NAMED:
        _note_addressee(reading, clause, grammar)
    opening = found if isinstance(found, Opening) else None
    if reading.considered is not None and not isinstance(found, Opening):
        rule = ground.rule if ground else ""
        reading.considered.append(Considered(clause, frame, rule, reading.told, found))
    reading.deferred = None
    if ground and opening is None and clause.after == "，":
        reading.deferred = defer_ground(clause, ground, start, grammar)
        if reading.deferred and grammar.lead_pattern.fullmatch(clause.text):
            reading.item = item
    return opening, item


_TOLD_PATTERN = re.compile(
    r"以来|[一二三四五六七八九十两几]年来|过去[一五]年|上半年[^，]{0,4}$|(?<![比较])去年|前三季度|回顾|时期$"
)
_STATED_PATTERN = re.compile(
    r"(?:要求|思想|思路|目标|原则|主题|总基调|基调|目的|方针)(?:就?是|为)$"
)


def _turn(
    reading: _Reading, clause: Clause, frame: Frame | None, *, fresh: bool, turns: bool
) -> None:
    """Forget what ends with a paragraph, a sentence or a segment."""
    if reading.parts:
        reading.part = reading.parts.get(clause.start, reading.part)
    if turns:
        reading.chained, reading.told, reading.acted = False, False, False
    if fresh or frame is not reading.frame:
        reading.acted, reading.frame = True, frame
    if clause.level or fresh:
        reading.going, reading.addressee = False, None
        if clause.level >= 2 or fresh:
            reading.stated, reading.hailed = False, fresh
            reading.told = reading.told and reading.part != "future"
    if clause.signs & TOLD and not reading.told:
        reading.told = _TOLD_PATTERN.search(clause.text) is not None
    if clause.after == "：":
        _note_aim(reading, clause)


def _read_ordinal(reading: _Reading, clause: Clause) -> Ordinal | None:
    """The ordinal of a clause; 三要 counts only after 二要, else it is part of a phrase."""
    ordinal = read_ordinal(clause.text)
    if ordinal and ordinal.modal:
        if ordinal.number not in (1, reading.listed + 1):
            return ordinal._replace(number=0)
        reading.listed = ordinal.number
    return ordinal


def _find_ground(
    reading: _Reading, clause: Clause, frame: Frame | None, item: int | None, *, fresh: bool
) -> Ground | None:
    """Why a bare clause that opens a segment, a speech or an item may be a directive here."""
    headline = clause.start < reading.headline_end
    manner = frame.manner if frame else ""
    if manner in ("order", "address") and (reading.acted or item is not None):
        return make_ground("directive.order", loose=True, fresh=fresh or item is not None)
    if manner in ("opinion", "pledge", "speech") or (reading.told and not fresh):
        return None
    if item is not None:
        loose = headline or reading.part == "future"
        return None if reading.part == "past" else make_ground("directive.item", loose=loose)
    if manner in ("statement", "order", "address"):
        if fresh or reading.chained:
            series = reading.chained and not clause.opens_sentence and not fresh
            rule = "directive.series" if series else "directive.statement"
            return make_ground(rule, loose=headline, fresh=fresh)
        return None
    if headline:
        return make_ground("directive.headline")
    if reading.part == "future":
        return make_ground("directive.work_report")
    return make_ground("directive.chain") if reading.chained and not reading.part else None


def _open(
    reading: _Reading, clause: Clause, ground: Ground | None, index: int, grammar: Grammar
) -> Opening | Refusal | None:
    """The directive a clause opens, by its modal word or on the ground given."""
    if reading.stated:
        return Refusal("bare.aim")
    modal: Opening | Refusal | None = None
    if clause.level >= 2 and (appeal := find_appeal(clause, grammar)):
        return appeal
    if clause.signs & MODAL:
        continued = reading.going and ground is None
        modal = find_modal_opening(clause, grammar, continued=continued)
        if isinstance(modal, Opening) and _is_preferred_to(reading, index, modal, grammar):
            return Refusal("modal.prefers", modal.modality)
        if isinstance(modal, Opening):
            return modal
    if ground is None:
        return modal
    if clause.signs & NAMED and is_addressee(clause, grammar):
        return Refusal("bare.addressee")
    bare = find_bare_opening(clause, _list_segment(reading, index), ground, grammar)
    if isinstance(bare, Opening) or bare.reason.startswith("statement."):
        return bare
    return modal or bare


def _is_preferred_to(reading: _Reading, index: int, modal: Opening, grammar: Grammar) -> bool:
    """Whether the clause before sets off what is worse: 宁可多备，|不可少备."""
    clause = reading.clauses[index]
    if index == 0 or clause.level or grammar.modals.words[modal.modality] != "prohibit":
        return False
    return "宁" in reading.clauses[index - 1].text and modal.start == clause.start


_LONGEST_SEGMENT = 9


def _list_segment(reading: _Reading, index: int) -> list[Clause]:
    """The clauses after one up to the next semicolon, sentence end or speech act."""
    segment: list[Clause] = []
    for later in range(index + 1, min(index + 1 + _LONGEST_SEGMENT, len(reading.clauses))):
        clause = reading.clauses[later]
        if clause.level:
            break
        if later in reading.governed:
            one = reading.governed[later]
            if one is None:
                continue
            if one.fresh:
                break
            clause = one.clause
        if not (clause.signs & COUNTED and _is_ordinal(clause.text)):
            segment.append(clause)
    return segment


def _is_ordinal(text: str) -> bool:
    """Whether a clause is nothing but an ordinal: 第一，."""
    ordinal = read_ordinal(text)
    return ordinal is not None and ordinal.end == len(text)


# 各位村长，汛期之前要…: a time may stand between who is addressed and the modal word.
_TIME_PATTERN = re.compile(r"(?:[^，]{1,12}(?:前|后|内|时|期间))?")


def _accept(
    reading: _Reading, clause: Clause, frame: Frame | None, opening: Opening
) -> Opening | Refusal:
    """An opening with the addressee set off before it; refused under advice."""
    if frame and frame.manner == "advice":
        return Refusal("frame.advice", opening.modality)
    if frame and frame.manner == "pledge" and not (opening.addressee or reading.addressee):
        return Refusal("frame.pledge", opening.modality)
    before, reading.addressee = reading.addressee, None
    reading.going = reading.chained = True
    reading.told = False
    if before and opening.addressee is None:
        between = clause.text[: max(0, opening.start - clause.start)]
        if _TIME_PATTERN.fullmatch(between):
            return opening._replace(start=before[0], addressee=before)
    if reading.hailed and frame and frame.addressee and opening.addressee is None:
        return opening._replace(addressee=frame.addressee)
    return opening


def _note_addressee(reading: _Reading, clause: Clause, grammar: Grammar) -> None:
    """Keep an addressee set off by a comma for the clause after it, forget an earlier one."""
    if reading.frame and reading.frame.manner == "advice":
        return
    before, reading.addressee = reading.addressee, None
    if clause.signs & NAMED and is_addressee(clause, grammar):
        reading.addressee = (before[0] if before else clause.start, clause.end)


def _note_aim(reading: _Reading, clause: Clause) -> None:
    """Note whether what follows a colon is an aim (总体要求是：)."""
    reading.stated = reading.stated or _STATED_PATTERN.search(clause.text) is not None
