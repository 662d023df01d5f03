"""Pictures: Chinese without boxes, the same bytes, clear words where there is no font.

A glyph that a font lacks is a warning of matplotlib's, and warnings are errors here.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest

from pipeline.reading import fonts
from pipeline.reading.fonts import FontError, find_chinese_font, has_chinese
from pipeline.reading.plots import MOST_GROUPS, draw_trend, save_trend, set_chinese_font

LATIN = Path(mpl.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    """Fonts are looked for once in each process, here once in each test."""
    fonts._find_installed.cache_clear()
    with mpl.rc_context():
        yield
    fonts._find_installed.cache_clear()


def build_trend(by: str, groups: list[str]) -> pd.DataFrame:
    rows = [
        (slogan, group, 1, 1, 1 + number, 100, 1 / (1 + number), 1.0, "", "")
        for slogan in ("两个确立", "百千万工程")
        for number, group in enumerate(groups)
    ]
    names = ["uses", "documents", "all_documents", "all_chars", "share", "rate", "first", "last"]
    return pd.DataFrame(rows, columns=["slogan", by, *names])


TRENDS = pytest.mark.parametrize(
    ("by", "groups"),
    [
        ("year", ["2013", "2014", "2018", ""]),
        ("month", ["2023-08", "2024-01", "2024-12"]),
        ("place", ["福建省福州市鼓楼区", "陕西省", ""]),
        ("level", ["province", "city", ""]),
    ],
)


@TRENDS
@pytest.mark.parametrize("ending", ["png", "svg"])
def test_pictures_show_chinese_and_are_the_same_each_time(
    tmp_path: Path, by: str, groups: list[str], ending: str
) -> None:
    first, second = (tmp_path / f"{name}.{ending}" for name in "ab")
    for path in (first, second):
        save_trend(build_trend(by, groups), path)
    assert first.read_bytes() == second.read_bytes()
    assert sorted(tmp_path.iterdir()) == [first, second]
    if ending == "svg":
        assert ElementTree.parse(first).getroot().tag.endswith("svg")


def test_boxes_would_be_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "has_chinese", lambda _path: True)
    with pytest.raises(UserWarning, match="missing from font"):
        save_trend(build_trend("year", ["2023"]), tmp_path / "a.png", LATIN)
    assert not list(tmp_path.iterdir())


def test_years_without_documents_break_the_line() -> None:
    set_chinese_font()
    axes: list[Any] = draw_trend(build_trend("year", ["2013", "2014", "2018"])).axes
    shares, totals = axes
    assert np.isnan(shares.lines[0].get_ydata()).tolist() == [False] * 2 + [True] * 3 + [False]
    assert [bar.get_height() for bar in totals.patches] == [1, 2, 0, 0, 0, 3]


def test_no_dates_no_picture(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no document has a month"):
        save_trend(build_trend("month", [""]), tmp_path / "a.png")


def test_the_places_with_most_documents_are_shown() -> None:
    set_chinese_font()
    places = [f"县{number:03}" for number in range(40)]
    (axes,) = draw_trend(build_trend("place", places)).axes
    labels = [label.get_text() for label in axes.get_yticklabels()]
    assert labels == [f"县{number:03}  n={number + 1}" for number in range(40 - MOST_GROUPS, 40)]


def test_the_packaged_font_comes_first() -> None:
    assert find_chinese_font().name == "NotoSansSC-Regular.otf"


@pytest.mark.parametrize("packaged", [[], [Path("gone.otf")]])
def test_no_font_is_said_with_the_remedy(
    monkeypatch: pytest.MonkeyPatch, packaged: list[Path]
) -> None:
    monkeypatch.setattr(fonts, "_find_packaged", lambda: packaged)
    monkeypatch.setattr(fonts, "findSystemFonts", lambda: [str(LATIN)])
    with pytest.raises(FontError, match=r"fonts-noto-cjk.*\[plots\]"):
        find_chinese_font()


def test_a_font_of_the_system_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = tmp_path / "unknown-name.otf"
    copy.write_bytes(find_chinese_font().read_bytes())
    fonts._find_installed.cache_clear()
    monkeypatch.setattr(fonts, "_find_packaged", list)
    monkeypatch.setattr(fonts, "findSystemFonts", lambda: [str(LATIN), str(copy)])
    assert find_chinese_font() == copy


def test_preferred_fonts_come_first() -> None:
    names = ["DejaVuSans.ttf", "simsun.ttc", "wqy-microhei.ttc", "NotoSansCJK-Regular.ttc"]
    ranked = fonts._rank(Path(name) for name in names)
    assert [path.name for path in ranked] == names[:0:-1] + names[:1]


def test_a_font_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.ttf").write_bytes(b"no font")
    assert not has_chinese(tmp_path / "a.ttf")
    for path in (LATIN, tmp_path / "a.ttf", tmp_path / "nowhere.ttf"):
        with pytest.raises(FontError, match=path.name):
            find_chinese_font(path)
