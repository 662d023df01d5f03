from __future__ import annotations

import io
import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from oracle import GOLD, Oracle, answer, spoil, write_label
from rich.console import Console

from pipeline.emit import write_output
from pipeline.evaluate import Evaluation, GoldError, evaluate, read_gold, render
from pipeline.evaluate.scores import ALL, ORIGINALS, Group, Score, draw_documents, estimate

ONE = "longhui_2019_plenum"


def judge(*spoilt: Any) -> Evaluation:
    return evaluate(GOLD, None, Oracle(spoilt=spoilt))


def find_score(evaluation: Evaluation, table: str, measure: str, group: Group = ALL) -> Score:
    (score,) = (
        score
        for score in evaluation.scores
        if (score.table, score.measure, score.group) == (table, measure, group)
    )
    return score


# What the labels say of themselves


def test_perfect_answers_score_one_everywhere() -> None:
    evaluation = judge()
    assert set(evaluation.figures().values()) == {1.0}
    assert evaluation.faults == ()
    assert evaluation.remarks == []


def test_every_measure_and_column_is_scored() -> None:
    figures = judge().figures()
    assert {"plenums.strict", "officials.titles", "directives.exact", "directives.relaxed"} < {
        *figures
    }
    assert {"slogans.core", "instruments.relation", "plenums/is_self"} < {*figures}
    assert {"officials/roles", "directives/force", "directives/issuer"} < {*figures}
    assert {"documents/event_date", "documents/adcode", "slogans/canonical"} < {*figures}


# Planted faults: each must show where it belongs and nowhere else

REPLACED = [
    ("plenums", 0, {"term": 11}, {"plenums.meeting", "plenums.strict", "plenums/term"}),
    ("plenums", 0, {"is_self": False}, {"plenums/is_self"}),
    ("plenums", 0, {"name": ""}, {"plenums/name"}),
    ("officials", 0, {"title": []}, {"officials.titles", "officials/title"}),
    ("officials", 1, {"roles": ["speaks"]}, {"officials/roles"}),
    ("directives", 0, {"force": "require"}, {"directives/force"}),
    ("directives", 1, {"deadline": ""}, {"directives/deadline"}),
    ("directives", 0, {"deadline": "年底前"}, {"directives/deadline"}),  # none is printed
    ("directives", 0, {"item": 1}, {"directives/item"}),
    ("directives", 2, {"issuer": "会议"}, {"directives/issuer"}),
    ("slogans", 0, {"canonical": "脱贫"}, {"slogans.canonical", "slogans/canonical"}),
    ("instruments", 0, {"relation": "cited"}, {"instruments.relation", "instruments/relation"}),
]


@pytest.mark.parametrize(("table", "at", "cells", "expected"), REPLACED)
def test_a_wrong_cell_lowers_its_figures_alone(
    table: str, at: int, cells: dict[str, Any], expected: set[str]
) -> None:
    found = list(getattr(spoil(ONE), table))
    found[at] = replace(found[at], **cells)
    evaluation = judge(spoil(ONE, **{table: tuple(found)}))
    assert {name for name, figure in evaluation.figures().items() if figure < 1} == expected
    (fault,) = evaluation.faults
    assert (fault.doc_id, fault.table, fault.sort) == (ONE, table, "field")
    assert fault.detail.startswith(f"{next(iter(cells))}: ")


def test_a_missed_row_lowers_recall_alone() -> None:
    evaluation = judge(spoil(ONE, directives=spoil(ONE).directives[1:]))
    score = find_score(evaluation, "directives", "exact")
    assert (score.wrong, score.missed, score.precision.value) == (0, 1, 1.0)
    assert score.recall.value == pytest.approx(34 / 35)
    (fault,) = evaluation.faults
    assert (fault.sort, fault.before, fault.text[:4]) == (
        "missed",
        "里焕发新颜。\n全会强调，",
        "要深入学",
    )


def test_a_row_too_many_lowers_precision_alone() -> None:
    found = spoil(ONE).officials
    extra = replace(found[0], start=22, end=25, text="向晚舟", name="向晚舟", row_id="22-25")
    evaluation = judge(spoil(ONE, officials=(*found, extra)))
    score = find_score(evaluation, "officials", "name")
    assert (score.wrong, score.missed, score.recall.value) == (1, 0, 1.0)
    assert [(fault.sort, fault.text) for fault in evaluation.faults] == [("wrong", "向晚舟")]


@pytest.mark.parametrize(("cut", "relaxed"), [(1, 1.0), (30, 34 / 35)])
def test_a_shorter_directive_may_be_right_when_relaxed(cut: int, relaxed: float) -> None:
    first, *others = spoil(ONE).directives
    short = replace(first, end=first.end - cut, text=first.text[:-cut])
    evaluation = judge(spoil(ONE, directives=(short, *others)))
    assert evaluation.figures()["directives.exact"] == pytest.approx(34 / 35)
    assert evaluation.figures()["directives.relaxed"] == pytest.approx(relaxed)
    assert [fault.sort for fault in evaluation.faults] == ["span"]


def test_a_meeting_found_with_another_span_is_right_as_to_the_meeting() -> None:
    first, *others = spoil(ONE).plenums
    short = replace(first, start=first.start + 2, text=first.text[2:])
    figures = judge(spoil(ONE, plenums=(short, *others))).figures()
    assert figures["plenums.meeting"] == 1.0
    assert figures["plenums.span"] == figures["plenums.strict"] < 1.0


def test_titles_count_in_any_order() -> None:
    found = list(spoil(ONE).officials)
    found[1] = replace(found[1], title=found[1].title[::-1])
    assert judge(spoil(ONE, officials=tuple(found))).figures()["officials.titles"] == 1.0


def test_a_wrong_field_of_the_document_is_a_fault() -> None:
    document = replace(spoil(ONE).document, adcode="430523")
    evaluation = judge(spoil(ONE, document=document))
    assert evaluation.figures()["documents/adcode"] == pytest.approx(6 / 7)
    assert [fault.detail for fault in evaluation.faults] == ["adcode: 430524, found 430523"]


# Slogans that are labelled but not asked for


def test_an_ad_hoc_phrase_is_neither_right_nor_wrong() -> None:
    found = tuple(use for use in spoil(ONE).slogans if use.canonical != "屋场会")
    with_it, without_it = judge(), judge(spoil(ONE, slogans=found))
    assert find_score(with_it, "slogans", "core") == find_score(without_it, "slogans", "core")
    assert without_it.faults == ()


def test_a_phrase_nobody_labelled_is_wrong() -> None:
    first, *others = spoil(ONE).slogans
    extra = replace(first, start=0, end=2, text="中共")
    evaluation = judge(spoil(ONE, slogans=(first, *others, extra)))
    assert find_score(evaluation, "slogans", "core").wrong == 1


def test_part_of_an_ad_hoc_phrase_is_wrong() -> None:
    found = [
        replace(use, end=use.end - 1) if use.text == "屋场会" else use for use in spoil(ONE).slogans
    ]
    score = find_score(judge(spoil(ONE, slogans=tuple(found))), "slogans", "core")
    assert (score.wrong, score.missed) == (1, 0)


# Groups and twins


def test_twins_are_left_out_of_the_originals() -> None:
    twin = "dongxing_2015_plenum_scrambled"
    evaluation = judge(spoil(twin, plenums=()))
    assert evaluation.figures(ORIGINALS)["plenums.strict"] == 1.0
    assert evaluation.figures(ALL)["plenums.strict"] < 1.0
    assert find_score(evaluation, "plenums", "strict", Group("form", "scrambled")).f1.value == 0


def test_groups_add_up_to_all() -> None:
    evaluation = judge(spoil(ONE, plenums=spoil(ONE).plenums[2:], officials=()))
    for by in ("form", "level", "kind", "document kind"):
        group = [s for s in evaluation.scores if s.group.by == by and s.measure == "strict"]
        total = find_score(evaluation, "plenums", "strict")
        assert sum(score.right for score in group) == total.right
        assert sum(score.missed for score in group) == total.missed


# Intervals


def test_intervals_are_the_same_each_time_and_hold_the_figure() -> None:
    spoilt = spoil(ONE, plenums=spoil(ONE).plenums[2:])
    first, second = (find_score(judge(spoilt), "plenums", "span").recall for _ in range(2))
    assert first == second
    assert first.value is not None
    assert first.low is not None
    assert first.high is not None
    assert first.low < first.value < first.high


def test_interval_of_even_documents_is_that_of_the_binomial() -> None:
    count = np.array([1.0, 0.0] * 50)
    draws = draw_documents([str(at) for at in range(100)])
    interval = estimate(count, np.ones(100), draws)
    assert interval.value == 0.5
    assert interval.low == pytest.approx(0.40, abs=0.015)
    assert interval.high == pytest.approx(0.60, abs=0.015)


def test_a_twin_is_no_independent_document() -> None:
    draws = draw_documents(["a", "a"])
    assert estimate(np.array([1.0, 0.0]), np.ones(2), draws).low is None
    assert np.array_equal(draws.times[:, 0], draws.times[:, 1])


def test_a_document_and_its_twin_alone_give_no_interval(tmp_path: Path) -> None:
    for path in GOLD.glob("dongxing*.json"):
        shutil.copy(path, tmp_path)
    evaluation = evaluate(tmp_path, None, Oracle(tmp_path))
    assert len(evaluation.documents) == 2
    assert find_score(evaluation, "plenums", "span").f1.low is None


def test_nothing_to_count_gives_no_figure() -> None:
    assert estimate(np.zeros(2), np.zeros(2), draw_documents(["a", "b"])).value is None


# Where the normalised text is not the labelled one


def test_a_text_that_differs_is_remarked_and_its_rows_still_count() -> None:
    result = spoil(ONE)
    moved = tuple(
        replace(plenum, start=plenum.start + 3, end=plenum.end + 3) for plenum in result.plenums
    )
    evaluation = judge(spoil(ONE, text=f"打印\n{result.text}", plenums=moved))
    assert evaluation.remarks == [
        f"{ONE}: text differs from gold at 0: |打印⏎中共隆回县 for |中共隆回县委十二 "
        "(379 characters for 376)"
    ]
    assert evaluation.figures()["plenums.strict"] == 1.0


# An output folder


@pytest.mark.parametrize("to", ["csv", "parquet"])
def test_an_output_folder_scores_as_the_results_it_was_written_from(
    tmp_path: Path, to: Any
) -> None:
    results = [answer(labelled) for labelled in read_gold(GOLD)]
    results[0] = replace(results[0], officials=results[0].officials[1:])
    write_output(results, tmp_path, {}, to)
    fresh = evaluate(GOLD, None, Oracle(spoilt=results[:1]))
    written = evaluate(GOLD, tmp_path, _refuse)
    assert written.figures() == fresh.figures()
    assert [fault.sort for fault in written.faults] == ["missed"]


def test_a_document_missing_from_the_output_is_all_missed(tmp_path: Path) -> None:
    write_output([answer(labelled) for labelled in read_gold(GOLD)[1:]], tmp_path, {})
    evaluation = evaluate(GOLD, tmp_path, _refuse)
    missing = read_gold(GOLD)[0]
    assert evaluation.remarks == [f"{missing.doc_id}: is not in the output"]
    missed = find_score(evaluation, "plenums", "span").missed
    assert missed == len(missing.gold.tables["plenums"])


def test_a_folder_that_is_no_output_is_named(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="is no output folder"):
        evaluate(GOLD, tmp_path, _refuse)


def _refuse(*_: str) -> Any:
    raise AssertionError("an output folder is measured without processing anything")


# Labels that cannot be used

OFFICIAL = {"text": "张三", "start": 0, "end": 2, "name": "张三"}
UNUSABLE = [
    ({"officials": [{**OFFICIAL, "end": 3}]}, "0-3 is '张三说', not '张三'"),
    ({"officials": [{**OFFICIAL, "role": ["speaks"]}]}, "no column is called 'role'"),
    ({"document": {"county": "隆回县"}}, "no column is called 'county'"),
]


@pytest.mark.parametrize(("changes", "message"), UNUSABLE)
def test_an_unusable_label_is_refused(
    tmp_path: Path, changes: dict[str, Any], message: str
) -> None:
    path = write_label(tmp_path / "a.json", "张三说", **changes)
    with pytest.raises(GoldError, match=message) as caught:
        read_gold(tmp_path)
    assert path.name in str(caught.value)


def test_documents_may_lie_beside_their_floors() -> None:
    assert read_gold(GOLD.parent) == read_gold(GOLD)


def test_a_missing_key_and_bad_json_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("{}")
    with pytest.raises(GoldError, match="lacks the key 'clean'"):
        read_gold(tmp_path)
    (tmp_path / "a.json").write_text("{")
    with pytest.raises(GoldError, match="is not JSON"):
        read_gold(tmp_path)
    with pytest.raises(GoldError, match="holds no labelled documents"):
        read_gold(tmp_path / "..")


def test_columns_without_a_label_are_not_measured(tmp_path: Path) -> None:
    write_label(tmp_path / "a.json", "张三说", officials=[OFFICIAL])
    evaluation = evaluate(tmp_path, None, Oracle(tmp_path))
    columns = {name for name in evaluation.figures() if name.startswith("officials/")}
    assert columns == {"officials/name"}


def test_labels_beside_the_project_can_be_used(shared: Path) -> None:
    labelled = read_gold(shared / "gold")
    assert evaluate(shared / "gold", None, Oracle(shared / "gold")).faults == ()
    assert any(one.is_twin for one in labelled)


# What is shown


def test_everything_is_plain_json() -> None:
    spoilt = spoil(ONE, officials=(), plenums=spoil(ONE).plenums[1:])
    content = json.loads(json.dumps(judge(spoilt).as_json()))
    assert content["documents"][0] == "changning_2009_cppcc"
    assert {"table", "measure", "by", "group", "right", "f1"} <= set(content["scores"][0])
    assert {fault["sort"] for fault in content["faults"]} == {"missed"}


def test_the_report_shows_figures_groups_and_faults() -> None:
    spoilt = spoil(ONE, plenums=spoil(ONE).plenums[1:])
    console = Console(file=io.StringIO(), width=140)
    render(judge(spoilt), console)
    shown = console.file.getvalue()  # type: ignore[attr-defined]
    assert "6 documents and 1 damaged twins" in shown
    assert "discipline_plenum" in shown
    assert "missed 【中共隆回县委十二届七次全会】召开⏎本报讯" in shown
    render(judge(spoilt), console := Console(file=io.StringIO(), width=140), faults=False)
    assert "missed 【" not in console.file.getvalue()  # type: ignore[attr-defined]
