from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import gate
import pytest
from click.testing import CliRunner, Result
from gate import Floors, Lowered
from oracle import GOLD, Oracle, spoil, write_label

from pipeline.evaluate import evaluate
from pipeline.records import Result as Answers

ONE = "longhui_2019_plenum"

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the gate on a program that answers perfectly but for what is spoilt."""

    def run_gate(*arguments: str, spoilt: tuple[Answers, ...] = (), gold: Path = GOLD) -> Result:
        monkeypatch.setattr(gate, "process_labelled", Oracle(gold, spoilt))
        floors = ["--floors", str(tmp_path / "floors.json"), "--gold", str(gold)]
        return CliRunner().invoke(gate.main, [*floors, *arguments])

    return run_gate


# The whole gate, with planted regressions


def test_a_program_as_good_as_its_floors_passes(run: Run) -> None:
    assert run("--raise").exit_code == 0
    result = run()
    assert (result.exit_code, result.stderr) == (0, "")


@pytest.mark.parametrize(
    ("table", "cells", "fallen"),
    [
        ("plenums", {"term": 99}, "plenums.strict fell to 0.972; its floor is 1.000"),
        ("plenums", {"is_self": False}, "plenums/is_self fell to 0.972; its floor is 1.000"),
        ("officials", {"title": []}, "officials.titles fell to 0.968; its floor is 1.000"),
        ("officials", {"roles": ["elected"]}, "officials/roles fell to 0.968; its floor is 1.000"),
        ("directives", {"force": "require"}, "directives/force fell to 0.971; its floor is 1.000"),
        ("directives", {"end": 1, "start": 0}, "directives.relaxed fell to 0.971; its floor is"),
        ("slogans", {"end": 1, "start": 0}, "slogans.core fell to 0.944; its floor is 1.000"),
        ("instruments", {"relation": "heard"}, "instruments.relation fell to 0.875; its floor is"),
    ],
)
def test_a_planted_regression_fails(
    run: Run, table: str, cells: dict[str, object], fallen: str
) -> None:
    run("--raise")
    first, *others = getattr(spoil(ONE), table)
    worse = spoil(ONE, **{table: (replace(first, **cells), *others)})
    result = run(spoilt=(worse,))
    assert result.exit_code == 1
    assert fallen in result.stderr


def test_a_missed_row_and_a_row_too_many_fail(run: Run) -> None:
    run("--raise")
    found = spoil(ONE).officials
    twice = replace(found[0], start=0, end=2, text="中共")
    for officials in (found[1:], (*found, twice)):
        result = run(spoilt=(spoil(ONE, officials=officials),))
        assert result.exit_code == 1
        assert "officials.name fell" in result.stderr


def test_a_floor_is_not_lowered_by_raising(run: Run) -> None:
    run("--raise")
    worse = spoil(ONE, plenums=())
    assert run("--raise", spoilt=(worse,)).exit_code == 1
    assert run().exit_code == 0


def test_a_better_program_must_raise_its_floors(run: Run) -> None:
    worse = spoil(ONE, plenums=())
    assert run("--raise", spoilt=(worse,)).exit_code == 0
    result = run()
    assert result.exit_code == 1
    assert "plenums.strict rose to 1.000; raise its floor" in result.stderr
    assert run("--raise").exit_code == 0


def test_a_labelled_document_left_out_fails(run: Run, tmp_path: Path) -> None:
    run("--raise")
    fewer = shutil.copytree(GOLD, tmp_path / "fewer")
    (fewer / f"{ONE}.json").unlink()
    result = run(gold=fewer)
    assert result.exit_code == 1
    assert "documents: 6 labelled where there were 7; put them back" in result.stderr
    assert "directives: 28 labelled where there were 35; put them back" in result.stderr


def test_a_new_document_must_be_counted(run: Run, tmp_path: Path) -> None:
    run("--raise")
    more = shutil.copytree(GOLD, tmp_path / "more")
    write_label(more / "new.json", "会议召开。")
    result = run(gold=more)
    assert result.exit_code == 1
    assert "documents: 8 labelled where there were 7; count them (--raise)" in result.stderr


def test_no_floors_at_all_fail(run: Run) -> None:
    result = run()
    assert result.exit_code == 1
    assert "plenums.strict has no floor; set one (--raise)" in result.stderr
    assert "plenums is not counted; count it (--raise)" in result.stderr


# Each check by itself


def test_a_figure_no_longer_measured_fails() -> None:
    faults = list(gate.check_figures({}, Floors(floors={"plenums.span": 0.9})))
    assert faults == ["plenums.span is no longer measured; its floor is 0.900"]


def test_a_table_no_longer_labelled_fails() -> None:
    faults = list(gate.check_counts({}, Floors(counts={"plenums": 3})))
    assert faults == ["plenums: 0 labelled where there were 3; put them back"]


@pytest.mark.parametrize(
    ("figure", "floor", "sound"),
    [(0.9999, 0.999, True), (0.9990, 0.999, True), (0.9989, 0.999, False), (1.0, 0.999, False)],
)
def test_figures_are_cut_to_three_decimals(figure: float, floor: float, sound: bool) -> None:
    floors = Floors(floors={"a": floor})
    assert (not list(gate.check_figures({"a": figure}, floors))) is sound


def floors(figure: float | None, *lowered: Lowered) -> Floors:
    return Floors({}, {} if figure is None else {"a": figure}, lowered)


TOLD = Lowered("a", 0.9, 0.8, "harder documents were added")
HISTORIES = [
    ([floors(0.8), floors(0.9)], []),
    ([floors(0.9), floors(0.8, TOLD)], []),
    ([floors(0.9), floors(0.8)], ["a: floor lowered from 0.900 to 0.800 without a reason"]),
    ([floors(0.9), floors(None)], ["a: floor lowered from 0.900 to 0.000 without a reason"]),
    ([floors(0.9), floors(None, Lowered("a", 0.9, 0, "no longer a column"))], []),
    # a reason holds for one step: not for another, nor once it is gone, nor if it says nothing
    ([floors(0.9), floors(0.7, TOLD)], ["a: floor lowered from 0.900 to 0.700 without a reason"]),
    (
        [floors(0.9), floors(0.8, TOLD), floors(0.85, TOLD), floors(0.8, TOLD)],
        ["a: floor lowered from 0.850 to 0.800 without a reason"],
    ),
    (
        [floors(0.9), floors(0.8, TOLD), floors(0.8)],
        ["a: floor lowered from 0.900 to 0.800 without a reason"],
    ),
    (
        [floors(0.9), floors(0.8, Lowered("a", 0.9, 0.8, ""))],
        ["a: floor lowered from 0.900 to 0.800 without a reason"],
    ),
    # lowered long ago and raised since is still told
    (
        [floors(0.9), floors(0.8), floors(0.9)],
        ["a: floor lowered from 0.900 to 0.800 without a reason"],
    ),
    ([], []),
]


@pytest.mark.parametrize(("versions", "expected"), HISTORIES)
def test_no_floor_is_lowered_without_a_reason(versions: list[Floors], expected: list[str]) -> None:
    assert list(gate.check_history(versions)) == expected


def test_floors_come_back_as_written() -> None:
    written = Floors({"plenums": 3}, {"plenums.span": 0.91}, (TOLD,))
    assert gate.read_floors(gate.write_floors(written)) == written


# The history in a repository


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    if not shutil.which("git"):
        pytest.skip("git is not installed")
    ask(tmp_path, "init", "--quiet")
    return tmp_path


def ask(folder: Path, *arguments: str) -> None:
    who = ["-c", "user.name=Tester", "-c", "user.email=tester@example.org"]
    subprocess.run(["git", "-C", str(folder), *who, *arguments], check=True, capture_output=True)


def commit(path: Path, content: Floors) -> None:
    path.write_text(gate.write_floors(content), encoding="utf-8")
    ask(path.parent, "add", path.name)
    ask(path.parent, "commit", "--quiet", "--message", "Set floors")


def test_the_history_is_read_oldest_first(repository: Path) -> None:
    path = repository / "floors.json"
    for figure in (0.8, 0.9, 0.7):
        commit(path, floors(figure))
    assert [version.floors["a"] for version in gate.read_history(path)] == [0.8, 0.9, 0.7]


def test_a_folder_without_history_has_none(tmp_path: Path) -> None:
    assert gate.read_history(tmp_path / "floors.json") == []


@pytest.mark.parametrize("committed", [False, True])
def test_a_floor_lowered_silently_fails_committed_or_not(
    run: Run, repository: Path, committed: bool
) -> None:
    path = repository / "floors.json"
    run("--raise")
    honest = gate.read_floors(path.read_text(encoding="utf-8"))
    commit(path, honest)
    worse = spoil(ONE, plenums=spoil(ONE).plenums[1:])
    figures = evaluate(GOLD, None, Oracle(spoilt=(worse,))).figures()
    lower = replace(honest, floors={name: gate.cut(figure) for name, figure in figures.items()})
    path.write_text(gate.write_floors(lower), encoding="utf-8")
    if committed:
        commit(path, replace(lower, counts={**lower.counts}))
    result = run(spoilt=(worse,))
    assert result.exit_code == 1
    assert "plenums.strict: floor lowered from 1.000 to 0.986 without a reason" in result.stderr


# The floors of the project


def test_every_floor_lowered_has_a_reason() -> None:
    present = gate.read_floors((gate.HERE / "floors.json").read_text(encoding="utf-8"))
    assert all(entry.reason for entry in present.lowered)
    assert list(gate.check_history([*gate.read_history(gate.HERE / "floors.json"), present])) == []


def test_the_floors_count_the_labels_at_hand() -> None:
    present = gate.read_floors((gate.HERE / "floors.json").read_text(encoding="utf-8"))
    counts = gate.count_labels(evaluate(GOLD, None, Oracle()))
    assert list(gate.check_counts(counts, present)) == []
