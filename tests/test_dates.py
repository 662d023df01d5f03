"""Dates as printed, with and without a year."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.setting.dates import find_dates

PUBLISHED = date(2024, 3, 2)


def read(text: str, published: date | None = None) -> list[str]:
    return [printed.as_text() for printed in find_dates(text, 0, len(text), published)]


@pytest.mark.parametrize(
    ("text", "bare", "with_published"),
    [
        ("8月9日，全会", "08-09", "2023-08-09"),
        ("2025年12月5日至6日在", "2025-12-05/2025-12-06", "2025-12-05/2025-12-06"),
        ("二〇一四年一月八日在", "2014-01-08", "2014-01-08"),
        ("1月30日-2月1日", "01-30/02-01", "2024-01-30/2024-02-01"),
        ("2024年12月30日至1月2日", "2024-12-30/2025-01-02", "2024-12-30/2025-01-02"),
        ("8月6日、7日召开", "08-06/08-07", "2023-08-06/2023-08-07"),
        ("23日下午", "", "2024-02-23"),
        ("1日，", "", "2024-03-01"),
        ("今天下午", "", "2024-03-02"),
        ("2023-08-02 10:00", "2023-08-02", "2023-08-02"),
        ("到2025年", "", ""),
        ("13月40日", "", ""),
        ("2月30日", "", ""),
    ],
)
def test_dates(text: str, bare: str, with_published: str) -> None:
    assert "".join(read(text)) == bare
    assert "".join(read(text, PUBLISHED)) == with_published
