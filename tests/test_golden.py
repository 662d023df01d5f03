"""Whole documents against their expected tables, byte for byte.

Each folder of ``tests/golden`` holds a source and what comes of it. After a change that is meant,
``make golden`` writes the tables anew; what the change did is then read in the diff.
"""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from pipeline import process_text
from pipeline.emit import write_output
from pipeline.emit.codebook import CODEBOOKS
from pipeline.records import Result

GOLDEN = Path(__file__).parent / "golden"
SLUGS = sorted(path.parent.name for path in GOLDEN.glob("*/source.txt"))
NEVER_COMPARED = {*CODEBOOKS, "manifest.json", "datapackage.json", "texts.parquet", "rejects.csv"}


@pytest.mark.parametrize("slug", SLUGS)
def test_document_gives_its_expected_tables(
    slug: str, tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    raw = (GOLDEN / slug / "source.txt").read_bytes().decode("utf-8")
    found = write_tables(process_text(raw, doc_id=slug), tmp_path)
    if pytestconfig.getoption("--rewrite-golden"):
        for name, content in found.items():
            (GOLDEN / slug / name).write_bytes(content)
    expected = {path.name: path.read_bytes() for path in (GOLDEN / slug).iterdir()}
    del expected["source.txt"]
    assert found.keys() == expected.keys()
    for name, content in found.items():
        assert content.decode().splitlines() == expected[name].decode().splitlines(), name
        assert content == expected[name], name


def write_tables(result: Result, folder: Path) -> dict[str, bytes]:
    """The tables and the text, without what names versions: they change with every lexicon."""
    document = dataclasses.replace(result.document, version="", engine="", lexicons="")
    write_output([dataclasses.replace(result, document=document)], folder, {})
    (folder / "text.txt").write_text(result.text + "\n", encoding="utf-8", newline="")
    names = {path.name for path in folder.iterdir()} - NEVER_COMPARED
    return {name: (folder / name).read_bytes() for name in sorted(names)}


def test_there_are_documents() -> None:
    assert len(SLUGS) >= 3
