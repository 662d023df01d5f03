"""Traditional characters to simplified, by words where a character has two readings.

Takes a text, gives a text of the same length: 沿著 becomes 沿着, 顯著 显著, 幹部 干部, 乾安縣
乾安县. The conversion is OpenCC's for mainland readers of traditional text (``tw2s``: characters
and words, no exchange of vocabulary), restrained in three ways:

- Only text in traditional characters is converted: a simplified document keeps every character, and
  of a mixed one those lines are converted in which traditional characters prevail.
- Where the text was made from simplified characters one by one (關于, not 關於), a character that
  GB2312 holds stood there before and stays: 乾县, 於姓. A table undoes that; only 著 is decided by
  words (着 and 著 merged).
- A name keeps its form where the simplified one cannot be written in GBK (頔) or merges two
  surnames' or given names' characters (谿, 昇); 昇 is simplified inside common words (提昇).

Known gaps: a lone traditional character in simplified text is left as printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from pipeline.normalise.characters import (
    Codes,
    Survey,
    converted_forms,
    is_gb2312,
    read_codes,
    simple_forms,
    survey_text,
    write_codes,
)
from pipeline.spans import Edit

# Only text written by word holds the first; text converted one by one holds the second throughout.
BY_WORD: Final = "並裡裏幹係製隻週佈遊餘範佔採築麼麵"
ONE_BY_ONE: Final = "于后里并系制干么"

LINE_PATTERN: Final = re.compile("[^\n]+")
ZHE_PATTERN: Final = re.compile("著")
REACH: Final = 4  # characters on either side that may make a word with 著
KEPT_IN_NAMES: Final = "谿昇"
# 原著, 论著: books, which OpenCC takes for 着; 讨论著 is the particle.
BOOK_PATTERN: Final = re.compile(
    "著(?:(?<=[原譯專遺巨拙編卓昭知名]著)|(?<=論著)(?<![談討議評爭辯]論著))"
)
COMMON_WORDS: Final = (
    "提昇",
    "上昇",
    "昇華",
    "昇級",
    "昇高",
    "昇值",
    "攀昇",
    "躍昇",
    "晉昇",
    "回昇",
)


def simplify_text(text: str, survey: Survey) -> Iterator[Edit]:
    """Write a text in simplified characters, one for one.

    >>> text = "沿著成績顯著的幹部於頔"
    >>> [edit.replacement for edit in simplify_text(text, survey_text(text))]
    ['沿着成绩显著的干部于頔']
    """
    script = name_script(survey)
    if script == "traditional":
        yield Edit(0, len(text), _convert(text))
    elif survey.traditional:
        for line in LINE_PATTERN.finditer(text):
            if _prevails(line[0]):
                yield Edit(*line.span(), _convert(line[0]))


def name_script(survey: Survey) -> str:
    """What nine in ten telling characters agree on: traditional, simplified or else mixed."""
    if survey.traditional * 9 <= survey.simplified or not survey.traditional:
        return "simplified"
    return "traditional" if survey.simplified * 9 <= survey.traditional else "mixed"


def _prevails(line: str) -> bool:
    survey = survey_text(line)
    return survey.traditional > 1 and survey.traditional > survey.simplified


def _convert(text: str) -> str:
    return _convert_by_word(text) if _is_by_word(text) else _convert_singly(text)


def _convert_by_word(text: str) -> str:
    before = read_codes(text)
    after = read_codes(_converter().convert(text))
    if len(before) != len(after):  # no entry of tw2s changes the length; a later release might
        raise ValueError("the conversion to simplified characters changed the length of the text")
    kept = _name_table().take(before, mode="clip") | (after > 0xFFFF)
    simple = np.where(kept, before, after)
    _keep_books(text, simple)
    return _simplify_common_words(write_codes(simple)).replace("陜", "陕")


def _keep_books(text: str, simple: Codes) -> None:
    for book in BOOK_PATTERN.finditer(text):
        simple[book.end() - 1] = ord("著")


def _convert_singly(text: str) -> str:
    """Undo a conversion one by one; words matter for 著 alone, which was 著 or 着."""
    codes = read_codes(text)
    simple = _single_table().take(codes, mode="clip")
    if codes.max() > 0xFFFF:
        simple = np.where(codes > 0xFFFF, codes, simple)
    if "著" in text:
        _decide_zhe(text, simple)
    return write_codes(simple)


def _decide_zhe(text: str, simple: Codes) -> None:
    found = [match.start() for match in ZHE_PATTERN.finditer(text)]
    around = [text[max(0, at - REACH) : at + REACH].replace("\n", " ") for at in found]
    for at, words in zip(found, _converter().convert("\n".join(around)).split("\n"), strict=False):
        simple[at] = ord(words[min(at, REACH)])
    _keep_books(text, simple)


def _is_by_word(text: str) -> bool:
    return any(char in text for char in BY_WORD) or not any(char in text for char in ONE_BY_ONE)


def _simplify_common_words(text: str) -> str:
    if "昇" in text:
        for word in COMMON_WORDS:
            text = text.replace(word, _converter().convert(word))
    return text


@cache
def _converter() -> Any:
    from opencc import OpenCC

    return OpenCC("tw2s")


@cache
def _name_table() -> npt.NDArray[np.bool_]:
    """Characters that are never replaced."""
    table = np.zeros(0x10001, dtype=np.bool_)
    table[[ord(char) for char in KEPT_IN_NAMES]] = True
    return table


@cache
def _single_table() -> Codes:
    """The simplified form of every code point of the basic plane, where conversion may yield it.

    Characters of GB2312 stood there before: 乾, 於, 徵; not 夥.
    """
    table = np.arange(0x10001, dtype=np.uint32)
    for char, simple in simple_forms().items():
        if char in converted_forms() or not is_gb2312(char):
            table[ord(char)] = ord(simple)
    for char in KEPT_IN_NAMES:
        table[ord(char)] = ord(char)
    return table
