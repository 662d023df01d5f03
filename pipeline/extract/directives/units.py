"""From openings to directives: where each ends, and its fields.

Takes clauses with their openings, gives :class:`Unit` items: one ends at ``；``, at the end of
its sentence or where the next one begins, without closing marks and without what only leads over
to the next (更, 对此).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pipeline.extract.directives.issuers import Frame
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


def cut_units(opened: Iterable[Opened]) -> Iterator[Unit]:
    """The directives of a document, in reading order."""
    begun: Opened | None = None
    end = bridged = 0
    for one in opened:
        governed, opening = one.governed, one.opening
        clause = governed.clause
        if begun and begun.opening:
            breaks = clause.level or governed.fresh or governed.turns
            breaks = breaks or _differ(governed.frame, begun.governed.frame)
            if breaks or opening:
                yield _close_unit(begun, begun.opening, end if breaks or not bridged else bridged)
                begun, bridged = None, 0
            else:
                bridged = (bridged or end) if _BRIDGE_PATTERN.match(clause.text) else 0
                end = clause.end
        if opening:
            begun, end = one, clause.end
    if begun and begun.opening:
        yield _close_unit(begun, begun.opening, end)


def _differ(frame: Frame | None, other: Frame | None) -> bool:
    return frame is not other and frame != other


def _close_unit(begun: Opened, opening: Opening, end: int) -> Unit:
    return Unit(opening.start, end, opening, begun.governed.frame, begun.item)
