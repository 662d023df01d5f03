"""Exit statuses, and the error that ends a command."""

from __future__ import annotations

import click

DONE, SOME_REJECTED, UNUSABLE, INTERRUPTED = 0, 1, 2, 130


class UnusableError(click.ClickException):
    """Wrong usage, or lexicons or folders that cannot be used."""

    exit_code = UNUSABLE
