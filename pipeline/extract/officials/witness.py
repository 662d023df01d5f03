"""Witness: the names a neural engine read, as evidence beside the rules.

Takes :class:`~pipeline.segment.Segments`, gives a :class:`Witness`: of 局长扁素问主持 the person
扁素问, whose surname no list has. It never makes a row by itself: a rule must find the title, list
or verb of an official beside the name. Without such an engine there is none. Known gap: a name the
engine cut in two has no witness.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from pipeline.segment import Segments


class Witness(NamedTuple):
    """What an engine read in one document.

    Attributes:
        source: The engine, as ``rule`` names it.
        persons: Where each person begins -> where it ends.
        organisations: The organisations by name.
    """

    source: str
    persons: Mapping[int, int]
    organisations: frozenset[str]


def call_witness(segments: Segments) -> Witness | None:
    """The names the engine read; None where it reads none."""
    analysis, text = segments.analysis, segments.text
    if analysis.entities is None:
        return None
    bodies = (entity for entity in analysis.entities if entity.kind == "organisation")
    return Witness(
        analysis.source,
        {entity.start: entity.end for entity in analysis.entities if entity.kind == "person"},
        frozenset(text[body.start : body.end] for body in bodies),
    )
