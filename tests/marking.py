"""The directives of short texts, and ⟦ and ⟧ around them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from building import fill, segment

from pipeline.extract.directives import extract_directives
from pipeline.lexicons import Lexicons
from pipeline.records import Directive, Official, Plenum, SloganUse
from pipeline.setting import Setting
from pipeline.spans import Span


def read(
    lexicons: Lexicons,
    text: str,
    people: Sequence[str] = (),
    *,
    headline: bool = False,
    slogans: Sequence[SloganUse] = (),
) -> list[Directive]:
    """The directives of a text; people are the names in it that hold an office."""
    officials = [
        fill(Official, name=name, text=name, start=match.start(), end=match.end(), roles=[])
        for name in people
        for match in re.finditer(name, text)
    ]
    own = [
        fill(Plenum, name="本会", start=match.start(), end=match.end(), is_self=True)
        for match in re.finditer("第[一-龥]+全体会议", text)
    ]
    setting = Setting(
        title="",
        headline=Span(0, text.index("\n")) if headline else None,
        published="",
        event_date="",
        date=None,
        place=None,
        byline=(),
        byline_spans=(),
        issues=(),
    )
    officials.sort(key=lambda official: official.start)
    found = extract_directives(segment(text), setting, own, officials, slogans, lexicons)
    return [row for row in found if isinstance(row, Directive)]


def mark(text: str, rows: Sequence[Directive]) -> str:
    """The text with ⟦ and ⟧ around its directives."""
    pieces, at = [], 0
    for row in rows:
        pieces += [text[at : row.start], "⟦", row.text, "⟧"]
        at = row.end
    return "".join([*pieces, text[at:]])


def unmark(marked: str) -> str:
    return marked.replace("⟦", "").replace("⟧", "")
