"""The same bytes wherever it runs: names as file systems and people write them."""

from __future__ import annotations

import csv
import unicodedata
from pathlib import Path

import pytest

from pipeline.export import export_output
from pipeline.reading import load
from pipeline.running.batch import run

TEXT = "全会强调，要抓好落实。"
COMPOSED, DECOMPOSED = (unicodedata.normalize(form, "café ǚ 公报") for form in ("NFC", "NFD"))
NAMES = {
    "Chinese": "区委五届五次全会公报（摘要）",
    "composed": COMPOSED,
    "decomposed": DECOMPOSED,
    "long": "公" * 80,
    "beyond the plane": "𠀀𪜀",
    "emoji": "公报😀",
    "spaces": " 公报 一 ",
    "quotes": "公报\"'“”,;",
    "formula": "=1+1",
    "dots": "公报..二..",
    "dash": "-o",
    "percent": "%2e%2e",
}


def read_ids(folder: Path) -> list[str]:
    with (folder / "documents.csv").open(encoding="utf-8", newline="") as lines:
        return [row["doc_id"] for row in csv.DictReader(lines)]


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_names(tmp_path: Path, name: str) -> None:
    (tmp_path / "in" / name).mkdir(parents=True)
    (tmp_path / "in" / name / f"{name}.txt").write_text(TEXT, encoding="utf-8")
    run([tmp_path / "in"], tmp_path / "out")
    assert read_ids(tmp_path / "out") == [f"{name}/{name}"]
    assert load(tmp_path / "out")["texts"]["doc_id"].tolist() == [f"{name}/{name}"]
    export_output(tmp_path / "out", "sqlite")


def test_two_names_that_look_the_same_are_two_documents(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name in (COMPOSED, DECOMPOSED):
        (folder / f"{name}.txt").write_text(TEXT, encoding="utf-8")
    if len(list(folder.iterdir())) == 1:
        pytest.skip("this file system takes both for one name")
    run([folder], tmp_path / "out")
    assert sorted(read_ids(tmp_path / "out")) == sorted([COMPOSED, DECOMPOSED])


def test_a_deep_path(tmp_path: Path) -> None:
    names = ["深" * 40] * 12
    folder = tmp_path.joinpath("in", *names)
    folder.mkdir(parents=True)
    (folder / "公报.txt").write_text(TEXT, encoding="utf-8")
    run([tmp_path / "in"], tmp_path / "out")
    assert read_ids(tmp_path / "out") == ["/".join([*names, "公报"])]
