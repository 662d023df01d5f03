"""Undo what tools that insert readings did to a text.

Takes a draft, leaves it without inserted readings and gives inferences: 產(chǎn)業(yè) becomes
產業, 融入?yún)^(qū)域 融入區域. A text without evidence of such a tool is left alone. What goes
with such a text is mended too: a reading cut off at its end, doubled commas, the end of a tag
(/p>), the 〇 that some sites lose (二三五年).
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from pipeline.normalise.characters import Survey
from pipeline.normalise.draft import Draft
from pipeline.normalise.glosses import BROKEN_PATTERN, LETTERS, weigh_readings
from pipeline.normalise.shifts import Repair, repair_shifts
from pipeline.spans import Edit, Span

# What shows damage that was not repaired: a broken reading, or a ? before a mark.
LEFT_PATTERN: Final = re.compile(rf"{BROKEN_PATTERN.pattern}|\?(?=[；：，;:,])")
CUT_PATTERN: Final = re.compile(rf"\([{LETTERS}]{{0,6}} ?\Z")
COMMAS_PATTERN: Final = re.compile(",{2,}|，{2,}")
TAG_PATTERN: Final = re.compile(r"</?(?:p|br|div|span) ?/?>|(?<![<\w])(?:/p|/div|br ?/?)>")
LOST_ZERO_PATTERN: Final = re.compile(
    "二(?<![〇一二三四五六七八九十百千第]二)(?=[一二三四五][一二三四五六七八九]年)"
)


class Inference(NamedTuple):
    """A stretch of the source where something was inferred."""

    reason: str
    message: str
    source: Span


class Descrambled(NamedTuple):
    """How many readings and damaged passages were undone, and what had to be inferred."""

    repaired: int
    inferences: tuple[Inference, ...] = ()


def descramble_draft(draft: Draft, survey: Survey) -> Descrambled:
    """Take out every inserted reading and mend what they damaged.

    >>> from pipeline.normalise.characters import survey_text
    >>> draft = Draft("產(chǎn)業(yè)融入?yún)^(qū)域")
    >>> descramble_draft(draft, survey_text(draft.text)).repaired
    3
    >>> draft.text
    '產業融入區域'
    """
    evidence = weigh_readings(draft.text, survey)
    if evidence.tool == "none":
        return Descrambled(0)
    draft.cut("readings", evidence.starts, evidence.ends)
    repairs = list(repair_shifts(draft.text)) if evidence.tool == "toned" else []
    inferences = [_infer(draft, *_describe_repair(repair)) for repair in repairs]
    draft.apply("passages", [edit for repair in repairs for edit in repair.edits])
    left = "damaged by an inserted reading; left as it stands"
    broken = LEFT_PATTERN.finditer(draft.text)
    inferences += [_infer(draft, "damage_left", left, Span(*found.span())) for found in broken]
    zeros = [Edit(*found.span(), "二〇") for found in LOST_ZERO_PATTERN.finditer(draft.text)]
    supplied = "〇 supplied in the name of a year"
    inferences += [_infer(draft, "zero_lost", supplied, Span(*zero[:2])) for zero in zeros]
    draft.apply("remains", zeros)
    draft.apply("remains", _clear_remains(draft.text))
    return Descrambled(len(evidence.starts) + len(repairs), tuple(inferences))


def _describe_repair(repair: Repair) -> tuple[str, str, Span]:
    taken = repair.restored.strip()
    span = Span(repair.edits[0].start, repair.edits[-1].end)
    if "?" in taken:
        return "sign_lost", f"bytes were lost; taken for {taken}, where ? is a digit", span
    return "byte_lost", f"bytes were lost; taken for {taken}", span


def _infer(draft: Draft, reason: str, message: str, span: Span) -> Inference:
    return Inference(reason, message, draft.offsets.source_span(*span))


def _clear_remains(text: str) -> list[Edit]:
    """Edits for what else such a tool left behind; no pattern can meet another's place."""
    edits = [Edit(*cut.span(), "") for cut in CUT_PATTERN.finditer(text, max(0, len(text) - 8))]
    if ",," in text or "，，" in text:
        edits += [Edit(*found.span(), found[0][0]) for found in COMMAS_PATTERN.finditer(text)]
    if ">" in text:
        edits += [Edit(*found.span(), "\n") for found in TAG_PATTERN.finditer(text)]
    return sorted(edits)
