"""The commands that read an output: what they show, plain when piped, and how they refuse."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from rich.cells import cell_len

from pipeline.cli import main
from pipeline.reading import load
from pipeline.reading.tables import Tables

PROJECT = Path(__file__).resolve().parents[1]
ESCAPE = "\x1b["


class Ended(NamedTuple):
    """How a call of the program ended."""

    status: int
    out: str
    err: str


Call = Callable[..., Ended]


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    """Call the program in this process."""

    def call_main(*words: str | Path) -> Ended:
        monkeypatch.setattr(sys, "argv", ["pipeline", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return Ended(ended.value.code, printed.out, printed.err)

    return call_main


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the program believe that it writes to a terminal of 70 cells."""
    for name, value in (("FORCE_COLOR", "1"), ("TERM", "xterm"), ("COLUMNS", "70")):
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("NO_COLOR", raising=False)


@pytest.fixture(scope="module")
def tables(sample_output: Path) -> Tables:
    return load(sample_output)


def strip(printed: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", printed)


# kwic


def test_kwic_gives_columns_to_other_programs(
    call: Call, sample_output: Path, tables: Tables
) -> None:
    ended = call("kwic", "全会", "-d", sample_output, "--width", "5")
    assert (ended.status, ended.err) == (0, "")
    rows = [line.split("\t") for line in ended.out.splitlines()]
    uses = tables.kwic("全会", width=5)
    assert [(row[0], int(row[1])) for row in rows] == list(
        zip(uses["doc_id"], uses["start"], strict=True)
    )
    assert all(len(row) == 5 and row[3] == "全会" for row in rows)
    assert len(call("kwic", "全会", "-d", sample_output, "--limit", "2").out.splitlines()) == 2


@pytest.mark.usefixtures("terminal")
def test_kwic_stands_in_one_column_of_a_terminal(call: Call, sample_output: Path) -> None:
    ended = call("kwic", "全会", "-d", sample_output)
    assert f"{ESCAPE}1;31m全会" in ended.out
    lines = ended.out.splitlines()
    assert {cell_len(strip(line)) <= 70 for line in lines} == {True}
    before = {cell_len(strip(line.partition(f"{ESCAPE}1;31m")[0])) for line in lines}
    assert len(before) == 1


# show


def test_show_prints_the_text_and_every_row(
    call: Call, sample_output: Path, tables: Tables
) -> None:
    ended = call("show", "gulou-2024-08-09", "-d", sample_output)
    assert (ended.status, ended.err) == (0, "")
    assert ESCAPE not in ended.out
    doc_id = "fujian/gulou-2024-08-09"
    (text,) = tables["texts"].loc[tables["texts"]["doc_id"] == doc_id, "text"]
    assert text in ended.out
    for name in ("directives", "plenums", "officials", "instruments", "slogans"):
        rows = tables[name][tables[name]["doc_id"] == doc_id]
        assert f"{name} ({len(rows)})" in ended.out
        for row_id, passage in zip(rows["row_id"], rows["text"], strict=True):
            assert f" {row_id} {passage}" in ended.out
    assert " force=prohibit" in ended.out


@pytest.mark.usefixtures("terminal")
def test_show_colours_the_evidence(call: Call, sample_output: Path) -> None:
    out = call("show", "fujian/gulou-2024-08-09", "-d", sample_output).out
    assert re.search(r"\x1b\[1;(?:4;)?31m两个确立", out)
    assert re.search(r"\x1b\[32m谢承澜", out)
    assert all(cell_len(line) <= 70 for line in strip(out).splitlines())


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ("gulou-2024-08-08", "did you mean fujian/gulou-2024-08-09"),
        ("xyz", "there is no document 'xyz'; the documents table lists them all"),
        ("gulou", "there is no document 'gulou'"),
    ],
)
def test_show_suggests_a_document(call: Call, sample_output: Path, wanted: str, said: str) -> None:
    ended = call("show", wanted, "-d", sample_output)
    assert ended.status == 2
    assert said in ended.err


def test_show_wants_one_document(call: Call, tmp_path: Path) -> None:
    for folder in ("甲", "乙"):
        (tmp_path / "in" / folder).mkdir(parents=True)
        (tmp_path / "in" / folder / "一.txt").write_text("全会强调，要抓落实。", encoding="utf-8")
    call("run", tmp_path / "in", "-o", tmp_path / "out", "--quiet")
    ended = call("show", "一", "-d", tmp_path / "out")
    assert ended.status == 2
    assert "2 documents end in '一': 乙/一, 甲/一" in ended.err
    assert call("show", "甲/一", "-d", tmp_path / "out").status == 0


# stats


def test_stats_count_every_table(call: Call, sample_output: Path, tables: Tables) -> None:
    ended = call("stats", "-d", sample_output, "--top", "3")
    assert (ended.status, ended.err) == (0, "")
    assert ESCAPE not in ended.out
    for name, frame in tables.items():
        if name != "texts":
            assert re.search(rf"^  {name} +{len(frame)} ", ended.out, re.MULTILINE)
    for force, count in tables["directives"]["force"].value_counts().items():
        assert re.search(rf"^  {force} +{count} █", ended.out, re.MULTILINE)
    _, _, used = ended.out.partition("most used slogans")
    assert used.partition("most named")[0].count("█ ") + used.count("█\n") >= 1


@pytest.mark.usefixtures("terminal")
def test_stats_fit_a_terminal(call: Call, sample_output: Path) -> None:
    lines = strip(call("stats", "-d", sample_output).out).splitlines()
    assert max(map(cell_len, lines)) <= 70


# trend


def test_trend_says_what_uses_are_part_of(call: Call, sample_output: Path, tables: Tables) -> None:
    ended = call("trend", "两个确立", "-d", sample_output)
    assert (ended.status, ended.err) == (0, "")
    uses = tables["slogans"][tables["slogans"]["canonical"] == "两个确立"]
    documents, chars = len(tables["documents"]), tables["documents"]["chars"].sum()
    said = f"{len(uses)} uses in {uses['doc_id'].nunique()} of {documents} documents ({chars:,}"
    assert said in ended.out
    assert "share" in ended.out


@pytest.mark.parametrize("by", ["month", "year", "place", "level"])
def test_trend_as_csv(call: Call, sample_output: Path, tables: Tables, by: str) -> None:
    ended = call("trend", "两个确立", "四风", "-d", sample_output, "--by", by, "--csv")
    rows = list(csv.DictReader(io.StringIO(ended.out)))
    assert list(rows[0])[:3] == ["slogan", by, "uses"]
    assert sum(int(row["all_documents"]) for row in rows) == 2 * len(tables["documents"])
    assert {row["slogan"] for row in rows} == {"两个确立", "四风"}


def test_trend_of_any_wording(call: Call, sample_output: Path, tables: Tables) -> None:
    assert call("trend", "要求", "-d", sample_output).status == 2
    ended = call("trend", "要求", "-d", sample_output, "--in-texts", "--csv")
    rows = csv.DictReader(io.StringIO(ended.out))
    assert sum(int(row["uses"]) for row in rows) == len(tables.kwic("要求"))


def test_trend_without_reprints(call: Call, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name in ("甲", "乙"):
        text = "全会强调，要深刻领悟“两个确立”的决定性意义。"
        (tmp_path / "in" / f"{name}.txt").write_text(text, encoding="utf-8")
    call("run", tmp_path / "in", "-o", tmp_path / "out", "--quiet")
    assert "2 of 2 documents" in call("trend", "两个确立", "-d", tmp_path / "out").out
    ended = call("trend", "两个确立", "-d", tmp_path / "out", "--distinct")
    assert "1 use in 1 of 1 documents" in ended.out


@pytest.mark.parametrize("ending", ["png", "svg"])
def test_trend_draws(call: Call, sample_output: Path, tmp_path: Path, ending: str) -> None:
    picture = tmp_path / "new" / f"trend.{ending}"
    ended = call("trend", "两个确立", "-d", sample_output, "-o", picture)
    assert ended.status == 0
    assert str(picture) in ended.err
    assert picture.stat().st_size > 5_000


def test_trend_without_the_extra(
    call: Call, sample_output: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "pipeline.reading.plots", raising=False)
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    ended = call("trend", "两个确立", "-d", sample_output, "-o", tmp_path / "a.png")
    assert ended.status == 2
    assert "communique-pipeline[plots]" in ended.err


# export


@pytest.mark.parametrize("to", ["sqlite", "xlsx", "csv-excel", "parquet", "jsonl"])
def test_export(call: Call, sample_output: Path, tmp_path: Path, to: str) -> None:
    ended = call("export", sample_output, "--to", to, "-o", tmp_path / "x" / to)
    assert (ended.status, ended.err) == (0, "")
    assert ended.out == f"Written to {tmp_path / 'x' / to}\n"
    assert (tmp_path / "x" / to).exists()


def test_export_says_what_did_not_fit(call: Call, tmp_path: Path) -> None:
    (tmp_path / "in.txt").write_text("会议要求，" + "要抓落实，" * 8_000 + "\n", encoding="utf-8")
    call("run", tmp_path / "in.txt", "-o", tmp_path / "out", "--quiet")
    ended = call("export", tmp_path / "out", "--to", "xlsx")
    assert ended.status == 0
    longest = max(load(tmp_path / "out")["directives"]["text"].str.len(), default=0)
    assert ("cut to 32,767" in ended.err) == (longest > 32_767)


# What cannot be used

COMMANDS = {
    "show": ["show", "甲", "-d"],
    "kwic": ["kwic", "全会", "-d"],
    "stats": ["stats", "-d"],
    "trend": ["trend", "两个确立", "-d"],
    "export": ["export", "--to", "jsonl"],
}
EVERY_COMMAND = pytest.mark.parametrize("words", COMMANDS.values(), ids=COMMANDS)


@EVERY_COMMAND
@pytest.mark.parametrize(
    ("folder", "said"),
    [("nowhere", "there is no such folder"), ("empty", "it has no manifest.json")],
)
def test_no_output(call: Call, tmp_path: Path, words: list[str], folder: str, said: str) -> None:
    (tmp_path / "empty").mkdir()
    ended = call(*words, tmp_path / folder)
    assert (ended.status, ended.out) == (2, "")
    assert said in ended.err
    assert f"pipeline run INPUT -o {tmp_path / folder}" in ended.err


@pytest.fixture
def spoilt(sample_output: Path, tmp_path: Path) -> Path:
    """An output of another version: its tables lack a column, its texts their text."""
    import pyarrow.parquet as pq

    for path in sample_output.iterdir():
        if path.suffix == ".csv":
            lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
            lines[0] = lines[0].replace("doc_id", "id").replace("path", "file").replace("text", "t")
            (tmp_path / path.name).write_text("".join(lines), encoding="utf-8")
    texts = pq.read_table(sample_output / "texts.parquet").drop_columns(["text"])
    pq.write_table(texts, tmp_path / "texts.parquet")
    (tmp_path / "manifest.json").write_text(json.dumps({"version": "0.0.1"}), encoding="utf-8")
    return tmp_path


@EVERY_COMMAND
def test_another_version(call: Call, spoilt: Path, words: list[str]) -> None:
    ended = call(*words, spoilt)
    assert (ended.status, ended.out) == (2, "")
    assert "another version of this program (0.0.1)" in ended.err
    assert f"pipeline run INPUT -o {spoilt}" in ended.err


@EVERY_COMMAND
def test_a_missing_table(call: Call, spoilt: Path, words: list[str]) -> None:
    for path in (*spoilt.glob("*.csv"), spoilt / "texts.parquet"):
        path.unlink()
    ended = call(*words, spoilt)
    assert (ended.status, ended.out) == (2, "")
    assert re.search(r"has no (documents\.csv or \.parquet|texts\.parquet)", ended.err)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["kwic", "没有这话"], "'没有这话' stands in no text"),
        (["kwic", "高質量發展無"], "try 高质量发展无"),
        (["kwic", ""], "the wording to look for is empty"),
        (["kwic", "全会", "--width", "-1"], "--width"),
        (["trend", "没有这话"], "no document uses the listed slogan '没有这话'; --in-texts"),
        (["trend", "没有这话", "--in-texts"], "'没有这话' stands in no text"),
        (["trend", "两个确立", "-o", "a.gif"], ".png or .svg"),
        (["trend", "两个确立", "-o", "a.png", "--font", "nowhere.ttf"], "nowhere.ttf"),
        (["trend"], "SLOGAN"),
        (["trend", "两个确立", "--by", "mood"], "--by"),
        (["stats", "--top", "0"], "--top"),
        (["show"], "DOC"),
    ],
    ids=" ".join,
)
def test_unusable(
    call: Call,
    sample_output: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: list[str],
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    ended = call(*words, "-d", sample_output)
    assert ended.status == 2
    assert said in ended.err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--to", "pdf"], "--to"),
        ([], "--to"),
        (["--to", "sqlite", "-o", "folder"], "folder is in the way"),
        (["--to", "jsonl", "-o", "file"], "file is in the way"),
        (["--to", "jsonl", "-o", "file/lines"], "file"),
    ],
)
def test_export_unusable(
    call: Call,
    sample_output: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: list[str],
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").touch()
    ended = call("export", sample_output, *words)
    assert ended.status == 2
    assert said in ended.err


@pytest.mark.skipif(os.name == "nt", reason="Windows has no head")
def test_a_reader_may_stop_early(sample_output: Path) -> None:
    program = f"{sys.executable} -m pipeline kwic 。 -d {sample_output} --width 2000"
    done = subprocess.run(
        f"{program} | head -c 10", shell=True, cwd=PROJECT, capture_output=True, text=True
    )
    assert len(done.stdout) > 0
    assert done.stderr == ""
