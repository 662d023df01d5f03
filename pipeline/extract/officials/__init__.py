"""Officials: every mention of a person in office.

Takes :class:`~pipeline.segment.Segments`, the setting and the lexicons, gives
:class:`~pipeline.records.Official` rows in reading order: 区委书记沈志栋作了讲话 is one row with
title 区委书记 and role ``speaks``. First every mention that stands by itself is found, then short
forms are resolved against those, then roles are read. Known gaps are those of the parts.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, pairwise

from pipeline.extract.officials.antecedents import (
    collect_titles,
    drop_formulas,
    find_bare_names,
    find_held_posts,
    find_listed,
    find_posts_alone,
    find_surnames,
    resolve_surname,
)
from pipeline.extract.officials.appointments import add_posts, find_appointed
from pipeline.extract.officials.found import Found, merge_found
from pipeline.extract.officials.mentions import (
    Page,
    Scans,
    find_after_inversions,
    find_after_titles,
    find_before_comrade,
    find_before_titles,
    find_by_verbs,
)
from pipeline.extract.officials.names import NameReader
from pipeline.extract.officials.organisations import find_read, name_organisation
from pipeline.extract.officials.roles import read_roles
from pipeline.extract.officials.rosters import (
    find_in_name_lists,
    find_in_notices,
    find_in_tables,
)
from pipeline.extract.officials.shared import add_shared_titles
from pipeline.extract.officials.titles import TitleReader, find_heads
from pipeline.extract.officials.vocabulary import compile_vocabulary
from pipeline.extract.officials.witness import Witness
from pipeline.lexicons import Lexicons
from pipeline.records import Issue, Official
from pipeline.registries.people import load_people
from pipeline.segment import Segments
from pipeline.setting import Setting
from pipeline.spans import Span

__all__ = ["extract_officials"]

_LIST_GAP_PATTERN = re.compile(r"(?:（[^（）\n]{1,24}）|[、和与及 　]|以及){1,4}")
# Posts of party and state at the centre; a namesake in a county holds none.
_NATIONAL_PATTERN = re.compile(
    r"总书记|中央(?!企业)|中共中央|全国|国务院|国家|党和国家|军委|最高人民|^(?:主席|总理|委员长|副总理)$"
)


def extract_officials(
    segments: Segments, setting: Setting, lexicons: Lexicons, witness: Witness | None = None
) -> Iterator[Official | Issue]:
    """Find people in office, resolve short forms, read roles.

    Args:
        segments: The document.
        setting: Its date and place; bylines in it hold no officials.
        lexicons: Word lists, people and their posts.
        witness: The names a neural engine read, as evidence; ``rule`` says where a row rests on it.

    Yields:
        Rows in reading order, and an issue for every short form that stays open.
    """
    page, mentions, sources = read_mentions(segments, setting, lexicons, witness)
    yield from _make_rows(segments, setting, lexicons, page, mentions, sources)


def read_mentions(
    segments: Segments, setting: Setting, lexicons: Lexicons, witness: Witness | None = None
) -> tuple[Page, list[Found], Mapping[str, str]]:
    """Everybody mentioned, people outside office too, and the engines that names rest on."""
    known = frozenset(load_people(lexicons).named_alone)
    page = _open_page(segments, lexicons, known, witness)
    named = _find_named(page, setting)
    sources = _find_sources(named)
    # A second reading knows the names of the first: 张三丰 after 县长张三丰出席 is never 张三.
    known = frozenset(page.names.known) | {found.name for found in named if found.official}
    if known != page.names.known:
        page = page.reread(known)
        named = _find_named(page, setting)
    return page, _find_all(page, setting, lexicons, named), sources


def _find_sources(named: Iterable[Found]) -> Mapping[str, str]:
    """Names that rest on an engine wherever they stand by themselves -> the engine."""
    sources: dict[str, set[str]] = {}
    for found in named:
        sources.setdefault(found.name, set()).add(found.witness)
    return {name: max(witnesses) for name, witnesses in sources.items() if "" not in witnesses}


def _open_page(
    segments: Segments, lexicons: Lexicons, known: frozenset[str], witness: Witness | None
) -> Page:
    text, vocabulary = segments.text, compile_vocabulary(lexicons)
    names = NameReader(text, vocabulary, segments.engine, known, witness=witness)
    titles = TitleReader(text, vocabulary, tuple(find_heads(text, vocabulary)), known)
    return Page(text, names, titles, Scans(text, segments.points))


def _find_named(page: Page, setting: Setting) -> list[Found]:
    """Mentions that stand by themselves."""
    finds = (
        *find_after_titles(page),
        *find_before_titles(page),
        *find_before_comrade(page),
        *find_by_verbs(page),
        *find_after_inversions(page),
        *find_in_tables(page),
        *find_in_notices(page),
        *find_in_name_lists(page),
        *find_appointed(page),
    )
    named = merge_found(_drop_bylines(drop_formulas(page, finds), setting.byline_spans))
    return add_shared_titles(page, add_posts(page, named))


def _find_all(
    page: Page, setting: Setting, lexicons: Lexicons, named: Sequence[Found]
) -> list[Found]:
    """Named mentions and those that need an antecedent; people outside office are marked."""
    officials = {found.name for found in named if found.official}
    others = {found.name for found in named if not found.official} - officials
    listed = find_listed(page.text, lexicons) - others
    short = (
        *find_bare_names(page, officials, listed),
        *find_posts_alone(page, lexicons),
        *find_surnames(page, named),
        *find_held_posts(page, named),
    )
    covered = [Span(found.head, found.tail) for found in named]
    short_kept = _drop_bylines(drop_formulas(page, short), (*setting.byline_spans, *covered))
    return merge_found([*named, *short_kept])


def _drop_bylines(finds: Iterable[Found], closed: Sequence[Span]) -> Iterator[Found]:
    """Leave out what stands in a byline or overlaps another mention."""
    spans = sorted(closed)
    starts = [span.start for span in spans]
    reach = list(accumulate((span.end for span in spans), max))
    for found in finds:
        before = bisect_left(starts, found.end)
        if before == 0 or reach[before - 1] <= found.start:
            yield found


def _make_rows(
    segments: Segments,
    setting: Setting,
    lexicons: Lexicons,
    page: Page,
    mentions: Sequence[Found],
    sources: Mapping[str, str],
) -> Iterator[Official | Issue]:
    named_alone = load_people(lexicons).named_alone
    titles_by_name = collect_titles(found for found in mentions if found.official)
    orders = _number_lists(page, mentions)
    for found, roles, order in zip(
        mentions, read_roles(segments, page, mentions), orders, strict=True
    ):
        if not found.official:
            continue
        near = _find_holder_near(found, mentions, segments)
        name, person_id, issue = (
            (near, named_alone.get(near, ""), None)
            if near
            else _identify(found, segments, setting, lexicons, titles_by_name)
        )
        resolved = () if found.titles else titles_by_name.get(name, ())
        titles = found.titles or resolved
        organisation, reader = _name_organ(titles, setting, lexicons, page.names.witness)
        source = found.witness or sources.get(name, "") or reader
        rule = f"{found.rule}+{source}" if source else found.rule
        yield Official(
            *segments.passage(found.start, found.end, rule),
            name=name,
            title=list(found.titles),
            title_resolved=list(resolved),
            organisation=organisation,
            roles=list(roles),
            person_id=person_id or _listed_id(name, titles, setting, lexicons),
            mention="title_only" if found.title_only else "named",
            order=order,
        )
        if issue:
            yield issue


def _name_organ(
    titles: Sequence[str], setting: Setting, lexicons: Lexicons, witness: Witness | None
) -> tuple[str, str]:
    """The organ of the first title, and the engine it rests on if the rules know none."""
    if not titles:
        return "", ""
    organ = name_organisation(titles[0], setting.place, setting.date, lexicons)
    if organ or witness is None:
        return organ, ""
    read = find_read(titles[0], witness.organisations)
    return read, witness.source if read else ""


def _number_lists(page: Page, mentions: Sequence[Found]) -> list[int | None]:
    """Positions in lists; None for a name that stands alone."""
    numbers: list[int | None] = [None] * len(mentions)
    for index, (left, right) in enumerate(pairwise(mentions)):
        if _LIST_GAP_PATTERN.fullmatch(page.text, left.tail, right.head):
            numbers[index] = numbers[index] or 1
            numbers[index + 1] = (numbers[index] or 1) + 1
    return numbers


def _find_holder_near(found: Found, mentions: Sequence[Found], segments: Segments) -> str:
    """江泽民总书记指出…。总书记…: whom the paragraph named with this title before."""
    if not found.title_only or found.rule == "officials.surname":
        return ""
    start = segments.paragraphs[segments.paragraph_at(found.start)].start
    return next(
        (
            before.name
            for before in reversed(mentions)
            if start <= before.start < found.start
            and before.name
            and found.titles[0] in before.titles
        ),
        "",
    )


def _identify(
    found: Found,
    segments: Segments,
    setting: Setting,
    lexicons: Lexicons,
    named: Collection[str],
) -> tuple[str, str, Issue | None]:
    """Name and id of a mention, and the issue where its short form stays open."""
    if found.name:
        return found.name, "", None
    if found.rule == "officials.surname":
        names = resolve_surname(found, segments.text, named)
        if len(names) == 1:
            return names[0], "", None
        return "", "", _report(segments, found, f"{len(names)} people named in the document fit")
    holder = load_people(lexicons).find_holder(found.titles[0], setting.date, named)
    if holder:
        return holder.name, holder.person_id, None
    return "", "", _report(segments, found, "the post's holder at the document's date is not known")


def _report(segments: Segments, found: Found, message: str) -> Issue:
    return segments.issue("officials", "person_unresolved", message, found.start, found.end)


def _listed_id(name: str, titles: Sequence[str], setting: Setting, lexicons: Lexicons) -> str:
    """The listed person of this name, unless the titles are those of somebody else (县长李强)."""
    people = load_people(lexicons)
    if name not in people.names:
        return ""
    is_national = not titles or any(map(_NATIONAL_PATTERN.search, titles))
    if is_national and name in people.named_alone:
        return people.named_alone[name]
    organs = (name_organisation(title, setting.place, setting.date, lexicons) for title in titles)
    return people.find_in_organs(name, organs)
