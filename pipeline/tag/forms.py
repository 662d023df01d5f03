"""Forms: the spellings in which listed formulations are looked for.

Takes the lexicons, gives a :class:`Matcher`: 走在前、做示范 is looked for without its marks, which
may stand or be missing between its parts; 六保户 is a look-alike of 六保; 中国式现代化X新实践 has
a slot for a place.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from operator import attrgetter
from typing import NamedTuple

from pipeline.automata import Automaton, build_automaton
from pipeline.lexicons import Lexicons, Slogan
from pipeline.lexicons.spelling import reduce_spelling, surface_of

OPENING, CLOSING, SEPARATORS = "“‘「『", "”’」』", "、，"
"""The marks that are no part of a wording."""

MARK_PATTERN = re.compile(f"[{OPENING}{CLOSING}{SEPARATORS}]+")
# Shorter parts are syllables of one word rather than parallel parts, by the number of parts.
_SHORTEST_PARALLEL = {2: 3, 3: 2, 4: 2}
# What an entry tells its readers, and its other spellings, which are forms of their own: no row of
# one form depends on them.
_OPEN_COLUMNS = {"variants", "parts", "first_occasion", "proponent", "source", "notes"}
_ENGLISH_COLUMNS = {"english", "english_type"}
_NO_WORDINGS = frozenset({"template", "idiom"})
_tell = attrgetter(*sorted({*Slogan.__struct_fields__} - _OPEN_COLUMNS - _ENGLISH_COLUMNS))


class Surface(NamedTuple):
    """A spelling without its marks, how it is spelled, and the entries that have it.

    A look-alike has no entries: 幸福文化 is no 福文化, and takes its place.
    """

    reduced: str
    spellings: tuple[str, ...]
    entries: tuple[Slogan, ...]
    quoted_only: bool


@dataclass(frozen=True, slots=True)
class Template:
    """A formulation with a place slot: 中国式现代化X新实践."""

    before: str
    after: str
    entry: Slogan
    variant: str


@dataclass(frozen=True, slots=True, eq=False)
class Matcher:
    """What finds the forms of a set of lexicons.

    Attributes:
        automaton: Finds the surfaces in a text without marks, by their place among them.
        surfaces: Spellings without their marks.
        templates: Formulations with a slot, by what stands before it.
        template_pattern: Finds what stands before a slot.
        place_names: What may fill one.
    """

    automaton: Automaton
    surfaces: tuple[Surface, ...]
    templates: Mapping[str, tuple[Template, ...]]
    template_pattern: re.Pattern[str]
    place_names: frozenset[str]


def list_forms(lexicons: Lexicons) -> dict[str, str]:
    """What is looked for in a text without its marks, and all that rows can say of each form.

    The slogans of a text depend on the forms that stand in it and on nothing else of the slogans
    listed.
    """
    said: dict[str, list[object]] = defaultdict(list)
    for surface in _list_all_surfaces(lexicons):
        told = [_tell(entry) for entry in surface.entries]
        said[surface.reduced].append((surface.spellings, surface.quoted_only, told))
    for head, templates in _list_templates(lexicons.slogans).items():
        said[head] += [(part.after, part.variant, _tell(part.entry)) for part in templates]
    return {form: repr(what) for form, what in said.items()}


@lru_cache(maxsize=4)
def compile_matcher(lexicons: Lexicons) -> Matcher:
    """Everything that depends on the lexicons alone."""
    surfaces = _list_all_surfaces(lexicons)
    templates = _list_templates(lexicons.slogans)
    heads = sorted(templates, key=len, reverse=True)
    return Matcher(
        automaton=build_automaton((surface.reduced for surface in surfaces), longest=False),
        surfaces=surfaces,
        templates=templates,
        template_pattern=re.compile("|".join(map(re.escape, heads)) or r"(?!)"),
        place_names=_place_names(lexicons),
    )


@lru_cache(maxsize=4)
def _list_all_surfaces(lexicons: Lexicons) -> tuple[Surface, ...]:
    lookalikes = map(_look_alike, lexicons.words["slogan_lookalikes"])
    return (*_list_surfaces(lexicons.slogans), *lookalikes)


def _list_surfaces(slogans: Sequence[Slogan]) -> Iterator[Surface]:
    spellings: dict[str, list[tuple[str, Slogan]]] = defaultdict(list)
    for entry in slogans:
        if _NO_WORDINGS.isdisjoint(entry.flags):
            for spelling in (surface_of(entry.canonical), *entry.variants):
                spellings[reduce_spelling(spelling)].append((spelling, entry))
    for reduced, listed in spellings.items():
        if len(listed) == 1:  # as nearly all
            ((spelling, entry),) = listed
            yield Surface(reduced, (spelling,), (entry,), _needs_quotes(spelling, entry))
            continue
        wordings, entries = zip(*listed, strict=True)
        quoted_only = all(map(_needs_quotes, wordings, entries))
        yield Surface(reduced, wordings, tuple(dict.fromkeys(entries)), quoted_only)


def _look_alike(word: str) -> Surface:
    return Surface(word, (word,), entries=(), quoted_only=False)


def _needs_quotes(spelling: str, entry: Slogan) -> bool:
    """Whether a spelling counts only in quotation marks: “八字方针”, but not “三步走”战略."""
    if spelling == surface_of(entry.canonical):
        return "quoted" in entry.flags
    if spelling[0] not in OPENING or spelling[-1] not in CLOSING:
        return False
    return reduce_spelling(spelling) == spelling[1:-1]


def _list_templates(slogans: Sequence[Slogan]) -> Mapping[str, tuple[Template, ...]]:
    templates: dict[str, list[Template]] = defaultdict(list)
    for entry in slogans:
        if "template" in entry.flags:
            for spelling in (surface_of(entry.canonical), *entry.variants):
                before, slot, after = reduce_spelling(spelling).partition("X")
                if slot and before:
                    templates[before].append(Template(before, after, entry, spelling))
    return {head: tuple(listed) for head, listed in templates.items()}


@lru_cache(maxsize=4096)
def list_divisions(reduced: str, spellings: tuple[str, ...]) -> frozenset[int]:
    """Where marks may divide a surface; asked for the few that a text prints divided."""
    return frozenset(_parallel_divisions(reduced)).union(*map(_divisions, spellings))


def _parallel_divisions(reduced: str) -> Iterator[int]:
    """Where parts of equal length meet: 碳达峰碳中和 may be printed 碳达峰、碳中和."""
    for count, shortest in _SHORTEST_PARALLEL.items():
        length, rest = divmod(len(reduced), count)
        if not rest and length >= shortest:
            yield from range(length, len(reduced), length)


def _divisions(spelling: str) -> Iterator[int]:
    """Lengths of the reduced spelling before each of its marks."""
    return iter(list(accumulate(len(part) for part in MARK_PATTERN.split(spelling)))[:-1])


def _place_names(lexicons: Lexicons) -> frozenset[str]:
    """What may fill a slot: places' names and short names, and poetic ones such as 龙江."""
    names = set(lexicons.words["place_nicknames"])
    for place in lexicons.places:
        names.update((place.name, *place.short_names))
    return frozenset(name for name in names if len(name) > 1)
