"""One look at a text: which kinds of characters it holds, so that each step knows whether to start.

Takes a text, gives a ``Survey``: 關于 holds one traditional character, 关于 one simplified. A text
that shows no trace of a defect is left after this single pass of a table over its code points.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

import numpy as np
import numpy.typing as npt

Codes = npt.NDArray[np.uint32]

TRADITIONAL: Final = 1  # Han outside GB2312 with a simplified form: 國, 關, 裡
SIMPLIFIED: Final = 2  # Han that traditional text writes otherwise: 国, 关; not 后, 里, 干
BLANK: Final = 4  # controls, invisible characters and blanks other than the plain ones
WIDE: Final = 8  # full-width letters and digits
WIDE_SIGN: Final = 64  # full-width signs of numbers
HALF: Final = 16  # half-width marks that Chinese prose writes full-width
DOT: Final = 32  # dots that some keyboards put into names; not the full stop

TONED_LETTERS: Final = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
# In the notation of character classes, for tables and patterns alike.
INVISIBLE: Final = (
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u2064\u2066-\u206f\ufeff"
)
BREAKS: Final = "\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029"
SPACES: Final = " \t\x1f\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
DOTS: Final = "．•・‧∙⋅･"
WIDE_LETTERS: Final = "０-９Ａ-Ｚａ-ｚ"
WIDE_SIGNS: Final = "％．－＋／"
HALF_MARKS: Final = ",;:?!()"

_BASIC_PLANE = 0x10000


@dataclass(frozen=True, slots=True, eq=False)
class Survey:
    """Which kinds of characters a text holds, and how many are traditional and simplified."""

    codes: Codes
    kinds: int
    traditional: int
    simplified: int

    def has(self, kind: int) -> bool:
        """Whether any character of this kind (or of one of these kinds) stands in the text."""
        return bool(self.kinds & kind)


def survey_text(text: str) -> Survey:
    """Look once at every character.

    Simplified characters are counted only where there are traditional ones.

    >>> survey = survey_text("關于发展")
    >>> survey.traditional, survey.simplified
    (1, 1)
    """
    codes = read_codes(text)
    kinds = kind_table().take(codes, mode="clip")
    present = int(np.bitwise_or.reduce(kinds)) if len(kinds) else 0
    if not present & TRADITIONAL:
        return Survey(codes, present, 0, 0)
    traditional = int(np.count_nonzero(kinds & TRADITIONAL))
    return Survey(codes, present, traditional, int(np.count_nonzero(kinds & SIMPLIFIED)))


def read_codes(text: str) -> Codes:
    """The code points of a text."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def write_codes(codes: Codes) -> str:
    """The text of these code points."""
    return codes.tobytes().decode("utf-32-le", "surrogatepass")


@cache
def kind_table() -> npt.NDArray[np.uint8]:
    """The kinds of every code point of the basic plane, and nothing for those above it."""
    table = np.zeros(_BASIC_PLANE + 1, dtype=np.uint8)
    for char, simple in simple_forms().items():
        if not is_gb2312(char) and is_gb2312(simple):
            table[ord(char)] |= TRADITIONAL
    for simple in converted_forms().values():
        table[ord(simple)] |= SIMPLIFIED
    for kind, members in [
        (BLANK, SPACES.strip(" ") + INVISIBLE + BREAKS.strip("\n")),
        (WIDE, WIDE_LETTERS),
        (WIDE_SIGN, WIDE_SIGNS),
        (HALF, HALF_MARKS),
        (DOT, DOTS),
    ]:
        table[expand_ranges(members)] |= kind
    return table


def expand_ranges(members: str) -> list[int]:
    """The code points of the notation ``a-z``; a hyphen stands between two members only."""
    codes: list[int] = []
    for start, end in zip(members, members[1:] + "\0\0", strict=False):
        codes.append(ord(start)) if start != "-" else codes.extend(range(codes[-1], ord(end)))
    return codes


def is_gb2312(char: str) -> bool:
    """Whether the character set of simplified Chinese holds this character (國: no; 於: yes)."""
    return len(char.encode("gb2312", "ignore")) == 2


@cache
def simple_forms() -> dict[str, str]:
    """Characters of GBK and their simplified forms, taken one by one."""
    return read_forms("converted") | read_forms("other")


def converted_forms() -> dict[str, str]:
    """The traditional characters that a conversion one by one yields, and their origins."""
    return read_forms("converted")


@cache
def read_forms(group: str) -> dict[str, str]:
    """One group of ``traditional.txt``; callers share the table and must not change it."""
    lines = files(__package__).joinpath("traditional.txt").read_text("utf-8").splitlines()
    pairs = next(line for line in lines if line.startswith(f"{group} ")).split()[1:]
    return {pair[0]: pair[1] for pair in pairs}
