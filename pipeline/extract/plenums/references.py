"""References: what a passage says about a meeting, before anyone asks which meeting it is."""

from __future__ import annotations

from typing import NamedTuple

from pipeline.records import PlenumKind
from pipeline.registries.places import PlaceMention


class Reference(NamedTuple):
    """A reference to a meeting at ``[start, end)``, as printed.

    Attributes:
        rule: What found it.
        kind: Sort of assembly.
        unit: Type word of the unit that met (省, 市, 区 …), 全国 for the nation, else empty.
        named: The place printed with it, as found by the gazetteer.
        township: The name of a township printed with it.
        term: 届, as printed or taken over from the reference before it.
        session: 次.
        year: Year of a numbering that starts anew each year (2022年第21次会议).
        theme: What a conference is about, or which form of committee meets.
    """

    start: int
    end: int
    rule: str
    kind: PlenumKind
    unit: str = ""
    named: PlaceMention | None = None
    township: str = ""
    term: int | None = None
    session: int | None = None
    year: int | None = None
    theme: str = ""
