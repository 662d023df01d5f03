"""Restored characters: where the text of a document differs from its source, and what stood there.

Takes the source and the text of an output, gives :class:`Restored` in reading order: in 产业 from
產(chǎn)業 both characters, with ``產(chǎn)業``. The restoring is done again; should it give another
text than the output has, written by another version perhaps, nothing is said.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pipeline.ingest.furniture import find_furniture
from pipeline.normalise import NormalText, normalise_text
from pipeline.normalise.characters import read_codes

_LONGEST_READING = 20  # (zhuàng) and what a broken reading may drag along; furniture is longer


class Restored(NamedTuple):
    """A stretch of the text that the source writes otherwise."""

    start: int
    end: int
    source: str


def find_restored(raw: str, text: str) -> list[Restored]:
    """The stretches that were restored.

    >>> [each.source for each in find_restored("全會發(fā)展產(chǎn)業(yè)。", "全会发展产业。")]
    ['會發(fā)', '產(chǎn)業(yè)']
    """
    if raw == text:
        return []
    normal = _restore(raw, text)
    return _list_stretches(raw, normal) if normal else []


def _restore(raw: str, text: str) -> NormalText | None:
    for captions in (True, False):  # an option of the run that its output does not tell
        normal = normalise_text(raw, find_furniture(raw, captions).spans)
        if normal.text == text:
            return normal
    return None


def _list_stretches(raw: str, normal: NormalText) -> list[Restored]:
    starts, ends = normal.offsets.starts, normal.offsets.ends
    reach = _reach_over_readings(raw, starts, ends)
    same = (reach - starts == 1) & (read_codes(raw)[starts] == read_codes(normal.text))
    places = np.flatnonzero(~same)
    runs = np.split(places, np.flatnonzero(np.diff(places) > 1) + 1) if len(places) else []
    return [
        Restored(int(run[0]), int(run[-1]) + 1, raw[starts[run[0]] : reach[run[-1]]])
        for run in runs
    ]


def _reach_over_readings(
    raw: str, starts: npt.NDArray[np.int64], ends: npt.NDArray[np.int64]
) -> npt.NDArray[np.int64]:
    """Where the source of each character ends, a reading taken out behind it included."""
    following = np.append(starts[1:], ends[-1:])
    reach = ends.copy()
    for at in np.flatnonzero((following > ends) & (following - ends <= _LONGEST_READING)):
        if "\n" not in raw[ends[at] : following[at]]:
            reach[at] = following[at]
    return reach
