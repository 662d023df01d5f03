"""Characters that mean the same in both scripts, so that 習 finds 习.

Takes what somebody looks for, gives it as the tables write it; and for the page, which does the
same itself, the pairs it needs: those whose simplified form occurs in the output.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from pipeline.normalise.characters import simple_forms


def fold(text: str) -> str:
    """A wording in simplified characters and small letters, taken character by character.

    >>> fold("兩個確立 GDP")
    '两个确立 gdp'
    """
    return text.translate(_table()).lower()


@cache
def _table() -> dict[int, str]:
    return str.maketrans(simple_forms())


def pair_characters(texts: Iterable[str]) -> tuple[str, str]:
    """Traditional characters, and in the same order their simplified forms.

    >>> pair_characters(["习"])
    ('習', '习')
    """
    occurring = set[str]().union(*texts)
    pairs = [(old, new) for old, new in sorted(simple_forms().items()) if new in occurring]
    return "".join(old for old, _ in pairs), "".join(new for _, new in pairs)
