"""One document through all stages: what comes out, scrambled or clean."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest

import pipeline
from pipeline.lexicons import Lexicons
from pipeline.records import TABLES, Mention, Result

GOLD = Path(__file__).parent / "gold" / "documents"
MENTION_TABLES = [kind.table for kind in TABLES if issubclass(kind, Mention)]
TWINS = sorted(GOLD.glob("*_scrambled.json"))


@pytest.mark.parametrize("twin", TWINS, ids=lambda path: path.stem)
def test_a_scrambled_document_gives_the_rows_of_its_clean_twin(twin: Path) -> None:
    scrambled = process_labelled(twin)
    clean = process_labelled(twin.with_name(twin.name.replace("_scrambled", "")))
    assert scrambled.text == clean.text
    assert scrambled.document.repaired > 0
    for table in MENTION_TABLES:
        found, expected = (
            [dataclasses.replace(row, raw_start=0, raw_end=0) for row in getattr(result, table)]
            for result in (scrambled, clean)
        )
        assert found == expected, table


def process_labelled(path: Path) -> Result:
    raw = json.loads(path.read_text(encoding="utf-8"))["raw"]
    return pipeline.process_text(raw, doc_id="twin")


def test_there_are_twins() -> None:
    assert TWINS


def test_process_text_refuses_a_date_that_is_none() -> None:
    with pytest.raises(ValueError, match="8月"):
        pipeline.process_text("要抓落实。", published="2023年8月")


def test_a_document_is_what_its_row_says(lexicons: Lexicons) -> None:
    result = pipeline.process_text(
        "区委五届五次全会召开\n8月1日，中国共产党苏州市相城区第五届委员会第五次全体会议召开。"
        "全会强调，要坚定拥护“两个确立”。（李媛媛）",
        published="2023-08-02",
    )
    assert result.document.place == "江苏省苏州市相城区"
    assert result.document.event_date == "2023-08-01"
    assert result.document.meeting == "中国共产党苏州市相城区第五届委员会第五次全体会议"
    assert list(result.document.byline) == ["李媛媛"]
    assert [plenum.is_self for plenum in result.plenums] == [True, True]
    assert [directive.text for directive in result.directives] == ["要坚定拥护“两个确立”"]
    assert [use.text for use in result.slogans] == ["两个确立"]
    assert result.slogans[0].directive_id == result.directives[0].row_id
    assert result.document.lexicons == lexicons.digest[:12]
