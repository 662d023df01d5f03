"""Small outputs to export, with cells that are hard to hold."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from building import fill

from pipeline.emit import write_output
from pipeline.records import Directive, Document, Official, Plenum, Result, SloganUse

COMPUTED = [
    "=1+1",
    "+3",
    "-5%",
    "@某",
    "\t=1",
    "\r=1",
    "＝1",
    "＋增长",
    "－5%",
    "＠某",
    " =1+1",
    "'=1",
]
AWKWARD = [
    "甲\n乙",
    "甲\r\n乙",
    '他说："好"',
    "甲,乙;丙",
    " 两端 ",
    "𠮷\u3000",
    "_x0041_",
    "NULL",
    "NA",
    *COMPUTED,
]


def write(folder: Path, names: Sequence[str], **document: Any) -> Path:
    """An output of one document that names people as given."""
    officials = tuple(
        fill(Official, doc_id="甲", row_id=f"{at}-{at}", name=name) for at, name in enumerate(names)
    )
    result = Result(
        raw="區委",
        text="区委",
        document=fill(Document, doc_id="甲", **document),
        plenums=(fill(Plenum, doc_id="甲", term=None, start_date=None),),
        officials=officials,
        directives=(fill(Directive, doc_id="甲"),),
        slogans=(
            fill(SloganUse, doc_id="甲"),
            fill(SloganUse, doc_id="甲", row_id="1-2", directive_id=""),
        ),
        candidates=(),
        instruments=(),
        issues=(),
    )
    write_output([result], folder, {"version": "0"}, "parquet")
    return folder
