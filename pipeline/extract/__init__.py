"""Extract: plenums, officials, instruments and directives, each found first and resolved second.

Every extractor takes :class:`~pipeline.segment.Segments`, the document's setting and the lexicons,
and yields rows in reading order, mixed with issues about what it could not decide.
"""

from __future__ import annotations

from collections.abc import Iterable
from operator import attrgetter
from typing import TypeVar

from pipeline.records import Issue, Mention

MentionT = TypeVar("MentionT", bound=Mention)
_find_span = attrgetter("start", "end")


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
