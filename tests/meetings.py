"""The references to assemblies in a text, as the tests ask for them."""

from __future__ import annotations

from building import segment

from pipeline.extract.plenums import extract_plenums
from pipeline.ingest.source import Metadata
from pipeline.lexicons import Lexicons
from pipeline.records import Issue, Plenum
from pipeline.setting import find_setting

DISTRICT = "江苏省苏州市相城区"


def extract(
    text: str, lexicons: Lexicons, place: str = DISTRICT, published: str = "2023-08-02"
) -> tuple[list[Plenum], list[Issue]]:
    segments = segment(text)
    setting = find_setting(segments, Metadata(place=place, published=published), lexicons)
    rows = list(extract_plenums(segments, setting, lexicons))
    return (
        [row for row in rows if isinstance(row, Plenum)],
        [row for row in rows if isinstance(row, Issue)],
    )
