"""Uses of unlisted formulations, counted up to the table of candidates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.records import Candidate, CandidateUse, Result


@dataclass(slots=True)
class _Count:
    first: CandidateUse
    doc_id: str
    first_date: str
    count: int = 0
    documents: int = 0


class CandidateCounter:
    """Counts uses over documents that come in the order of their ids."""

    def __init__(self) -> None:
        self._counts: dict[str, _Count] = {}

    def add(self, result: Result) -> None:
        """Count the uses of one document."""
        document = result.document
        dated = max(document.published, document.event_date.partition("/")[0], key=len)
        seen: set[str] = set()
        for use in result.candidates:
            count = self._counts.setdefault(use.text, _Count(use, document.doc_id, dated))
            count.count += 1
            if use.text not in seen:
                seen.add(use.text)
                count.documents += 1
                count.first_date = min(filter(None, (count.first_date, dated)), default="")

    def candidates(self) -> Iterator[Candidate]:
        """The table: most documents first, then most uses, then by text."""
        ranked = sorted(
            self._counts.items(), key=lambda pair: (-pair[1].documents, -pair[1].count, pair[0])
        )
        for text, count in ranked:
            yield Candidate(
                text=text,
                kind=count.first.kind,
                count=count.count,
                documents=count.documents,
                first_date=count.first_date,
                doc_id=count.doc_id,
                start=count.first.start,
                end=count.first.end,
                raw_start=count.first.raw_start,
                raw_end=count.first.raw_end,
            )
