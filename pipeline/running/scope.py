"""Scope: which inputs a run is over, and how they are noted so that it can be asked for again."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.ingest import STDIN, InputFile, Metadata, ReadOptions, read_url, walk_files
from pipeline.running.recipe import Recipe
from pipeline.running.shards import Shard, choose_files

if TYPE_CHECKING:
    from pipeline.store.history import Request


@dataclass(frozen=True, slots=True)
class Scope:
    """Which inputs are done, and which again.

    Attributes:
        inputs: Files, folders and addresses; ``-`` is standard input.
        shard: The part of them that is done, if not all.
        keep_missing: Whether inputs that are gone stay in the tables.
        full_refresh: Whether all is done again, changed or not.
    """

    inputs: Sequence[Path]
    shard: Shard | None = None
    keep_missing: bool = False
    full_refresh: bool = False

    def files(self) -> Iterator[InputFile]:
        """The files of the run, as they are met."""
        return choose_files(walk_files(self.inputs), self.shard)


def note_request(scope: Scope, recipe: Recipe) -> Request:
    """What a run is asked for, with paths that hold from any folder."""
    from pipeline.store.history import Request  # with all of the store

    return Request(
        inputs=tuple(map(_resolve, scope.inputs)),
        lexicons=str(recipe.lexicons.resolve()) if recipe.lexicons else "",
        engine=recipe.engine,
        given=dataclasses.asdict(recipe.given),
        text_column=recipe.reading.text_column,
        captions=recipe.reading.captions,
        shard=scope.shard,
        keep_missing=scope.keep_missing,
    )


def repeat_request(request: Request) -> tuple[Scope, Recipe]:
    """The scope and recipe of a run that was asked for before."""
    shard = Shard(*request.shard) if request.shard else None
    scope = Scope([Path(path) for path in request.inputs], shard, request.keep_missing)
    reading = ReadOptions(text_column=request.text_column, captions=request.captions)
    recipe = Recipe(
        lexicons=Path(request.lexicons) if request.lexicons else None,
        engine=request.engine,
        given=Metadata(**request.given),
        reading=reading,
    )
    return scope, recipe


def _resolve(path: Path) -> str:
    if path == STDIN or read_url(path):
        return read_url(path) or str(path)
    return str(path.resolve())
