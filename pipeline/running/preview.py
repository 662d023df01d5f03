"""Preview: what a run would do and why, without doing it.

Takes what a run takes, gives each file with the reason to read it, e.g. ``lexicon entry 两个确立``.
Nothing is written: the store is opened to be read.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path

from pipeline.running.recipe import Recipe, prepare
from pipeline.running.scope import Scope
from pipeline.store import connect, find_store
from pipeline.store.basis import describe_basis
from pipeline.store.planning import keep_gone, list_gone, list_inputs, plan_files
from pipeline.store.touched import find_touched


@contextmanager
def preview_run(scope: Scope, output: Path, recipe: Recipe) -> Iterator[Iterator[tuple[str, str]]]:
    """Every file with the reason to read it, empty where there is none; those that are gone last.

    Raises:
        StoreError: If another run has the folder, or its store cannot be read.
    """
    folder = output if find_store(output).exists() else None
    with connect(folder, read_only=folder is not None) as connection:
        list_inputs(connection, scope.files())
        if scope.keep_missing:
            keep_gone(connection)
        lexicons, engine = prepare(recipe)
        find_touched(connection, lexicons)
        basis = describe_basis(lexicons, engine, recipe)
        planned = plan_files(connection, basis, everything=scope.full_refresh)
        yield chain(
            ((plan.file.name, plan.reason) for plan in planned),
            ((name, "gone") for name in list_gone(connection)),
        )
