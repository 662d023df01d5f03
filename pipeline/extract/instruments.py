"""Instruments: texts named in 《》 and what happened to them.

Takes :class:`~pipeline.segment.Segments`, gives :class:`~pipeline.records.Instrument` rows in
reading order, e.g. ``adopted`` and ``决议`` for ``大会通过了《…的决议》``. The last verb of its
clause decides, also for titles that follow at once (审议通过《…》《…》), before it the words
after the title (就《…》作说明). A title nested in 〈〉 or in another title is no row; one
that neither an ending nor a verb shows to be an instrument (《山海情》热播) is an issue. Known
gaps: a title with only one of its marks is not found; of two verbs in a clause the last one
counts, unless it tells right before the title where the text comes from (新修订的《…》).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, cast

from pipeline.lexicons import Lexicons
from pipeline.records import Instrument, Issue
from pipeline.segment import Segments

Relation = Literal["adopted", "deliberated", "heard", "studied", "issued", "cited"]

_TITLE_PATTERN = re.compile(
    r"《(?P<title>[^《》\n]{1,300}(?:《[^《》\n]{1,200}》[^《》\n]{0,200}){0,4})》"
)
# 《…》《…》, 《…》、《…》, 《…》和《…》, 《…》和新修订的《…》, 《…》第二卷有关篇目和《…》 and
# 《…》和习近平总书记《…》 share their verb.
_JOINT_PATTERN = re.compile(
    r"(?:第[一二三四五六七八九十\d]{1,3}[卷章编])?(?:的?(?:有关|相关|部分|重要)?(?:篇目|章节|内容|条款))?"
    r"[、，]?(?:和|与|及|以及|暨|等)?(?:新(?:修订|修正|颁布|印发|出台|制定)?的)?"
)
# 学习新修订的《…》, 学习全会通过的《…》: that verb tells where the text comes from.
_ORIGIN_PATTERN = re.compile(
    r"(?:修订|修正|颁布|印发|出台|制定|发布|通过|审议通过|讨论通过|作出|公布|下发)的$"
)
_AUTHOR_PATTERN = re.compile(r"(?:、|和|与|及|以及)[^，。；：、了的《》\n]{2,16}")
_CLAUSE_MARKS = "，；。：！？\n"
_DRAFT_PATTERN = re.compile(r"(?:[（(][^（）()]{1,30}[）)])+$")
# 《…》向全会作了说明, 《…》将提请大会审议
_DELIBERATED_AFTER_PATTERN = re.compile(
    r"[^，。；\n]{0,16}作了?(?:起草)?说明|将?提请[^，。；\n]{0,16}审议"
)
# 作题为《…》的报告, 所作的《…》工作报告
_HEARD_BEFORE_PATTERN = re.compile(r"题为$")
_MADE_BEFORE_PATTERN = re.compile(r"作(?:了|的)?$")
_MADE_AFTER_PATTERN = re.compile(r"的?(?:工作|政治|专题)?报告")
# 《国际歌》, 《义勇军进行曲》
_SONG_PATTERN = re.compile(r"(?:歌|进行曲|组曲|圆舞曲)$")
# 《…》文艺演出, 《…》主题曲
_WORK_AFTER_PATTERN = re.compile(
    r"(?:大型|群众|主题|实景){0,2}(?:文艺|歌舞)?(?:表演|演出|晚会|主题曲)"
)
# 《山海》热播: a title without a sort of text and a verb may be a book, a film, a newspaper.
_UNCLEAR = "neither ending nor verb says that this is an instrument"
_LONGEST_REACH = 80


@dataclass(frozen=True, slots=True, eq=False)
class _Verbs:
    """The words that tell what happened to a text, and the endings that tell its sort."""

    pattern: re.Pattern[str]
    relations: dict[str, str]
    works: re.Pattern[str]
    types: tuple[tuple[str, str], ...]


@lru_cache(maxsize=4)
def _build_verbs(lexicons: Lexicons) -> _Verbs:
    relations = dict(lexicons.words["instrument_verbs"])
    types = lexicons.words["instrument_types"].items()
    return _Verbs(
        pattern=re.compile(_any_of(relations)),
        relations=relations,
        works=re.compile(rf"(?:{_any_of(lexicons.words['works'])})$"),
        types=tuple(sorted(types, key=lambda pair: len(pair[0]), reverse=True)),
    )


def _any_of(words: Iterable[str]) -> str:
    """Any of the words, longer ones first."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


def extract_instruments(segments: Segments, lexicons: Lexicons) -> Iterator[Instrument | Issue]:
    """Find the titles in 《》 of a document.

    Args:
        segments: The document.
        lexicons: The word lists ``instrument_verbs`` and ``instrument_types``.
    """
    text, verbs = segments.text, _build_verbs(lexicons)
    relation, work, end = "", False, 0
    types: dict[str, str] = {}
    for match in _TITLE_PATTERN.finditer(text):
        joint = end and _are_joint(text, end, match.start(), verbs)
        if not joint:
            work = bool(
                verbs.works.search(text, end, match.start())
                or _SONG_PATTERN.search(match["title"])
                or _WORK_AFTER_PATTERN.match(text, match.end())
            )
            relation = _find_relation(text, end, match, verbs)
        end = match.end()
        if work:
            continue
        kind = _find_type(text, match, types, verbs)
        if not (relation or kind):
            yield segments.issue("instruments", "title_unclear", _UNCLEAR, *match.span("title"))
            continue
        relation = relation or "cited"
        yield Instrument(
            *segments.passage(*match.span("title"), f"instrument.{relation}"),
            title=match["title"],
            relation=cast("Relation", relation),
            type=kind,
        )


def _are_joint(text: str, end: int, start: int, verbs: _Verbs) -> bool:
    """Whether two titles share a verb: nothing but marks or an author stands between them."""
    if _JOINT_PATTERN.fullmatch(text, end, start):
        return True
    author = _AUTHOR_PATTERN.fullmatch(text, end, start)
    return author is not None and not (
        verbs.pattern.search(author.group()) or verbs.works.search(author.group())
    )


def _find_relation(text: str, floor: int, title: re.Match[str], verbs: _Verbs) -> str:
    """What happened to a text, from the words of its clause; empty where none tells."""
    start = max(floor, title.start() - _LONGEST_REACH)
    start = 1 + max(text.rfind(mark, start, title.start()) for mark in _CLAUSE_MARKS) or start
    before = text[start : title.start()]
    if before.endswith("的") and "了" in before:
        # 通过了在广泛讨论基础上提出的《…》: what stands in the relative clause does not count.
        before = before[: before.rindex("了")]
    if _DELIBERATED_AFTER_PATTERN.match(text, title.end()):
        return "deliberated"
    if _HEARD_BEFORE_PATTERN.search(before) or (
        _MADE_BEFORE_PATTERN.search(before) and _MADE_AFTER_PATTERN.match(text, title.end())
    ):
        return "heard"
    found = [verbs.relations[match.group()] for match in verbs.pattern.finditer(before)]
    if len(found) > 1 and _ORIGIN_PATTERN.search(before):
        found.pop()
    is_report = _DRAFT_PATTERN.sub("", title["title"]).endswith("报告")
    if "heard" in found and (is_report or _MADE_AFTER_PATTERN.match(text, title.end())):
        return "heard" if "adopted" not in found else "adopted"
    return found[-1] if found else ""


# 《…》工作报告: the sort stands after the title.
_TYPE_BEFORE_PATTERN = re.compile(r"(报告|讲话)$")  # 所作的报告《…》
_TYPE_AFTER_PATTERN = re.compile(r"(?:的|工作)?(?:工作)?(报告|讲话|说明|决议)")


def _find_type(text: str, match: re.Match[str], types: dict[str, str], verbs: _Verbs) -> str:
    """The sort of text: of the ending, or of the longer title a short one stands for (《纲要》).

    Args:
        text: The document.
        match: The title in its marks.
        types: Titles met before and their types; this one is added.
        verbs: The endings.
    """
    title = _DRAFT_PATTERN.sub("", match["title"])
    if title not in types:
        longer = (known for name, known in types.items() if known and name.endswith(title))
        ending = (kind for word, kind in verbs.types if title.endswith(word))
        after = _TYPE_AFTER_PATTERN.match(text, match.end())
        after = after or _TYPE_BEFORE_PATTERN.search(text, max(0, match.start() - 2), match.start())
        types[title] = next(longer, "") or next(ending, "") or (after[1] if after else "")
    return types[title]
