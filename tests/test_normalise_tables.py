"""A scrambled copy gives the tables of its clean twin; only the places in the source differ."""

from __future__ import annotations

import dataclasses
import json
import random
from pathlib import Path

import pytest
from scrambler import gloss_text, make_site, scramble_text, shows_tool

from pipeline import process_text
from pipeline.normalise import normalise_text
from pipeline.records import CandidateUse, Record, Result

TWINS = (
    "dev_01_fuzhou_gulou_plenum",
    "dev_06_yongxing_town_congress",
    "dev_07_shaanxi_water_department",
    "dev_14_yunhe_plenum_enlarged",
)
TABLES = ("plenums", "officials", "directives", "slogans", "instruments", "candidates")
Row = dict[str, object]
OF_THE_SOURCE = ("raw_start", "raw_end", "sha256", "script", "repaired")


def list_rows(result: Result) -> dict[str, list[Row]]:
    """All rows without what tells of the source; of the issues those about the text."""
    rows = {table: [_read_row(row) for row in getattr(result, table)] for table in TABLES}
    rows["documents"] = [_read_row(result.document)]
    rows["issues"] = [_read_row(row) for row in result.issues if row.stage != "normalise"]
    return rows


def _read_row(row: Record | CandidateUse) -> Row:
    cells = dataclasses.asdict(row) if isinstance(row, Record) else row._asdict()
    return {name: cell for name, cell in cells.items() if name not in OF_THE_SOURCE}


@pytest.mark.parametrize("name", TWINS)
def test_labelled_twins(name: str, shared: Path) -> None:
    clean, copy = (
        json.loads((shared / "gold" / f"{name}{kind}.json").read_text("utf-8"))
        for kind in ("", "_scrambled")
    )
    assert list_rows(process_text(copy["raw"])) == list_rows(process_text(clean["clean"]))


def test_the_communique_the_project_began_with(shared: Path) -> None:
    raw = next((shared / "seed").glob("0*.txt")).read_text("utf-8")
    clean = (shared / "seed" / "seed_clean.txt").read_text("utf-8")
    assert list_rows(process_text(raw)) == list_rows(process_text(clean))


@pytest.mark.parametrize("aligned", [True, False])
@pytest.mark.parametrize("size", [40, 150])
def test_samples(samples: Path, size: int, aligned: bool) -> None:
    compared = 0
    for seed, path in enumerate(sorted(samples.glob("*/*.txt"))):
        text = normalise_text(path.read_text("utf-8")).text
        site = make_site(random.Random(seed), size)
        scramble = gloss_text if aligned else scramble_text
        raw = scramble(text, site, *(() if aligned else (random.Random(seed),)))
        # Widths that scrambling loses, and what nobody can know, are no matter of the tables.
        if shows_tool(text, site) and normalise_text(raw).text == text:
            assert list_rows(process_text(raw)) == list_rows(process_text(text))
            compared += 1
    assert compared >= 5
