"""What others do with the same text: the yardsticks.

Takes texts, gives jobs: bare ``jieba.cut`` and ``jieba.posseg``, OpenCC, word matching, and the
script a user would write for a part of the tables (simplify, tag words, look for slogans and
dates, write a CSV file).
"""

from __future__ import annotations

import importlib
import logging
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import jieba
import jieba.posseg
import opencc
import pandas as pd

from pipeline.lexicons import Lexicons

Job = Callable[[], object]
_PLENUM_PATTERN = re.compile(
    r"第?[一二三四五六七八九十\d]+届[一-龥]{0,10}?第?[一二三四五六七八九十\d]+[次中]全(?:体会议|会)"
)
_DATE_PATTERN = re.compile(r"(?:\d{4}年)?\d{1,2}月\d{1,2}日")
_ORDER_PATTERN = re.compile(r"[^。；]*(?:必须|要|不得|严禁|务必|应当)[^。；]*")


def list_peers(texts: Sequence[str], lexicons: Lexicons, folder: Path) -> dict[str, Job]:
    """The jobs that can be done with what is installed, bare ``jieba.cut`` first."""
    jieba.setLogLevel(logging.WARNING)
    jieba.initialize()
    converter = opencc.OpenCC("t2s")
    slogans = [slogan.canonical for slogan in lexicons.slogans]
    matchers = {"pyahocorasick": _match_automaton, "flashtext": _match_flashtext}
    return {
        "jieba.cut": lambda: [list(jieba.cut(text)) for text in texts],
        "jieba.posseg.cut": lambda: [list(jieba.posseg.cut(text)) for text in texts],
        "OpenCC t2s": lambda: [converter.convert(text) for text in texts],
        "the script a user would write": lambda: _run_script(texts, slogans, converter, folder),
        **{name: job for name, make in matchers.items() if (job := make(texts, slogans))},
    }


def _run_script(
    texts: Sequence[str], slogans: Sequence[str], converter: opencc.OpenCC, folder: Path
) -> None:
    """Simplify, tag parts of speech, look for keywords and patterns, write a table."""
    rows = []
    for number, text in enumerate(texts):
        simple = converter.convert(text)
        words = list(jieba.posseg.cut(simple))
        people = {pair.word for pair in words if pair.flag == "nr"}
        found = [(slogan, simple.count(slogan)) for slogan in slogans if slogan in simple]
        rows += [(number, "slogan", slogan, count) for slogan, count in found]
        rows += [(number, "person", person, simple.count(person)) for person in people]
        for kind, pattern in (("plenum", _PLENUM_PATTERN), ("date", _DATE_PATTERN)):
            rows += [(number, kind, match, 1) for match in pattern.findall(simple)]
        rows += [(number, "directive", match, 1) for match in _ORDER_PATTERN.findall(simple)]
    table = pd.DataFrame(rows, columns=["document", "kind", "text", "count"])
    table.to_csv(folder / "script.csv", index=False)


def _match_automaton(texts: Sequence[str], slogans: Sequence[str]) -> Job | None:
    if (module := _import("ahocorasick")) is None:
        return None
    automaton = module.Automaton()
    for slogan in slogans:
        automaton.add_word(slogan, slogan)
    automaton.make_automaton()
    return lambda: [list(automaton.iter(text)) for text in texts]


def _match_flashtext(texts: Sequence[str], slogans: Sequence[str]) -> Job | None:
    if (module := _import("flashtext")) is None:
        return None
    processor = module.KeywordProcessor()
    processor.add_keywords_from_list(list(slogans))
    return lambda: [processor.extract_keywords(text) for text in texts]


def _import(name: str) -> Any | None:
    try:
        return importlib.import_module(name)
    except ImportError:
        return None
