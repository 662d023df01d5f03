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

Known gaps: more than three pairs vanished in one place; a passage that no ``?`` announces; a digit
that a half swallowed is shown as ``?``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.normalise.glosses import LETTERS, TONED_READING
from pipeline.normalise.halves import (
    Choices,
    end_character,
    list_lost,
    look_up_text,
)
from pipeline.normalise.likelihood import REACH, is_pair, weigh_text
from pipeline.normalise.passages import Passage, read_passage
from pipeline.normalise.tokens import LOST, Token, read_passages
from pipeline.spans import Edit

# A passage begins at a reading whose bracket is broken, or at a mark that has lost the half before
# it: 。” (A1A3 A1B1) was taken for a mark (A3A1, ！) and lost its first half: ?！?.
MARKS: Final = "！；：，？!;:,"
SITE_PATTERN: Final = re.compile(
    rf"\?(?:(?P<reading>{TONED_READING})[ \u00a0\u3000]?\)|(?=[{MARKS}]))"
)
# Some sites show no ? there. Then a sign after Han must make one suspicious: 了!边@是; or a ? at
# once after the mark, where a line feed was swallowed: 先生!?当选.
SIGN_PATTERN: Final = re.compile(r"[@-~](?<=[㐀-鿿].)(?![A-Za-z0-9])")
SWALLOWING_PATTERN: Final = re.compile(r"\?(?<=[！；：!;:]\?)(?![?a-z])")
BARE_SITE_PATTERN: Final = re.compile(
    rf"(?P<reading>)(?=[{MARKS}][^?\n{MARKS}]{{0,24}}[㐀-鿿][@-~](?![A-Za-z0-9])"
    r"|[！；：!;:]\?(?![?a-z]))(?<=[㐀-鿿])"
)
FULL_WIDTH: Final = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
STOP: Final = b"\xa1"  # first half of 。 and of the other marks that are no ASCII
GAIN: Final = 12.0  # how much likelier a passage must get that only a mark announces

CONTEXT: Final = 5  # characters on either side that are looked at
READING_PATTERN: Final = re.compile(rf"[(?][{LETTERS}]{{1,6}} ?\)")  # not weighed, broken or not
# What a half may have swallowed: a line feed, or before these a digit, which nobody can tell.
SWALLOWED_FEED: Final = "\n"
SWALLOWED_SIGN: Final = "\n?"
AFTER_DIGITS: Final = frozenset("0.%年月日时万亿个多余人家名项次届分点条所")


@dataclass(frozen=True, slots=True)
class Repair:
    """A damaged passage and what is put in its place."""

    edits: tuple[Edit, ...]
    restored: str


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
    if SIGN_PATTERN.search(text) or SWALLOWING_PATTERN.search(text):
        sites = sorted([*sites, *BARE_SITE_PATTERN.finditer(text)], key=re.Match.start)
    return sites


def _repair_passage(text: str, site: re.Match[str], before: str) -> Repair | None:
    """The likeliest of all ways to read a passage, if it is likelier than the text as it stands."""
    reading = site["reading"]
    lost = list_lost(_encode(before[-1:])[1:], reading) if reading else STOP
    ways = list(read_passages(text, site.end())) if lost else []
    if not ways:
        return None
    left = look_up_text(before[-CONTEXT:])
    end = ways[-1][-1].end
    passages = [_make_passage(text, lost, way, left, end) for way in ways]
    if reading and (sole := _find_sole(passages[0])):
        return Repair((Edit(site.start(), ways[0][0].end, sole),), sole)
    found = [(read, way) for way in passages if (read := read_passage(way))]
    if not found:
        return None
    best, passage = max(found, key=lambda way: way[0].weight)
    plain = "" if reading else _read_right(text, site.start(), end)
    if plain and best.weight < sum(weigh_text(left[-REACH:], plain)) + GAIN:
        return None
    return _write_repair(site.start(), passage.tokens, best.parts)


def _make_passage(text: str, lost: bytes, way: list[Token], left: str, end: int) -> Passage:
    last, right = way[-1], _read_right(text, way[-1].end, end) or "¶"
    swallowed = None
    if last.firsts == LOST and not last.reading and right[:1] not in ("", "¶"):
        sign = right[0] in AFTER_DIGITS
        swallowed = Choices.of(SWALLOWED_SIGN if sign else SWALLOWED_FEED)
    return Passage(lost, way, left, right, swallowed)


def _encode(char: str) -> bytes:
    """The two halves of a character; marks were full-width when the tool met them."""
    return char.translate(FULL_WIDTH).encode("gbk", "ignore")


def _read_right(text: str, at: int, end: int) -> str:
    """What follows from ``at`` to a little beyond ``end``, in the form its likelihood is known."""
    following = READING_PATTERN.sub("", text[at : end + 40])
    return look_up_text(following[: CONTEXT + end - at])


def _find_sole(passage: Passage) -> str:
    """The one usual character that a passage of one sign can be, if it fits in with a neighbour."""
    if len(passage.tokens) > 1 or passage.tokens[0].firsts == LOST:
        return ""
    choices = end_character(passage.lost, passage.tokens[0])
    usual = choices.list_usual() if choices else []
    if len(usual) != 1:
        return ""
    simple, char = usual[0]
    left, right = passage.left[-1:], passage.right[:1]
    return char if is_pair(left + simple) or is_pair(simple + right) else ""


def _write_repair(start: int, tokens: Sequence[Token], parts: Sequence[str]) -> Repair:
    """One edit a token; the first also covers the broken reading."""
    edits: list[Edit] = []
    for token, restored in zip(tokens, parts, strict=True):
        edits.append(Edit(start, token.end, restored))
        start = token.end
    return Repair(tuple(edits), "".join(edit.replacement for edit in edits))
