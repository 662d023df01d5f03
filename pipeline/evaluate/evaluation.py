"""The whole evaluation: labels in, figures and faults out.

Takes labelled documents and either a way to process them or an output folder, gives
:class:`Evaluation`. A document is processed from ``raw`` and its address alone, as a collector
would have it: neither the place nor the date of 鼓楼区委全会 is told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pipeline.evaluate.alignment import align_page, describe_difference
from pipeline.evaluate.faults import Fault, list_faults
from pipeline.evaluate.found import Process, read_output, read_result
from pipeline.evaluate.gold import MENTIONS, Labelled, Page, read_gold
from pipeline.evaluate.matching import pair_rows
from pipeline.evaluate.scores import (
    ALL,
    FieldScore,
    Group,
    Judged,
    Score,
    score_fields,
    score_tables,
)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How near the tables come to the labels.

    Attributes:
        documents: The documents with what was found in them.
        scores: Figures of tables, by measure and group.
        fields: Figures of columns.
        faults: Every row missed, wrong or differing.
    """

    documents: tuple[Judged, ...]
    scores: tuple[Score, ...]
    fields: tuple[FieldScore, ...]
    faults: tuple[Fault, ...]

    @property
    def remarks(self) -> list[str]:
        """What stood in the way of a fair comparison, with the document."""
        return [
            f"{judged.labelled.doc_id}: {remark}"
            for judged in self.documents
            for remark in judged.remarks
        ]

    def figures(self, group: Group = ALL) -> dict[str, float]:
        """The F1 of every measure and the accuracy of every column, by name.

        Names are ``plenums.strict`` for a measure and ``directives/force`` for a column.
        """
        measures = {f"{s.table}.{s.measure}": s.f1.value for s in self.scores if s.group == group}
        fields = {
            f"{s.table}/{s.column}": s.accuracy.value for s in self.fields if s.group == group
        }
        return {name: value for name, value in (measures | fields).items() if value is not None}

    def as_json(self) -> dict[str, Any]:
        """Everything as plain values, ready for ``json.dumps``."""
        return {
            "documents": [judged.labelled.doc_id for judged in self.documents],
            "remarks": self.remarks,
            "scores": [_flatten(score) for score in self.scores],
            "fields": [_flatten(field) for field in self.fields],
            "faults": [asdict(fault) for fault in self.faults],
        }


def evaluate(gold: Path, against: Path | None, process: Process) -> Evaluation:
    """Measure the pipeline, or an output it wrote, against labelled documents.

    Args:
        gold: A labelled document, or a folder of them.
        against: An output folder whose ``doc_id`` are the ids of the labels; None to process anew.
        process: Processes a document: ``process(doc_id, raw, url)``.

    Raises:
        GoldError: If a label cannot be used.
        ValueError: If the folder is no output folder.
    """
    labelled = read_gold(gold)
    pages = read_output(against) if against else _process_all(labelled, process)
    judged = tuple(_judge_document(one, pages.get(one.doc_id)) for one in labelled)
    return Evaluation(
        documents=judged,
        scores=tuple(score_tables(judged)),
        fields=tuple(score_fields(judged)),
        faults=tuple(fault for page in judged for fault in list_faults(page)),
    )


def _process_all(labelled: list[Labelled], process: Process) -> Mapping[str, Page]:
    return {one.doc_id: read_result(process(one.doc_id, one.raw, one.url)) for one in labelled}


def _judge_document(labelled: Labelled, page: Page | None) -> Judged:
    gold = labelled.gold
    found = page or Page(gold.text, {}, {kind.table: [] for kind in MENTIONS})
    remark = describe_difference(found.text, gold.text) if page else "is not in the output"
    aligned = align_page(found, gold.text)
    return Judged(
        labelled,
        {table: pair_rows(rows, aligned.tables[table]) for table, rows in gold.tables.items()},
        {name: (cell, found.document.get(name)) for name, cell in gold.document.items()},
        (remark,) if remark else (),
    )


def _flatten(score: Score | FieldScore) -> dict[str, Any]:
    plain = asdict(score)
    by, value = plain.pop("group")
    return {"by": by, "group": value, **plain}
