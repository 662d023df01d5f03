"""``pipeline lexicons``: what each command prints, and how it ends."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from lexicon_folders import SLOGANS, write

from pipeline.cli import commands
from pipeline.lexicons.naming import make_id

OWN = "家门口的幸福圈"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A layer with one wording."""
    folder = tmp_path / "own"
    folder.mkdir()
    write(folder, SLOGANS, "canonical", OWN)
    return folder


def call(*words: str | Path) -> Result:
    return CliRunner().invoke(commands, [str(word) for word in ("lexicons", *words)])


@pytest.mark.parametrize("name", ["check", "list", "show", "stats", "diff", "candidates", "merge"])
def test_help_has_examples(name: str) -> None:
    assert "Example" in call(name, "--help").stdout


def test_check(own: Path) -> None:
    write(own, SLOGANS, "canonical", "四鏈融通")
    ended = call("check", "--lexicons", own)
    assert ended.exit_code == 0
    assert ended.stdout == "The lexicons are sound.\n"
    assert "slogans.csv:2: '四鏈融通' read as '四链融通'" in ended.stderr


def test_check_of_a_fault(own: Path) -> None:
    write(own, SLOGANS, "canonical", "圈")
    ended = call("check", "--lexicons", own)
    assert ended.exit_code == 2
    assert "slogans.csv:2:" in ended.stderr


def test_list(own: Path) -> None:
    assert call("list", OWN[:3], "--lexicons", own).stdout == (
        f"{make_id(OWN)}\t{OWN}\tcentral\t\n"
    )


@pytest.mark.parametrize(
    ("entry_id", "said"),
    [
        ("si-feng", "四风光电"),
        ("liang-ge-que-li", "两个确立"),
        ("320507", "相城区"),
        ("cc-20-3", "中国共产党第二十届中央委员会第三次全体会议"),
        ("xi-jinping", "习近平"),
        ("xi-jinping", "浙江省委书记"),
        ("congress-430000-12", "湖南省第十二次党代会"),
    ],
)
def test_show(entry_id: str, said: str) -> None:
    assert said in call("show", entry_id).stdout


def test_stats(own: Path) -> None:
    out = call("stats", "--lexicons", own).stdout
    assert "slogans with examples" in out
    assert "江苏省" in out
    assert "congress, province" in out
    assert "county, past" in out
    assert "other" in out


def test_diff(own: Path, tmp_path: Path) -> None:
    assert call("diff", own).stdout == (f"slogans\n  + {make_id(OWN)} {OWN}\n1 entries differ.\n")
    write(own, SLOGANS, "id,english", "liang-ge-que-li,Two")
    assert "~ liang-ge-que-li english: Two Affirmations" in call("diff", own).stdout
    assert call("diff", own, own).stdout == "No entry differs.\n"
    assert call("diff", tmp_path / "nowhere").exit_code == 2


def test_from_candidates_to_a_run(sample_output: Path, tmp_path: Path) -> None:
    """The whole round: what an output suggests is accepted, and then found."""
    file, own = tmp_path / "candidates.csv", tmp_path / "own"
    ended = call("candidates", sample_output, "--at-least", "1", "--limit", "3", "-o", file)
    assert ended.stdout == f"3 candidates in {file}.\n"
    with file.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    rows[0]["accept"] = "yes"
    with file.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    merged = call("merge", file, "--lexicons", own)
    assert merged.stdout == f"1 entries added to {own / SLOGANS}.\n"
    assert rows[0]["canonical"] in call("diff", own).stdout


def test_candidates_to_standard_output(sample_output: Path) -> None:
    out = call("candidates", sample_output, "--at-least", "1", "--limit", "1").stdout
    assert len(list(csv.DictReader(out.splitlines()))) == 1


@pytest.mark.parametrize(
    "words",
    [
        ["candidates", "nowhere"],
        ["merge", "nowhere.csv"],
        ["show", "no-such-id"],
        ["list", "--lexicons", "nowhere"],
    ],
    ids=" ".join,
)
def test_unusable(words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    ended = call(*words)
    assert ended.exit_code == 2
    assert words[-1] in ended.stderr
    assert not any(tmp_path.iterdir())


def test_the_manifest_names_the_layers(own: Path, tmp_path: Path) -> None:
    press = tmp_path / "press"
    press.mkdir()
    write(press, "甲.txt", f"全会强调，要建好{OWN}，做好群众工作。")
    words = ["run", press, "-o", tmp_path / "out", "--lexicons", own, "--quiet"]
    CliRunner().invoke(commands, [str(word) for word in words])
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert [layer["name"] for layer in manifest["lexicon_layers"]] == ["program", "own"]
    assert make_id(OWN) in (tmp_path / "out" / "slogans.csv").read_text(encoding="utf-8")
