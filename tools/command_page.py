"""The page of commands, from the commands themselves: usage, what it does, examples, options."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator

import click

from pipeline.cli import commands
from pipeline.cli.lazy import load_command

_INTRODUCTION = """\
# Commands

<!-- Written by tools/write_docs.py from pipeline/cli/; `make docs` renews it. -->

Every command explains itself with `--help`. Exit status: 0 done, 1 some inputs gave no document,
2 wrong usage or something that cannot be used, 130 interrupted.
"""
_NOWHERE = click.Context(click.Command(""))
_EXAMPLES_PATTERN = re.compile(r"\n*\x08\nExamples?:\n(?P<calls>(?:  .*(?:\n|$))+)")


def write_command_page() -> str:
    """The whole page, commands in the order of their names."""
    return "\n".join([_INTRODUCTION, *_describe(commands, "pipeline")])


def _describe(command: click.Command, path: str) -> Iterator[str]:
    if isinstance(command, click.Group):
        for name in sorted(command.commands):
            yield from _describe(load_command(command.commands[name]), f"{path} {name}")
        return
    about = inspect.cleandoc(command.help or "")
    examples = _EXAMPLES_PATTERN.search(about)
    yield f"## {path}\n"
    yield f"```text\n{_show_usage(command, path)}\n```\n"
    yield _EXAMPLES_PATTERN.sub("\n", about).replace("\x08\n", "").strip() + "\n"
    if examples:
        yield f"```sh\n{inspect.cleandoc(examples['calls'])}\n```\n"
    if options := [option for option in command.params if isinstance(option, click.Option)]:
        yield "| option | meaning |\n|---|---|"
        yield "\n".join(map(_describe_option, options)) + "\n"


def _show_usage(command: click.Command, path: str) -> str:
    context = click.Context(command, info_name=path)
    return " ".join([path, *command.collect_usage_pieces(context)])


def _describe_option(option: click.Option) -> str:
    metavar = "" if option.is_flag else f" {option.make_metavar(_NOWHERE)}"
    names = ", ".join(f"`{name}{metavar}`" for name in (*option.opts, *option.secondary_opts))
    default = option.default if option.show_default and not option.is_flag else None
    about = f"{option.help} Default: `{default}`." if default is not None else str(option.help)
    return "| {} | {} |".format(*(cell.replace("|", r"\|") for cell in (names, about)))
