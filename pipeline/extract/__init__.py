"""Extract: plenums, officials, instruments and directives, each found first and resolved second.

Every extractor takes :class:`~pipeline.segment.Segments`, the document's setting and the lexicons,
and yields rows in reading order, mixed with issues about what it could not decide.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import TypeVar

from pipeline.records import Directive, Issue, Mention, SloganUse, columns

MentionT = TypeVar("MentionT", bound=Mention)


def separate_issues(
    rows: Iterable[MentionT | Issue],
) -> tuple[tuple[MentionT, ...], tuple[Issue, ...]]:
    """Rows in reading order on one side, issues on the other."""
    mentions: list[MentionT] = []
    issues: list[Issue] = []
    for row in rows:
        if isinstance(row, Issue):
            issues.append(row)
        else:
            mentions.append(row)
    return tuple(sorted(mentions, key=_find_span)), tuple(issues)


_find_span = attrgetter("start", "end")
# All that the tagger knew of a use. Uses are many, and dataclasses.replace takes twice as long.
_TAGGED = tuple(column.name for column in columns(SloganUse) if column.name != "directive_id")
_take_tagged = attrgetter(*_TAGGED)


def link_slogans(
    slogans: Sequence[SloganUse], directives: Sequence[Directive]
) -> tuple[SloganUse, ...]:
    """Give each slogan use the directive it stands in, if any. Directives do not overlap."""
    starts = [directive.start for directive in directives]
    linked: list[SloganUse] = []
    for use in slogans:
        nearest = bisect_right(starts, use.start) - 1
        inside = nearest >= 0 and use.end <= directives[nearest].end
        if inside:
            use = SloganUse(
                **dict(zip(_TAGGED, _take_tagged(use), strict=True)),
                directive_id=directives[nearest].row_id,
            )
        linked.append(use)
    return tuple(linked)
