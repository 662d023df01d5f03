"""``pipeline models``: the models of the engine hanlp that lie on this machine."""

from __future__ import annotations

from pathlib import Path

import click
from rich import box
from rich.console import Console
from rich.table import Table

from pipeline.cli.status import DONE, UnusableError
from pipeline.segment.engines import DEVICES, EngineError
from pipeline.segment.hanlp_engine import HanlpEngine, open_hanlp
from pipeline.segment.hanlp_models import check_installed, find_home, list_folders, read_model
from pipeline.spans import Span

_SENTENCE = "区委书记沈志栋在苏州强调，要加快推进科技创新。"


@click.group("models")
def models_group() -> None:
    """Models of the engine hanlp on this machine; none is ever fetched.

    \b
    Examples:
      pipeline models list
      pipeline models check models/close_tok_pos_ner/
    """


@models_group.command("list", short_help="What is installed, and where it is looked for.")
def list_command() -> int:
    """What is installed, where it is looked for, and what each model does.

    \b
    Examples:
      pipeline models list
    """
    place = find_home() / "mtl"
    folders = list_folders()
    click.echo(f"Models are looked for in {place} (set HANLP_HOME to look elsewhere).")
    if not folders:
        click.echo("There are none; docs/engines.md tells how to bring one here.")
        return DONE
    table = Table("model", "tasks", box=box.SIMPLE)
    for folder in folders:
        table.add_row(folder.name, _describe(folder))
    Console().print(table)
    return DONE


def _describe(folder: Path) -> str:
    try:
        return ", ".join(read_model(folder).tasks)
    except EngineError as error:
        return f"cannot be used: {error}"


@models_group.command("check", short_help="Whether a model loads, and what it reads.")
@click.argument("model", metavar="[DIR]", default="")
@click.option(
    "--device",
    type=click.Choice(DEVICES),
    default="cpu",
    show_default=True,
    help="What the model computes on.",
)
def check_command(model: str, device: str) -> int:
    """Whether a model loads, and what it reads in a sentence.

    DIR is its folder, or a name below HANLP_HOME; the one installed if none is given.

    \b
    Examples:
      pipeline models check
      pipeline models check models/close_tok_pos_ner/
    """
    try:
        check_installed()
        engine = open_hanlp(model, device)
        engine.load()
    except EngineError as error:
        raise UnusableError(str(error)) from None
    click.echo(f"{engine.name} loads and does {', '.join(engine.model.tasks)}.")
    _print_reading(engine)
    return DONE


def _print_reading(engine: HanlpEngine) -> None:
    read = engine.analyse(_SENTENCE, [Span(0, len(_SENTENCE))])
    names = [f"{_SENTENCE[name.start : name.end]} ({name.kind})" for name in read.entities or ()]
    verbs = [token.word for token in read.tokens if token.start in read.predicates]
    click.echo(" ".join(f"{token.word}/{token.pos}" for token in read.tokens))
    click.echo(f"names: {', '.join(names) or 'none'}")
    click.echo(f"verbs: {', '.join(verbs) or 'none'}")
