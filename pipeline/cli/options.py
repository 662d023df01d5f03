"""Options that decide what the tables say, shared by the commands that process documents."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from pipeline.cli.status import UnusableError
from pipeline.ingest import Metadata, ReadOptions
from pipeline.lexicons import LexiconError
from pipeline.running.recipe import Recipe, prepare
from pipeline.segment.engines import DEVICES, ENGINES, EngineError

CommandT = TypeVar("CommandT", bound=Callable[..., Any])

format_option = click.option(
    "--format",
    "to",
    type=click.Choice(["csv", "parquet"]),
    default="csv",
    show_default=True,
    help="Format of the tables.",
)

_OPTIONS = (
    click.option(
        "--lexicons",
        type=click.Path(path_type=Path),
        help="Folder of lexicons of your own, laid over those that come with the program.",
    ),
    click.option(
        "--engine",
        type=click.Choice(ENGINES),
        default="jieba",
        show_default=True,
        help="What cuts words; hanlp also reads names and verbs, as evidence.",
    ),
    click.option(
        "--model",
        default="",
        help="Model of hanlp: a folder, or a name below HANLP_HOME (see pipeline models list).",
    ),
    click.option(
        "--device",
        type=click.Choice(DEVICES),
        default="cpu",
        show_default=True,
        help="What the model computes on.",
    ),
    click.option("--place", default="", help="Place of all documents: 江苏省苏州市相城区."),
    click.option("--published", default="", help="Date of all documents: 2023-08-02."),
    click.option(
        "--text-column", default="", help="Column that holds the text, in JSONL and tables."
    ),
    click.option(
        "--captions/--no-captions", default=True, help="Keep lines that describe pictures."
    ),
)


def recipe_options(command: CommandT) -> CommandT:
    """Add the options to a command, in the order they stand above."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def build_recipe(
    lexicons: Path | None,
    engine: str,
    model: str,
    device: str,
    place: str,
    published: str,
    text_column: str,
    captions: bool,
) -> Recipe:
    """The recipe the options ask for, with its lexicons loaded.

    Raises:
        UnusableError: If the date is none, or lexicons or engine cannot be used.
    """
    try:
        given = Metadata(place=place, published=published)
    except ValueError:
        fault = f"--published {published!r} is no date; write it like 2023-08-02"
        raise UnusableError(fault) from None
    reading = ReadOptions(text_column=text_column, captions=captions)
    recipe = Recipe(lexicons, engine, model, device, given=given, reading=reading)
    try:
        loaded, _ = prepare(recipe)
    except (LexiconError, EngineError) as error:
        raise UnusableError(str(error)) from None
    for remark in loaded.remarks:
        click.echo(remark, err=True)
    return recipe
