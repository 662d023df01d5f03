"""Loading is strict: every planted fault is caught, with its file, its line and a remedy."""

from __future__ import annotations

from pathlib import Path

import pytest
from lexicon_folders import SLOGAN_HEADER, SLOGANS, make_base, refuse, write

from pipeline.lexicons import check_lexicons, load_lexicons


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_base(tmp_path)


def slogan(start: str, rest: str = ",ideology,central,,,,,测试") -> str:
    """A row: id, canonical form and perhaps variants, then the other columns."""
    return start + ("," if start.count(",") == 1 else "") + rest


def add(folder: Path, file: str, *lines: str) -> None:
    with (folder / file).open("a", encoding="utf-8") as stream:
        stream.writelines(line + "\n" for line in lines)


def test_sound_lexicons_load(folder: Path) -> None:
    lexicons = load_lexicons(base=folder)
    assert [entry.canonical for entry in lexicons.slogans] == ["两个确立"]
    assert len(lexicons.places) == 3
    check_lexicons(base=folder)


@pytest.mark.parametrize(
    ("row", "fault", "remedy"),
    [
        (slogan("liang-ge-que-li,两个维护"), "stands on line 2 too", "choose another"),
        (slogan("t2,两个确立"), "stands on line 2 too", "add a sense"),
        (slogan("t2,“两个”确立（别处）"), "also that of liang-ge-que-li", "flag both ambiguous"),
        (slogan("t2,两个维护,两个确立"), "also that of liang-ge-que-li", "flag both ambiguous"),
        (
            slogan("t2,四个新（江苏）", ",ideology,province,999999,,,,测试"),
            "999999",
            "add the place",
        ),
        (slogan("t2,四个意识", ",ideology,central,320000,,,,测试"), "no place", "change level"),
        (slogan("t2,四个意识", ",ideology,central,,2016-13,,,测试"), "2016-13", "YYYY-MM-DD"),
        (slogan("t2,四个意识", ",ideology,central,,16-1,,,测试"), "first_date", "correct the cell"),
        (slogan("t2,新"), "'新'", "lengthen or delete"),
        (slogan("t2,四个意识,“、”"), "'“、”'", "lengthen or delete"),
        (slogan("t2,四个意识,“四个”意识"), "marks alone", "delete it"),
        (slogan("t2,四个\u3000意识"), "u3000", "plain blanks"),
        (slogan("t2,四个\t意识"), "\\t", "use commas"),
        (slogan("t2,四个意识", ",ideas,central,,,,,测试"), "category", "correct the cell"),
        (slogan("t2,四个意识", ",ideology,central,,,,loud,测试"), "flags", "correct the cell"),
        (slogan("t2,美丽江苏", ",ecology,province,,,,template,测试"), "slot X", "remove the flag"),
        (slogan("t2,四个意识", ",ideology,central,,,Four,,测试"), "english_type", "fill or empty"),
        (slogan("T 2,四个意识"), "id", "correct the cell"),
        (slogan("t2,四个意识", ",ideology,central,,,,,"), "source", "fill"),
        ("t2,四个意识", "2 cells", "quote cells with commas"),
        (slogan('t2,"四个意识'), "unexpected end", "close the quotation marks"),
    ],
)
def test_faulty_slogan(folder: Path, row: str, fault: str, remedy: str) -> None:
    add(folder, SLOGANS, row)
    error = refuse(folder)
    assert (error.path.name, error.line) == (SLOGANS, 3)
    assert fault in str(error)
    assert remedy in str(error)


@pytest.mark.parametrize(
    ("spelling", "plain"),
    [
        ("兩個維護", "两个维护"),
        ("四个意識", "四个意识"),
        ("４１５集群", "415集群"),
        ("１＋３格局", "1+3格局"),
    ],
)
def test_unreachable_spelling(folder: Path, spelling: str, plain: str) -> None:
    add(folder, SLOGANS, slogan(f"t2,{spelling}"))
    load_lexicons(base=folder)
    error = refuse(folder, thorough=True)
    assert (error.path.name, error.line) == (SLOGANS, 3)
    assert f"write {plain!r}" in str(error)


def test_declared_ambiguity(folder: Path) -> None:
    write(
        folder,
        SLOGANS,
        SLOGAN_HEADER,
        slogan("si-ge-xin,四个新（江苏）", ",regional,province,320000,,,quoted;ambiguous,测试"),
        slogan("si-ge-xin-2,四个新（别处）", ",regional,province,,,,quoted;ambiguous,测试"),
    )
    check_lexicons(base=folder)


@pytest.mark.parametrize(
    ("file", "row", "fault", "remedy"),
    [
        ("places.csv", "320500,苏州市,,prefecture,320000,,,测试", "stands on line 4", "delete one"),
        ("places.csv", "320500,平江府,,prefecture,320000,,,测试", "current unit", "valid_to"),
        (
            "places.csv",
            "320507,相城区,,county,320900,,,测试",
            "320900 leads nowhere",
            "listed unit",
        ),
        ("places.csv", "320507,相城区,,county,320507,,,测试", "in a circle", "unit above"),
        (
            "places.csv",
            "320507,相城区,,county,320500,2001,2000,测试",
            "before it starts",
            "correct",
        ),
        (
            "places.csv",
            "320586,吴县市,,county,320500,1995,2000,测试\n320586,吴中区,,county,320500,1999,,测试",
            "吴中区 follows 吴县市, but ends 1999 before it starts 2000",
            "correct the dates",
        ),
        ("places.csv", "320507,相城区,相,county,320500,,,测试", "single character", "沛县"),
        (
            "meetings.csv",
            "cc-20-4,plenum,中国共产党第二十届中央委员会第四次全体会议,中央委员会,20,5,,,yes,测试",
            "(20, 4) in the name",
            "correct name or numbers",
        ),
        (
            "meetings.csv",
            "congress-20,congress,中国共产党第二十次全国代表大会,大会,19,,,,yes,测试",
            "(20, None) in the name",
            "correct name or numbers",
        ),
        (
            "meetings.csv",
            "conf-1,conference,中央经济工作会议,中共中央,,,2024-12-12,2024-12-11,yes,测试",
            "before it starts",
            "correct the dates",
        ),
        (
            "meetings.csv",
            "conf-1,conference,中央经济工作会议,中共中央,,,2024-12-11,,no,测试",
            "uncertain",
            "move them to notes",
        ),
        (
            "meetings.csv",
            "conf-1,conference,中央经济工作会议,中共中央,,,2024-02-30,,yes,测试",
            "2024-02-30 is no date",
            "YYYY-MM-DD",
        ),
        (
            "meetings.csv",
            "conf-1,conference,中央经济工作会议,中共中央,,,2024/2,,yes,测试",
            "start_date",
            "correct the cell",
        ),
        (
            "meetings.csv",
            "plenum-3,plenum,中国共产党第二十届中央委员会第三次全体会议,中央委员会,20,3,,,yes,测试",
            "place, kind, term and session",
            "delete one",
        ),
        (
            "meetings.csv",
            "cc-20-4,plenum,中国共产党第二十届中央委员会第四次全体会议,中央委员会,20,4,2024-06,,yes,测试",
            "meets before cc-20-3",
            "correct the dates",
        ),
        ("people.csv", "xi-jinping,李强,测试", "stands on line 2", "choose another"),
        ("posts.csv", "li-qiang,总理,国务院,2023-03-11,,测试", "li-qiang", "add the person"),
        (
            "posts.csv",
            "xi-jinping,国家主席,国家,2023,2013-03-14,测试",
            "before it starts",
            "correct the dates",
        ),
    ],
)
def test_faulty_row(folder: Path, file: str, row: str, fault: str, remedy: str) -> None:
    add(folder, file, row)
    line = (folder / file).read_text(encoding="utf-8").count("\n")
    error = refuse(folder)
    assert (error.path.name, error.line) == (file, line)
    assert fault in str(error)
    assert remedy in str(error)


@pytest.mark.parametrize(
    ("name", "place", "is_sound"),
    [
        ("中国共产党江苏省第十四次代表大会", "320000", True),
        ("中国共产党浙江省第十四次代表大会", "320000", False),
        ("中国共产党浙江省第十四次代表大会", "330000", False),
    ],
)
def test_place_of_a_meeting(folder: Path, name: str, place: str, *, is_sound: bool) -> None:
    write(
        folder,
        "meetings.csv",
        "id,kind,name,body,place,term,session,start_date,certain,source",
        f"congress-{place}-14,congress,{name},大会,{place},14,,2021-11,yes,测试",
    )
    if is_sound:
        assert load_lexicons(base=folder).meetings[0].place == place
    else:
        error = refuse(folder)
        assert (error.path.name, error.line) == ("meetings.csv", 2)
        assert f"place {place} is not the one in the name; correct place or name" in str(error)


def test_line_counts_comments_and_empty_lines(folder: Path) -> None:
    write(
        folder,
        SLOGANS,
        "# 提法",
        SLOGAN_HEADER,
        "",
        "# 一组",
        slogan("t1,四个意识"),
        slogan("t1,新"),
    )
    assert refuse(folder).line == 6


def test_unknown_column(folder: Path) -> None:
    write(folder, SLOGANS, SLOGAN_HEADER + ",colour")
    error = refuse(folder)
    assert "'colour'" in str(error)
    assert "canonical" in str(error)


def test_harmless_forms_are_accepted(folder: Path) -> None:
    text = (folder / SLOGANS).read_text(encoding="utf-8")
    (folder / SLOGANS).write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert load_lexicons(base=folder).slogans[0].canonical == "两个确立"


def test_other_encoding(folder: Path) -> None:
    (folder / SLOGANS).write_bytes(SLOGAN_HEADER.encode() + "\nt1,两个确立".encode("gb18030"))
    assert "save it as UTF-8" in str(refuse(folder))


def test_missing_file(folder: Path) -> None:
    (folder / "posts.csv").unlink()
    assert "posts.csv: is missing" in str(refuse(folder))


def test_no_folder(tmp_path: Path) -> None:
    assert "give a folder" in str(refuse(tmp_path / "nowhere"))


def test_digest_follows_the_bytes(folder: Path) -> None:
    before = load_lexicons(base=folder).digest
    add(folder, SLOGANS, "# a comment")
    assert load_lexicons(base=folder).digest != before
