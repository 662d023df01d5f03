"""Engines that cut text into words.

Takes text, gives :class:`Word` items with code point offsets. The default gives jieba's words,
from jieba's dictionary and model: by rjieba, a compiled engine about twenty times as fast, where
it is installed, else by jieba itself. Dictionaries are loaded when first used: jieba's takes
about a second.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from importlib.metadata import version
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    import jieba
    import rjieba

# rjieba keeps signs inside a run of letters and digits (5G-A, 2-3, PM_2.5) that jieba divides;
# jieba's own pattern for such runs says where.
_SIGNS_PATTERN = re.compile(r"[A-Za-z0-9][-_.]|[-_.][A-Za-z0-9]")
_RUN_PATTERN = re.compile(r"[A-Za-z0-9]+(?:\.\d+)?%?|.", re.DOTALL)


class Word(NamedTuple):
    """A word at ``[start, end)``."""

    start: int
    end: int
    text: str


class Engine(Protocol):
    """What the flow asks of a segmenter."""

    @property
    def name(self) -> str:
        """Name and version, as the documents table says it."""

    def cut(self, text: str) -> Iterator[Word]:
        """The words of ``text``, in order and without gaps."""


class JiebaEngine:
    """jieba's words, as jieba itself cuts them."""

    @cached_property
    def name(self) -> str:
        """Name and version, e.g. ``jieba 0.42.1``."""
        return f"jieba {version('jieba')}"

    @cached_property
    def _tokenizer(self) -> jieba.Tokenizer:
        import jieba

        jieba.setLogLevel(logging.WARNING)
        return jieba.Tokenizer()

    def cut(self, text: str) -> Iterator[Word]:
        """The words of ``text``.

        >>> [word.text for word in JiebaEngine().cut("全会审议通过决议")]
        ['全会', '审议', '通过', '决议']
        """
        return _place(self._tokenizer.cut(text))


class CompiledJiebaEngine:
    """The same words from rjieba."""

    @cached_property
    def name(self) -> str:
        """Name and version of jieba, since the words are its own."""
        return f"jieba {version('jieba')}"

    @cached_property
    def _tokenizer(self) -> rjieba.Jieba:
        import rjieba

        return rjieba.Jieba()

    def cut(self, text: str) -> Iterator[Word]:
        """The words of ``text``.

        >>> [word.text for word in CompiledJiebaEngine().cut("部署5G-A网络")]
        ['部署', '5G', '-', 'A', '网络']
        """
        words: Iterable[str] = self._tokenizer.cut(text)
        if _SIGNS_PATTERN.search(text):
            words = chain.from_iterable(map(self._divide, words))
        return _place(words)

    def _divide(self, word: str) -> Iterable[str]:
        """Divide a run at its signs, unless jieba's dictionary lists it."""
        if len(word) == 1 or not _SIGNS_PATTERN.search(word) or self._tokenizer.has_word(word):
            return (word,)
        return _RUN_PATTERN.findall(word)


def _place(words: Iterable[str]) -> Iterator[Word]:
    start = 0
    for word in words:
        end = start + len(word)
        yield Word(start, end, word)
        start = end


def open_engine(name: str) -> Engine:
    """The engine of a name.

    Raises:
        ValueError: If there is none.
    """
    if name != "jieba":
        raise ValueError(f"no engine {name!r}; known is jieba")
    try:
        import rjieba  # noqa: F401 - only whether it is there

        return CompiledJiebaEngine()
    except ImportError:
        return JiebaEngine()
