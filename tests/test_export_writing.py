"""Exports as files: the same bytes for the same output, and the old one kept where one fails."""

from __future__ import annotations

from pathlib import Path

import pytest
from outputs import AWKWARD, write

from pipeline.emit import OutputError
from pipeline.export import FORMATS, export_output

EVERY_FORMAT = pytest.mark.parametrize("to", FORMATS)


@EVERY_FORMAT
def test_same_output_same_bytes(tmp_path: Path, to: str) -> None:
    output = write(tmp_path / "out", AWKWARD)
    first, second = (export_output(output, to, tmp_path / name / "x")[0] for name in "ab")
    assert collect(first) == collect(second)


def collect(path: Path) -> dict[str, bytes]:
    files = path.iterdir() if path.is_dir() else [path]
    return {file.name: file.read_bytes() for file in files}


@EVERY_FORMAT
def test_a_failed_export_leaves_the_old_one(tmp_path: Path, to: str) -> None:
    output = write(tmp_path / "out", ["甲"])
    written, _ = export_output(output, to)
    before = collect(written)
    (output / "rejects.parquet").unlink()
    with pytest.raises(OutputError, match="rejects"):
        export_output(output, to)
    assert collect(written) == before
    assert not list(output.glob(".partial-*"))


def test_the_output_itself_is_no_target(tmp_path: Path) -> None:
    output = write(tmp_path / "out", ["甲"])
    with pytest.raises(OutputError, match="is the output itself"):
        export_output(output, "parquet", output)
    with pytest.raises(OutputError, match="is in the way"):
        export_output(output, "sqlite", output)
