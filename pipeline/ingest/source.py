"""What ingest gives: one document as it was found, before anything is changed."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from datetime import date
from typing import Final

from pipeline.spans import Span

_YEAR_PATTERN: Final = re.compile(r"(?:19|20)\d\d\Z")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of a document from outside its text.

    Attributes:
        title: Headline.
        url: Address it came from.
        source: Publisher.
        published: Date of publication, ISO 8601; the year alone where no more is known.
        place: Full name of its place, e.g. 江苏省苏州市相城区.
    """

    title: str = ""
    url: str = ""
    source: str = ""
    published: str = ""
    place: str = ""

    def __post_init__(self) -> None:
        """Refuse a date that is none.

        Raises:
            ValueError: If ``published`` is no ISO date.
        """
        if self.published and not _YEAR_PATTERN.match(self.published):
            date.fromisoformat(self.published)

    def completed_by(self, other: Metadata) -> Metadata:
        """These values, and those of ``other`` where this has none."""
        names = [field.name for field in fields(self)]
        return Metadata(**{name: getattr(self, name) or getattr(other, name) for name in names})


@dataclass(frozen=True, slots=True)
class Source:
    """A document as decoded.

    Attributes:
        doc_id: Path below the input folder, without extension; ``path#id`` for a record in a file.
        path: Path below the input folder; goes on into archives (``a.zip/b.txt``) and records
            (``a.csv#7``).
        sha256: Digest of the bytes read: those of the file, or of the member of an archive.
        encoding: What they were decoded with.
        raw: The decoded text. Of HTML, docx and PDF it is the text taken out, one paragraph a line.
        metadata: What is known from outside the text.
        furniture: Stretches of ``raw`` that belong to the page, not to the text; in order, not
            overlapping.
        byline: Names of reporters in the furniture (作者：林语岚).
    """

    doc_id: str
    path: str
    sha256: str
    encoding: str
    raw: str
    metadata: Metadata
    furniture: tuple[Span, ...] = ()
    byline: tuple[str, ...] = ()
