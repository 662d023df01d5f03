"""Speech acts: who says it, with what verb, and how far it reaches.

Takes the clauses of a document and its :class:`~pipeline.extract.directives.speakers.Cast`, gives
every clause with the :class:`Frame` that governs it: in ``会议强调，要抓落实。要见实效。`` both
要 stand under 强调 of 会议. A frame goes on over sentences and paragraphs until the next one; a
second one inside a sentence (市委全会提出要…) ends with it; pledges end with their paragraph;
after 特通知如下： the document speaks itself.
Known gap: a narrative between two parts of a speech does not end the first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.extract.directives.acts import Act, Around, find_act
from pipeline.extract.directives.clauses import Clause, Speech
from pipeline.extract.directives.grammar import ACT, MODAL, Grammar
from pipeline.extract.directives.speakers import Cast, Issuer, find_subject


class Frame(NamedTuple):
    """A speech act: its verb, what may follow under it, and who performs it.

    Attributes:
        act: The verb as printed.
        manner: A value of the speech act list; under ``advice`` nothing binds, under ``pledge``
            what has an addressee.
        issuer: Who speaks; None where nobody is named.
        addressee: Who is addressed outside what is said (叮嘱镇干部，), by start and end.
    """

    act: str
    manner: str
    issuer: Issuer | None
    addressee: tuple[int, int] | None = None


class Governed(NamedTuple):
    """A clause, or what a speech act leaves of one, and the frame over it.

    Attributes:
        clause: The words.
        frame: What governs them; None where nothing does.
        fresh: Whether the speech act stands directly before them.
        turns: Whether a paragraph begins with them or with the speech act before them.
    """

    clause: Clause
    frame: Frame | None
    fresh: bool
    turns: bool


@dataclass(slots=True)
class _Reading:
    """What is known while the clauses are read in order.

    Attributes:
        clauses: All of them.
        begun: Where the sentence begins among them.
        asked: The first of its clauses that was not yet asked for a modal word.
        bound: Whether one of those before has one.
        frame: The frame that goes on.
        inner: A frame that ends with the sentence.
        resumed: The frame that goes on after direct speech.
        acted: Whether ``frame`` began in this sentence.
        fresh: Whether a speech act ended the clause before.
        heard: The direct speech that was entered last.
        muted: Whether its speaker holds no office (一位果农说：“要…”).
        turns: Whether a paragraph has begun that no clause was given of yet.
    """

    clauses: Sequence[Clause]
    begun: int = 0
    asked: int = 0
    bound: bool = False
    frame: Frame | None = None
    inner: Frame | None = None
    resumed: Frame | None = None
    acted: bool = False
    fresh: bool = False
    heard: Speech | None = None
    muted: bool = False
    turns: bool = False


# 特通知如下：, 现将有关事项通告如下：: from here on the document itself speaks.
_ANNOUNCING_PATTERN = re.compile(r"(?:通知|通告|公告|通报|布告|指示|批复|规定|决定)如下$")
# 表示，完全赞同…: who accepts what was said answers for himself.
_ACCEPTING_PATTERN = re.compile(
    r"(?:完全|一致|真诚|诚恳|虚心|诚心|全面|全盘)[^，]{0,4}(?:赞同|同意|认同|接受|认账|认领)|照单全收|我?们?一?定?将(?!此)|我?们?愿"
)
# 作交流发言。李村长表示，要…
_PARTICIPANT_PATTERN = re.compile(r"(?:表态|交流|大会|书面|典型|先后|分别|依次)[^，]{0,4}发言$")
_NEWLY_PATTERN = re.compile(r"新(?:当选|任|到任|上任)")
# Whose direct speech binds nobody, because no speaker with an office is found for it.
_NOBODY = Frame("", "advice", None)
# Clauses among which the subject of a sentence is looked for.
_LONGEST_SENTENCE = 8


def govern_clauses(
    clauses: Sequence[Clause],
    speeches: Sequence[Speech],
    cast: Cast,
    grammar: Grammar,
    *,
    carry: bool,
) -> Iterator[tuple[int, Governed | None]]:
    """What governs the clauses, by their place in the document, wherever that changes.

    A clause that is left out stands under the frame of the clause before it; of one given with
    None its speech act leaves nothing.

    Args:
        clauses: Of one document, in order.
        speeches: Its direct speech.
        cast: The people and meetings it names.
        grammar: The word lists.
        carry: Whether a frame goes on after its sentence; not so in a report, which speaks itself.
    """
    reading, quotes = _Reading(clauses), iter(speeches)
    quote = next(quotes, None)
    given: Frame | None = None
    for index, clause in enumerate(clauses):
        while quote and clause.start >= quote.end:
            _leave_speech(reading)
            quote = next(quotes, None)
        if clause.level >= 2:
            _turn(reading, index, carry=carry)
        quoted = quote if quote and clause.start > quote.start else None
        changes = quoted is not None or clause.signs & ACT or reading.fresh or reading.turns
        changes = changes or (clause.after == "：" and _announces(clause))
        if not changes and (reading.inner or reading.frame) is given:
            continue
        one = _govern(reading, index, quoted, cast, grammar, alone=not carry)
        given = one.frame if one else given
        yield index, one


def _govern(
    reading: _Reading,
    index: int,
    quoted: Speech | None,
    cast: Cast,
    grammar: Grammar,
    *,
    alone: bool,
) -> Governed | None:
    """What governs one clause; None where its speech act leaves nothing of it."""
    clause = reading.clauses[index]
    if quoted and quoted is not reading.heard:
        reading.heard, reading.muted = quoted, not reading.fresh
    if quoted and quoted.tag is not None:
        return _give(reading, clause, _read_tag(quoted.tag, cast, grammar), fresh=False)
    return _read_clause(reading, index, cast, grammar, quoted=quoted is not None, alone=alone)


def _turn(reading: _Reading, index: int, *, carry: bool) -> None:
    """Forget what does not reach beyond a sentence or, where one begins, a paragraph."""
    if reading.clauses[index].opens_paragraph:
        reading.turns = True
        if reading.frame and reading.frame.manner in ("advice", "pledge", "speech"):
            reading.frame = None
    reading.inner, reading.acted, reading.begun = None, False, index
    reading.asked, reading.bound = index, False
    if not carry:
        reading.frame = None


def _leave_speech(reading: _Reading) -> None:
    """After 他说：“…” the frame before it goes on; after 他强调：“…” that one does."""
    if reading.frame and reading.frame.manner == "speech":
        reading.frame = reading.resumed


def _read_clause(
    reading: _Reading, index: int, cast: Cast, grammar: Grammar, *, quoted: bool, alone: bool
) -> Governed | None:
    """The clause, or what its speech act leaves of it; None where that is nothing."""
    clause, act = reading.clauses[index], None
    if _announces(clause):
        reading.frame = reading.inner = None
    elif clause.signs & ACT:
        before = reading.clauses[reading.begun : min(index, reading.begun + _LONGEST_SENTENCE)]
        around = Around(
            bound=_is_bound(reading, index, grammar), led=reading.frame is not None, alone=alone
        )
        act = find_act(clause, cast, grammar, around)
        if act:
            _enter_frame(reading, act, clause, before, cast, grammar)
    elif reading.fresh and _ACCEPTING_PATTERN.match(clause.text):
        _turn_to_pledge(reading)
    frame = reading.inner or reading.frame
    if act is None:
        if quoted:
            frame = _NOBODY if reading.muted else _mute_cited(frame)
        return _give(reading, clause, frame, fresh=reading.fresh)
    if act.rest < len(clause.text):
        return _give(reading, clause.rest(act.rest), frame, fresh=True)
    reading.fresh = act.ready
    return None


def _announces(clause: Clause) -> bool:
    """Whether a clause announces that the document itself speaks: 特通知如下：."""
    return clause.after == "：" and _ANNOUNCING_PATTERN.search(clause.text) is not None


def _turn_to_pledge(reading: _Reading) -> None:
    """Let nothing bind under 表示 whose speaker accepts what he was told."""
    if reading.frame and reading.frame.manner in ("opinion", "pledge"):
        reading.frame = reading.frame._replace(manner="advice")


def _is_bound(reading: _Reading, index: int, grammar: Grammar) -> bool:
    """Whether a clause of the sentence before this one has a modal word; each is asked once."""
    while not reading.bound and reading.asked < index:
        reading.bound = _binds(reading.clauses[reading.asked], grammar)
        reading.asked += 1
    return reading.bound


def _binds(clause: Clause, grammar: Grammar) -> bool:
    """Whether a clause has a modal word."""
    return bool(clause.signs & MODAL and grammar.modal_pattern.search(clause.binding))


def _give(reading: _Reading, clause: Clause, frame: Frame | None, *, fresh: bool) -> Governed:
    turns, reading.turns, reading.fresh = reading.turns, False, False
    return Governed(clause, frame, fresh, turns)


def _mute_cited(frame: Frame | None) -> Frame | None:
    """What the general secretary is quoted with binds nobody in the name of the meeting."""
    if frame and frame.issuer and frame.issuer.sort == "cited":
        return frame._replace(manner="advice")
    return frame


def _enter_frame(
    reading: _Reading,
    act: Act,
    clause: Clause,
    before: Sequence[Clause],
    cast: Cast,
    grammar: Grammar,
) -> None:
    """Let a speech act govern: advice and what another said only to the end of the sentence."""
    inner = reading.inner.issuer if reading.inner else None
    issuer = act.issuer or inner or _inherit_issuer(reading, before, cast, grammar)
    frame = _make_frame(act, issuer)
    if act.manner == "opinion" and (
        _is_pledge((*before, clause), act) or _follows_speakers(reading)
    ):
        frame = frame._replace(manner="advice")
    elif act.verb == "表示" and _answers(reading, act, clause, issuer):
        frame = frame._replace(manner="pledge")
    outer = reading.frame
    aside = (inner and not act.issuer) or act.manner == "advice"
    if aside or _is_aside(reading, frame.issuer):
        reading.inner = frame
        return
    if frame.manner == "speech" and not (outer and outer.manner == "speech"):
        reading.resumed = outer
    reading.frame, reading.inner, reading.acted = frame, None, not act.light


def _is_pledge(sentence: Sequence[Clause], act: Act) -> bool:
    """Whether the sentence reports a pledge (作表态发言，表示要…)."""
    return act.pledges or any("表态" in clause.text for clause in sentence)


def _answers(reading: _Reading, act: Act, clause: Clause, issuer: Issuer | None) -> bool:
    """Whether a person speaks of what he himself will do: …。县长陈新表示，要….

    At the head of a paragraph a leader speaks to the meeting, unless he is new to his office or
    has told something of himself (查摆了问题，表示要…).
    """
    if issuer is None or issuer.sort not in ("person", "unlisted"):
        return False
    if not reading.clauses[reading.begun].opens_paragraph or act.issuer is None:
        return True
    return _NEWLY_PATTERN.search(clause.text) is not None


def _follows_speakers(reading: _Reading) -> bool:
    """Whether the sentence before, of the same paragraph, names who took the floor."""
    if reading.begun == 0 or reading.clauses[reading.begun].opens_paragraph:
        return False
    return _PARTICIPANT_PATTERN.search(reading.clauses[reading.begun - 1].text) is not None


def _is_aside(reading: _Reading, issuer: Issuer | None) -> bool:
    """Whether somebody is cited by who speaks: 全会指出，市委全会提出要…; 总书记指出“…”."""
    outer = reading.frame.issuer if reading.frame else None
    if outer is None or issuer is None or issuer == outer:
        return False
    return reading.acted or (
        issuer.sort == "cited" and outer.sort != "cited" and issuer.name != (outer.name or "?")
    )


def _make_frame(act: Act, issuer: Issuer | None) -> Frame:
    sort = issuer.sort if issuer else ""
    idle = sort == "other" or (sort == "unlisted" and act.manner in ("speech", "opinion"))
    return Frame(act.verb, "advice" if idle else act.manner, issuer, act.addressee)


def _inherit_issuer(
    reading: _Reading, before: Sequence[Clause], cast: Cast, grammar: Grammar
) -> Issuer | None:
    """The subject of the sentence so far, or else who spoke before."""
    for clause in before:
        subject = find_subject(clause, len(clause.text), cast, grammar)
        if subject and subject.issuer.sort != "unlisted":
            return subject.issuer
    return reading.frame.issuer if reading.frame else None


def _read_tag(tag: Clause, cast: Cast, grammar: Grammar) -> Frame | None:
    """The frame of direct speech from the words after it (“…”他说)."""
    act = find_act(tag, cast, grammar, Around(bound=False, led=False, alone=True))
    return _mute_cited(_make_frame(act, act.issuer)) if act else _NOBODY
