"""Antecedents: later mentions by bare name, surname with title, or title alone.

Takes the mentions found so far, gives those that need them: 谢承澜同志 after 区委书记谢承澜 has
the resolved title 区委书记, 苏局长 is the one person of this surname in the document, 总书记 is who
held the post on the document's day, 县长 the one named with this title before. Two candidates
decide nothing. Known gap: a local title whose holder the document never names is no mention.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache

from pipeline.automata import Automaton, build_automaton
from pipeline.extract.officials.ends import NOTHING, WEAK
from pipeline.extract.officials.found import Found
from pipeline.extract.officials.mentions import Page, is_formula
from pipeline.extract.officials.titles import Head
from pipeline.lexicons import Lexicons
from pipeline.registries.people import load_people

_BOUNDARY_PATTERN = re.compile(r"[^一-龥]")
# 老|苏局长 no, 对|苏局长 yes: what may stand before a surname with title.
_BEFORE_SURNAME = "和与对向给跟请让问找说诉叫是由在为听见把被以据按照随陪受"
_NO_POST_BEFORE_PATTERN = re.compile(
    r"[副前原代委国]$|委员会$|历任$|时任$|(?:以|的)[^，。]{0,6}同志为$"
)
_NO_POST_AFTER_PATTERN = re.compile(r"会议|的党中央|府|班子|质量奖|热线|信箱")
# 自治区主席 is called 主席 alone afterwards; 副主席 is not.
_BARE_HEAD_PATTERN = re.compile(
    r"(?<=[一-龥])(?<![副原前])(?:书记|主席|主任|[省市县区州盟旗镇乡]长)$"
)
_ACTS_PATTERN = re.compile("当场|随后|还|也(?!要)|亲自(?!抓)|一[一-龥]{1,3}就")


@lru_cache(maxsize=4)
def _people_automaton(lexicons: Lexicons) -> Automaton:
    return build_automaton(load_people(lexicons).named_alone, longest=False)


def find_listed(text: str, lexicons: Lexicons) -> frozenset[str]:
    """The people of the lexicon whose names stand in a text and mean them without a title."""
    found = _people_automaton(lexicons).find_matches_as_indexes(text, overlapping=True)
    names = list(load_people(lexicons).named_alone)
    return frozenset(names[index] for index, _, _ in found)


@lru_cache(maxsize=4)
def _post_automaton(lexicons: Lexicons) -> Automaton:
    return build_automaton(load_people(lexicons).titles_alone)


def find_bare_names(page: Page, names: Collection[str], listed: Collection[str]) -> Iterator[Found]:
    """Names known from this document or the lexicon, wherever they stand without a title.

    Args:
        page: The text.
        names: Names the document gives to officials.
        listed: Names of the lexicon that stand in it; short ones need a boundary before them
            (汪洋 in 一片汪洋).
    """
    patterns = sorted({*names, *listed})
    if not patterns:
        return
    for index, start, end in build_automaton(patterns).find_matches_as_indexes(page.text):
        name = patterns[index]
        if len(name) == 2 and not _stands_alone(page, start, end, name in names):
            continue
        yield Found(start, end, name, "officials.bare", head=start, tail=page.names.skip_note(end))


def _stands_alone(page: Page, start: int, end: int, in_document: bool) -> bool:
    if page.names.measure_end(end) < WEAK:
        return False
    before = page.text[start - 1 : start]
    return in_document or not before or bool(_BOUNDARY_PATTERN.match(before)) or before in "和与"


def find_posts_alone(page: Page, lexicons: Lexicons) -> Iterator[Found]:
    """总书记, 国家主席: titles that one person holds, with no name beside them."""
    for _, start, end in _post_automaton(lexicons).find_matches_as_indexes(page.text):
        before, title = page.text[max(0, start - 12) : start], page.text[start:end]
        if _NO_POST_BEFORE_PATTERN.search(before) or _NO_POST_AFTER_PATTERN.match(page.text, end):
            continue
        # 总理 alone is the premier; 德国总理 is not.
        if title != "总书记" and before and not _opens_title(page, start):
            continue
        yield _make_alone(start, end, title, "officials.post_alone")


def _opens_title(page: Page, position: int) -> bool:
    if _BOUNDARY_PATTERN.match(page.text, position - 1):
        return True
    return any(
        page.text[position - length : position] in page.names.vocabulary.opener_kinds
        for length in (4, 3, 2, 1)
    )


def _make_alone(start: int, end: int, title: str, rule: str, name: str = "") -> Found:
    return Found(start, end, name, rule, titles=(title,), head=start, tail=end, title_only=True)


def find_held_posts(page: Page, named: Iterable[Found]) -> Iterator[Found]:
    """县长|表示 where the document has named one 县长 before: the subject of a role verb."""
    holders: dict[str, set[str]] = defaultdict(set)
    since: dict[str, int] = {}
    for found in named:
        for title in _call_titles(found) if found.official else ():
            holders[title].add(found.name)
            since.setdefault(title, found.start)
    for head in page.titles.heads:
        start = page.clause_start(head.start)
        title = page.text[start : head.end]
        if len(holders.get(title, ())) != 1 or since[title] > start:
            continue
        if _ACTS_PATTERN.match(page.text, head.end) or (
            page.names.vocabulary.verb_pattern.match(page.text, head.end)
        ):
            (name,) = holders[title]
            yield _make_alone(start, head.end, title, "officials.held_post", name)


def _call_titles(found: Found) -> Iterator[str]:
    """What a person may be called afterwards: the titles in full, and their heads alone."""
    yield from found.titles
    heads = map(_BARE_HEAD_PATTERN.search, found.titles)
    yield from (head.group() for head in heads if head)


def find_surnames(page: Page, named: Iterable[Found]) -> Iterator[Found]:
    """苏局长, 王副县长: a surname with a title; 局长苏白 before it makes its end sure."""
    holders = {
        (found.name[0], title[-2:]) for found in named if found.official for title in found.titles
    }
    for head in page.titles.heads:
        if head.kind not in ("office", "staff"):
            continue
        start = _find_surname(page, head)
        if start is None:
            continue
        held = (page.text[start], head.word[-2:]) in holders
        if held or page.names.measure_end(head.end) > NOTHING:
            title = page.text[start + 1 : head.end]
            yield _make_alone(start, head.end, title, "officials.surname")


def _find_surname(page: Page, head: Head) -> int | None:
    vocabulary = page.names.vocabulary
    before = page.text[max(0, head.start - 4) : head.start]
    modifiers = vocabulary.before_pattern.search(before)
    start = head.start - len(modifiers.group() if modifiers else "") - 1
    if start < 0 or vocabulary.surnames.get(page.text[start]) in (None, "word"):
        return None
    left = page.text[start - 1 : start]
    if left and not _BOUNDARY_PATTERN.match(left) and left not in _BEFORE_SURNAME:
        return None
    return None if page.text[start : head.end] in vocabulary.places else start


def resolve_surname(found: Found, text: str, people: Iterable[str]) -> tuple[str, ...]:
    """The names in the document that a surname with title may stand for."""
    surname = text[found.start]
    return tuple(sorted({name for name in people if name.startswith(surname)}))


def collect_titles(mentions: Iterable[Found]) -> Mapping[str, tuple[str, ...]]:
    """Name -> the titles first printed with it."""
    titles: dict[str, tuple[str, ...]] = {}
    for found in mentions:
        if found.name and found.titles:
            titles.setdefault(found.name, found.titles)
    return titles


def drop_formulas(page: Page, mentions: Iterable[Found]) -> Iterator[Found]:
    """Leave out names inside doctrines and fixed formulas."""
    return (found for found in mentions if not is_formula(page, found.start, found.end))
