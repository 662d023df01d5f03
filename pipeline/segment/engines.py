"""Engines that cut text into words and read their parts of speech.

Takes text, gives :class:`~pipeline.segment.analysis.Word` items and an
:class:`~pipeline.segment.analysis.Analysis` with code point offsets: 全会审议 is 全会 and 审议. The
default gives jieba's words, from jieba's dictionary and model: by rjieba, a compiled engine about
twenty times as fast, where it is installed, else by jieba itself; parts of speech are jieba's in
both. ``hanlp`` reads names and predicates with a model of the user's as well. Dictionaries and
models are loaded when first used: jieba's takes about a second.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from importlib.metadata import version
from importlib.util import find_spec
from itertools import chain
from types import ModuleType
from typing import TYPE_CHECKING, Protocol

from pipeline.segment.analysis import Analysis, Token, Word, drop_blanks
from pipeline.spans import Span

if TYPE_CHECKING:
    import jieba

ENGINES = ("jieba", "hanlp")
"""The names of the engines."""
DEVICES = ("cpu", "cuda")
"""What a model may compute on."""

# rjieba keeps signs inside a run of letters and digits (5G-A, 2-3, PM_2.5) that jieba divides;
# jieba's own pattern for such runs says where.
_SIGNS_PATTERN = re.compile(r"[A-Za-z0-9][-_.]|[-_.][A-Za-z0-9]")
_RUN_PATTERN = re.compile(r"[A-Za-z0-9]+(?:\.\d+)?%?|.", re.DOTALL)


class EngineError(ValueError):
    """An engine that cannot be used as asked: not installed, or without its model."""


class Engine(Protocol):
    """What the flow asks of an engine."""

    libraries: tuple[str, ...]
    """Libraries whose versions decide what it reads."""

    @property
    def name(self) -> str:
        """Name and version, as the documents table says it."""

    @property
    def weighs_evidence(self) -> bool:
        """Whether it reads names and predicates, which rules may rest on."""

    def load(self) -> None:
        """Make ready what :meth:`analyse` needs, to fail before the first document."""

    def cut(self, text: str) -> Iterator[Word]:
        """The words of ``text`` that rules may ask for, in order and without gaps."""

    def analyse(self, text: str, sentences: Sequence[Span]) -> Analysis:
        """Words with parts of speech, and names and predicates where it reads them."""


class JiebaEngine:
    """jieba's words, as jieba itself cuts them."""

    libraries: tuple[str, ...] = ()
    weighs_evidence = False

    def load(self) -> None:
        """Nothing: the dictionary loads when first used."""

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

    def analyse(self, text: str, sentences: Sequence[Span]) -> Analysis:  # noqa: ARG002
        """The same words with jieba's parts of speech."""
        return Analysis(tag_words(self.cut(text)))


class CompiledJiebaEngine:
    """The same words from rjieba.

    Its own tokenizer is used, which is made when it is imported: a second one would take as long
    and as much memory again. Words that a program adds to it (``rjieba.add_word``) show.
    """

    libraries: tuple[str, ...] = ()
    weighs_evidence = False

    def load(self) -> None:
        """Nothing: the dictionary loads when first used."""

    @cached_property
    def name(self) -> str:
        """Name and version of jieba, since the words are its own."""
        return f"jieba {version('jieba')}"

    @property
    def _tokenizer(self) -> ModuleType:
        import rjieba

        return rjieba

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

    def analyse(self, text: str, sentences: Sequence[Span]) -> Analysis:  # noqa: ARG002
        """The same words with jieba's parts of speech."""
        return Analysis(tag_words(self.cut(text)))


def _place(words: Iterable[str]) -> Iterator[Word]:
    start = 0
    for word in words:
        end = start + len(word)
        yield Word(start, end, word)
        start = end


def tag_words(words: Iterable[Word]) -> tuple[Token, ...]:
    """Words with jieba's parts of speech.

    >>> [tuple(token) for token in tag_words(JiebaEngine().cut("全会审议决议"))]
    [(0, 2, '全会', 'n'), (2, 4, '审议', 'v'), (4, 6, '决议', 'n')]
    """
    find_pos = _open_pos_model()
    return tuple(drop_blanks(Token(*word, find_pos(word.text)) for word in words))


@lru_cache(maxsize=1)
def _open_pos_model() -> Callable[[str], str]:
    """What gives the part of speech of a word.

    That of jieba's dictionary; for a word it does not list, what jieba's model says of its last
    part, or of the number in 3.5%. ``jieba.posseg`` is not asked to tag whole texts, for it cuts
    other words than jieba.
    """
    import jieba

    jieba.setLogLevel(logging.WARNING)
    from jieba.posseg import dt

    listed: dict[str, str] = dt.word_tag_tab

    @lru_cache(maxsize=65_536)
    def find_pos(word: str) -> str:
        if word in listed:
            return listed[word]
        parts = dt.lcut(word)
        return str(parts[0 if word.isascii() else -1].flag)

    return find_pos


def open_engine(name: str, model: str = "", device: str = "cpu") -> Engine:
    """The engine of a name.

    Args:
        name: One of :data:`ENGINES`.
        model: Folder or name of the model of ``hanlp``; the one installed if empty.
        device: What it computes on, one of :data:`DEVICES`.

    Raises:
        EngineError: If there is none, or it cannot be used so.
    """
    if name == "hanlp":
        from pipeline.segment.hanlp_engine import open_hanlp

        return open_hanlp(model, device)
    if name != "jieba":
        raise EngineError(f"no engine {name!r}; known are {', '.join(ENGINES)}")
    if model or device != "cpu":
        raise EngineError("jieba takes neither model nor device; choose --engine hanlp for them")
    # Importing it loads its dictionary, and many documents have no word to cut.
    return CompiledJiebaEngine() if find_spec("rjieba") else JiebaEngine()
