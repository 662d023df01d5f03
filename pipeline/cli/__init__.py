"""The command line: options in, exit status out. One module a family of commands."""

from __future__ import annotations

import sys

import click

from pipeline.cli.lazy import LazyGroup, StandIn
from pipeline.cli.status import DONE, INTERRUPTED
from pipeline.running.manifest import program_version

__all__ = ["commands", "main"]

# Each with its home and what the list of commands says of it.
_COMMANDS = (
    ("run", "run:run_command", "Process documents and write the tables."),
    ("status", "history:status_command", "What was run over an output, and what would run now."),
    ("merge", "merge:merge_command", "Join the outputs of parts of a corpus."),
    ("normalise", "normalise:normalise_command", "Print the restored text of a file."),
    (
        "evaluate",
        "measure:evaluate_command",
        "Precision, recall and F1 against labelled documents.",
    ),
    ("compare", "measure:compare_command", "Rows gained and lost between two outputs."),
    ("annotate", "annotate:annotate_group", "Label documents in doccano or Label Studio."),
    (
        "lexicons",
        "lexicons:lexicons_group",
        "Look at the lexicons, check, compare and extend them.",
    ),
    ("models", "models:models_group", "Models of the engine hanlp on this machine."),
    ("export", "export:export_command", "Write the tables for Excel, SQLite, R and others."),
    ("show", "show:show_command", "Show a document with its evidence and its rows."),
    ("why", "why:why_command", "Say which rule made a row, or why there is none."),
    ("kwic", "kwic:kwic_command", "Show a wording in its contexts."),
    ("stats", "stats:stats_command", "Count the rows of an output, with small bars."),
    ("trend", "trend:trend_command", "Count slogans over time, places or levels."),
    ("report", "report:report_command", "Write a page in which an output is read and explored."),
    ("serve", "report:serve_command", "The same page over a large output."),
)


@click.group(
    cls=LazyGroup,
    commands=[StandIn(name, f"pipeline.cli.{home}", about) for name, home, about in _COMMANDS],
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(program_version(), "-V", "--version", prog_name="pipeline")
def commands() -> None:
    """Chinese party and government communiqués as tables.

    Slogans (提法), directives (部署), officials and plenums (全会), each row traceable to the
    character.
    """


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
