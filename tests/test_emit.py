"""What is written: cells, types, counts, all or nothing, and the way back."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from building import fill

from pipeline.arrow import arrow_schema, cell_reader, pack_rows
from pipeline.emit import Format, OutputError, write_output
from pipeline.emit.cells import format_cells
from pipeline.emit.validate import validate_output
from pipeline.reading import load
from pipeline.records import (
    TABLES,
    CandidateUse,
    Directive,
    Document,
    Instrument,
    Issue,
    Official,
    Plenum,
    Record,
    Reject,
    Result,
    SloganUse,
    columns,
)

FORMATS = pytest.mark.parametrize("to", ["csv", "parquet"])


def result(doc_id: str = "苏州/甲", **rows: Any) -> Result:
    """What one document gave: one row a table, unless given."""
    document = fill(Document, doc_id=doc_id, path=f"{doc_id}.txt", **rows.pop("document", {}))
    given: dict[str, Any] = {
        "plenums": (fill(Plenum, doc_id=doc_id),),
        "officials": (fill(Official, doc_id=doc_id),),
        "directives": (fill(Directive, doc_id=doc_id),),
        "slogans": (fill(SloganUse, doc_id=doc_id),),
        "candidates": (),
        "instruments": (fill(Instrument, doc_id=doc_id),),
        "issues": (fill(Issue, doc_id=doc_id),),
    }
    return Result(raw="區(qū)委", text="区委", document=document, **given | rows)


def use(text: str, start: int = 0) -> CandidateUse:
    return CandidateUse(text, "quoted", start, start + len(text), start, start + len(text))


def read_header(kind: type[Record]) -> list[str]:
    return [column.name for column in columns(kind)]


def write_cells(record: Record) -> dict[str, str]:
    kind = type(record)
    table = pack_rows([cell_reader(kind)(record)], arrow_schema(kind))
    (batch,) = table.to_batches()
    return {name: format_cells(batch[name])[0].as_py() for name in batch.schema.names}


def read_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.mark.parametrize(
    ("changes", "column", "cell"),
    [
        ({"term": None}, "term", ""),
        ({"term": 0}, "term", "0"),
        ({"is_self": False}, "is_self", "false"),
        ({"is_self": True}, "is_self", "true"),
        ({"start_date": date(2024, 7, 15)}, "start_date", "2024-07-15"),
        ({"adcode": "010000"}, "adcode", "010000"),
        ({"name": ""}, "name", ""),
    ],
)
def test_cells_of_a_plenum(changes: dict[str, Any], column: str, cell: str) -> None:
    assert write_cells(fill(Plenum, **changes))[column] == cell


def test_lists_are_one_cell() -> None:
    cells = write_cells(fill(Official, title=["区委副书记", "区长"], title_resolved=[]))
    assert cells["title"] == "区委副书记;区长"
    assert cells["title_resolved"] == ""


@FORMATS
def test_every_file_is_written(tmp_path: Path, to: Format) -> None:
    summary = write_output([result(candidates=(use("幸福圈"),))], tmp_path, {"version": "0"}, to)
    names = {f"{kind.table}.{to}" for kind in TABLES}
    others = {"codebook.md", "codebook.zh.md", "texts.parquet", "datapackage.json", "manifest.json"}
    assert {path.name for path in tmp_path.iterdir()} == names | others
    assert summary.rows == {kind.table: 0 if kind is Reject else 1 for kind in TABLES}


def test_csv_is_utf_8_with_line_feeds_and_no_mark(tmp_path: Path) -> None:
    write_output([result()], tmp_path, {})
    content = (tmp_path / "documents.csv").read_bytes()
    assert content.startswith(b"doc_id,path,sha256,")
    assert b"\r" not in content
    assert "苏州/甲".encode() in content


@pytest.mark.parametrize(
    "title",
    [
        '他说："好"',
        "甲,乙",
        "甲\n乙",
        "甲\r乙",
        "甲\r\n乙",
        "",
        " 两端 ",
        "=1+1",
        "\ufeff标题",
        "𠮷",
    ],
)
@FORMATS
def test_any_text_survives_writing_and_loading(tmp_path: Path, to: Format, title: str) -> None:
    write_output([result(document={"title": title})], tmp_path, {}, to)
    assert load(tmp_path)["documents"]["title"].tolist() == [title]


def test_a_row_of_any_length_is_read_back(tmp_path: Path) -> None:
    long = "要抓落实" * 200_000
    texts = ["短", "短二", long, "短三", long + "。"]
    rows = [
        result(str(at), directives=(fill(Directive, doc_id=str(at), text=text),))
        for at, text in enumerate(texts)
    ]
    write_output(rows, tmp_path, {})
    assert load(tmp_path)["directives"]["text"].tolist() == texts


@FORMATS
def test_loaded_columns_have_the_types_of_the_records(tmp_path: Path, to: Format) -> None:
    first, second = fill(Plenum, term=None, row_id="1-2"), fill(Plenum, start_date=None)
    write_output([result(plenums=(first, second))], tmp_path, {}, to)
    plenums = load(tmp_path)["plenums"]
    assert plenums["term"].tolist() == [pd.NA, 13]
    assert plenums["term"].dtype == "Int64"
    assert plenums["is_self"].dtype == "boolean"
    assert plenums["start_date"].dtype.kind == "M"
    assert plenums["start_date"].isna().tolist() == [False, True]
    assert plenums["kind"].dtype == "category"
    assert plenums["adcode"].tolist() == ["320500", "320500"]


@FORMATS
def test_loaded_empty_tables_have_the_types_too(tmp_path: Path, to: Format) -> None:
    write_output([], tmp_path, {}, to)
    tables = load(tmp_path)
    assert set(tables) == {kind.table for kind in TABLES} | {"texts"}
    assert len(tables["plenums"]) == 0
    assert tables["plenums"]["term"].dtype == "Int64"
    assert tables["documents"]["published"].dtype == tables["documents"]["title"].dtype


def test_both_formats_load_alike(tmp_path: Path) -> None:
    for to in ("csv", "parquet"):
        write_output([result()], tmp_path / to, {}, to)
    from_csv, from_parquet = load(tmp_path / "csv"), load(tmp_path / "parquet")
    for name, table in from_csv.items():
        pd.testing.assert_frame_equal(table, from_parquet[name])


def test_texts_hold_both_texts(tmp_path: Path) -> None:
    write_output([result()], tmp_path, {})
    texts = load(tmp_path)["texts"]
    assert texts.to_dict("records") == [{"doc_id": "苏州/甲", "raw": "區(qū)委", "text": "区委"}]


def test_candidates_are_counted_over_documents(tmp_path: Path) -> None:
    dated = {"published": "2024-08-10", "event_date": "08-09"}
    outcomes = [
        result("甲", candidates=(use("一核两翼", 3), use("幸福圈", 9), use("幸福圈", 20))),
        result("乙", candidates=(use("一核两翼", 7),), document=dated),
    ]
    write_output(outcomes, tmp_path, {})
    rows = read_rows(tmp_path / "candidates.csv")
    counted = [(row["text"], row["count"], row["documents"], row["doc_id"]) for row in rows]
    assert counted == [("一核两翼", "2", "2", "甲"), ("幸福圈", "2", "1", "甲")]
    assert rows[0]["start"] == "3"
    assert rows[0]["first_date"] == "2023-08-02"


def test_manifest_counts_rows_and_names_inputs(tmp_path: Path) -> None:
    reject = fill(Reject, path="坏.bin", sha256="ff")
    write_output([result(), reject], tmp_path, {"version": "0.1.0"})
    manifest = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["version"] == "0.1.0"
    assert manifest["rows"]["documents"] == manifest["rows"]["rejects"] == 1
    assert manifest["inputs"]["坏.bin"] == "ff"


def test_the_other_format_goes(tmp_path: Path) -> None:
    write_output([result()], tmp_path, {}, "parquet")
    write_output([result()], tmp_path, {}, "csv")
    assert not list(tmp_path.glob("plenums.parquet"))
    assert (tmp_path / "texts.parquet").exists()


def test_files_of_others_stay(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("mine", encoding="utf-8")
    write_output([result()], tmp_path, {})
    assert (tmp_path / "README.md").read_text(encoding="utf-8") == "mine"


def test_a_failed_run_leaves_the_old_tables(tmp_path: Path) -> None:
    def interrupted() -> Iterator[Result]:
        yield result("乙")
        raise KeyboardInterrupt

    write_output([result("甲")], tmp_path, {})
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    with pytest.raises(KeyboardInterrupt):
        write_output(interrupted(), tmp_path, {})
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_broken_promises_are_refused(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="column kind holds 'plenm'"):
        write_output([result(plenums=(fill(Plenum, kind="plenm"),))], tmp_path, {})
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("doc_id,path", "doc_id,pfad", "columns are"),
        ("simplified", "runic", "column script holds 'runic'"),
        (",2342,", ",many,", "many"),
        (",2342,", ",,", "column chars has an empty cell"),
    ],
    ids=["header", "choice", "type", "required"],
)
def test_validation_finds_the_fault(tmp_path: Path, old: str, new: str, fault: str) -> None:
    write_output([result(document={"script": "simplified"})], tmp_path, {})
    path = tmp_path / "documents.csv"
    written = path.read_text(encoding="utf-8")
    assert old in written
    assert not validate_output(tmp_path)
    path.write_text(written.replace(old, new), encoding="utf-8")
    assert any(fault in sentence for sentence in validate_output(tmp_path))


def test_validation_finds_a_row_written_twice(tmp_path: Path) -> None:
    write_output([result()], tmp_path, {})
    path = tmp_path / "plenums.csv"
    header, row = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text(header + row + row, encoding="utf-8")
    assert validate_output(tmp_path) == ["plenums: doc_id, row_id is not unique"]


def test_loading_says_what_is_wrong(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"no output folder.*pipeline run"):
        load(tmp_path)
    write_output([result()], tmp_path, {})
    (tmp_path / "slogans.csv").unlink()
    with pytest.raises(OutputError, match=r"slogans\.csv"):
        load(tmp_path)
