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

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from operator import attrgetter
from typing import NamedTuple

from pipeline.automata import Automaton, build_automaton
from pipeline.lexicons import Lexicons, Slogan
from pipeline.lexicons.spelling import reduce_spelling, surface_of
from pipeline.records import Directive, SloganUse
from pipeline.registries.places import load_gazetteer
from pipeline.segment import Segments, find_points, mark_points
from pipeline.setting import Setting
from pipeline.spans import Positions, Span

_OPENING, _CLOSING, _SEPARATORS = "“‘「『", "”’」』", "、，"
_MARKS = _OPENING + _CLOSING + _SEPARATORS
# Shorter parts are syllables of one word rather than parallel parts, by the number of parts.
_SHORTEST_PARALLEL = {2: 3, 3: 2, 4: 2}
_MARK_PATTERN = re.compile(f"[{_MARKS}]+")
_QUOTE_PATTERN = re.compile(f"[{_OPENING}{_CLOSING}\n]")
_IS_NO_MARK = ~mark_points(_MARKS)
# 第四风力发电组, 两千万工程款: a numeral that goes on to the left is another numeral.
_NUMERALS = frozenset("第一二两三四五六七八九十百千万亿0123456789")
# What an entry tells its readers, and its other spellings, which are forms of their own: no row of
# one form depends on them.
_OPEN_COLUMNS = {"variants", "parts", "first_occasion", "proponent", "source", "notes"}
_ENGLISH_COLUMNS = {"english", "english_type"}
_NO_WORDINGS = frozenset({"template", "idiom"})
_tell = attrgetter(*sorted({*Slogan.__struct_fields__} - _OPEN_COLUMNS - _ENGLISH_COLUMNS))
# 习近平新时代中国特色社会主义思想研究中心, 乡村振兴局: part of an organ's name, no use of the
# slogan.
_ORGAN_TAIL_PATTERN = re.compile(
    r"[”’」』]?(?:工作|研究|建设|指导|推进|促进|服务|教育|战略|领导){0,2}"
    r"(?:委员会|领导小组|办公室|研究院|研究中心|学院|基金会|协调小组|专班|局(?![面势部])|厅(?!堂))"
)


class _Surface(NamedTuple):
    """A spelling without its marks, how it is spelled, and the entries that have it.

    A look-alike has no entries: 幸福文化 is no 福文化, and takes its place.
    """

    reduced: str
    spellings: tuple[str, ...]
    entries: tuple[Slogan, ...]
    quoted_only: bool


@dataclass(frozen=True, slots=True)
class _Template:
    """A formulation with a place slot: 中国式现代化X新实践."""

    before: str
    after: str
    entry: Slogan
    variant: str


class _Use(NamedTuple):
    """A place where a surface fits, or a template with its slot filled."""

    span: Span
    entries: tuple[Slogan, ...]
    variant: str


@dataclass(frozen=True, slots=True, eq=False)
class _Matcher:
    automaton: Automaton
    surfaces: tuple[_Surface, ...]
    templates: Mapping[str, tuple[_Template, ...]]
    template_pattern: re.Pattern[str]
    place_names: frozenset[str]


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
    matcher, reduced = _compile(lexicons), _Reduced.of(segments)
    uses = [*_find_surfaces(reduced, matcher), *_find_templates(reduced, matcher)]
    for use in _longest(uses):
        if not _ORGAN_TAIL_PATTERN.match(segments.text, use.span.end):
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
    places, quotes = load_gazetteer(lexicons), _Quotes(segments.text)
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


class Passed(NamedTuple):
    """A listed spelling that stands in a text and makes no row.

    Attributes:
        span: Where it stands.
        wording: The spelling as listed.
        reason: Why it makes none: its id in the list of reasons.
        inside: What stands there instead, if it is part of something longer.
    """

    span: Span
    wording: str
    reason: str
    inside: str = ""


def list_passed(segments: Segments, lexicons: Lexicons) -> Iterator[Passed]:
    """Every listed spelling in a text that makes no row, with the reason, in reading order."""
    matcher, reduced = _compile(lexicons), _Reduced.of(segments)
    uses = [*_find_surfaces(reduced, matcher), *_find_templates(reduced, matcher)]
    kept = {use.span: use for use in _longest(uses)}
    for index, start, end in matcher.automaton.find_matches_as_indexes(
        reduced.text, overlapping=True
    ):
        surface, span = matcher.surfaces[index], reduced.span(start, end)
        reason = _find_objection(reduced, surface, start, end, span)
        around = next((k for k in kept if k.start <= span.start and span.end <= k.end), None)
        if not surface.entries:
            continue
        if not reason and span in kept and _ORGAN_TAIL_PATTERN.match(segments.text, span.end):
            reason = "slogan.organ"
        elif not reason and span not in kept:
            reason = "slogan.longer" if around else "slogan.lookalike"
        if reason:
            longer = segments.text[slice(*around)] if around and around != span else ""
            yield Passed(span, surface.spellings[0], reason, longer)


@dataclass(frozen=True, slots=True)
class _Reduced:
    """A text without quotation marks and separators, and where its characters stood."""

    text: str
    original: str
    positions: Positions

    @classmethod
    def of(cls, segments: Segments) -> _Reduced:
        """Leave the marks out."""
        positions = find_points(segments.points, _IS_NO_MARK)
        text = segments.points[positions].tobytes().decode("utf-32-le", "surrogatepass")
        return cls(text, segments.text, positions)

    def span(self, start: int, end: int) -> Span:
        """The stretch of the original text, with the quotation mark that a mark inside answers."""
        first, last = self.positions.item(start), self.positions.item(end - 1) + 1
        if last - first == end - start:
            return tuple.__new__(Span, (first, last))
        inside = self.original[first:last]
        opened, closed = sum(map(inside.count, _OPENING)), sum(map(inside.count, _CLOSING))
        if closed == opened + 1 and first and self.original[first - 1] in _OPENING:
            first -= 1  # “四个全面”战略布局
        elif opened == closed + 1 and self.original[last : last + 1] in set(_CLOSING):
            last += 1  # 国家粮食安全“压舱石”
        return Span(first, last)

    def is_divided_only_at(self, start: int, end: int, divisions: frozenset[int]) -> bool:
        """Whether separators, or a closing and an opening mark, stand only between listed parts."""
        first, last, before = self.positions.item(start), self.positions.item(end - 1), 0
        for marks in _MARK_PATTERN.finditer(self.original, first, last):
            offset = marks.start() - first - before
            before += len(marks.group())
            divides = len(marks.group()) > 1 or marks.group() in _SEPARATORS
            if divides and offset not in divisions:
                return False
        return True


class _Quotes:
    """The quotation marks of a text; one opened in a paragraph ends with it."""

    def __init__(self, text: str) -> None:
        marks = list(_QUOTE_PATTERN.finditer(text))
        self._starts = [mark.start() for mark in marks]
        self._open = [mark.group() in _OPENING for mark in marks]

    def hold(self, position: int) -> bool:
        """Whether the character at ``position`` opens a quotation or stands inside one."""
        index = bisect_right(self._starts, position) - 1
        return index >= 0 and self._open[index]


def _find_surfaces(reduced: _Reduced, matcher: _Matcher) -> Iterator[_Use]:
    found = matcher.automaton.find_matches_as_indexes(reduced.text, overlapping=True)
    for index, start, end in found:
        surface, span = matcher.surfaces[index], reduced.span(start, end)
        if not _find_objection(reduced, surface, start, end, span):
            yield _Use(span, surface.entries, surface.spellings[0])


def _find_objection(reduced: _Reduced, surface: _Surface, start: int, end: int, span: Span) -> str:
    """Why a spelling that stands here is no use of the formulation; empty where it is one."""
    has_marks = span.end - span.start != end - start
    if has_marks and not reduced.is_divided_only_at(
        start, end, _list_divisions(surface.reduced, surface.spellings)
    ):
        return "slogan.divided"
    if surface.quoted_only and not _is_set_off(reduced.original, span):
        return "slogan.unquoted"
    return "slogan.numeral" if _continues_numeral(reduced.original, span.start) else ""


def _find_templates(reduced: _Reduced, matcher: _Matcher) -> Iterator[_Use]:
    for match in matcher.template_pattern.finditer(reduced.text):
        for template in matcher.templates[match.group()]:
            if end := _fill_slot(reduced.text, match.end(), template.after, matcher.place_names):
                span = reduced.span(match.start(), end)
                yield _Use(span, (template.entry,), template.variant)


def _fill_slot(text: str, at: int, after: str, names: frozenset[str]) -> int | None:
    """Where a template ends whose slot begins at ``at``, if a place name fills it."""
    for length in range(8, 1, -1):
        slot_end = at + length
        if text[at:slot_end] in names and text.startswith(after, slot_end):
            return slot_end + len(after)
    return None


def _longest(uses: Iterable[_Use]) -> Iterator[_Use]:
    """Leftmost, longest, not overlapping; a look-alike before what it looks like."""
    at = 0
    for use in sorted(uses, key=lambda use: (use.span.start, -use.span.end, bool(use.entries))):
        if use.span.start >= at:
            at = use.span.end
            if use.entries:
                yield use


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


def _is_set_off(text: str, span: Span) -> bool:
    """Whether quotation marks set the passage off: “双中心”, “六稳”、“六保”, “挑重担、扛重责”."""
    if any(mark in _OPENING or mark in _CLOSING for mark in text[span.start : span.end]):
        return True
    before, after = text[span.start - 1 : span.start], text[span.end : span.end + 1]
    return bool(before) and before in _OPENING and bool(after) and after in _CLOSING + _SEPARATORS


def _continues_numeral(text: str, start: int) -> bool:
    """Whether the numeral a passage begins with begins before it: 两千万工程 is no 千万工程."""
    return start > 0 and text[start] in _NUMERALS and text[start - 1] in _NUMERALS


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
def _compile(lexicons: Lexicons) -> _Matcher:
    """Everything that depends on the lexicons alone."""
    surfaces = _list_all_surfaces(lexicons)
    templates = _list_templates(lexicons.slogans)
    heads = sorted(templates, key=len, reverse=True)
    return _Matcher(
        automaton=build_automaton((surface.reduced for surface in surfaces), longest=False),
        surfaces=surfaces,
        templates=templates,
        template_pattern=re.compile("|".join(map(re.escape, heads)) or r"(?!)"),
        place_names=_place_names(lexicons),
    )


@lru_cache(maxsize=4)
def _list_all_surfaces(lexicons: Lexicons) -> tuple[_Surface, ...]:
    lookalikes = map(_look_alike, lexicons.words["slogan_lookalikes"])
    return (*_list_surfaces(lexicons.slogans), *lookalikes)


def _list_surfaces(slogans: Sequence[Slogan]) -> Iterator[_Surface]:
    spellings: dict[str, list[tuple[str, Slogan]]] = defaultdict(list)
    for entry in slogans:
        if _NO_WORDINGS.isdisjoint(entry.flags):
            for spelling in (surface_of(entry.canonical), *entry.variants):
                spellings[reduce_spelling(spelling)].append((spelling, entry))
    for reduced, listed in spellings.items():
        if len(listed) == 1:  # as nearly all
            ((spelling, entry),) = listed
            yield _Surface(reduced, (spelling,), (entry,), _needs_quotes(spelling, entry))
            continue
        wordings, entries = zip(*listed, strict=True)
        quoted_only = all(map(_needs_quotes, wordings, entries))
        yield _Surface(reduced, wordings, tuple(dict.fromkeys(entries)), quoted_only)


def _look_alike(word: str) -> _Surface:
    return _Surface(word, (word,), entries=(), quoted_only=False)


def _needs_quotes(spelling: str, entry: Slogan) -> bool:
    """Whether a spelling counts only in quotation marks: “八字方针”, but not “三步走”战略."""
    if spelling == surface_of(entry.canonical):
        return "quoted" in entry.flags
    if spelling[0] not in _OPENING or spelling[-1] not in _CLOSING:
        return False
    return reduce_spelling(spelling) == spelling[1:-1]


def _list_templates(slogans: Sequence[Slogan]) -> Mapping[str, tuple[_Template, ...]]:
    templates: dict[str, list[_Template]] = defaultdict(list)
    for entry in slogans:
        if "template" in entry.flags:
            for spelling in (surface_of(entry.canonical), *entry.variants):
                before, slot, after = reduce_spelling(spelling).partition("X")
                if slot and before:
                    templates[before].append(_Template(before, after, entry, spelling))
    return {head: tuple(listed) for head, listed in templates.items()}


@lru_cache(maxsize=4096)
def _list_divisions(reduced: str, spellings: tuple[str, ...]) -> frozenset[int]:
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
    return iter(list(accumulate(len(part) for part in _MARK_PATTERN.split(spelling)))[:-1])


def _place_names(lexicons: Lexicons) -> frozenset[str]:
    """What may fill a slot: places' names and short names, and poetic ones such as 龙江."""
    names = set(lexicons.words["place_nicknames"])
    for place in lexicons.places:
        names.update((place.name, *place.short_names))
    return frozenset(name for name in names if len(name) > 1)
