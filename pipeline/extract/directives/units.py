"""From openings to directives: where each ends, and its fields.

Takes clauses with their openings, gives :class:`Unit` items: one ends at ``；``, at the end of
its sentence or where the next one begins, without closing marks and without what only leads over
to the next (更, 对此).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from pipeline.extract.directives.clauses import Clause
from pipeline.extract.directives.issuers import Frame, Governed
from pipeline.extract.directives.modality import Opening
from pipeline.extract.directives.openings import Opened


class Unit(NamedTuple):
    """A directive: where it begins and ends, what opened it, what governs it, its ordinal."""

    start: int
    end: int
    opening: Opening
    frame: Frame | None
    item: int | None


# A clause that only leads over to the next directive.
_BRIDGE_PATTERN = re.compile(
    r"(?:对|对于|对待|针对|面对|关于|同时|此外|另外|特别是|尤其是|其中|当前|首先|其次|最后|与此同时|下一步|[今明]年|今后)"
)


def cut_units(
    opened: Iterable[Opened], clauses: Sequence[Clause], governed: Mapping[int, Governed | None]
) -> Iterator[Unit]:
    """The directives of a document, in reading order.

    Args:
        opened: The clauses in which something begins.
        clauses: All clauses.
        governed: What governs them, by place, where it changes.
    """
    begun: Opened | None = None
    for one in opened:
        if begun and begun.opening:
            breaks = one.breaks or _differ(one.frame, begun.frame)
            if breaks or one.opening:
                last = _find_last(clauses, governed, begun.place, one.place, bridge=not breaks)
                yield _close_unit(begun, begun.opening, clauses[last].end)
                begun = None
        if one.opening:
            begun = one
    if begun and begun.opening:
        last = _find_last(clauses, governed, begun.place, len(clauses), bridge=False)
        yield _close_unit(begun, begun.opening, clauses[last].end)


def _find_last(
    clauses: Sequence[Clause],
    governed: Mapping[int, Governed | None],
    first: int,
    upto: int,
    *,
    bridge: bool,
) -> int:
    """The last clause of a directive before another place, clauses that lead over to it aside."""
    last = upto - 1
    while last > first:
        clause: Clause | None = clauses[last]
        if last in governed:
            one = governed[last]
            clause = one.clause if one else None
        if clause and not (bridge and _BRIDGE_PATTERN.match(clause.text)):
            break
        last -= 1
    return last


def _differ(frame: Frame | None, other: Frame | None) -> bool:
    return frame is not other and frame != other


def _close_unit(begun: Opened, opening: Opening, end: int) -> Unit:
    return Unit(opening.start, end, opening, begun.frame, begun.item)
