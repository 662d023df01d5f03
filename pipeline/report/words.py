"""The words of the page in English and Chinese, for what the program names and what it shows.

Takes ``words.csv`` and the records, gives ``{"en": {...}, "zh": {...}}``: ``column.force`` is force
and 约束程度.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final

LANGUAGES: Final = ("en", "zh")

Words = Mapping[str, Mapping[str, str]]


@cache
def read_words() -> Words:
    """Every word of the page by language and key; shared, not to be changed.

    >>> read_words()["zh"]["choice.prohibit"]
    '禁止'
    """
    lines = files(__package__).joinpath("words.csv").read_text("utf-8").splitlines()
    rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    return {language: {row["key"]: row[language] for row in rows} for language in LANGUAGES}
