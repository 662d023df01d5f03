"""Parts of a corpus, run apart and merged: the tables of the whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from press import (
    TEXTS,
    done_again,
    read_tables,
    write_texts,
)

from pipeline.ingest import Metadata
from pipeline.running.batch import run
from pipeline.running.merge import merge
from pipeline.running.recipe import Recipe
from pipeline.running.shards import Shard, read_shard
from pipeline.store import StoreError


def test_parts_merge_to_the_whole(press: Path, tmp_path: Path) -> None:
    write_texts(press, 戊="", 己=TEXTS[2])
    (press / "甲.html").write_text(TEXTS[0], encoding="utf-8")
    whole, parts = tmp_path / "whole", [tmp_path / str(number) for number in (1, 2, 3)]
    run([press], whole)
    for number, part in enumerate(parts, 1):
        run([press], part, shard=Shard(number, 3))
    merge(parts, tmp_path / "merged")
    assert read_tables(tmp_path / "merged") == read_tables(whole)
    assert done_again(press, tmp_path / "merged") == []


def test_parts_that_do_not_belong_together(press: Path, tmp_path: Path) -> None:
    run([press], tmp_path / "a")
    run([press], tmp_path / "b", Recipe(given=Metadata(published="2023-08-02")))
    with pytest.raises(StoreError, match="differ in given"):
        merge([tmp_path / "a", tmp_path / "b"], tmp_path / "out")
    run([press], tmp_path / "c")
    with pytest.raises(StoreError, match="another part"):
        merge([tmp_path / "a", tmp_path / "c"], tmp_path / "out")
    with pytest.raises(StoreError, match="one of the parts"):
        merge([tmp_path / "a"], tmp_path / "a")
    with pytest.raises(StoreError, match="has no store"):
        merge([press], tmp_path / "out")


@pytest.mark.parametrize("text", ["", "0/3", "4/3", "1", "1/0", "a/b", "-1/2"])
def test_a_part_that_is_none(text: str) -> None:
    with pytest.raises(ValueError, match="no part"):
        read_shard(text)
