"""The signs of a passage that was read one byte off.

Takes a text and where such a passage begins, gives its signs as halves: 卣 (D8 D5) ends one
character with D8 and begins the next with D5; an ASCII sign ends one and begins none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from pipeline.normalise.glosses import BROKEN_PATTERN, LETTERS, TONED_READING

LOST: Final = bytes(range(0x80, 0xFF))  # halves that swallow what follows
LONGEST_PASSAGE: Final = 60
MOST_ENDINGS: Final = 3  # signs that may end a passage or be part of it

GLOSS_PATTERN: Final = re.compile(rf"\(([{LETTERS}]{{1,6}})[ \u00a0\u3000]?\)")
# What aligned text does not show: a sign after Han, or a broken reading. Where one follows so soon,
# the passage may not have ended before it.
STRAY_PATTERN: Final = re.compile(
    rf"(?:[^?\n]{{0,24}}[㐀-鿿])?(?:[@-~](?![A-Za-z0-9])|\?{TONED_READING} ?\))"
)


class Token(NamedTuple):
    """One sign of the shifted text: the half it gives to the character begun, and the next half.

    ``firsts`` holds the halves possible, many where one was lost; ``second`` is empty where the
    sign ends the passage; ``reading`` is that of the character ended, where it is known.
    """

    start: int
    end: int
    firsts: bytes
    second: bytes
    reading: str = ""


def read_passages(text: str, at: int) -> Iterator[list[Token]]:
    """The signs of a passage up to one that may end it; in doubt also up to later ones.

    >>> [[token.firsts for token in tokens] for tokens in read_passages("|西", 0)]
    [[b'|']]
    """
    tokens: list[Token] = []
    endings = 0
    while len(tokens) < LONGEST_PASSAGE and (token := _read_token(text, at)):
        if not token.second:
            yield [*tokens, token]
            endings += 1
            if endings == MOST_ENDINGS or not STRAY_PATTERN.match(text, token.end):
                return
            token = _read_pair(text, at)
            if token is None:
                return
        tokens.append(token)
        at = token.end


def _read_token(text: str, at: int) -> Token | None:
    if broken := BROKEN_PATTERN.match(text, at):
        return Token(at, broken.end(), LOST, b"", broken[1])
    char = text[at : at + 1]
    if char == "?":
        return Token(at, at + 1, LOST, b"")
    if "@" <= char <= "~" or char == "€":
        gloss = GLOSS_PATTERN.match(text, at + 1)
        end, reading = (gloss.end(), gloss[1]) if gloss else (at + 1, "")
        return Token(at, end, b"\x80" if char == "€" else char.encode(), b"", reading)
    return _read_pair(text, at)


def _read_pair(text: str, at: int) -> Token | None:
    """A sign of two halves; marks that became half-width later were pairs: , was A3 AC."""
    char = text[at : at + 1]
    code = bytes([0xA3, ord(char) | 0x80]) if "!" <= char <= "~" else char.encode("gbk", "ignore")
    gloss = GLOSS_PATTERN.match(text, at + 1)
    return Token(at, gloss.end() if gloss else at + 1, code[:1], code[1:]) if code[1:] else None
