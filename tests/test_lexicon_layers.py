"""Lexicons of one's own on top of others: what is added, overridden, left out and refused."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lexicon_folders import SLOGANS, make_base, refuse, write

from pipeline import process_text
from pipeline.lexicons import LexiconError, Slogan, check_lexicons, load_lexicons
from pipeline.lexicons.naming import make_id
from pipeline.lexicons.reader import read_table
from pipeline.running.recipe import Recipe


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return make_base(tmp_path / "base")


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "mine"
    folder.mkdir()
    return folder


def load_slogans(base: Path, own: Path) -> dict[str, Slogan]:
    return {slogan.id: slogan for slogan in load_lexicons(own, base=base).slogans}


def test_a_column_of_wordings_is_enough(base: Path, own: Path) -> None:
    write(own, SLOGANS, "canonical", "家门口的幸福圈", "四链融合")
    added = load_slogans(base, own)[make_id("四链融合")]
    assert (added.canonical, added.category, added.level, added.source) == (
        "四链融合",
        "other",
        "central",
        "user",
    )


def test_a_place_gives_the_level(base: Path, own: Path) -> None:
    write(own, SLOGANS, "canonical,place", "四链融合,320500", "五链融合,")
    slogans = load_slogans(base, own)
    assert slogans[make_id("四链融合")].level == "city"
    assert slogans[make_id("五链融合")].level == "central"


def test_columns_override_and_others_stay(base: Path, own: Path) -> None:
    write(own, SLOGANS, "id,category", "liang-ge-que-li,history")
    (slogan,) = load_slogans(base, own).values()
    assert (slogan.canonical, slogan.category, slogan.source) == ("两个确立", "history", "测试")


def test_an_empty_cell_empties(base: Path, own: Path) -> None:
    write(
        base, SLOGANS, "id,canonical,category,level,notes,source", "a,四链融合,tech,central,旧,书"
    )
    write(own, SLOGANS, "id,notes", "a,")
    assert load_slogans(base, own)["a"].notes == ""


def test_the_wording_finds_its_entry(base: Path, own: Path) -> None:
    write(own, SLOGANS, "canonical,variants", "两个确立,两大确立")
    assert load_slogans(base, own)["liang-ge-que-li"].variants == ("两大确立",)


def test_an_overridden_entry_keeps_its_rank(base: Path, own: Path) -> None:
    write(base, "people.csv", "id,name,source", "a,甲一,书", "b,乙一,书")
    write(own, "people.csv", "id,name", "a,甲二", "c,丙一")
    people = load_lexicons(own, base=base).people
    assert [person.name for person in people] == ["甲二", "乙一", "丙一"]


def test_other_files_can_be_extended(base: Path, own: Path) -> None:
    write(own, "places.csv", "adcode,name,level,parent", "320507,相城区,county,320500")
    (own / "words").mkdir()
    write(own, "words/modals.csv", "word,value", "务须,require", "必须,direct")
    lexicons = load_lexicons(own, base=base)
    assert lexicons.places[-1].name == "相城区"
    assert (lexicons.words["modals"]["务须"], lexicons.words["modals"]["必须"]) == (
        "require",
        "direct",
    )


@pytest.mark.parametrize(
    ("row", "left"),
    [
        ("slogans,liang-ge-que-li", "slogans"),
        ("meetings,cc-20-3", "meetings"),
        ("slogans.csv,liang-ge-que-li", "slogans"),
    ],
)
def test_entries_are_left_out(base: Path, own: Path, row: str, left: str) -> None:
    write(own, "removed.csv", "lexicon,id", row)
    assert getattr(load_lexicons(own, base=base), left) == ()


def test_words_are_left_out(base: Path, own: Path) -> None:
    write(own, "removed.csv", "lexicon,id", "words/modals,必须")
    assert "必须" not in load_lexicons(own, base=base).words["modals"]


@pytest.mark.parametrize(
    ("file", "lines", "line", "fault", "remedy"),
    [
        ("removed.csv", ["lexicon,id", "slogans,none"], 2, "no entry 'none'", "correct the id"),
        ("removed.csv", ["lexicon,id", "slogan,x"], 2, "no lexicon 'slogan'", "words/modals"),
        (SLOGANS, ["canonical", "新"], 2, "'新'", "lengthen or delete"),
        (SLOGANS, ["canonical", "——"], 2, "'——'", "lengthen or delete"),
        (SLOGANS, ["canonical", "四链融合", "“新”"], 3, "'“新”'", "lengthen or delete"),
        (SLOGANS, ["两个先行"], 1, "unknown column '两个先行'", "the first line names the columns"),
        (SLOGANS, ["canonical,canonical", "a,b"], 1, "stands twice", "delete one"),
        (SLOGANS, ["canonical", '"两个', '先行"'], 2, "runs over its line", "close the quotation"),
        (SLOGANS, ["canonical", '"两个', "# 先行"], 2, "unexpected end", "close the quotation"),
        (SLOGANS, ['"canon', 'ical"', "两个先行"], 1, "runs over its line", "close the quotation"),
        (SLOGANS, ["canonical", '""'], 2, "canonical is empty", "fill the cell"),
        (SLOGANS, ["canonical", "两个\u3000先行"], 2, "u3000", "plain blanks"),
        (
            SLOGANS,
            ["id,canonical", "a,四链融合", "a,五链融合"],
            3,
            "'a' stands on line 2",
            "delete",
        ),
        (
            SLOGANS,
            ["canonical,flags", "四链融合,", "四链融合,quoted"],
            3,
            "on line 2",
            "delete one",
        ),
        (SLOGANS, ["canonical,place", "四链融合,999999"], 2, "999999", "add the place"),
        (SLOGANS, ["id,canonical", "t,两个确立"], 2, "'两个确立'", "add a sense"),
        (SLOGANS, ["# 只有说明"], 0, "no header line", "name the columns"),
        ("slogan.csv", ["canonical"], 0, "is no lexicon file", "rename it"),
        ("words/modal.csv", ["word"], 0, "is no lexicon file", "rename it"),
    ],
)
def test_faults_name_file_and_line_of_the_layer(
    base: Path, own: Path, file: str, lines: list[str], line: int, fault: str, remedy: str
) -> None:
    (own / "words").mkdir()
    write(own, file, *lines)
    error = refuse(base, own)
    assert (error.path, error.line) == (own / file, line)
    assert fault in str(error)
    assert remedy in str(error)


def test_a_folder_without_lexicons(base: Path, own: Path) -> None:
    (own / "liesmich.txt").touch()
    assert "holds no lexicon file; add one" in str(refuse(base, own))


@pytest.mark.parametrize(
    ("content", "remark"),
    [
        ("\ufeffcanonical\n四链融合\n", "slogans.csv:1: byte order mark"),
        ("canonical\r\n四链融合\r\n", "slogans.csv: CRLF"),
        ("canonical\tcategory\n四链融合\ttech\n", "slogans.csv:1: cells are parted by tabs"),
        ("canonical\n\u3000四链融合\u3000\n", "slogans.csv:2: blank at the edge"),
        ("canonical,place\n四链融合, \n", "slogans.csv:2: blank at the edge"),
        ("canonical\n四鏈融合\n", "slogans.csv:2: '四鏈融合' read as '四链融合'"),
        ("canonical\n四链融合\n四链融合\n", "slogans.csv:3: '四链融合' is listed: line 2"),
        ("canonical\n四链融合\n兩個確立\n", "slogans.csv:3: '两个确立' is listed: liang-ge-que-li"),
    ],
)
def test_harmless_things_are_said(base: Path, own: Path, content: str, remark: str) -> None:
    (own / SLOGANS).write_text(content, encoding="utf-8", newline="")
    lexicons = load_lexicons(own, base=base)
    assert [slogan.canonical for slogan in lexicons.slogans] == ["两个确立", "四链融合"]
    assert any(remark in said for said in lexicons.remarks)
    assert check_lexicons(own, base=base) == lexicons.remarks


def test_other_formats_are_said(base: Path, own: Path) -> None:
    write(own, SLOGANS, "canonical", "四链融合")
    write(own, "slogans.yaml", "a: &x 1", "b: *x")
    assert "slogans.yaml: is not read; lexicons are CSV files" in "".join(
        load_lexicons(own, base=base).remarks
    )


def test_digest_and_layers(base: Path, own: Path) -> None:
    alone = load_lexicons(base=base)
    write(own, SLOGANS, "canonical", "四链融合")
    layered = load_lexicons(own, base=base)
    assert [layer.name for layer in layered.layers] == [base.name, "mine"]
    assert layered.layers[0].digest == alone.digest != layered.digest
    write(own, SLOGANS, "canonical", "五链融合")
    assert load_lexicons(own, base=base).digest != layered.digest
    write(own, "slogan_examples.csv", "id,example,counts")
    assert load_lexicons(own, base=base).layers[0] == alone.layers[0]


def test_the_same_folder_is_one_layer(base: Path) -> None:
    assert len(load_lexicons(base, base=base).layers) == 1


def test_the_recipe_lays_over_the_program(own: Path) -> None:
    write(own, SLOGANS, "canonical", "家门口的幸福圈")
    result = process_text("建好家门口的幸福圈，落实“两个确立”。", recipe=Recipe(lexicons=own))
    assert [use.slogan_id for use in result.slogans] == [
        make_id("家门口的幸福圈"),
        "liang-ge-que-li",
    ]


@given(st.text('canonical,"\n\r\t# \u3000两个先行;\x0b\u2028\x00', max_size=60))
def test_anything_is_read_or_refused(text: str) -> None:
    with TemporaryDirectory() as folder, suppress(LexiconError):
        path = Path(folder, SLOGANS)
        path.write_text("canonical,variants\n" + text, encoding="utf-8", newline="")
        table = read_table(path, Slogan, [])
        assert all(cell for row in table.rows for cell in row.values())
        assert len(table.lines) == len(table.rows)
