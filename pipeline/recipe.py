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
        engine: Name of the word segmenter.
        given: Metadata given for all documents.
        reading: What is asked of the readers.
    """

    lexicons: Path | None = None
    engine: str = "jieba"
    given: Metadata = field(default_factory=Metadata)
    reading: ReadOptions = field(default_factory=ReadOptions)


DEFAULT_RECIPE = Recipe()


@lru_cache(maxsize=1)
def prepare(recipe: Recipe) -> tuple[Lexicons, Engine]:
    """Load lexicons and engine, once in each process.

    Raises:
        LexiconError: If the lexicons cannot be used.
    """
    return load_lexicons(recipe.lexicons), open_engine(recipe.engine)
