"""Commands whose modules are imported when they are called, not when they are listed.

Takes the home and the line of help of each command, gives a group that lists them all: ``--help``
says that ``run`` makes tables of documents (提法、部署) without the libraries that make them.
"""

from __future__ import annotations

from importlib import import_module

import click


class StandIn(click.Command):
    """A command of which only the list of commands is known yet.

    Args:
        name: What it is called by.
        home: Where it stands: ``module:attribute``.
        short_help: What the list of commands says of it.
    """

    def __init__(self, name: str, home: str, short_help: str) -> None:
        super().__init__(name, short_help=short_help)
        self._home = home

    def load(self) -> click.Command:
        """The command itself."""
        module, _, attribute = self._home.partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command


def load_command(command: click.Command) -> click.Command:
    """The command itself, where only a stand-in is at hand."""
    return command.load() if isinstance(command, StandIn) else command


class LazyGroup(click.Group):
    """A group of stand-ins; help and completion ask no more of them than they know."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is called, itself."""
        name, command, rest = super().resolve_command(ctx, args)
        return name, command and load_command(command), rest
