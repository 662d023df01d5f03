"""Found: a mention of a person before its short form is resolved.

Takes what the finders give, several of which may see one name (a title before it, a post behind
it), gives one :class:`Found` for each place: 递补省委候补委员崔长白为省委委员 has both titles.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Found(NamedTuple):
    """A person named at ``[start, end)``, or a title that stands alone there.

    Attributes:
        start: First character of the name.
        end: Character after it.
        name: The name without blanks; empty for a title alone.
        rule: The rule that found it.
        titles: Titles printed with it.
        roles: Roles that its construction gives, before the verbs of the sentence are read.
        head: Where its titles begin, or the name itself.
        tail: Where its notes, 同志 and titles behind it end.
        official: Whether it is a person in office; others are kept to know their names.
        title_only: Whether no name is printed.
        witness: The engine its name rests on, if no rule is sure of it alone.
    """

    start: int
    end: int
    name: str
    rule: str
    titles: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    head: int = -1
    tail: int = -1
    official: bool = True
    title_only: bool = False
    witness: str = ""


def merge_found(finds: Iterable[Found]) -> list[Found]:
    """One mention for each span, in reading order; of overlapping ones the longer stays."""
    merged: dict[tuple[int, int], Found] = {}
    for found in finds:
        span = (found.start, found.end)
        merged[span] = _join(merged[span], found) if span in merged else found
    kept: list[Found] = []
    for found in sorted(merged.values(), key=lambda item: (item.start, -item.end)):
        if not kept or found.start >= kept[-1].end:
            kept.append(found)
    return kept


def _join(first: Found, second: Found) -> Found:
    return first._replace(
        titles=tuple(dict.fromkeys((*first.titles, *second.titles))),
        roles=tuple(dict.fromkeys((*first.roles, *second.roles))),
        head=min(first.head, second.head),
        tail=max(first.tail, second.tail),
        official=first.official and second.official,
        witness=first.witness and second.witness,
    )
