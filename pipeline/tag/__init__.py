"""Tag: every use of a listed slogan (提法).

Takes :class:`~pipeline.segment.Segments`, the document's place and date and the lexicons, gives
:class:`~pipeline.records.SloganUse` rows, e.g. 四个新 in 对江苏提出“四个新”重大任务. Matching
is on characters, never on words: longest match, exact offsets. Quotation marks are no part of a
formulation's wording, and 、 or ， may stand or be missing between its parts (走在前做示范 is
走在前、做示范), but nowhere else.

Known gap: a formulation shared by places is told apart by place and date alone, never by its
context.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from pipeline.lexicons import Lexicons, Slogan
from pipeline.records import Directive, SloganUse
from pipeline.registries.places import load_gazetteer
from pipeline.segment import Segments
from pipeline.setting import Setting
from pipeline.tag.uses import Quotes, find_uses


class Tagged(NamedTuple):
    """A use of a listed formulation, before it is known in which directive it stands.

    Attributes:
        start: Where it begins.
        end: Where it ends.
        slogan_id: The entry; empty where several have the wording and nothing decides.
        listed: The entry, or the first of these.
        variant: The spelling as listed.
    """

    start: int
    end: int
    slogan_id: str
    listed: Slogan
    variant: str


def find_slogans(segments: Segments, setting: Setting, lexicons: Lexicons) -> Iterator[Tagged]:
    """Find every use of a listed formulation, in reading order, none inside a longer one.

    Args:
        segments: The document.
        setting: Its place and date, which tell senses apart.
        lexicons: Where the formulations are listed.
    """
    for use in find_uses(segments, lexicons):
        entry = _decide(use.entries, setting, lexicons)
        listed = entry or use.entries[0]
        yield Tagged(*use.span, entry.id if entry else "", listed, use.variant)


def describe_slogans(
    segments: Segments,
    tagged: Iterable[Tagged],
    directives: Sequence[Directive],
    lexicons: Lexicons,
) -> Iterator[SloganUse]:
    """The rows of uses, each with the directive it stands in; directives do not overlap."""
    places, quotes = load_gazetteer(lexicons), Quotes(segments.text)
    starts = [directive.start for directive in directives]
    for start, end, slogan_id, listed, variant in tagged:
        nearest = bisect_right(starts, start) - 1
        inside = nearest >= 0 and end <= directives[nearest].end
        place = listed.place if slogan_id else ""
        yield SloganUse(
            *segments.passage(start, end, f"slogan.{listed.id}"),
            slogan_id=slogan_id,
            canonical=listed.canonical if slogan_id else variant,
            category=listed.category,
            level=listed.level,
            place=places.full_name(places[place]) if place else "",
            variant=variant,
            quoted=quotes.hold(start),
            directive_id=directives[nearest].row_id if inside else "",
        )


def tag_slogans(segments: Segments, setting: Setting, lexicons: Lexicons) -> Iterator[SloganUse]:
    """The rows of all uses in a document whose directives nobody asks for."""
    return describe_slogans(segments, find_slogans(segments, setting, lexicons), (), lexicons)


def _decide(entries: tuple[Slogan, ...], setting: Setting, lexicons: Lexicons) -> Slogan | None:
    """The one entry that fits the document's place and date, or None where that is open."""
    if len(entries) == 1 and "ambiguous" not in entries[0].flags:
        return entries[0]
    attested = [entry for entry in entries if not _is_later(entry, setting)]
    places = load_gazetteer(lexicons)
    home = {place.adcode for place in places.chain(setting.place)} if setting.place else set()
    local = [entry for entry in attested if entry.place and entry.place in home]
    if local:
        return local[0] if len(local) == 1 else None
    general = [entry for entry in attested if not entry.place]
    return general[0] if len(general) == 1 == len(attested) else None


def _is_later(entry: Slogan, setting: Setting) -> bool:
    """Whether the formulation is first attested after the document."""
    if not (entry.first_date and setting.date):
        return False
    return entry.first_date > setting.date.isoformat()[: len(entry.first_date)]
