"""Entries: the lexicon entries a row rests on.

Takes a row and the lexicons, gives lines such as ``两个确立: slogans.csv, central, first attested
2021-11-11, source: …``; 必须 of a directive is ``words/modals.csv: require``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from pipeline.lexicons import Lexicons, Meeting, Person, Slogan

EntryT = TypeVar("EntryT", Slogan, Meeting, Person)

_WORDS = {"modality": "modals", "speech_act": "speech_acts", "action": "directive_verbs"}


def list_entries(table: str, row: Mapping[str, Any], lexicons: Lexicons) -> Iterator[str]:
    """What the lexicons say of a row's words.

    Args:
        table: The table it stands in.
        row: Its cells by column.
        lexicons: Those it was made with.
    """
    if table == "slogans":
        yield from map(_describe_slogan, _pick(lexicons.slogans, row["slogan_id"]))
    elif table == "plenums":
        yield from map(_describe_meeting, _pick(lexicons.meetings, row["meeting_id"]))
    elif table == "officials":
        yield from map(_describe_person, _pick(lexicons.people, row["person_id"]))
    elif table == "directives":
        yield from _describe_words(row, lexicons)


def _pick(entries: tuple[EntryT, ...], wanted: str) -> list[EntryT]:
    return [entry for entry in entries if entry.id == wanted]


def _describe_slogan(entry: Slogan) -> str:
    dated = f", first attested {entry.first_date}" if entry.first_date else ""
    occasion = f" ({entry.first_occasion})" if entry.first_occasion else ""
    return (
        f"{entry.canonical}: {entry.file} {entry.id}, {entry.level}{dated}{occasion}, "
        f"source: {entry.source}"
    )


def _describe_meeting(entry: Meeting) -> str:
    days = "/".join(filter(None, (entry.start_date, entry.end_date)))
    certain = "" if entry.certain == "yes" else ", not certain"
    return f"{entry.name}: {entry.file} {entry.id}, {days}{certain}, source: {entry.source}"


def _describe_person(entry: Person) -> str:
    return f"{entry.name}: {entry.file} {entry.id}, source: {entry.source}"


def _describe_words(row: Mapping[str, Any], lexicons: Lexicons) -> Iterator[str]:
    for column, name in _WORDS.items():
        word = row[column]
        if word and (value := lexicons.words[name].get(word)) is not None:
            yield f"{word}: words/{name}.csv" + (f", {value}" if value else "")
