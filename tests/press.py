"""Small press folders, and what another run over them does: shared by the tests of the store."""

from __future__ import annotations

import json
from pathlib import Path

from pipeline.running.batch import run
from pipeline.running.events import DocumentDone, Event, InputRejected
from pipeline.running.preview import preview_run
from pipeline.running.recipe import Recipe
from pipeline.running.scope import Scope

TEXTS = [
    "区委五届五次全会召开\n8月1日，全会强调，要坚定拥护“两个确立”，坚决做到“两个维护”。",
    "市委全会指出，要落实“三大光荣”和一核两翼，抓好落实。会议要求，必须增强“四个意识”。",
    "会议审议通过《关于推进工作的决定》。要加强“家门口的幸福圈”建设。习近平总书记指出，要实干。",
    "县委常委会会议召开，县委书记张三主持会议并讲话。会议强调，严禁弄虚作假。",
    "",
]


def read_tables(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if "duckdb" not in path.name}


def write_texts(folder: Path, **texts: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def write_lines(path: Path, *records: dict[str, str]) -> None:
    lines = [json.dumps(record, ensure_ascii=False) for record in records]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


class Watched:
    """The outcomes of a run, as it tells them."""

    def __init__(self) -> None:
        self.paths: list[str] = []

    def __call__(self, event: Event) -> None:
        if isinstance(event, DocumentDone | InputRejected):
            self.paths.append(event.path)


def done_again(folder: Path, output: Path, recipe: Recipe | None = None) -> list[str]:
    """The paths of what another run does."""
    watched = Watched()
    run([folder], output, recipe or Recipe(), tell=watched)
    return watched.paths


def reasons(folder: Path, output: Path, recipe: Recipe | None = None) -> dict[str, str]:
    """Why a run would read what it reads, by name."""
    with preview_run(Scope([folder]), output, recipe or Recipe()) as listed:
        return {name: reason for name, reason in listed if reason}


def expect_fresh(folder: Path, output: Path, recipe: Recipe | None = None) -> None:
    """The tables are those that a run from the start writes."""
    fresh = output.with_name(f"{output.name}-fresh-{len(list(output.parent.iterdir()))}")
    run([folder], fresh, recipe or Recipe())
    assert read_tables(output) == read_tables(fresh)
