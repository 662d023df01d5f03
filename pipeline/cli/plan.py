"""What a run would do and why, as ``pipeline run --dry-run`` and ``pipeline status`` say it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from pipeline.running.preview import preview_run
from pipeline.running.recipe import Recipe
from pipeline.running.scope import Scope


def print_plan(scope: Scope, output: Path, recipe: Recipe, *, briefly: bool = False) -> None:
    """Print each file with its reason, unless only the numbers are wanted; then the numbers."""
    reasons: Counter[str] = Counter()
    with preview_run(scope, output, recipe) as listed:
        for name, reason in listed:
            reasons[reason or "unchanged"] += 1
            if reason and not briefly:
                click.echo(f"{reason}: {name}")
    for reason, number in sorted(reasons.items()):
        click.echo(f"{number} {'file' if number == 1 else 'files'}: {reason}")
