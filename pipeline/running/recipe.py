"""Recipe: what decides the tables, small enough to travel with each file to a worker."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from pipeline.ingest import Metadata, ReadOptions
from pipeline.lexicons import Lexicons, load_lexicons
from pipeline.segment.engines import Engine, open_engine


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything but the documents that the tables depend on.

    Attributes:
        lexicons: Folder of lexicons laid over those that came with the program, if any.
        engine: Name of the engine that cuts words: ``jieba`` or ``hanlp``.
        model: Folder or name of the model of ``hanlp``; the one installed if empty.
        device: What ``hanlp`` computes on: ``cpu`` or ``cuda``.
        tokens: Whether results carry the words of the documents.
        given: Metadata given for all documents.
        reading: What is asked of the readers.
    """

    lexicons: Path | None = None
    engine: str = "jieba"
    model: str = ""
    device: str = "cpu"
    tokens: bool = False
    given: Metadata = field(default_factory=Metadata)
    reading: ReadOptions = field(default_factory=ReadOptions)


DEFAULT_RECIPE = Recipe()


def prepare(recipe: Recipe) -> tuple[Lexicons, Engine]:
    """Load lexicons and open the engine, once in each process; a model loads when first used.

    Raises:
        LexiconError: If the lexicons cannot be used.
        EngineError: If the engine or its model is not installed.
    """
    engine = _open_engine(recipe.engine, recipe.model, recipe.device)
    return _load_lexicons(recipe.lexicons), engine


_load_lexicons = lru_cache(maxsize=1)(load_lexicons)
_open_engine = lru_cache(maxsize=1)(open_engine)
