"""The reading page as a file: what it holds, and that nothing in it can act."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.lexicons import Lexicons
from pipeline.reading import load
from pipeline.records import TABLES, Document, columns
from pipeline.report import TooLargeError, page, write_report
from pipeline.report.contents import SHOWN, list_offers
from pipeline.report.counts import count_forces, count_references, count_roles, count_years
from pipeline.report.filters import DATE, FILTERS, Filter, link_tables
from pipeline.report.packing import unpack
from pipeline.report.restored import find_restored
from pipeline.report.words import read_words

ASSETS = Path(page.__file__).with_name("assets")


@pytest.fixture(scope="module")
def html(sample_output: Path, lexicons: Lexicons, tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("report") / "report.html"
    return write_report(sample_output, path, lexicons).read_text("utf-8")


def read_block(html: str, name: str) -> object:
    found = re.search(f'id="data-{name}">([A-Za-z0-9+/=]*)</script>', html)
    assert found, name
    return unpack(found[1])


def test_the_file_holds_every_table_and_text(html: str, sample_output: Path) -> None:
    tables = load(sample_output)
    for kind in TABLES:
        block = read_block(html, kind.table)
        assert isinstance(block, dict)
        assert list(block) == [column.name for column in columns(kind)] + [DATE] * (
            kind is Document
        )
    slogans = read_block(html, "slogans")
    assert isinstance(slogans, dict)
    values, codes = slogans["text"]["values"], slogans["text"]["codes"]
    assert [values[code] for code in codes] == tables["slogans"]["text"].tolist()
    texts = read_block(html, "texts-0")
    assert isinstance(texts, dict)
    for doc_id, raw, text in tables["texts"].itertuples(index=False):
        assert (texts[doc_id]["raw"], texts[doc_id]["text"]) == (raw, text)


def test_scripts_are_those_the_policy_names(html: str) -> None:
    (policy,) = re.findall('http-equiv="Content-Security-Policy" content="([^"]+)"', html)
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy
    assert "connect-src 'none'" in policy
    scripts = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
    assert len(scripts) >= len(page.SCRIPTS)
    for script in scripts:
        assert page.write_policy([], [script], "'none'").split()[3].rstrip(";") in policy
    markup = re.sub(r"<script>.*?</script>", "", html, flags=re.DOTALL)
    assert not re.search(r' src=|<link [^>]*href="(?!data:)|@import|url\(', markup)


def test_the_same_output_gives_the_same_bytes(
    html: str, sample_output: Path, lexicons: Lexicons, tmp_path: Path
) -> None:
    again = write_report(sample_output, tmp_path / "again.html", lexicons)
    assert again.read_text("utf-8") == html
    assert list(tmp_path.iterdir()) == [again]


def test_nothing_is_written_by_way_of_markup() -> None:
    for path in ASSETS.glob("*.js"):
        found = re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function",
            path.read_text("utf-8"),
        )
        assert not found, f"{path.name}: {found}"


def test_every_asset_is_part_of_the_page() -> None:
    listed = {*page.SCRIPTS, *page.STYLES, "page.html"}
    assert {path.name for path in ASSETS.iterdir()} == listed


def test_an_output_too_large_for_a_file_is_refused(
    sample_output: Path, lexicons: Lexicons, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "MOST_CHARACTERS", 100)
    with pytest.raises(TooLargeError, match="10 documents"):
        write_report(sample_output, tmp_path / "r.html", lexicons)


# words


def test_every_name_has_words_in_both_languages() -> None:
    words = read_words()
    assert list(words["en"]) == list(words["zh"])
    assert all(text for language in words.values() for text in language.values())
    for kind in TABLES:
        assert f"table.{kind.table}" in words["zh"]
        for column in columns(kind):
            assert f"column.{column.name}" in words["zh"], column.name
            for choice in column.choices:
                assert f"choice.{choice}" in words["zh"], choice


def test_every_field_of_an_entry_has_words(lexicons: Lexicons) -> None:
    told = [lexicons.slogans[0], lexicons.people[0], lexicons.meetings[0]]
    for entry in told:
        for name in set(entry.__struct_fields__) - {"id"}:
            assert f"entry.{name}" in read_words()["zh"], name


def test_every_word_the_scripts_ask_for_is_there() -> None:
    words = read_words()["en"]
    for path in ASSETS.glob("*.js"):
        for key in re.findall(r'say\("([\w.]+)"', path.read_text("utf-8")):
            assert key in words, f"{path.name}: {key}"


def test_filters_and_shown_columns_exist() -> None:
    names = {kind.table: {column.name for column in columns(kind)} | {DATE} for kind in TABLES}
    for each in FILTERS:
        assert each.column in names[each.table]
        assert f"filter.{each.name}" in read_words()["en"]
    for kind in TABLES:
        assert set(SHOWN[kind]) <= names[kind.table]
    assert link_tables()["rejects"] == {}


def test_places_are_offered_with_those_they_lie_in() -> None:
    place = Filter("place", "documents", "place", "within")
    places = [("江苏省苏州市相城区", 2), ("江苏省", 1), ("新疆维吾尔自治区阿克苏地区", 1), ("", 4)]
    assert list_offers(place, lambda *_: places) == [
        ("江苏省", 3),
        ("江苏省苏州市", 2),
        ("江苏省苏州市相城区", 2),
        ("新疆维吾尔自治区", 1),
        ("新疆维吾尔自治区阿克苏地区", 1),
    ]


# what was restored


@pytest.mark.parametrize(
    ("raw", "text", "expected"),
    [
        ("全会强调。", "全会强调。", []),
        ("　　全会强调。\n", "全会强调。", []),
        ("２０２３年全会。", "2023年全会。", [(0, 4, "２０２３")]),
        ("全會強調(diào)，要發(fā)展產(chǎn)業(yè)。", "全会强调，要发展产业。",
         [(1, 4, "會強調(diào)"), (6, 7, "發(fā)"), (8, 10, "產(chǎn)業(yè)")]),
        ("全会强调。", "另一版本的文字。", []),
    ],
)  # fmt: skip
def test_restored_stretches(raw: str, text: str, expected: list[tuple[int, int, str]]) -> None:
    assert find_restored(raw, text) == expected


def test_restored_stretches_stand_in_the_source(sample_output: Path) -> None:
    texts = load(sample_output)["texts"]
    found = 0
    for raw, text in zip(texts["raw"], texts["text"], strict=True):
        for start, end, source in find_restored(raw, text):
            assert source in raw
            assert source != text[start:end]
            found += 1
    assert found > 100


# counts


def test_counts_are_those_of_the_tables(sample_output: Path) -> None:
    tables = load(sample_output)
    levels = tables["documents"].set_index("doc_id")["level"]
    level_of = tables["directives"]["doc_id"].map(levels).astype("string")
    assert count_forces(tables)["count"].sum() == int((level_of != "").sum())
    years = count_years(tables)
    assert (years["documents"] <= years["all_documents"]).all()
    roles = count_roles(tables)
    assert set(roles["name"]) <= set(tables["officials"]["name"])
    references = count_references(tables)
    itself = references["meeting"] == references["plenum"]
    assert not references.empty
    assert not itself.all()


# commands


def call(monkeypatch: pytest.MonkeyPatch, *words: str | Path) -> int:
    monkeypatch.setattr(sys, "argv", ["pipeline", *map(str, words)])
    with pytest.raises(SystemExit) as ended:
        main()
    assert isinstance(ended.value.code, int)
    return ended.value.code


def test_report_writes_where_it_is_told(
    sample_output: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.setattr(page, "can_draw", lambda: False)
    target = tmp_path / "new" / "reader.html"
    assert call(monkeypatch, "report", sample_output, "-o", target) == 0
    printed = capsys.readouterr()
    assert f"Written to {target} (" in printed.out
    assert "communique-pipeline[report]" in printed.err
    html = target.read_text("utf-8")
    assert read_block(html, "pictures") is None
    assert "vegaEmbed = vegaEmbed" not in html


def test_report_sends_large_outputs_to_the_server(
    sample_output: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(page, "MOST_CHARACTERS", 100)
    assert call(monkeypatch, "report", sample_output) == 2
    assert f"pipeline serve {sample_output}" in capsys.readouterr().err
    assert not (sample_output / "report.html").exists()


def test_what_is_no_output_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for command in ("report", "serve"):
        assert call(monkeypatch, command, tmp_path) == 2
        assert "is no output folder" in capsys.readouterr().err
