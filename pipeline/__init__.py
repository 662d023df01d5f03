"""Chinese party and government communiqués as tables.

=========  ==================  ==================================================
stage      takes               gives
=========  ==================  ==================================================
ingest     files               :class:`~pipeline.ingest.Source`
normalise  decoded text        :class:`~pipeline.normalise.NormalText`
segment    normalised text     :class:`~pipeline.segment.Segments`
tag        segments, lexicons  slogan uses
extract    segments, lexicons  plenums, officials, directives, instruments
emit       results             tables, texts, data package, manifest
=========  ==================  ==================================================

For notebooks::

    import pipeline

    tables = pipeline.load("data/processed")
    result = pipeline.process_text("区委五届五次全会指出，要抓好落实。", place="江苏省苏州市相城区")
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from pipeline.running.manifest import program_version

if TYPE_CHECKING:
    from pipeline.emit import OutputError, OutputSummary
    from pipeline.flow import process_text
    from pipeline.ingest import Metadata
    from pipeline.lexicons import LexiconError
    from pipeline.reading import Tables, load
    from pipeline.records import Result
    from pipeline.running.batch import run
    from pipeline.running.recipe import Recipe

__all__ = [
    "LexiconError",
    "Metadata",
    "OutputError",
    "OutputSummary",
    "Recipe",
    "Result",
    "Tables",
    "load",
    "process_text",
    "run",
]

__version__ = program_version()

# Imported when first asked for: who makes tables needs no pandas, who reads them no lexicons.
_HOMES = {
    "LexiconError": "pipeline.lexicons",
    "Metadata": "pipeline.ingest",
    "OutputError": "pipeline.emit",
    "OutputSummary": "pipeline.emit",
    "Recipe": "pipeline.running.recipe",
    "Result": "pipeline.records",
    "Tables": "pipeline.reading",
    "load": "pipeline.reading",
    "process_text": "pipeline.flow",
    "run": "pipeline.running.batch",
}

if not TYPE_CHECKING:  # a checker would take it that there is every name

    def __getattr__(name: str) -> Any:
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        found = globals()[name] = getattr(import_module(_HOMES[name]), name)
        return found

    def __dir__() -> list[str]:
        return sorted({*globals(), *_HOMES})
