"""One definition of every table: what it promises holds wherever columns are used."""

from __future__ import annotations

import csv
import dataclasses
import json
import re
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from building import fill

from pipeline.arrow import arrow_schema, cell_reader
from pipeline.emit import write_output
from pipeline.emit.datapackage import describe_package
from pipeline.records import TABLES, Mention, Passage, Record, columns

EVERY_TABLE = pytest.mark.parametrize("kind", TABLES, ids=lambda kind: kind.table)

# The codebook's columns, in its order; a table may add columns of its own after them.
CODEBOOK = {
    "documents": "doc_id path sha256 encoding script repaired title url published event_date place "
    "adcode level body meeting byline chars sentences",
    "plenums": "kind name body place adcode term session start_date end_date is_self relation",
    "officials": "name title title_resolved organisation roles person_id mention order",
    "directives": "speech_act issuer issuer_name addressee modality force action deadline item "
    "slogans",
    "slogans": "slogan_id canonical category level place variant quoted directive_id",
    "candidates": "text kind count documents",
    "instruments": "title relation type",
    "issues": "doc_id",
    "rejects": "path",
}

_EXAMPLE_PATTERNS = {
    "integer": re.compile(r"\d+"),
    "boolean": re.compile(r"true|false"),
    "date": re.compile(r"\d{4}-\d{2}-\d{2}"),
    "string": re.compile(r".+"),
    "list": re.compile(r"[^;]+(;[^;]+)*"),
}


def test_tables_are_those_of_the_codebook_in_its_order() -> None:
    expected = (
        "documents plenums officials directives slogans candidates instruments issues rejects"
    )
    assert [kind.table for kind in TABLES] == expected.split()


@EVERY_TABLE
def test_codebook_columns_stand_in_its_order(kind: type[Record]) -> None:
    names = [column.name for column in columns(kind)]
    expected = CODEBOOK[kind.table].split()
    assert [name for name in names if name in expected] == expected


@EVERY_TABLE
def test_mentions_begin_with_their_passage(kind: type[Record]) -> None:
    names = tuple(column.name for column in columns(kind))
    assert issubclass(kind, Mention) == (names[: len(Passage._fields)] == Passage._fields)


@EVERY_TABLE
def test_every_field_is_documented(kind: type[Record]) -> None:
    assert kind.__doc__
    assert not kind.__doc__.startswith(f"{kind.__name__}(")
    for column in columns(kind):
        assert column.help, column.name
        assert not column.help.endswith("."), column.name
        assert column.example, column.name


@EVERY_TABLE
def test_examples_are_cells_of_their_column(kind: type[Record]) -> None:
    for column in columns(kind):
        assert _EXAMPLE_PATTERNS[column.kind].fullmatch(column.example), column
        assert not column.choices or column.example in column.choices, column


@EVERY_TABLE
def test_keys_are_columns(kind: type[Record]) -> None:
    assert set(kind.key) <= {column.name for column in columns(kind)}


@EVERY_TABLE
def test_records_are_frozen(kind: type[Record]) -> None:
    record = fill(kind)
    with pytest.raises((dataclasses.FrozenInstanceError, TypeError)):
        setattr(record, columns(kind)[0].name, "")


def test_header_cells_parquet_and_package_agree(tmp_path: Path) -> None:
    write_output([], tmp_path / "csv", {})
    write_output([], tmp_path / "parquet", {}, "parquet")
    package = json.loads((tmp_path / "csv" / "datapackage.json").read_text(encoding="utf-8"))
    described = {resource["name"]: resource for resource in package["resources"]}
    for kind in TABLES:
        names = [column.name for column in columns(kind)]
        with (tmp_path / "csv" / f"{kind.table}.csv").open(encoding="utf-8", newline="") as lines:
            assert next(csv.reader(lines)) == names
        assert pq.read_schema(tmp_path / "parquet" / f"{kind.table}.parquet").names == names
        assert arrow_schema(kind).names == names
        assert [field["name"] for field in described[kind.table]["schema"]["fields"]] == names


@EVERY_TABLE
def test_a_row_has_a_cell_for_every_column(kind: type[Record]) -> None:
    assert len(cell_reader(kind)(fill(kind))) == len(columns(kind))


def test_package_repeats_choices_and_keys() -> None:
    resources = {resource["name"]: resource for resource in describe_package("csv")["resources"]}
    fields = {field["name"]: field for field in resources["directives"]["schema"]["fields"]}
    assert fields["force"]["constraints"]["enum"] == [
        "prohibit",
        "require",
        "direct",
        "encourage",
        "explore",
    ]
    assert resources["plenums"]["schema"]["primaryKey"] == ["doc_id", "row_id"]
    assert resources["plenums"]["schema"]["foreignKeys"][0]["reference"]["resource"] == "documents"
