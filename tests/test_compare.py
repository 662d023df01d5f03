from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from oracle import GOLD, answer, spoil
from rich.console import Console

from pipeline.compare import Comparison, TableComparison, compare, compare_rows, render
from pipeline.emit import write_output
from pipeline.evaluate import read_gold
from pipeline.records import Candidate, Result

ONE = "longhui_2019_plenum"


def write_pair(folder: Path, *spoilt: Result) -> Comparison:
    """Compare perfect answers with the same, some of them spoilt."""
    results = [answer(labelled) for labelled in read_gold(GOLD)]
    replaced = {result.document.doc_id: result for result in spoilt}
    write_output(results, folder / "a", {})
    write_output([replaced.get(r.document.doc_id, r) for r in results], folder / "b", {})
    return compare(folder / "a", folder / "b")


def pick(comparison: Comparison, table: str) -> TableComparison:
    (picked,) = (one for one in comparison.tables if one.table == table)
    return picked


def candidates(*specs: tuple[str, int]) -> Sequence[dict[str, Any]]:
    return [{"text": text, "count": count} for text, count in specs]


def test_an_output_compared_with_itself_is_the_same(tmp_path: Path) -> None:
    comparison = write_pair(tmp_path)
    assert comparison.is_same
    assert pick(comparison, "documents").rows_a == 7


def test_a_row_in_a_alone_is_lost(tmp_path: Path) -> None:
    comparison = write_pair(tmp_path, spoil(ONE, plenums=spoil(ONE).plenums[1:]))
    plenums = pick(comparison, "plenums")
    assert [row["text"] for row in plenums.lost] == ["中共隆回县委十二届七次全会"]
    assert (plenums.gained, plenums.changed) == ((), ())
    assert plenums.rows_a == plenums.rows_b + 1
    assert not comparison.is_same


def test_a_row_in_b_alone_is_gained(tmp_path: Path) -> None:
    found = spoil(ONE).officials
    extra = replace(found[0], start=22, end=25, text="向晚舟", row_id="22-25")
    officials = pick(write_pair(tmp_path, spoil(ONE, officials=(*found, extra))), "officials")
    assert [row["text"] for row in officials.gained] == ["向晚舟"]
    assert (officials.lost, officials.changed) == ((), ())


def test_a_row_with_other_cells_is_changed(tmp_path: Path) -> None:
    first, *others = spoil(ONE).directives
    stern = replace(first, force="require", addressee="各级党组织")
    comparison = write_pair(tmp_path, spoil(ONE, directives=(stern, *others)))
    directives = pick(comparison, "directives")
    assert (directives.lost, directives.gained) == ((), ())
    (change,) = directives.changed
    assert change.columns == ["addressee", "force"]
    assert (change.before["force"], change.after["force"]) == ("direct", "require")


def test_who_made_a_row_does_not_count(tmp_path: Path) -> None:
    document = replace(spoil(ONE).document, version="9.9", engine="another", lexicons="abc")
    assert write_pair(tmp_path, spoil(ONE, document=document)).is_same


def test_the_order_of_a_list_counts(tmp_path: Path) -> None:
    first, second = spoil(ONE).officials
    turned = replace(second, title=second.title[::-1])
    comparison = write_pair(tmp_path, spoil(ONE, officials=(first, turned)))
    assert pick(comparison, "officials").changed[0].columns == ["title"]


def test_equal_rows_answer_for_one_another_once() -> None:
    a, b = candidates(("一核两翼", 2), ("一核两翼", 2)), candidates(("一核两翼", 2))
    assert compare_rows(Candidate, a, b).lost == (a[0],)
    assert compare_rows(Candidate, b, a).gained == (a[0],)


def test_rows_under_one_key_are_paired_in_order() -> None:
    a, b = candidates(("两翼", 1), ("两翼", 2)), candidates(("两翼", 3), ("两翼", 4), ("两翼", 5))
    result = compare_rows(Candidate, a, b)
    assert [change.after["count"] for change in result.changed] == [3, 4]
    assert [row["count"] for row in result.gained] == [5]


def test_lost_and_gained_change_places_with_the_folders() -> None:
    a, b = candidates(("一核两翼", 1), ("三区", 1)), candidates(("三区", 1), ("五带", 1))
    there, back = compare_rows(Candidate, a, b), compare_rows(Candidate, b, a)
    assert [row["text"] for row in there.lost] == ["一核两翼"]
    assert [row["text"] for row in there.gained] == ["五带"]
    assert (there.lost, there.gained) == (back.gained, back.lost)


def test_a_folder_that_is_no_output_is_named(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"nothing is no output folder"):
        compare(tmp_path / "nothing", tmp_path / "nothing")


def test_both_ways_of_showing_say_the_same(tmp_path: Path) -> None:
    first, second, *others = spoil(ONE).plenums
    extra = replace(second, start=0, end=2, text="中共", row_id="0-2")
    changed = replace(others[0], term=18)
    spoilt = spoil(ONE, plenums=(second, extra, changed, *others[1:]))
    comparison = write_pair(tmp_path, spoilt)
    content = json.loads(json.dumps(comparison.as_json()))
    plenums = next(table for table in content["tables"] if table["table"] == "plenums")
    assert [row["text"] for row in plenums["lost"]] == [first.text]
    console = Console(file=io.StringIO(), width=140)
    render(comparison, console)
    shown = console.file.getvalue()  # type: ignore[attr-defined]
    assert "plenums: 1 lost" in shown
    assert f"- {ONE} | 0 | 13 | 中共隆回县委十二届七次全会" in shown
    assert f"+ {ONE} | 0 | 2 | 中共" in shown
    assert "| term: 19 → 18" in shown


def test_no_more_rows_are_listed_than_asked_for(tmp_path: Path) -> None:
    comparison = write_pair(tmp_path, spoil(ONE, directives=()))
    for limit, lines in ((2, 2), (None, 7)):
        console = Console(file=io.StringIO(), width=140)
        render(comparison, console, limit)
        shown = console.file.getvalue()  # type: ignore[attr-defined]
        assert shown.count(f"- {ONE} | ") == lines
