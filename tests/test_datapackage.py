"""The data package, read by the library of its standard."""

from __future__ import annotations

import csv
import json
import warnings
from pathlib import Path
from typing import Any

import pytest

from pipeline.reading import load
from pipeline.records import TABLES, columns

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # of the library's own, when it is imported
    import frictionless


def validate(folder: Path) -> list[str]:
    """Faults the library finds, each with its table and kind."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        report = frictionless.validate(str(folder / "datapackage.json"))
    own = [f"package: {error.type}" for error in report.errors]
    return own + [f"{task.name}: {error.type}" for task in report.tasks for error in task.errors]


@pytest.fixture
def copy(sample_output: Path, tmp_path: Path) -> Path:
    """An output that may be spoilt."""
    for path in sample_output.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    return tmp_path


def test_a_real_output_is_valid(sample_output: Path) -> None:
    assert len(load(sample_output)["directives"]) > 50
    assert validate(sample_output) == []


def spoil(path: Path, column: str, cell: str | None) -> None:
    """Write one cell anew; None repeats the first row instead."""
    with path.open(encoding="utf-8", newline="") as lines:
        header, *rows = csv.reader(lines)
    if cell is None:
        rows.append(rows[0])
    else:
        rows[0][header.index(column)] = cell
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *rows])


@pytest.mark.parametrize(
    ("table", "column", "cell", "fault"),
    [
        ("directives", "start", "viele", "type-error"),
        ("directives", "force", "perhaps", "constraint-error"),
        ("directives", "start", "", "constraint-error"),
        ("plenums", "is_self", "ja", "type-error"),
        ("slogans", "doc_id", "nowhere", "foreign-key"),
        ("slogans", "", None, "primary-key"),
    ],
)
def test_a_fault_is_found(
    copy: Path, table: str, column: str, cell: str | None, fault: str
) -> None:
    spoil(copy / f"{table}.csv", column, cell)
    assert f"{table}: {fault}" in validate(copy)


def test_every_column_is_described(sample_output: Path) -> None:
    package: dict[str, Any] = json.loads(
        (sample_output / "datapackage.json").read_text(encoding="utf-8")
    )
    described = {
        resource["name"]: [field["name"] for field in resource["schema"]["fields"]]
        for resource in package["resources"]
    }
    assert described == {kind.table: [column.name for column in columns(kind)] for kind in TABLES}
