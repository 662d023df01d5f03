"""Exports: what the programs they are made for read back is what the output holds."""

from __future__ import annotations

import csv
import json
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape  # what Excel does itself
from outputs import AWKWARD, COMPUTED, write

from pipeline.emit import OutputError
from pipeline.export import FORMATS, export_output, xlsx
from pipeline.export.csv_excel import guard_formula
from pipeline.export.rows import read_rows
from pipeline.export.xlsx import MAX_CELL
from pipeline.reading import load
from pipeline.records import TABLES

EVERY_FORMAT = pytest.mark.parametrize("to", FORMATS)
HARMLESS = ["增长-5%", "'引'", "a=b", "", "1-12", "010000"]

# Characters a workbook has no way to hold are left to a test of their own.
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"], include_characters="\n\t"))


def read_sqlite(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as database:
        return [name for (name,) in database.execute("SELECT name FROM officials ORDER BY rowid")]


def read_xlsx(path: Path) -> list[str]:
    with closing(openpyxl.load_workbook(path, read_only=True)) as book:
        header, *rows = book["officials"].iter_rows(values_only=True)
    return [unescape(str(row[header.index("name")] or "")) for row in rows]


def read_excel_with_pandas(path: Path) -> list[str]:
    options: dict[str, Any] = {"dtype": str, "keep_default_na": False, "engine": "openpyxl"}
    frame = pd.read_excel(path, sheet_name="officials", **options)
    return [unescape(str(name)) for name in frame["name"]]


def read_csv_excel(folder: Path) -> list[str]:
    options: dict[str, Any] = {"dtype": str, "keep_default_na": False, "encoding": "utf-8-sig"}
    return [disarm(name) for name in pd.read_csv(folder / "officials.csv", **options)["name"]]


def disarm(cell: str) -> str:
    """Take away the apostrophe that keeps a cell from being computed."""
    return cell[1:] if guard_formula(cell[1:]) == cell else cell


def read_jsonl(folder: Path) -> list[str]:
    lines = (folder / "officials.jsonl").read_text(encoding="utf-8").split("\n")
    return [json.loads(line)["name"] for line in lines if line]


def read_parquet_with_duckdb(folder: Path) -> list[str]:
    with duckdb.connect() as database:
        query = f"SELECT name FROM '{folder / 'officials.parquet'}'"
        return [name for (name,) in database.execute(query).fetchall()]


READERS: list[tuple[str, Callable[[Path], list[str]]]] = [
    ("sqlite", read_sqlite),
    ("xlsx", read_xlsx),
    ("xlsx", read_excel_with_pandas),
    ("csv-excel", read_csv_excel),
    ("jsonl", read_jsonl),
    ("parquet", read_parquet_with_duckdb),
]


@pytest.mark.parametrize(("to", "read"), READERS, ids=lambda part: getattr(part, "__name__", part))
@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(names=st.lists(TEXTS, min_size=1, max_size=40))
@example(names=[name for name in AWKWARD if "\r" not in name])
@example(names=HARMLESS)
def test_any_text_is_read_back(
    tmp_path: Path, to: str, read: Callable[[Path], list[str]], names: list[str]
) -> None:
    output = write(tmp_path / "out", names)
    written, notes = export_output(output, to, tmp_path / FORMATS[to].name)
    assert read(written) == names
    assert notes == []


@pytest.mark.parametrize(
    ("to", "read"), [reader for reader in READERS if reader[0] in ("sqlite", "jsonl", "parquet")]
)
def test_control_characters_are_read_back(
    tmp_path: Path, to: str, read: Callable[[Path], list[str]]
) -> None:
    names = [chr(code) for code in range(32)]
    written, _ = export_output(write(tmp_path / "out", names), to, tmp_path / to)
    assert read(written) == names


@pytest.mark.parametrize("text", ["甲\r\n乙", "\r", "＝\r"])
def test_csv_for_excel_keeps_carriage_returns(tmp_path: Path, text: str) -> None:
    written, _ = export_output(write(tmp_path / "out", [text]), "csv-excel", tmp_path / "csv")
    with (written / "officials.csv").open(encoding="utf-8-sig", newline="") as lines:
        assert [disarm(row["name"]) for row in csv.DictReader(lines)] == [text]


@pytest.mark.parametrize("cell", COMPUTED)
def test_formulas_are_disarmed(cell: str) -> None:
    assert guard_formula(cell) == f"'{cell}"
    assert disarm(guard_formula(cell)) == cell


@pytest.mark.parametrize("cell", HARMLESS)
def test_other_cells_stay(cell: str) -> None:
    assert guard_formula(cell) == cell == disarm(cell)


@settings(deadline=None)
@given(cell=st.text(st.sampled_from("'=＝ \t甲")))
def test_disarming_can_be_undone(cell: str) -> None:
    assert disarm(guard_formula(cell)) == cell


def test_csv_for_excel_has_mark_and_windows_line_ends(tmp_path: Path) -> None:
    written, _ = export_output(write(tmp_path / "out", ["甲"]), "csv-excel", tmp_path / "csv")
    for kind in TABLES:
        content = (written / f"{kind.table}.csv").read_bytes()
        assert content.startswith(b"\xef\xbb\xbf")
        assert content.endswith(b"\r\n")
        assert content.count(b"\n") == content.count(b"\r\n")


# Workbooks


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Any]:
    """A workbook whose people are called like formulas."""
    output = write(tmp_path / "out", COMPUTED, adcode="010000", url="https://example.org/1")
    written, _ = export_output(output, "xlsx")
    assert written == output / "tables.xlsx"
    with closing(openpyxl.load_workbook(written)) as opened:
        yield opened


def test_no_cell_is_a_formula(book: Any) -> None:
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "b"}
    names = [cell for cell in cells if cell.value in COMPUTED]
    assert len(names) >= len(COMPUTED) - 2  # two begin with what a reader trims or turns
    assert {cell.data_type for cell in names} == {"s"}
    assert not any(cell.hyperlink for cell in cells)


def test_text_cells_stay_text_when_edited(book: Any) -> None:
    header, row = book["documents"].iter_rows()
    cells = {name.value: cell for name, cell in zip(header, row, strict=True)}
    assert (cells["adcode"].value, cells["adcode"].data_type) == ("010000", "s")
    assert cells["adcode"].number_format == "@"
    assert (cells["chars"].value, cells["chars"].data_type) == (2342, "n")


def test_sheets_are_laid_out_for_reading(book: Any) -> None:
    assert book.sheetnames == [kind.table for kind in TABLES]
    for sheet in book:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref.startswith("A1:")
        assert all(cell.font.bold for cell in sheet[1])
        for column in sheet.column_dimensions.values():
            assert 8 <= column.width <= 61


def test_nothing_known_is_an_empty_cell(book: Any) -> None:
    header, row = book["plenums"].iter_rows(values_only=True)
    cells = dict(zip(header, row, strict=True))
    assert cells["term"] is None
    assert cells["start_date"] is None
    assert cells["end_date"] == "2024-07-18"
    assert cells["is_self"] is True


@pytest.mark.parametrize("character", ["国", "𠮷"])
def test_a_long_cell_is_cut_and_said(tmp_path: Path, character: str) -> None:
    output = write(tmp_path / "out", ["短", character * 40_000])
    written, notes = export_output(output, "xlsx")
    _, cell = read_xlsx(written)
    units = len(cell.encode("utf-16-le")) // 2
    assert MAX_CELL - 1 <= units <= MAX_CELL
    assert cell.rstrip("…") == character * (len(cell) - 1)
    (note,) = notes
    assert re.match(r"sheet officials, row 3, name: cut to 32,767 of \d\d,000 characters", note)


@pytest.mark.parametrize(
    ("text", "read"), [("<r>甲</r>", " <r>甲</r>"), ("甲\uffff", "甲\ufffd"), ("<r>甲", "<r>甲")]
)
def test_what_would_break_a_workbook_is_changed_and_said(
    tmp_path: Path, text: str, read: str
) -> None:
    written, notes = export_output(write(tmp_path / "out", [text]), "xlsx")
    assert read_xlsx(written) == [read]
    assert len(notes) == (text != read)


def test_a_long_table_goes_on_in_another_sheet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xlsx, "MAX_ROWS", 3)
    written, _ = export_output(write(tmp_path / "out", list("甲乙丙丁戊")), "xlsx")
    with closing(openpyxl.load_workbook(written, read_only=True)) as opened:
        sheets = [name for name in opened.sheetnames if name.startswith("officials")]
        rows = [len(list(opened[name].iter_rows())) for name in sheets]
    assert sheets == ["officials", "officials_2", "officials_3"]
    assert rows == [3, 3, 2]


# Databases


def query(path: Path, statement: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as database:
        return list(database.execute(statement))


def test_database_holds_every_row(sample_output: Path, tmp_path: Path) -> None:
    path, _ = export_output(sample_output, "sqlite", tmp_path / "a.sqlite")
    for kind in TABLES:
        rows = query(path, f"SELECT * FROM {kind.table} ORDER BY rowid")
        plain = [tuple(cell or "" for cell in row) for row in rows]
        assert plain == [
            tuple(cell or "" for cell in row) for row in read_rows(sample_output, kind)
        ]
    texts = load(sample_output)["texts"]
    assert query(path, "SELECT * FROM texts") == list(texts.itertuples(index=False, name=None))


def test_database_has_keys_references_and_indexes(tmp_path: Path) -> None:
    path, _ = export_output(write(tmp_path / "out", ["甲"]), "sqlite")
    keys = {
        kind.table: tuple(
            row[1] for row in query(path, f"PRAGMA table_info({kind.table})") if row[5]
        )
        for kind in TABLES
    }
    assert keys == {kind.table: kind.key for kind in TABLES}
    assert query(path, "SELECT count(*) FROM documents WHERE duplicate_of IS NULL") == [(1,)]
    references = [row[2:5] for row in query(path, "PRAGMA foreign_key_list(slogans)")]
    assert sorted(references) == [
        ("directives", "directive_id", "row_id"),
        ("directives", "doc_id", "doc_id"),
        ("documents", "doc_id", "doc_id"),
    ]
    plan = query(path, "EXPLAIN QUERY PLAN SELECT * FROM directives WHERE force = 'require'")
    assert "USING INDEX directives_force" in plan[0][3]
    joined = "SELECT count(*) FROM slogans JOIN directives ON directives.row_id = directive_id"
    assert query(path, joined) == [(1,)]
    assert query(path, "SELECT count(*) FROM slogans WHERE directive_id IS NULL") == [(1,)]


def test_a_reprint_refers_to_its_original(tmp_path: Path) -> None:
    output = write(tmp_path / "out", [])
    path = output / "documents.parquet"
    documents = pq.read_table(path)
    at = documents.column_names.index("duplicate_of")
    pq.write_table(documents.set_column(at, documents.field(at), [["乙"]]), path)
    with pytest.raises(OutputError, match="documents: row 1 refers to a row of documents"):
        export_output(output, "sqlite")


def test_a_row_that_refers_to_nothing_is_refused(tmp_path: Path) -> None:
    output = write(tmp_path / "out", ["甲"])
    path = output / "documents.parquet"
    pq.write_table(pq.read_table(path).slice(0, 0), path)
    with pytest.raises(OutputError, match=r"refers to a row of documents that is not there"):
        export_output(output, "sqlite")
    assert not (output / "tables.sqlite").exists()


# Files of lines and columns


def test_json_lines_have_lists_and_nothing(tmp_path: Path) -> None:
    written, _ = export_output(write(tmp_path / "out", ["甲"]), "jsonl")
    official, plenum, text = (
        read_line(written, name) for name in ("officials", "plenums", "texts")
    )
    assert official["title"] == ["区委副书记", "区长"]
    assert "区长" in (written / "officials.jsonl").read_text(encoding="utf-8")
    assert (plenum["term"], plenum["start_date"], plenum["is_self"]) == (None, None, True)
    assert text == {"doc_id": "甲", "raw": "區委", "text": "区委"}


def read_line(folder: Path, name: str) -> dict[str, Any]:
    line: dict[str, Any] = json.loads((folder / f"{name}.jsonl").read_text(encoding="utf-8"))
    return line


def test_parquet_is_itself_an_output_without_its_manifest(
    sample_output: Path, tmp_path: Path
) -> None:
    written, _ = export_output(sample_output, "parquet", tmp_path / "parquet")
    manifest = (sample_output / "manifest.json").read_bytes()
    (written / "manifest.json").write_bytes(manifest)
    for name, frame in load(sample_output).items():
        pd.testing.assert_frame_equal(frame, load(written)[name])
