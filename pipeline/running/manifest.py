"""What reproduces a run: versions, engine, lexicons and the metadata given for all documents."""

from __future__ import annotations

import dataclasses
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # whoever asks for the version alone needs none of them
    from pipeline.ingest import Metadata
    from pipeline.lexicons import Lexicons
    from pipeline.segment.engines import Engine

# The libraries whose results stand in the tables; another version may change them.
LIBRARIES = (
    "ahocorasick-rs",
    "cn2an",
    "jieba",
    "opencc",
    "openpyxl",
    "pyarrow",
    "pypdf",
    "python-docx",
    "regex",
    "trafilatura",
)


@cache
def program_version() -> str:
    """Version of this program."""
    try:
        return version("communique-pipeline")
    except PackageNotFoundError:
        return "unknown"


def describe_run(lexicons: Lexicons, engine: Engine, given: Metadata) -> dict[str, Any]:
    """The part of ``manifest.json`` that is known before the run.

    Neither time nor place of the run stands in it: the same inputs give the same bytes.
    """
    return {
        "program": "communique-pipeline",
        "version": program_version(),
        "engine": engine.name,
        "lexicons": lexicons.digest,
        "lexicon_layers": [layer._asdict() for layer in lexicons.layers],
        "libraries": {name: version(name) for name in (*LIBRARIES, *engine.libraries)},
        "given": dataclasses.asdict(given),
    }
