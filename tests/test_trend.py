"""Trends: uses, and what they are part of."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from pipeline.reading.tables import Tables
from pipeline.reading.trend import By, NoUseError, count_trend, date_documents

DOCUMENTS = [
    # doc_id, published, event_date, place, level, chars, duplicate_of
    ("甲", "2022-05-07", "", "陕西省", "province", 1_000, ""),
    ("乙", "2022-11-01", "2021-01-01", "陕西省", "province", 1_000, "甲"),
    ("丙", "", "2024-08-09/2024-08-10", "福建省福州市", "city", 3_000, ""),
    ("丁", "", "08-09", "", "", 500, ""),
    ("戊", "2024", "", "全国", "national", 0, ""),
]
USES = [
    ("甲", "两个确立", "t1", "两个确立"),
    ("甲", "两个确立", "t1", "两个确立"),
    ("丙", "两个确立", "t1", "“两个确立”"),
    ("丁", "两个确立", "t1", "两个确立"),
    ("丙", "碳达峰碳中和", "t2", "双碳"),
]


@pytest.fixture
def tables() -> Tables:
    columns = ["doc_id", "published", "event_date", "place", "level", "chars", "duplicate_of"]
    documents = pd.DataFrame(DOCUMENTS, columns=columns).convert_dtypes()
    slogans = pd.DataFrame(USES, columns=["doc_id", "canonical", "slogan_id", "variant"])
    return Tables(documents=documents, slogans=slogans.convert_dtypes())


def count(tables: Tables, slogan: str, by: By) -> dict[str, tuple[Any, ...]]:
    trend = count_trend(tables, [slogan], by)
    assert trend.columns[1] == by
    return {row[1]: row[2:] for row in trend.itertuples(index=False, name=None)}


def test_by_year(tables: Tables) -> None:
    assert count(tables, "两个确立", "year") == {
        "2022": (2, 1, 2, 2_000, 0.5, 100.0, "2022-05-07", "2022-05-07"),
        "2024": (1, 1, 2, 3_000, 0.5, pytest.approx(33.33, abs=0.01), "2024-08-09", "2024-08-09"),
        "": (1, 1, 1, 500, 1.0, 200.0, "", ""),
    }


@pytest.mark.parametrize(
    ("by", "groups"),
    [
        ("month", ["2022-05", "2022-11", "2024-08", ""]),
        ("year", ["2022", "2024", ""]),
        ("level", ["national", "province", "city", ""]),
        ("place", ["全国", "福建省福州市", "陕西省", ""]),
    ],
)
def test_every_group_has_its_row_in_order(tables: Tables, by: By, groups: list[str]) -> None:
    trend = count_trend(tables, ["两个确立", "双碳"], by)
    assert trend[by].tolist() == groups * 2
    assert trend["slogan"].tolist() == ["两个确立"] * len(groups) + ["双碳"] * len(groups)
    assert trend.groupby("slogan")["all_documents"].sum().tolist() == [5, 5]


def test_reprints_may_be_left_out(tables: Tables) -> None:
    trend = count_trend(tables, ["两个确立"], "year", distinct=True)
    assert trend["all_documents"].tolist() == [1, 2, 1]
    assert trend["share"].tolist() == [1.0, 0.5, 1.0]


@pytest.mark.parametrize("slogan", ["碳达峰碳中和", "t2", "双碳"])
def test_a_slogan_by_any_of_its_names(tables: Tables, slogan: str) -> None:
    assert count(tables, slogan, "level")["city"][:2] == (1, 1)


def test_no_characters_no_rate(tables: Tables) -> None:
    assert count(tables, "双碳", "level")["national"] == (0, 0, 1, 0, 0.0, 0.0, "", "")


def test_what_is_not_used_is_said(tables: Tables) -> None:
    with pytest.raises(NoUseError, match="'三个务必'"):
        count_trend(tables, ["两个确立", "三个务必"], "year")


@pytest.mark.parametrize(
    ("published", "event", "date"),
    [
        ("2023-08-02", "2023-08-01", "2023-08-02"),
        ("2023", "2022-08-01", "2023"),
        ("", "2023-08-01/2023-08-03", "2023-08-01"),
        ("", "2023", "2023"),
        ("", "08-01", ""),
        ("08-02", "2023-08-01", "2023-08-01"),
        ("", "", ""),
    ],
)
def test_dates(published: str, event: str, date: str) -> None:
    documents = pd.DataFrame({"published": [published], "event_date": [event]})
    assert date_documents(documents).tolist() == [date]
