"""``pipeline report`` and ``pipeline serve``: an output to read in a browser."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli.reading import refuse_unusable
from pipeline.cli.status import DONE, UnusableError
from pipeline.lexicons import LexiconError, Lexicons, load_lexicons

_LARGE_FILE = 30_000_000

_folder_argument = click.argument(
    "folder", metavar="[DIR]", default="data/processed", type=click.Path(path_type=Path)
)
_lexicons_option = click.option(
    "--lexicons",
    "lexicons_folder",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="The folder of lexicons of your own that the output was made with.",
)


@click.command("report")
@_folder_argument
@click.option(
    "-o",
    "--output",
    "path",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="File to write; by default report.html inside DIR.",
)
@_lexicons_option
def report_command(folder: Path, path: Path | None, lexicons_folder: Path | None) -> int:
    """Write one HTML file in which an output is read, checked and explored.

    It holds texts with their evidence, all tables with search and filters, pictures, and two
    documents side by side, in Chinese and English. It opens from disk and asks no network.

    \b
    Examples:
      pipeline report
      pipeline report tables/ -o reader.html
    """
    from pipeline.report import TooLargeError, write_report

    lexicons = _load(lexicons_folder)
    target = path or folder / "report.html"
    with refuse_unusable():
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
        try:
            written = write_report(folder, target, lexicons)
        except TooLargeError as error:
            raise UnusableError(f"{error}; read it with: pipeline serve {folder}") from None
    size = written.stat().st_size
    click.echo(f"Written to {written} ({size / 1_000_000:,.1f} MB)")
    _advise(folder, size)
    return DONE


def _advise(folder: Path, size: int) -> None:
    from pipeline.report.page import can_draw

    if size > _LARGE_FILE:
        click.echo(f"A browser opens it slowly; try: pipeline serve {folder}", err=True)
    if not can_draw():
        hint = "without pictures: pip install 'communique-pipeline[report]' adds what draws them"
        click.echo(hint, err=True)


@click.command("serve")
@_folder_argument
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="Address to listen at; any other than this machine's own lets others read.",
)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Port."
)
@_lexicons_option
def serve_command(folder: Path, host: str, port: int, lexicons_folder: Path | None) -> int:
    """Serve the page of `pipeline report` over an output of any size, to this machine alone.

    Tables written with --format parquet are read where needed, so that an output may be larger
    than memory. Nothing is changed, and nothing outside the output is read. Ctrl-C ends it.

    \b
    Examples:
      pipeline serve
      pipeline serve tables/ --port 8080
    """
    from pipeline.report.server import Site, open_server

    lexicons = _load(lexicons_folder)
    with refuse_unusable():
        server = open_server(Site(folder, lexicons), host, port)
    shown = f"[{host}]" if ":" in host else host
    click.echo(f"Reading {folder} at http://{shown}:{server.server_address[1]}/ (Ctrl-C ends it)")
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        click.echo("Ended.", err=True)
    finally:
        server.server_close()
    return DONE


def _load(folder: Path | None) -> Lexicons:
    try:
        return load_lexicons(folder)
    except LexiconError as error:
        raise UnusableError(str(error)) from None
