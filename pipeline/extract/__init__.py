"""Extract: plenums, officials, instruments and directives, each found first and resolved second.

Every extractor takes :class:`~pipeline.segment.Segments`, the document's setting and the lexicons,
and yields rows in reading order, mixed with issues about what it could not decide.
"""

from __future__ import annotations

import dataclasses
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import TypeVar

from pipeline.records import Directive, Issue, Mention, SloganUse

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
    return tuple(sorted(mentions, key=lambda mention: (mention.start, mention.end))), tuple(issues)


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
            use = dataclasses.replace(use, directive_id=directives[nearest].row_id)
        linked.append(use)
    return tuple(linked)
