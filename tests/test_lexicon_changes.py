"""Lexicons compared, and what an output suggests adding, edited and merged."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from lexicon_folders import SLOGANS, make_base, write

from pipeline.lexicons import LexiconError, load_lexicons
from pipeline.lexicons.differences import Difference, find_differences
from pipeline.lexicons.merging import merge_proposals
from pipeline.lexicons.naming import make_id
from pipeline.lexicons.proposals import Proposal, list_proposals
from pipeline.running.batch import run

PRESS = "建好“家门口的幸福圈”，推动高质量发展。要把{}办好，构建一圈三廊格局。"


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return make_base(tmp_path / "base")


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("press")
    for name, what in (("甲", "“家门口的幸福圈”"), ("乙", "食堂"), ("丙", "学校")):
        write(folder, f"{name}.txt", PRESS.format(what))
    run([folder], folder / "out")
    return folder / "out"


def test_differences(base: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    write(own, SLOGANS, "id,canonical,category", "liang-ge-que-li,两个确立,history", "t2,四链融合,")
    write(own, "removed.csv", "lexicon,id", "meetings,cc-20-3")
    assert list(find_differences(base, own, base)) == [
        Difference("slogans", "liang-ge-que-li", "category", "ideology", "history"),
        Difference("slogans", "t2", "", "", "四链融合"),
        Difference("meetings", "cc-20-3", "", "中国共产党第二十届中央委员会第三次全体会议", ""),
    ]
    assert list(find_differences(own, own, base)) == []


def test_proposals(output: Path) -> None:
    first, second = list_proposals(output, load_lexicons())
    assert (first.canonical, first.kind, first.documents, first.quoted) == (
        "家门口的幸福圈",
        "quoted",
        3,
        4,
    )
    assert first.contexts.count("【家门口的幸福圈】") == 3
    assert first.accept == first.id == ""
    assert second.canonical == "一圈三廊"


def test_proposals_are_limited(output: Path) -> None:
    assert len(list(list_proposals(output, load_lexicons(), limit=1))) == 1
    assert list(list_proposals(output, load_lexicons(), at_least=4)) == []


def test_what_is_listed_by_now_is_not_proposed(output: Path, tmp_path: Path) -> None:
    write(tmp_path, SLOGANS, "canonical", "一圈三廊")
    listed = list_proposals(output, load_lexicons(tmp_path))
    assert [proposal.canonical for proposal in listed] == ["家门口的幸福圈"]


def propose(folder: Path, *rows: dict[str, str]) -> Path:
    """A list as a curator gives it back."""
    path = folder / "candidates.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, Proposal.__struct_fields__)
        writer.writeheader()
        writer.writerows(rows)
    return path


def test_accepted_rows_are_merged(tmp_path: Path) -> None:
    file = propose(
        tmp_path,
        {"accept": "yes", "canonical": "一圈三廊", "category": "regional", "english": "a circle"},
        {"accept": "", "canonical": "家门口的幸福圈"},
    )
    assert merge_proposals(file, tmp_path / "own") == 1
    (added,) = (s for s in load_lexicons(tmp_path / "own").slogans if s.canonical == "一圈三廊")
    assert (added.id, added.category, added.english_type) == (
        make_id("一圈三廊"),
        "regional",
        "own",
    )


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_merging_keeps_what_stood_there(tmp_path: Path, end: str) -> None:
    own = tmp_path / "own"
    own.mkdir()
    lines = ["# 我的提法", "canonical", "", "甲乙丙丁圈", "# 一组", '"甲,乙圈"']
    (own / SLOGANS).write_bytes((end.join(lines) + end).encode())
    file = propose(tmp_path, {"accept": "是", "id": "x", "canonical": "一圈三廊"})
    merge_proposals(file, own)
    kept = ["# 我的提法", "canonical,id", "", "甲乙丙丁圈,", "# 一组", '"甲,乙圈",', "一圈三廊,x"]
    assert (own / SLOGANS).read_bytes().decode() == end.join(kept) + end
    assert [path.name for path in own.iterdir()] == [SLOGANS]


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ({"accept": "maybe", "canonical": "一圈三廊"}, "accept is 'maybe'; write yes"),
        ({"accept": "yes", "canonical": "圈"}, "lengthen or delete"),
        ({"accept": "yes", "canonical": "一圈三廊", "category": "ideas"}, "'category'"),
        ({"accept": "yes", "canonical": "一圈三廊", "place": "999999"}, "999999"),
        ({"accept": "yes", "canonical": "四个全面", "id": "x"}, "add a sense"),
    ],
)
def test_a_faulty_row_is_refused_where_it_stands(
    tmp_path: Path, row: dict[str, str], fault: str
) -> None:
    own = tmp_path / "own"
    own.mkdir()
    write(own, SLOGANS, "canonical", "甲乙丙丁圈")
    file = propose(tmp_path, {"accept": "yes", "canonical": "家门口的圈"}, row)
    with pytest.raises(LexiconError) as caught:
        merge_proposals(file, own)
    assert (caught.value.path, caught.value.line) == (file, 3)
    assert fault in str(caught.value)
    assert (own / SLOGANS).read_text(encoding="utf-8") == "canonical\n甲乙丙丁圈\n"


def test_a_fault_of_the_folder_is_its_own(tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    write(own, "people.csv", "id,name", "X,某某")
    with pytest.raises(LexiconError) as caught:
        merge_proposals(propose(tmp_path, {"accept": "yes", "canonical": "一圈三廊"}), own)
    assert (caught.value.path, caught.value.line) == (own / "people.csv", 2)
