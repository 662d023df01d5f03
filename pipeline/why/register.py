"""Register: what every rule and every reason means, in one sentence.

Takes ``rules.csv`` and ``reasons.csv`` beside this module, gives the sentence of an id:
``directive.modal`` makes a row because a modal word binds, ``modal.reports`` makes none because
the words before it report.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

_FOLDER = Path(__file__).parent


class Meaning(NamedTuple):
    """One line of a register.

    Attributes:
        id: What rows and gaps name.
        table: The table it is about.
        english: Why, in English; ``{words}`` stands for the words it rests on.
        chinese: The same in Chinese.
        example: A text to which it applies; a line feed is written ``\\n``.
    """

    id: str
    table: str
    english: str
    chinese: str
    example: str


@lru_cache(maxsize=1)
def read_rules() -> Mapping[str, Meaning]:
    """Every rule that makes a row, by its id.

    >>> read_rules()["directive.modal"].table
    'directives'
    """
    return _read("rules.csv")


@lru_cache(maxsize=1)
def read_reasons() -> Mapping[str, Meaning]:
    """Every reason why a passage makes no row, by its id.

    >>> read_reasons()["quiet.title"].table
    'directives'
    """
    return _read("reasons.csv")


def explain_rule(rule: str) -> str:
    """The sentence of the rule a row names, with the engine it rests on, if on any.

    >>> explain_rule("officials.title_before+jieba")
    'The name stands after a title. The words of jieba decided.'
    """
    name, _, engine = rule.partition("+")
    known = read_rules()
    meaning = known.get(name) or known.get(name.partition(".")[0])
    sentence = meaning.english if meaning else "This version does not know the rule."
    return f"{sentence} The words of {engine} decided." if engine else sentence


def _read(name: str) -> Mapping[str, Meaning]:
    with (_FOLDER / name).open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(line for line in lines if not line.startswith("#"))
        next(rows)
        return {row[0]: Meaning(*row) for row in rows}
