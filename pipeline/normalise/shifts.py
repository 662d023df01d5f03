"""Passages that were read one byte off, put right.

Takes a text from which aligned readings are gone, gives repairs: 動?xùn)|西 is 動東西, 周?chē)罅霌P
周圍，大力弘揚.

The tool looked for the two bytes of a character in the bytes of the text. Where the second byte of
one character and the first of the next make a listed character (動東: 84 **D3 96** 7C, D396 is 訓,
xùn), it wrote the reading between the halves of the next. The first half then lost itself in the
bracket, shown as ``?``, and the text is one byte off until a half that is an ASCII sign (7C is
``|``) or another ``?`` ends it. Pairs that GBK leaves to users meanwhile vanish without trace.

So, from ``?xùn)`` on: the first half lost is the X for which GBK(second half before, X) is a
converted character read xùn; every sign then gives one half to the character begun, the other to
the next. Where something vanished, or several X fit, the likeliest characters are taken.

Known gaps: more than two pairs vanished in one place; a passage that no ``?`` announces; a digit
that a half swallowed is shown as ``?``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from pipeline.normalise.glosses import LETTERS, TONED_READING
from pipeline.normalise.halves import (
    LOST,
    list_choices,
    list_lost,
    list_read,
    list_vanished,
    look_up_form,
)
from pipeline.normalise.lattice import Arc, Choices, Chosen, Node, find_best
from pipeline.normalise.likelihood import is_pair
from pipeline.normalise.tokens import Token, read_passages
from pipeline.spans import Edit

# A passage begins at a reading whose bracket is broken, or at a mark that has lost the half before
# it: 。” (A1A3 A1B1) was taken for a mark (A3A1, ！) and lost its first half: ?！?.
MARKS: Final = "！；：，？!;:,"
SITE_PATTERN: Final = re.compile(
    rf"\?(?:(?P<reading>{TONED_READING})[ \u00a0\u3000]?\)|(?=[{MARKS}]))"
)
# Some sites show no ? there. Then a sign after Han must make one suspicious: 了!边@是.
SIGN_PATTERN: Final = re.compile(r"[@-~](?<=[㐀-鿿].)(?![A-Za-z0-9])")
BARE_SITE_PATTERN: Final = re.compile(
    rf"(?P<reading>)(?=[{MARKS}][^?\n{MARKS}]{{0,24}}[㐀-鿿][@-~](?![A-Za-z0-9]))(?<=[㐀-鿿])"
)
FULL_WIDTH: Final = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
STOP: Final = b"\xa1"  # first half of 。 and of the other marks that are no ASCII
GAIN: Final = 12.0  # how much likelier a passage must get that only a mark announces

CONTEXT: Final = 5  # characters on either side that are looked at
# Where two pairs vanished, the second is looked for in these areas alone: AAA1-AFFE with F8A1-FEFE,
# and A181-A7A0.
MAIN_AREAS: Final = (
    (bytes([*range(0xAA, 0xB0), *range(0xF8, 0xFF)]), bytes(range(0xA1, 0xFF))),
    (bytes(range(0xA1, 0xA8)), bytes(range(0x81, 0xA1))),
)
READING_PATTERN: Final = re.compile(rf"[(?][{LETTERS}]{{1,6}} ?\)")  # not weighed, broken or not
IN_CONTEXT: Final = str.maketrans(",;:123456789\n", "，；：000000000¶")
# What a half may have swallowed: a line feed, or before these a digit, which nobody can tell.
SWALLOWED_FEED: Final = Choices({"¶": "\n"}, frozenset())
SWALLOWED_SIGN: Final = Choices({"¶": "\n", "0": "?"}, frozenset())
AFTER_DIGITS: Final = frozenset("0.%年月日时万亿个多余人家名项次届分点条所")


@dataclass(frozen=True, slots=True)
class Repair:
    """A damaged passage and what is put in its place."""

    edits: tuple[Edit, ...]
    restored: str


class _Passage(NamedTuple):
    """One way to read a passage: first halves lost before it, its signs, what stands around it."""

    lost: bytes
    tokens: list[Token]
    left: str
    right: str


def repair_shifts(text: str) -> Iterator[Repair]:
    """Repair every passage that something announces.

    >>> [repair.restored for repair in repair_shifts("聯(lián)動?xùn)|西")]
    ['東']
    """
    at, done = 0, ""
    for site in _list_sites(text):
        if site.start() < at:
            continue
        before = done + text[max(at, site.start() - CONTEXT) : site.start()]
        if repair := _repair_passage(text, site, before):
            yield repair
            at, done = repair.edits[-1].end, repair.restored


def _list_sites(text: str) -> list[re.Match[str]]:
    sites = list(SITE_PATTERN.finditer(text))
    if SIGN_PATTERN.search(text):
        sites = sorted([*sites, *BARE_SITE_PATTERN.finditer(text)], key=re.Match.start)
    return sites


def _repair_passage(text: str, site: re.Match[str], before: str) -> Repair | None:
    """The likeliest of all ways to read a passage, if it is likelier than the text as it stands."""
    reading = site["reading"]
    lost = list_lost(_encode(before[-1:])[1:], reading) if reading else STOP
    ways = list(read_passages(text, site.end())) if lost else []
    if not ways:
        return None
    left = before[-CONTEXT:].translate(IN_CONTEXT)
    end = ways[-1][-1].end
    passages = [_Passage(lost, way, left, _read_right(text, way[-1].end, end)) for way in ways]
    if reading and (sole := _find_sole(passages[0])):
        return Repair((Edit(site.start(), ways[0][0].end, sole),), sole)
    found = [(*find_best(*_build_lattice(passage)), passage.tokens) for passage in passages]
    weight, chosen, tokens = max(found, key=lambda way: way[0])
    if not reading and weight < _weigh_plain(left + _read_right(text, site.start(), end)) + GAIN:
        return None
    return _write_repair(site.start(), tokens, chosen) if chosen else None


def _encode(char: str) -> bytes:
    """The two halves of a character; marks were full-width when the tool met them."""
    return char.translate(FULL_WIDTH).encode("gbk", "ignore")


def _weigh_plain(text: str) -> float:
    """The weight of a text as it stands."""
    lattice = _context_arcs("", text, 0)
    return find_best(lattice, [*sorted(lattice), (len(text), 0)])[0]


def _read_right(text: str, at: int, end: int) -> str:
    """What follows from ``at`` to a little beyond ``end``, in the form its likelihood is known."""
    following = READING_PATTERN.sub("", text[at : end + 40])
    return following[: CONTEXT + end - at].translate(IN_CONTEXT)


def _find_sole(passage: _Passage) -> str:
    """The one usual character that a passage of one sign can be, if it fits in with a neighbour."""
    if len(passage.tokens) > 1 or passage.tokens[0].firsts == LOST:
        return ""
    found = [_end_character(bytes([half]), passage.tokens[0]) for half in passage.lost]
    usual = {pair for choices in found if choices for pair in choices.list_usual()}
    if len(usual) != 1:
        return ""
    simple, char = usual.pop()
    left, right = look_up_form(passage.left[-1:]), look_up_form(passage.right[:1])
    return char if is_pair(left + simple) or is_pair(simple + right) else ""


def _build_lattice(passage: _Passage) -> tuple[dict[Node, list[Arc]], list[Node]]:
    """All ways to read a passage and its surroundings, and the nodes in reading order."""
    lost, tokens, left, right = passage
    swallowed = tokens[-1].firsts == LOST and not tokens[-1].reading and right[:1] not in ("", "¶")
    lattice = _context_arcs(left, right, len(tokens) + swallowed)
    if swallowed:
        choices = SWALLOWED_SIGN if right[0] in AFTER_DIGITS else SWALLOWED_FEED
        lattice[len(tokens), 0] = [Arc((len(tokens) + 1, 0), choices, len(tokens) - 1)]
    direct = _read_directly(passage)
    for at, token in enumerate(tokens):
        around = [direct[at : at + 2], direct[at + 1 : at + 3]]
        certain = all(is_pair("".join(pair)) for pair in around)
        _add_arcs(lattice, at, tokens[at - 1].second if at else lost, token, certain)
    order = sorted(lattice)
    return lattice, [*order, (order[-1][0] + 1, 0)]


def _read_directly(passage: _Passage) -> list[str]:
    """The characters as they are if nothing vanished, with a neighbour on each side."""
    lost, tokens, left, right = passage
    begun = [lost, *(token.second for token in tokens)]
    ended = [_end_character(*pair) for pair in zip(begun, tokens, strict=False)]
    simple = [min(c.forms) if c and len(c.forms) == 1 else " " for c in ended]
    return [look_up_form(left[-1:]), *simple, look_up_form(right[:1])]


def _context_arcs(left: str, right: str, tokens: int) -> dict[Node, list[Arc]]:
    """The characters on either side, each with a single choice."""
    places = [*range(-len(left), 0), *range(tokens, tokens + len(right))]
    return {
        (at, 0): [Arc((at + 1, 0), Choices.of({look_up_form(char): char}), -1)]
        for at, char in zip(places, left + right, strict=True)
    }


def _add_arcs(
    lattice: dict[Node, list[Arc]], at: int, begun: bytes, token: Token, certain: bool
) -> None:
    """The ways from one token to the next: directly or, unless certain, past vanished pairs."""
    vanished = ((), ()) if certain else (list_vanished(), MAIN_AREAS)
    places: dict[Node, bytes] = {(at, 0): begun}
    for count, areas in enumerate(vanished, start=1):
        places |= {(at, count, n): seconds for n, (_, seconds) in enumerate(areas)}
    for node, firsts in places.items():
        ways: list[tuple[Node, Choices | None]] = [((at + 1, 0), _end_character(firsts, token))]
        for n, (seconds, _) in enumerate(vanished[node[1]] if node[1] < 2 else ()):
            ways.append(((at, node[1] + 1, n), list_choices(firsts, seconds)))
        lattice[node] = [Arc(target, choices, at) for target, choices in ways if choices]


def _end_character(begun: bytes, token: Token) -> Choices | None:
    """What the character begun may be, now that its second half is seen."""
    if token.reading and (read := list_read(begun, token.firsts, token.reading)):
        return read
    return None if token.firsts == LOST and token.reading else list_choices(begun, token.firsts)


def _write_repair(start: int, tokens: Sequence[Token], chosen: Sequence[Chosen]) -> Repair:
    """One edit a token; the first also covers the broken reading."""
    edits: list[Edit] = []
    for at, token in enumerate(tokens):
        restored = "".join(char for char, origin in chosen if origin == at)
        edits.append(Edit(start, token.end, restored))
        start = token.end
    return Repair(tuple(edits), "".join(edit.replacement for edit in edits))
