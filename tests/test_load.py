"""Tables in a notebook: types, joins, contexts, evidence, and clear words for what is no output."""

from __future__ import annotations

import csv
import json
import time
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from building import fill

from pipeline import OutputError, Tables, load
from pipeline.arrow import arrow_schema
from pipeline.emit import write_output
from pipeline.reading.concordance import find_uses
from pipeline.reading.evidence import build_evidence, cut_sentences
from pipeline.records import (
    TABLES,
    Directive,
    Document,
    Official,
    Result,
    SloganUse,
    columns,
)
from pipeline.references import list_references
from pipeline.spans import Span


@pytest.fixture(scope="module")
def tables(sample_output: Path) -> Tables:
    return load(sample_output)


# Types


@pytest.mark.parametrize("kind", TABLES, ids=lambda kind: kind.table)
def test_every_column_has_the_type_of_its_records(tables: Tables, kind: type[Any]) -> None:
    frame = tables[kind.table]
    assert list(frame.columns) == [column.name for column in columns(kind)]
    types = {"integer": "Int64", "boolean": "boolean", "list": "string", "string": "string"}
    for column in columns(kind):
        found: Any = frame[column.name].dtype
        if column.choices:
            assert list(found.categories)[: len(column.choices)] == list(column.choices)
        elif column.kind == "date":
            assert found.kind == "M"
        else:
            assert found == types[column.kind]


def test_csv_and_parquet_load_alike(sample_output: Path, tables: Tables, tmp_path: Path) -> None:
    for kind in TABLES:
        frame = pa.Table.from_pandas(tables[kind.table], preserve_index=False)
        pq.write_table(frame.cast(arrow_schema(kind)), tmp_path / f"{kind.table}.parquet")
    for name in ("texts.parquet", "manifest.json"):
        (tmp_path / name).write_bytes((sample_output / name).read_bytes())
    for name, frame in load(tmp_path).items():
        pd.testing.assert_frame_equal(frame, tables[name])


def test_only_the_tables_asked_for(sample_output: Path) -> None:
    some = load(sample_output, names=["documents", "texts"])
    assert list(some) == ["documents", "texts"]
    with pytest.raises(KeyError, match="no table 'slogans'; there are documents, texts"):
        some["slogans"]


# Joins


def test_directives_with_their_documents(tables: Tables) -> None:
    joined = tables.join("directives", "documents")
    assert len(joined) == len(tables["directives"])
    assert joined["row_id"].tolist() == tables["directives"]["row_id"].tolist()
    places = tables["documents"].set_index("doc_id")["place"]
    assert joined["place"].tolist() == places.loc[joined["doc_id"]].tolist()


def test_columns_of_one_name_are_told_apart(tables: Tables) -> None:
    joined = tables.join("slogans", "documents")
    assert {"level", "level_documents", "place", "place_documents"} <= set(joined.columns)
    assert joined["level"].tolist() == tables["slogans"]["level"].tolist()


def test_slogans_with_the_directives_they_stand_in(tables: Tables) -> None:
    joined = tables.join("slogans", "directives", how="inner")
    assert len(joined) == (tables["slogans"]["directive_id"] != "").sum() > 0
    assert (joined["start_directives"] <= joined["start"]).all()
    assert (joined["end"] <= joined["end_directives"]).all()
    back = tables.join("directives", "slogans", how="inner")
    assert sorted(back["text_slogans"]) == sorted(joined["text"])


def test_people_named_in_one_sentence(tables: Tables) -> None:
    pairs = tables.join("officials", "officials", on=("doc_id", "sentence"))
    assert (pairs["name"] != pairs["name_officials"]).any()


def test_unrelated_tables_need_their_columns_named(tables: Tables) -> None:
    with pytest.raises(ValueError, match="no key relates plenums and officials"):
        tables.join("plenums", "officials")
    with pytest.raises(KeyError, match="no table 'plenum'"):
        tables.join("plenum", "documents")


def test_references_point_to_keys() -> None:
    keys = {kind.table: kind.key for kind in TABLES}
    for kind in TABLES:
        names = {column.name for column in columns(kind)}
        for reference in list_references(kind):
            assert set(reference.columns) <= names
            assert reference.key == keys[reference.table]


# Contexts


@pytest.mark.parametrize(
    ("text", "width", "found"),
    [
        ("推动高质量发展，要实干", 2, [("推动", "，要", 2)]),
        ("高质量发展高质量发展", 3, [("", "高质量", 0), ("量发展", "", 5)]),
        ("推动高质量发展", 0, [("", "", 2)]),
        ("推动发展", 2, []),
        ("甲\n高质量发展\n乙", 2, [("甲\n", "\n乙", 2)]),
    ],
)
def test_contexts(text: str, width: int, found: list[tuple[str, str, int]]) -> None:
    uses = find_uses([("甲", text)], "高质量发展", width)
    assert [(use.left, use.right, use.start) for use in uses] == found


def test_uses_never_overlap() -> None:
    assert [use.start for use in find_uses([("甲", "三个三个三个")], "三个三")] == [0]


@pytest.mark.parametrize(("term", "width"), [("", 20), ("甲", -1)])
def test_contexts_of_nothing_are_refused(tables: Tables, term: str, width: int) -> None:
    with pytest.raises(ValueError):
        tables.kwic(term, width)


def test_contexts_are_slices_of_the_texts(tables: Tables) -> None:
    uses = tables.kwic("全会", width=8)
    assert list(uses.columns) == ["left", "hit", "right", "doc_id", "start"]
    texts = tables["texts"].set_index("doc_id")["text"]
    assert len(uses) == sum(text.count("全会") for text in texts)
    for use in list_rows(uses):
        text = texts[use.doc_id]
        assert text[use.start : use.start + 2] == use.hit == "全会"
        assert text[use.start - len(use.left) : use.start] == use.left


def list_rows(frame: pd.DataFrame) -> list[Any]:
    return list(frame.itertuples())


def test_a_wording_is_no_pattern(tables: Tables) -> None:
    assert tables.kwic(".").empty == (
        not tables["texts"]["text"].str.contains(".", regex=False).any()
    )
    assert tables.kwic("全.").empty


# Evidence


TEXT = "标题\n全会强调，要抓好落实。会议要求：“要实干。”散会"


@pytest.mark.parametrize(
    ("passage", "shown"),
    [
        ("要抓好落实", "全会强调，【要抓好落实】。"),
        ("标题", "【标题】"),
        ("要实干", "会议要求：“【要实干】。”"),
        ("散会", "【散会】"),
        ("落实。会议", "全会强调，要抓好【落实。会议】要求：“要实干。”"),
        ("题\n全会", "标【题\n全会】强调，要抓好落实。"),
        ("\n全会", "标题【\n全会】强调，要抓好落实。"),
    ],
)
def test_evidence_is_the_sentence(passage: str, shown: str) -> None:
    start = TEXT.index(passage)
    place = Span(start, start + len(passage))
    evidence = build_evidence("甲", TEXT, TEXT, place, place)
    assert str(evidence) == shown
    assert evidence.passage == evidence.source == passage


def test_evidence_of_an_empty_text() -> None:
    assert build_evidence("甲", "", "", Span(0, 0), Span(0, 0)).sentence == ""


def test_evidence_of_every_row(tables: Tables) -> None:
    texts = tables["texts"].set_index("doc_id")
    for kind in (Directive, Official, SloganUse):
        for row in list_rows(tables[kind.table]):
            evidence = tables.evidence(row)
            assert evidence.passage == row.text
            assert evidence.sentence in texts.loc[row.doc_id, "text"]
            assert evidence.source == texts.loc[row.doc_id, "raw"][row.raw_start : row.raw_end]


def test_sentences_are_counted_as_in_the_tables(tables: Tables) -> None:
    texts = tables["texts"].set_index("doc_id")["text"]
    for row in list_rows(tables["directives"]):
        sentence = cut_sentences(texts[row.doc_id])[row.sentence - 1]
        assert sentence.start <= row.start < sentence.end


def test_evidence_in_a_notebook_is_escaped() -> None:
    evidence = build_evidence("甲", "<b>", "<b>", Span(1, 2), Span(0, 3))
    assert "&lt;<mark>b</mark>&gt;" in evidence._repr_html_()


def test_a_row_without_a_place_has_no_evidence(tables: Tables) -> None:
    with pytest.raises(ValueError, match="it has no start"):
        tables.evidence(tables["documents"].iloc[0])
    unplaced = {"doc_id": "甲", "start": pd.NA, "end": pd.NA, "raw_start": 0, "raw_end": 1}
    with pytest.raises(ValueError, match="it has no start"):
        tables.evidence(unplaced)
    with pytest.raises(KeyError, match="no text of document '甲'"):
        tables.evidence(unplaced | {"start": 0, "end": 1})


# What is no output


@pytest.fixture
def output(tmp_path: Path) -> Path:
    document = fill(Document, doc_id="甲")
    empty: dict[str, Any] = dict.fromkeys(
        ("plenums", "officials", "directives", "slogans", "candidates", "instruments", "issues"), ()
    )
    write_output(
        [Result(raw="甲", text="甲", document=document, **empty)], tmp_path, {"version": "1"}
    )
    return tmp_path


def rewrite_header(path: Path, change: dict[str, str | None], more: str = "") -> None:
    """Rename, drop or add columns, as another version of the program would."""
    with path.open(encoding="utf-8", newline="") as lines:
        header, *rows = csv.reader(lines)
    kept = [at for at, name in enumerate(header) if change.get(name, "") is not None]
    names = [change.get(header[at], header[at]) or "" for at in kept] + ([more] if more else [])
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(names)
        writer.writerows([row[at] for at in kept] + ([""] if more else []) for row in rows)


@pytest.mark.parametrize(
    ("change", "more", "said"),
    [
        ({"sentences": None}, "", "has no column 'sentences'"),
        ({"sentences": "Sätze"}, "", "has no column 'sentences'"),
        ({}, "mood", "has a column 'mood' that this version does not know"),
        ({"chars": "sentences", "sentences": "chars"}, "", "in another order"),
    ],
)
def test_another_version_is_named_with_the_remedy(
    output: Path, change: dict[str, str | None], more: str, said: str
) -> None:
    rewrite_header(output / "documents.csv", change, more)
    with pytest.raises(OutputError, match=r"another version of this program \(1\)") as refused:
        load(output)
    assert said in str(refused.value)
    assert f"pipeline run INPUT -o {output}" in str(refused.value)


def test_what_is_missing_is_named(output: Path) -> None:
    (output / "slogans.csv").unlink()
    with pytest.raises(OutputError, match=r"has no slogans\.csv or \.parquet"):
        load(output)
    (output / "texts.parquet").unlink()
    with pytest.raises(OutputError, match=r"has no texts\.parquet"):
        load(output, names=["texts"])


@pytest.mark.parametrize("content", ["", "{", "[]"])
def test_a_broken_manifest_is_said(output: Path, content: str) -> None:
    (output / "manifest.json").write_text(content, encoding="utf-8")
    if content == "[]":
        assert len(load(output)["documents"]) == 1
    else:
        with pytest.raises(OutputError, match=r"manifest\.json cannot be read"):
            load(output)


def test_no_folder_at_all(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="there is no such folder"):
        load(tmp_path / "nowhere")


# Speed


def test_a_large_output_loads_in_seconds(tmp_path: Path) -> None:
    """A tenth of a million rows is read in a tenth of the three seconds a million may take."""
    rows = 100_000
    record = fill(Directive)
    cells = {
        field.name: pa.array([_value(getattr(record, field.name))] * rows, field.type)
        for field in arrow_schema(Directive)
    }
    cells["row_id"] = pa.array([f"{at}-{at}" for at in range(rows)])
    pq.write_table(pa.table(cells, schema=arrow_schema(Directive)), tmp_path / "directives.parquet")
    (tmp_path / "manifest.json").write_text(json.dumps({"version": "1"}), encoding="utf-8")
    load(tmp_path, names=["directives"])
    start = time.process_time()
    assert len(load(tmp_path, names=["directives"])["directives"]) == rows
    assert time.process_time() - start < 0.3 * 2  # CPU time of all threads


def _value(value: object) -> object:
    return ";".join(value) if isinstance(value, list) else value
