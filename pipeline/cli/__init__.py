"""The command line: options in, exit status out. One module a family of commands."""

from __future__ import annotations

import sys

import click

from pipeline.cli.annotate import annotate_group
from pipeline.cli.export import export_command
from pipeline.cli.history import status_command
from pipeline.cli.kwic import kwic_command
from pipeline.cli.lexicons import lexicons_group
from pipeline.cli.measure import compare_command, evaluate_command
from pipeline.cli.merge import merge_command
from pipeline.cli.models import models_group
from pipeline.cli.normalise import normalise_command
from pipeline.cli.report import report_command, serve_command
from pipeline.cli.run import run_command
from pipeline.cli.show import show_command
from pipeline.cli.stats import stats_command
from pipeline.cli.status import DONE, INTERRUPTED
from pipeline.cli.trend import trend_command
from pipeline.cli.why import why_command
from pipeline.running.manifest import program_version

__all__ = ["commands", "main"]


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(program_version(), "-V", "--version", prog_name="pipeline")
def commands() -> None:
    """Chinese party and government communiqués as tables.

    Slogans (提法), directives (部署), officials and plenums (全会), each row traceable to the
    character.
    """


for command in (
    run_command,
    status_command,
    merge_command,
    normalise_command,
    evaluate_command,
    compare_command,
    annotate_group,
    lexicons_group,
    models_group,
    export_command,
    show_command,
    why_command,
    kwic_command,
    stats_command,
    trend_command,
    report_command,
    serve_command,
):
    commands.add_command(command)


def main() -> None:
    """Entry point: runs :func:`commands`; an interrupted run exits with 130."""
    try:
        sys.exit(commands.main(standalone_mode=False) or DONE)
    except click.Abort:
        click.echo("Interrupted; the old tables are unchanged, what was done is kept.", err=True)
        sys.exit(INTERRUPTED)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
