"""Restore the text: from what a collector has to what was once printed, with a map back.

Takes the decoded source, gives a ``NormalText``: 習(xí)近平總書記 becomes 习近平总书记, and every
character knows where it came from. The steps, each a module, each left out where the text shows no
trace of what it mends:

1. ``descramble``: readings that a tool inserted are taken out, and what it broke is put right;
2. ``simplify``: traditional characters become simplified ones;
3. ``blanks``, ``widths``, ``punctuation``: the layout of a page becomes that of a text.

Clean simplified text passes unchanged. Menus and other furniture of a page are left to ``ingest``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.normalise.blanks import join_spaced, trim_paragraphs
from pipeline.normalise.characters import survey_text
from pipeline.normalise.descramble import Inference, descramble_draft
from pipeline.normalise.draft import Applied, Change, Draft
from pipeline.normalise.glosses import BRACKET_PATTERN
from pipeline.normalise.punctuation import (
    close_gaps,
    is_to_widen,
    settle_dots,
    widen_brackets,
    widen_marks,
)
from pipeline.normalise.simplify import name_script, simplify_text
from pipeline.normalise.widths import narrow_letters, write_zeros
from pipeline.spans import Edit, OffsetMap, Span, edit_text

__all__ = ["Change", "Doubt", "NormalText", "normalise_text", "restore_name"]


class Doubt(NamedTuple):
    """A place of the normalised text that was inferred, not read."""

    reason: str
    message: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class NormalText:
    """A restored text.

    Attributes:
        text: The text in simplified characters, without inserted readings.
        offsets: For every character the stretch of the source it came from.
        script: What the source was written in: ``simplified``, ``traditional`` or ``mixed``.
        repaired: How many inserted readings were taken out and damaged passages put right.
        doubts: Places that were inferred.
        applied: What each step did.
    """

    text: str
    offsets: OffsetMap
    script: str
    repaired: int
    doubts: tuple[Doubt, ...] = ()
    applied: tuple[Applied, ...] = ()

    def list_changes(self) -> Iterator[Change]:
        """Every change, step by step, with its place in the source.

        >>> [change[0::3] for change in normalise_text("會議,全會,大會。").list_changes()][:2]
        [('simplify', '會議'), ('simplify', '會')]
        """
        for step in self.applied:
            yield from step.list_changes()


def normalise_text(raw: str, furniture: Sequence[Span] = ()) -> NormalText:
    """Restore a decoded source.

    Args:
        raw: The source.
        furniture: Stretches of it that belong to the page, in order; they are left out.

    >>> normalise_text("全會強調(diào),要發(fā)展產(chǎn)業(yè)。").text
    '全会强调，要发展产业。'
    """
    draft = Draft(raw)
    draft.apply("furniture", (Edit(*span, "") for span in furniture))
    survey = survey_text(draft.text)
    found = descramble_draft(draft, survey)
    draft.apply("simplify", simplify_text(draft.text, survey))
    draft.apply("blanks", trim_paragraphs(draft.text, survey))
    draft.apply("blanks", join_spaced(draft.text))
    draft.apply("widths", narrow_letters(draft.text, survey))
    draft.apply("widths", write_zeros(draft.text))
    draft.apply("punctuation", settle_dots(draft.text, survey))
    if is_to_widen(draft.text, survey, found.repaired > 0):
        for widen in (widen_brackets, close_gaps, widen_marks):
            draft.apply("punctuation", widen(draft.text))
    offsets = draft.offsets
    doubts = tuple(_place_doubt(offsets, inference) for inference in found.inferences)
    applied = tuple(draft.applied)
    return NormalText(draft.text, offsets, name_script(survey), found.repaired, doubts, applied)


def restore_name(name: str, normal: NormalText) -> str:
    """A name that stands outside the text, in the form the text has.

    >>> restore_name("區(qū)委辦公室", normalise_text("產(chǎn)業(yè)和規(guī)劃(huà)"))
    '区委办公室'
    """
    if normal.script != "traditional":
        return name
    bare = BRACKET_PATTERN.sub("", name) if normal.repaired else name
    return edit_text(bare, simplify_text(bare, survey_text(bare)))


def _place_doubt(offsets: OffsetMap, inference: Inference) -> Doubt:
    """An inference about the source as a doubt about the text."""
    return Doubt(inference.reason, inference.message, *offsets.text_span(*inference.source))
