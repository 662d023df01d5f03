"""``pipeline why``: the rule behind a row, or why a passage has none."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import click
from rich.text import Text

from pipeline.cli.document import (
    Row,
    find_document,
    read_document_rows,
    read_document_text,
    render_row,
)
from pipeline.cli.reading import explain_absence, open_console, output_option, refuse_unusable
from pipeline.cli.status import DONE, UnusableError
from pipeline.ingest.source import Metadata
from pipeline.lexicons import LexiconError, Lexicons, load_lexicons
from pipeline.reading.evidence import build_evidence
from pipeline.records import Directive, Instrument, Official, Plenum, Record, SloganUse
from pipeline.segment.engines import open_engine
from pipeline.spans import Span
from pipeline.why.entries import list_entries
from pipeline.why.gaps import Gap, Question, ask, find_gaps
from pipeline.why.register import explain_rule, read_reasons

_TABLES: tuple[type[Record], ...] = (Directive, SloganUse, Plenum, Official, Instrument)
_PLACE_PATTERN = re.compile(r"(?P<start>\d+)(?:-(?P<end>\d+))?\Z")
_MOST_PLACES = 5

_Rows = dict[type[Record], list[Row]]


@click.command("why")
@click.argument("doc_id", metavar="DOC")
@click.argument("span", metavar="[SPAN]", required=False)
@output_option
@click.option(
    "--lexicons",
    "own",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="The lexicons of your own that the tables were made with.",
)
def why_command(doc_id: str, span: str | None, folder: Path, own: Path | None) -> int:
    """Say which rule made each row of a passage, and why other tables have no row there.

    DOC is a doc_id of the documents table, or its last part where no other ends so. SPAN is a
    stretch of the restored text, as the column row_id has it, or words that stand in it. Without
    SPAN every rule that made a row of the document is told.

    \b
    Examples:
      pipeline why gulou-2024-08-09
      pipeline why gulou-2024-08-09 119-140
      pipeline why gulou-2024-08-09 防汛
    """
    console = open_console()
    with refuse_unusable():
        document = find_document(folder, doc_id)
        rows = {kind: read_document_rows(folder, kind, document["doc_id"]) for kind in _TABLES}
        text = read_document_text(folder, document["doc_id"])
        lines = _tell_rules(rows)
        if span is not None:
            lexicons = _load_same(folder, own)
            places = _find_places(folder, text, span)
            lines = _tell_passages(document, rows, text, places, lexicons)
        for line in lines:
            console.print(line)
    return DONE


def _load_same(folder: Path, own: Path | None) -> Lexicons:
    """The lexicons; whoever asks is told where they are not those the tables were made with."""
    try:
        lexicons = load_lexicons(own)
    except LexiconError as error:
        raise UnusableError(str(error)) from None
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    if manifest.get("lexicons") != lexicons.digest:
        remedy = "the reasons below are those of the lexicons now; run pipeline run again"
        click.echo(f"{folder} was made with other lexicons: {remedy}", err=True)
    return lexicons


def _find_places(folder: Path, text: str, span: str) -> list[Span]:
    """The stretches asked about: a row's span, one position, or every place where words stand."""
    if place := _PLACE_PATTERN.match(span):
        start = int(place["start"])
        end = int(place["end"] or start + 1)
        if not start < end <= len(text):
            raise UnusableError(f"{span} is no stretch of the text, which ends at {len(text)}")
        return [Span(start, end)]
    found = [match.span() for match in re.finditer(re.escape(span), text)] if span else []
    if not found:
        raise UnusableError(explain_absence(folder, span))
    if len(found) > _MOST_PLACES:
        more = f"{len(found)} places; the first {_MOST_PLACES} are told, give a span for others"
        click.echo(more, err=True)
    return [Span(*place) for place in found[:_MOST_PLACES]]


def _tell_rules(rows: _Rows) -> Iterator[Text]:
    for kind in _TABLES:
        counts = Counter(_name_rule(row["rule"]) for row in rows[kind])
        for rule, count in sorted(counts.items()):
            yield Text.assemble((f"{count:>6} {rule}", "bold"), f"  {explain_rule(rule)}")


def _name_rule(rule: str) -> str:
    """All entries of the slogans are one rule."""
    return "slogan" if rule.startswith("slogan.") else rule


def _tell_passages(
    document: Row, rows: _Rows, text: str, places: list[Span], lexicons: Lexicons
) -> Iterator[Text]:
    known = Metadata(
        title=document["title"] or "",
        url=document["url"] or "",
        published=document["published"] or "",
        place=document["place"] or "",
    )
    engine = open_engine("jieba")
    for place in places:
        yield from _tell_place(document["doc_id"], text, place)
        question = ask(text, place, known, lexicons, engine)
        for kind in _TABLES:
            yield from _tell_table(kind, rows[kind], question)


def _tell_place(doc_id: str, text: str, place: Span) -> Iterator[Text]:
    evidence = build_evidence(doc_id, text, text, place, place)
    yield Text.assemble((f"{doc_id} {place.start}-{place.end}", "bold"))
    parts = evidence.left, (f"【{evidence.passage}】", "bold red"), evidence.right
    yield Text.assemble("  ", *parts)


def _tell_table(kind: type[Record], rows: list[Row], question: Question) -> Iterator[Text]:
    here = [row for row in rows if question.meets(row["start"], row["end"])]
    yield Text.assemble("\n", (kind.table, "bold"), "" if here else ": no row")
    for row in here:
        yield render_row(kind, row)
        yield _indent(f"{row['rule']}: {explain_rule(row['rule'])}")
        yield from map(_indent, list_entries(kind.table, row, question.lexicons))
    for gap in () if here else find_gaps(question, kind.table):
        yield _render_gap(gap, question)


def _render_gap(gap: Gap, question: Question) -> Text:
    """The reason; before it the words it is about, where they are not those asked about."""
    why = read_reasons()[gap.reason].english.format(words=gap.words)
    reason = _indent(f"{gap.reason}: {why}")
    if (gap.start, gap.end) == question.span:
        return reason
    passage = question.segments.text[gap.start : gap.end].replace("\n", " ")
    place = f"  {f'{gap.start}-{gap.end}':>11} "
    return Text.assemble((place, "dim"), passage, "\n", reason)


def _indent(line: str) -> Text:
    return Text(f"      {line}", style="dim")
