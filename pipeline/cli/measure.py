"""``pipeline evaluate`` and ``pipeline compare``: how good the tables are, and what changed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from pipeline.cli.options import build_recipe, recipe_options
from pipeline.cli.status import DONE, UnusableError
from pipeline.compare import compare
from pipeline.compare import render as render_comparison
from pipeline.emit import OutputError
from pipeline.evaluate import GoldError, evaluate
from pipeline.evaluate import render as render_evaluation
from pipeline.flow import process_text
from pipeline.records import Result

_JSON = click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")


@click.command("evaluate")
@click.argument("gold", type=click.Path(path_type=Path))
@click.option(
    "--against",
    type=click.Path(path_type=Path),
    help="Measure this output folder instead of processing the documents anew.",
)
@click.option("--faults/--no-faults", default=True, help="List every missed and wrong row.")
@_JSON
@recipe_options
def evaluate_command(
    gold: Path, against: Path | None, faults: bool, as_json: bool, **recipe_values: Any
) -> int:
    """Precision, recall and F1 against labelled documents.

    GOLD is a labelled document or a folder of them; docs/gold.md describes the format.

    \b
    Examples:
      pipeline evaluate tests/gold
      pipeline evaluate gold/ --against data/processed --json
    """
    recipe = build_recipe(**recipe_values)

    def process(doc_id: str, raw: str, url: str) -> Result:
        return process_text(raw, url=url, doc_id=doc_id, recipe=recipe)

    try:
        evaluation = evaluate(gold, against, process)
    except (GoldError, OutputError, OSError, ValueError) as error:
        raise UnusableError(str(error)) from None
    if as_json:
        click.echo(json.dumps(evaluation.as_json(), ensure_ascii=False, indent=2))
    else:
        render_evaluation(evaluation, Console(), faults=faults)
    return DONE


@click.command("compare")
@click.argument("a", type=click.Path(path_type=Path))
@click.argument("b", type=click.Path(path_type=Path))
@_JSON
def compare_command(a: Path, b: Path, as_json: bool) -> int:
    """Rows gained, lost and changed from output A to output B, table by table.

    \b
    Examples:
      pipeline compare old/ new/
      pipeline compare old/ new/ --json
    """
    try:
        comparison = compare(a, b)
    except (OSError, ValueError) as error:
        raise UnusableError(str(error)) from None
    if as_json:
        click.echo(json.dumps(comparison.as_json(), ensure_ascii=False, indent=2))
    else:
        render_comparison(comparison, Console())
    return DONE
