"""The whole pipeline on one screen.

ingest → normalise → segment → (setting) → tag → extract → emit. A document goes through
alone; nothing but the lexicons and the engine is shared, so the same function serves one
document, a process pool and a notebook. Slogans, plenums and the spans of directives rest on
characters and rules alone, whichever the engine; what a neural engine read is weighed last.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from pipeline.candidates import find_candidates
from pipeline.extract import separate_issues
from pipeline.extract.directives import extract_directives
from pipeline.extract.directives.predicates import read_actions
from pipeline.extract.documents import describe_document
from pipeline.extract.instruments import extract_instruments
from pipeline.extract.officials import extract_officials
from pipeline.extract.officials.witness import call_witness
from pipeline.extract.plenums import extract_plenums
from pipeline.ingest import Metadata, Source
from pipeline.ingest.admit import admit_text
from pipeline.ingest.entry import Entry
from pipeline.lexicons import Lexicons
from pipeline.normalise import normalise_text
from pipeline.records import Result
from pipeline.running.recipe import DEFAULT_RECIPE, Recipe, prepare
from pipeline.segment import Segments, segment_text
from pipeline.segment.engines import Engine
from pipeline.setting import find_setting
from pipeline.tag import describe_slogans, find_slogans

if TYPE_CHECKING:
    import pyarrow as pa


def process_document(
    source: Source, lexicons: Lexicons, engine: Engine, tokens: bool = False
) -> Result:
    """Take one document through every stage from normalise to extract."""
    normal = normalise_text(source.raw, source.furniture)
    segments = segment_text(source.doc_id, normal, engine)
    setting = find_setting(segments, source.metadata, lexicons)
    slogans = tuple(find_slogans(segments, setting, lexicons))
    plenums, plenum_issues = separate_issues(extract_plenums(segments, setting, lexicons))
    document = describe_document(source, normal, segments, setting, plenums, engine, lexicons)
    officials, official_issues = separate_issues(extract_officials(segments, setting, lexicons))
    instruments, instrument_issues = separate_issues(extract_instruments(segments, lexicons))
    directives, directive_issues = separate_issues(
        extract_directives(segments, setting, plenums, officials, slogans, lexicons, document.body)
    )
    if engine.weighs_evidence and (witness := call_witness(segments)):
        weighed = extract_officials(segments, setting, lexicons, witness)
        officials, official_issues = separate_issues(weighed)
    if engine.weighs_evidence:
        directives = tuple(read_actions(directives, segments.analysis))
    doubts = [segments.issue("normalise", *doubt) for doubt in normal.doubts]
    return Result(
        raw=source.raw,
        text=normal.text,
        document=document,
        plenums=plenums,
        officials=officials,
        directives=directives,
        slogans=tuple(describe_slogans(segments, slogans, directives, lexicons)),
        candidates=tuple(find_candidates(segments, slogans)),
        instruments=instruments,
        issues=(
            *doubts,
            *setting.issues,
            *plenum_issues,
            *official_issues,
            *instrument_issues,
            *directive_issues,
        ),
        tokens=_list_tokens(segments) if tokens else None,
    )


def _list_tokens(segments: Segments) -> pa.RecordBatch:
    from pipeline.segment.tokens import list_tokens  # with Arrow, which no stage needs

    return list_tokens(segments)


def process_text(
    raw: str,
    place: str | None = None,
    published: str | None = None,
    *,
    url: str | None = None,
    doc_id: str = "text",
    recipe: Recipe = DEFAULT_RECIPE,
) -> Result:
    """Process one text without files.

    Args:
        raw: The text as found, damaged or clean.
        place: Full name of its place, e.g. 江苏省苏州市相城区.
        published: Date of publication, ISO 8601.
        url: Address it came from.
        doc_id: What the rows call the document.
        recipe: Lexicons and engine; whether words are wanted in ``.tokens``.

    Returns:
        The normalised ``.text`` and rows: ``.document``, ``.plenums``, ``.officials``,
        ``.directives``, ``.slogans``, ``.instruments``, ``.candidates``, ``.issues``.

    Raises:
        ValueError: If ``published`` is no ISO date, or the text is empty or unfit, or the engine
            cannot be used.
    """
    metadata = Metadata(url=url or "", place=place or "", published=published or "")
    content = raw.encode("utf-8", "surrogatepass")
    digest = hashlib.sha256(content).hexdigest()
    entry = Entry(doc_id, content, digest, metadata, recipe.given, recipe.reading)
    source = admit_text(entry, raw, "str")
    return process_document(source, *prepare(recipe), tokens=recipe.tokens)
