"""Find: every passage that refers to an assembly, as printed.

Takes the text, gives :class:`Reference` items in reading order: 党的二十大和二十届二中、三中全会
is three of them. Each form of the genre begins with something rare (第N届, N中全会, 两会 …); from
there the number is read forwards and the organ backwards. Known gap: an assembly named only by
its date (五月全会) is no reference.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from pipeline.extract.plenums import numbered, unnumbered
from pipeline.extract.plenums.prefixes import PrefixReader
from pipeline.extract.plenums.references import Reference
from pipeline.lexicons import Lexicons
from pipeline.registries.places import PlaceMention


def find_references(
    text: str, mentions: Iterable[PlaceMention], lexicons: Lexicons
) -> tuple[Reference, ...]:
    """Find all references, in reading order; of overlapping ones the longest stays."""
    reader = PrefixReader(text, mentions)
    foreign = _compile_mass_bodies(lexicons)
    found = [
        reference
        for finder in (
            numbered.find_numbered,
            numbered.find_congresses,
            numbered.find_big_congresses,
            numbered.find_by_session,
            numbered.find_bare_plenums,
            unnumbered.find_two_sessions,
            unnumbered.find_unnumbered,
            unnumbered.find_politburo,
            unnumbered.find_conferences,
            unnumbered.find_national_conferences,
            unnumbered.find_office_conferences,
            unnumbered.find_place_conferences,
            unnumbered.find_numbered_conferences,
            unnumbered.find_standing_committees,
        )
        for reference in finder(text, reader)
        if text.startswith(("党", "中共", "中国共"), reference.start)
        or not foreign.search(text[max(0, reference.start - 14) : reference.start])
    ]
    found.extend(unnumbered.find_listed_conferences(text, lexicons))
    return tuple(_attribute_bare(_keep_longest(found)))


def _attribute_bare(found: Iterable[Reference]) -> Iterator[Reference]:
    """十一届一次会议 is one of the assembly of that term named last; none where none was."""
    last: Reference | None = None
    for reference in found:
        if reference.rule != numbered.BARE_ASSEMBLY:
            last = reference if reference.kind in ("cppcc", "peoples_congress") else last
            yield reference
        elif last and last.term == reference.term:
            start, end, session = reference.start, reference.end, reference.session
            yield last._replace(start=start, end=end, rule=reference.rule, session=session)


@lru_cache(maxsize=4)
def _compile_mass_bodies(lexicons: Lexicons) -> re.Pattern[str]:
    words = "|".join(sorted(lexicons.words["mass_bodies"], key=len, reverse=True))
    return re.compile(rf"(?:{words}|(?<![兵表])团)(?:中央|全国)?$")


def _keep_longest(found: Sequence[Reference]) -> tuple[Reference, ...]:
    kept: list[Reference] = []
    taken: set[int] = set()
    for reference in sorted(found, key=lambda reference: reference.start - reference.end):
        positions = range(reference.start, reference.end)
        if taken.isdisjoint(positions):
            taken.update(positions)
            kept.append(reference)
    return tuple(sorted(kept, key=lambda reference: reference.start))
