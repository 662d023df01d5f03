"""``pipeline lexicons``: look at the lexicons, check them, compare and extend them."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path

import click
from rich.table import Table

from pipeline.cli.reading import open_console, refuse_unusable
from pipeline.cli.status import DONE, UnusableError
from pipeline.lexicons import (
    Entry,
    LexiconError,
    Lexicons,
    Meeting,
    Place,
    check_lexicons,
    find_lexicons,
    list_layers,
    load_lexicons,
)
from pipeline.lexicons.differences import Difference, find_differences, show_value
from pipeline.lexicons.entries import Example
from pipeline.lexicons.reader import read_table, type_rows

_FOLDER = click.option(
    "--lexicons",
    "folder",
    type=click.Path(path_type=Path),
    help="Folder of lexicons of your own, laid over those that come with the program.",
)


@click.group("lexicons")
def lexicons_group() -> None:
    """Look at the lexicons, check, compare and extend them."""


@lexicons_group.command("check")
@_FOLDER
def check_command(folder: Path | None) -> int:
    """Check every rule; exit status 2 at the first fault.

    What is accepted although it is not as it should be is said on standard error.

    \b
    Examples:
      pipeline lexicons check
      pipeline lexicons check --lexicons my-lexicons/
    """
    with _refuse_faulty():
        for remark in check_lexicons(folder, thorough=True):
            click.echo(remark, err=True)
    click.echo("The lexicons are sound.")
    return DONE


@lexicons_group.command("list")
@click.argument("term", default="")
@_FOLDER
def list_command(term: str, folder: Path | None) -> int:
    """List the slogans, or those that contain TERM: id, wording, level, place.

    \b
    Examples:
      pipeline lexicons list
      pipeline lexicons list 双中心
    """
    for slogan in _load(folder).slogans:
        spellings = (slogan.canonical, *slogan.variants)
        if any(term in spelling for spelling in spellings):
            click.echo("\t".join((slogan.id, slogan.canonical, slogan.level, slogan.place)))
    return DONE


@lexicons_group.command("show")
@click.argument("entry_id", metavar="ID")
@_FOLDER
def show_command(entry_id: str, folder: Path | None) -> int:
    """Show all under ID: a slogan, a meeting, a person with posts, or a place by its code.

    \b
    Examples:
      pipeline lexicons show liang-ge-que-li
      pipeline lexicons show li-qiang
      pipeline lexicons show 320507
    """
    lexicons = _load(folder)
    listed = (
        *lexicons.slogans,
        *lexicons.meetings,
        *lexicons.people,
        *lexicons.posts,
        *lexicons.places,
    )
    found = [entry for entry in listed if getattr(entry, entry.keys[0]) == entry_id]
    if not found:
        raise UnusableError(f"no entry {entry_id!r}; find ids with: pipeline lexicons list TERM")
    for entry in found:
        _show(entry)
    for example in _read_examples(folder):
        if example.id == entry_id:
            where = " ".join(filter(None, (example.place, example.published)))
            click.echo(f"{example.counts:15}{example.example}{f' [{where}]' if where else ''}")
    return DONE


@lexicons_group.command("stats")
@_FOLDER
def stats_command(folder: Path | None) -> int:
    """Count the entries of each file, by kind, level, category, flag and province.

    \b
    Examples:
      pipeline lexicons stats
      pipeline lexicons stats --lexicons my-lexicons/
    """
    lexicons = _load(folder)
    examples = list(_read_examples(folder))
    counts = {
        "slogans": len(lexicons.slogans),
        "their spellings": sum(1 + len(slogan.variants) for slogan in lexicons.slogans),
        "slogans with examples": len({example.id for example in examples}),
        "examples": len(examples),
        "meetings": len(lexicons.meetings),
        "places": len(lexicons.places),
        "people": len(lexicons.people),
        "posts": len(lexicons.posts),
        "words": sum(map(len, lexicons.words.values())),
    }
    _print_counts("entries", counts)
    _print_counts("meetings by kind", Counter(map(_describe_meeting, lexicons.meetings)))
    _print_counts("places by level", Counter(map(_describe_place, lexicons.places)))
    slogans = lexicons.slogans
    _print_counts("slogans by level", Counter(slogan.level for slogan in slogans))
    _print_counts("slogans by category", Counter(slogan.category for slogan in slogans))
    _print_counts("slogans by flag", Counter(flag for slogan in slogans for flag in slogan.flags))
    _print_counts("slogans by province", _count_provinces(lexicons))
    return DONE


@lexicons_group.command("diff")
@click.argument("before", metavar="A", type=click.Path(path_type=Path))
@click.argument("after", metavar="B", type=click.Path(path_type=Path), required=False)
def diff_command(before: Path, after: Path | None) -> int:
    """Show what folders A and B do not share: + added, - removed, ~ a column that changed.

    A folder that lacks files is compared as it is laid over those that come with the program. A
    alone is compared with those.

    \b
    Examples:
      pipeline lexicons diff my-lexicons/
      pipeline lexicons diff release-1/lexicons/ lexicons/
    """
    base = find_lexicons()
    folders = (before, after) if after else (base, before)
    if missing := [folder for folder in folders if not folder.is_dir()]:
        raise UnusableError(f"{missing[0]}: no such folder")
    with _refuse_faulty():
        differences = list(find_differences(*folders, base))
    for lexicon, of_lexicon in groupby(differences, key=lambda difference: difference.lexicon):
        click.echo(lexicon)
        for difference in of_lexicon:
            click.echo(f"  {_describe(difference)}")
    changed = len({difference[:2] for difference in differences})
    click.echo(f"{changed} entries differ." if changed else "No entry differs.")
    return DONE


@lexicons_group.command("candidates")
@click.argument(
    "tables", metavar="[DIR]", type=click.Path(path_type=Path), default=Path("data/processed")
)
@click.option("-o", "--output", "file", type=click.Path(path_type=Path), help="File to write.")
@click.option(
    "--at-least",
    type=click.IntRange(1),
    default=2,
    show_default=True,
    help="Documents a candidate must stand in.",
)
@click.option("--limit", type=click.IntRange(1), help="List only so many.")
@_FOLDER
def candidates_command(
    tables: Path, file: Path | None, at_least: int, limit: int | None, folder: Path | None
) -> int:
    """List what the output in DIR suggests adding to the slogans, as CSV to be edited.

    Quoted short phrases and numeral formulas that are not listed, those in most documents first,
    with the places they spread over, first use and contexts. Write yes under accept, fill what
    is known of the entry, and give the file to: pipeline lexicons merge FILE.

    \b
    Examples:
      pipeline lexicons candidates -o candidates.csv
      pipeline lexicons candidates tables/ --at-least 5 --limit 200 > candidates.csv
    """
    from pipeline.lexicons.proposals import Proposal, list_proposals

    lexicons = _load(folder)
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(Proposal.__struct_fields__)
    with refuse_unusable():
        proposals = list(list_proposals(tables, lexicons, at_least, limit))
        for proposal in proposals:
            writer.writerow(
                [show_value(getattr(proposal, name)) for name in Proposal.__struct_fields__]
            )
        if file is None:
            click.echo(stream.getvalue(), nl=False)
        else:
            file.write_text(stream.getvalue(), encoding="utf-8-sig", newline="")
            click.echo(f"{len(proposals)} candidates in {file}.")
    return DONE


@lexicons_group.command("merge")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--lexicons",
    "folder",
    type=click.Path(path_type=Path),
    default=Path("lexicons"),
    show_default=True,
    help="Folder whose slogans.csv takes them; made if missing.",
)
def merge_command(file: Path, folder: Path) -> int:
    """Add the accepted rows of FILE to the slogans of a folder: all of them, or none.

    FILE is what `pipeline lexicons candidates` wrote, edited. What stands in slogans.csv stays,
    comments and order too; the result is checked first.

    \b
    Examples:
      pipeline lexicons merge candidates.csv
      pipeline lexicons merge candidates.csv --lexicons my-lexicons/
    """
    from pipeline.lexicons.merging import merge_proposals

    with _refuse_faulty(), refuse_unusable():
        added = merge_proposals(file, folder)
    click.echo(f"{added} entries added to {folder / 'slogans.csv'}.")
    return DONE


@contextmanager
def _refuse_faulty() -> Iterator[None]:
    """End the command with status 2 and the fault where lexicons cannot be used."""
    try:
        yield
    except LexiconError as error:
        raise UnusableError(str(error)) from None


def _load(folder: Path | None) -> Lexicons:
    with _refuse_faulty():
        return load_lexicons(folder)


def _read_examples(folder: Path | None) -> Iterator[Example]:
    """The sentences of all layers."""
    with _refuse_faulty():
        for layer in list_layers(folder):
            if (path := layer / Example.file).exists():
                yield from type_rows(read_table(path, Example, []), Example)


def _count_provinces(lexicons: Lexicons) -> Counter[str]:
    names = {place.adcode[:2]: place.name for place in lexicons.places if place.level == "province"}
    return Counter(names[slogan.place[:2]] for slogan in lexicons.slogans if slogan.place)


def _describe_meeting(meeting: Meeting) -> str:
    return f"{meeting.kind}, {'province' if meeting.place else 'nation'}"


def _describe_place(place: Place) -> str:
    return f"{place.level}, past" if place.valid_to else place.level


def _describe(difference: Difference) -> str:
    if difference.column:
        change = f"{difference.before or '(empty)'} → {difference.after or '(empty)'}"
        return f"~ {difference.id} {difference.column}: {change}"
    sign = "+" if difference.after else "-"
    return f"{sign} {difference.id} {difference.before or difference.after}"


def _show(entry: Entry) -> None:
    for name in entry.__struct_fields__:
        if value := show_value(getattr(entry, name)):
            click.echo(f"{name:15}{value}")


def _print_counts(title: str, counts: Mapping[str, int]) -> None:
    table = Table(title=title, title_justify="left", show_header=False)
    ranked = counts.most_common() if isinstance(counts, Counter) else counts.items()
    for name, count in ranked:
        table.add_row(name, str(count))
    open_console().print(table)
