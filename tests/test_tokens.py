"""Words of documents: those of the engine, with their places, written as they come."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from building import segment
from click.testing import CliRunner

import pipeline
from pipeline import Recipe, process_text
from pipeline.cli import commands
from pipeline.emit import tokens as emitted
from pipeline.emit import write_output
from pipeline.emit.tokens import TOKENS_FILE, check_tokens
from pipeline.segment.engines import CompiledJiebaEngine, Engine, JiebaEngine
from pipeline.segment.tokens import TOKENS_SCHEMA, list_tokens

JIEBA, COMPILED = JiebaEngine(), CompiledJiebaEngine()
TEXT = "区委书记沈志栋指出，5G-A要加快。\n全会　强调，王小二要出席。"


def tag(text: str, engine: Engine) -> list[str]:
    tokens = segment(text, with_engine=engine).analysis.tokens
    return [f"{token.word}/{token.pos}" for token in tokens]


@pytest.mark.parametrize("engine", [JIEBA, COMPILED], ids=["jieba", "compiled"])
def test_words_are_those_of_the_engine_without_blanks(engine: Engine) -> None:
    words = [word.text for word in engine.cut(TEXT) if not word.text.isspace()]
    tokens = segment(TEXT, with_engine=engine).analysis.tokens
    assert [token.word for token in tokens] == words
    assert all(TEXT[token.start : token.end] == token.word for token in tokens)


def test_both_jieba_engines_give_the_same_parts_of_speech(samples: Path) -> None:
    texts = [TEXT, *(path.read_text(encoding="utf-8") for path in samples.rglob("*.txt"))]
    for text in texts:
        assert tag(text, COMPILED) == tag(text, JIEBA)


def test_parts_of_speech_are_those_of_jieba() -> None:
    found = tag("沈志栋在苏州强调，发展5G-A，增长3.5%", COMPILED)
    assert found == [
        "沈志栋/nr", "在/p", "苏州/ns", "强调/v", "，/x", "发展/vn", "5G/m", "-/x", "A/x",
        "，/x", "增长/v", "3.5%/m",
    ]  # fmt: skip


def test_rows_name_their_sentence() -> None:
    rows = list_tokens(segment(TEXT, "甲")).to_pylist()
    assert [
        (row["word"], row["sentence"]) for row in rows if row["word"] in ("区委书记", "全会")
    ] == [
        ("区委书记", 1),
        ("全会", 2),
    ]
    assert {row["doc_id"] for row in rows} == {"甲"}
    assert list_tokens(segment("")).num_rows == 0


def run(source: Path, out: Path, *options: str) -> None:
    done = CliRunner().invoke(commands, ["run", str(source), "-o", str(out), "--quiet", *options])
    assert done.exit_code == 0, done.output


def test_a_run_writes_words_when_asked_and_removes_old_ones(samples: Path, tmp_path: Path) -> None:
    source, out = samples / "fujian", tmp_path / "out"
    run(source, out, "--tokens")
    tables = pipeline.load(out)
    text, words = tables["texts"]["text"].iloc[0], tables["tokens"]
    spans = zip(words["start"], words["end"], words["word"], strict=True)
    assert all(text[start:end] == word for start, end, word in spans)
    assert set(tables.join("tokens", "documents")["place"]) == {"福建省福州市鼓楼区"}
    assert "tokens" in pipeline.load(out, names=["tokens"])
    assert "tokens" not in pipeline.load(out, names=["officials"])
    run(source, out)
    assert not (out / TOKENS_FILE).exists()
    assert "tokens" not in pipeline.load(out)


def test_words_change_nothing_else(samples: Path, tmp_path: Path) -> None:
    run(samples / "fujian", tmp_path / "a")
    run(samples / "fujian", tmp_path / "b", "--tokens")
    for path in (tmp_path / "a").iterdir():
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes()


def test_rows_go_out_as_they_come(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(emitted, "_ROWS_PER_GROUP", 10)
    recipe = Recipe(tokens=True)
    results = (
        process_text("全会强调，要快。", doc_id=name, recipe=recipe) for name in "甲乙丙丁戊"
    )
    write_output(results, tmp_path, {}, tokens=True)
    assert pq.ParquetFile(tmp_path / TOKENS_FILE).num_row_groups > 2


def test_results_without_words_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="its words were not asked for"):
        write_output([process_text("全会强调。")], tmp_path, {}, tokens=True)


def test_an_output_without_documents_has_an_empty_file_of_words(tmp_path: Path) -> None:
    write_output([], tmp_path, {}, tokens=True)
    assert pq.read_table(tmp_path / TOKENS_FILE).num_rows == 0


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ({"word": ["全会强"]}, "全会强 does not fill its span"),
        ({"extra": ["x"]}, "columns are"),
    ],
)
def test_faults_of_words_are_found(rows: dict[str, list[str]], said: str, tmp_path: Path) -> None:
    good = list_tokens(segment("全会")).to_pydict()
    fields = [*TOKENS_SCHEMA, *(pa.field(name, pa.string()) for name in rows if name == "extra")]
    pq.write_table(pa.table(good | rows, pa.schema(fields)), tmp_path / TOKENS_FILE)
    (fault,) = check_tokens(tmp_path)
    assert said in fault
