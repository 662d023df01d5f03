"""Do labels survive the way out to a tool and back, and do people's changes arrive?"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

from pipeline.annotate import TOOLS, AnnotationError, measure_agreement, read_labels, write_labels
from pipeline.annotate.agreement import Judgements, compute_alpha
from pipeline.annotate.label_studio import build_interface
from pipeline.annotate.labels import JUDGED, Label, label_span
from pipeline.cli import commands
from pipeline.evaluate import evaluate, read_gold
from pipeline.flow import process_text
from pipeline.running.batch import run

GOLD = Path(__file__).parent / "gold"
TEXT = "县委书记李明𬭚指出，要坚持两个确立，年底前建成。"


def build_label(**changes: Any) -> Label:
    official = label_span(TEXT, 4, 7) | {
        "name": "李明𬭚",
        "titles": ["县委书记"],
        "roles": ["speaks"],
        "mention": "named",
    }
    directive = label_span(TEXT, 10, 23) | {"issuer": "", "modality": "要", "force": "direct"}
    slogan = label_span(TEXT, 13, 17) | {"canonical": "两个确立", "core": True}
    label = {"id": "县/一", "url": "", "form": "simplified", "level": "county", "kind": "other"}
    rows = {"officials": [official], "directives": [directive], "slogans": [slogan]}
    empty: Label = {kind.table: [] for kind in JUDGED}
    document = {"title": "", "byline": None}
    texts = {"raw": TEXT, "clean": TEXT, "document": document, "notes": "无"}
    return label | empty | rows | texts | changes


def export(tool: str, labels: list[Label], path: Path) -> Path:
    TOOLS[tool].write(labels, path)
    return path


def finish(path: Path, change: Callable[[list[Any]], None] = lambda _: None) -> Path:
    """Do what Label Studio does when a person submits the regions shown, changed or not."""
    tasks = json.loads(path.read_text(encoding="utf-8"))
    for task in tasks:
        (prediction,) = task.pop("predictions")
        change(prediction["result"])
        task["annotations"] = [{"completed_by": 1, "result": prediction["result"]}]
    path.write_text(json.dumps(tasks), encoding="utf-8")
    return path


def bring_back(tool: str, path: Path) -> list[Label]:
    by_annotator, remarks = TOOLS[tool].read(path)
    assert remarks == []
    (labels,) = by_annotator.values()
    return labels


@pytest.mark.parametrize("tool", TOOLS)
def test_labels_come_back_as_they_went(tool: str, tmp_path: Path) -> None:
    labels = [*read_labels(GOLD), build_label()]
    path = export(tool, labels, tmp_path / "out.json")
    if tool == "label-studio":
        finish(path)
    assert bring_back(tool, path) == labels


@pytest.mark.parametrize("tool", TOOLS)
def test_all_labelled_documents_come_back(tool: str, shared: Path, tmp_path: Path) -> None:
    labels = read_labels(shared / "gold")
    path = export(tool, labels, tmp_path / "out.json")
    if tool == "label-studio":
        finish(path)
    for came, went in zip(bring_back(tool, path), labels, strict=True):
        for kind in JUDGED:
            assert Counter(map(repr, came[kind.table])) == Counter(map(repr, went[kind.table]))
        assert {**came, **went} == went


def test_an_output_becomes_labels_that_agree_with_it(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "a.txt").write_text(
        "区委五届五次全会召开\n区委书记张三强调，必须坚持两个确立。审议通过《工作报告》。",
        encoding="utf-8",
    )
    run([raw], tmp_path / "out")
    (label,) = read_labels(tmp_path / "out")
    assert {kind.table: len(label[kind.table]) > 0 for kind in JUDGED} == {
        kind.table: True for kind in JUDGED
    }
    write_labels([label], tmp_path / "gold")
    evaluation = evaluate(
        tmp_path / "gold", None, lambda doc_id, raw, _: process_text(raw, doc_id=doc_id)
    )
    assert set(evaluation.figures().values()) == {1.0}


# What people change


def test_doccano_spans_added_and_removed(tmp_path: Path) -> None:
    path = export("doccano", [build_label()], tmp_path / "out.jsonl")
    line = json.loads(path.read_text(encoding="utf-8"))
    line["label"] = [[4, 7, "officials"], [17, 23, "directives"]]
    path.write_text(json.dumps({"id": 3, "Comments": []} | line), encoding="utf-8")
    (label,) = bring_back("doccano", path)
    assert label["officials"] == build_label()["officials"]
    assert label["directives"] == [{"text": TEXT[17:23], "occ": 1, "start": 17, "end": 23}]
    assert label["slogans"] == []


@pytest.mark.parametrize("form", ["older", "relations"])
def test_other_forms_doccano_exports(form: str, tmp_path: Path) -> None:
    path = export("doccano", [build_label()], tmp_path / "out.jsonl")
    line = json.loads(path.read_text(encoding="utf-8"))
    spans = line.pop("label")
    if form == "older":
        line = {"text": line.pop("text"), "labels": spans, "meta": line}
    else:
        line["entities"] = [
            {"id": at, "start_offset": start, "end_offset": end, "label": table}
            for at, (start, end, table) in enumerate(spans)
        ]
    path.write_text(json.dumps(line), encoding="utf-8")
    assert bring_back("doccano", path) == [build_label()]


def set_force(regions: list[Any]) -> None:
    (item,) = (one for one in regions if one["from_name"] == "directives.force")
    item["value"]["choices"] = ["require"]


def clear_titles(regions: list[Any]) -> None:
    regions[:] = [one for one in regions if one["from_name"] != "officials.titles"]


def set_item(regions: list[Any]) -> None:
    region = next(one for one in regions if one["value"].get("labels") == ["directives"])
    value = region["value"] | {"text": ["3"]}
    regions.append(region | {"from_name": "directives.item", "type": "textarea", "value": value})


@pytest.mark.parametrize(
    ("change", "table", "cell", "expected"),
    [
        (set_force, "directives", "force", "require"),
        (clear_titles, "officials", "titles", []),
        (set_item, "directives", "item", 3),
    ],
)
def test_cells_changed_in_label_studio(
    change: Callable[[list[Any]], None], table: str, cell: str, expected: Any, tmp_path: Path
) -> None:
    path = finish(export("label-studio", [build_label()], tmp_path / "out.json"), change)
    (label,) = bring_back("label-studio", path)
    before = build_label()
    before[table][0][cell] = expected
    assert label == before


def test_positions_in_utf_16_units_are_understood(tmp_path: Path) -> None:
    def count_units(regions: list[Any]) -> None:
        for item in regions:
            for side in ("start", "end"):
                before = TEXT[: item["value"][side]]
                item["value"][side] = len(before.encode("utf-16-le")) // 2

    path = finish(export("label-studio", [build_label()], tmp_path / "out.json"), count_units)
    assert bring_back("label-studio", path) == [build_label()]


def test_each_annotator_has_a_folder(tmp_path: Path) -> None:
    path = finish(export("label-studio", [build_label()], tmp_path / "out.json"))
    tasks = json.loads(path.read_text(encoding="utf-8"))
    (one,) = tasks[0]["annotations"]
    tasks[0]["annotations"] += [
        one | {"completed_by": {"id": 2, "email": "bo@example.org"}},
        one | {"was_cancelled": True},
    ]
    tasks.append({"data": tasks[0]["data"], "annotations": []})
    path.write_text(json.dumps(tasks), encoding="utf-8")
    call = ["annotate", "import", str(path), "--from", "label-studio", "-o", str(tmp_path / "g")]
    result = CliRunner().invoke(commands, call, standalone_mode=False)
    assert result.exception is None
    assert {folder.name for folder in (tmp_path / "g").iterdir()} == {"1", "bo@example.org"}
    assert "县/一: nobody finished it" in result.stderr
    agreement = measure_agreement(*(read_gold(folder) for folder in (tmp_path / "g").iterdir()))
    assert {row.alpha for row in agreement.tables} == {1.0, None}


def test_every_cell_a_person_judges_has_a_control() -> None:
    interface = ElementTree.fromstring(build_interface())
    controls = {element.get("name") for element in interface.iter() if element.get("perRegion")}
    assert controls == {f"{kind.table}.{name}" for kind, names in JUDGED.items() for name in names}
    (force,) = interface.iterfind(".//Choices[@name='directives.force']")
    values = {choice.get("value") for choice in force}
    assert values == {"prohibit", "require", "direct", "encourage", "explore"}


# What cannot be used

BROKEN_LINES = [
    ("[]", "line 1: no document exported"),
    ("{", "line 1: no document exported"),
    ({"text": "别的"}, "its text was changed"),
    ({"label": [[4, 7, "names"]]}, "no table is called 'names'"),
    ({"label": [[4, 700, "officials"]]}, "4-700 is no passage"),
    ({"label": [[-3, 1, "officials"]]}, "-3-1 is no passage"),
    ({"gold": "{}"}, "line 1: no document exported"),
]


@pytest.mark.parametrize(("change", "message"), BROKEN_LINES)
def test_broken_doccano_files(change: Any, message: str, tmp_path: Path) -> None:
    path = export("doccano", [build_label()], tmp_path / "out.jsonl")
    if isinstance(change, dict):
        change = json.dumps(json.loads(path.read_text(encoding="utf-8")) | change)
    path.write_text(change, encoding="utf-8")
    with pytest.raises(AnnotationError, match=message) as caught:
        TOOLS["doccano"].read(path)
    assert str(path) in str(caught.value)


def lose_table(regions: list[Any]) -> None:
    del regions[0]


def move(regions: list[Any]) -> None:
    regions[0]["value"]["start"] += 1


def write_item_in_words(regions: list[Any]) -> None:
    set_item(regions)
    regions[-1]["value"]["text"] = ["三"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lose_table, "exactly one table"),
        (move, "is not '李明𬭚'"),
        (write_item_in_words, "item must be a number, not '三'"),
    ],
)
def test_broken_label_studio_files(
    change: Callable[[list[Any]], None], message: str, tmp_path: Path
) -> None:
    path = finish(export("label-studio", [build_label()], tmp_path / "out.json"), change)
    with pytest.raises(AnnotationError, match=message):
        TOOLS["label-studio"].read(path)


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    write_labels([build_label()], tmp_path)
    with pytest.raises(AnnotationError, match=r"县__一[.]json exists"):
        write_labels([build_label()], tmp_path)
    with pytest.raises(AnnotationError, match="same id"):
        write_labels([build_label(), build_label()], tmp_path / "new")


def test_export_names_a_document_that_is_not_there(tmp_path: Path) -> None:
    call = ["annotate", "export", str(GOLD), "--doc", "无", "--to", "doccano"]
    result = CliRunner().invoke(commands, [*call, "-o", str(tmp_path / "x.jsonl")])
    assert (result.exit_code, "no document '无'" in result.stderr) == (2, True)


# Agreement


@pytest.mark.parametrize(
    ("judgements", "alpha"),
    [
        # The two worked examples for nominal data in Krippendorff, Computing Krippendorff's
        # Alpha-Reliability (2011), sections A and B.
        ({("0", "0"): 5, ("1", "1"): 1, ("0", "1"): 3, ("1", "0"): 1}, 0.095),
        (
            {
                ("a", "a"): 1,
                ("b", "b"): 2,
                ("c", "c"): 3,
                ("d", "d"): 2,
                ("e", "e"): 1,
                ("a", "b"): 1,
                ("d", "b"): 1,
                ("a", "d"): 1,
            },
            0.692,
        ),
        ({("a", "a"): 7}, None),
        ({}, None),
        ({("a", "b"): 1, ("b", "a"): 1}, -0.5),
        ({("a", "a"): 3, ("b", "b"): 3}, 1.0),
    ],
)
def test_alpha(judgements: dict[tuple[str, str], int], alpha: float | None) -> None:
    assert compute_alpha(Judgements(judgements)) == (alpha and pytest.approx(alpha, abs=5e-4))


def test_agreement_counts_what_differs(tmp_path: Path) -> None:
    changed = build_label(slogans=[])
    changed["directives"] = [label_span(TEXT, 10, 22) | {"force": "require", "modality": "要"}]
    write_labels([build_label()], tmp_path / "a")
    write_labels([changed, build_label(id="二")], tmp_path / "b")
    agreement = measure_agreement(read_gold(tmp_path / "a"), read_gold(tmp_path / "b"))
    assert (agreement.documents, agreement.alone) == (("县/一",), ("二",))
    tables = {row.table: row for row in agreement.tables}
    assert tables["officials"][1:] == (1, 1, 1.0, 1.0, 1.0)
    assert tables["plenums"][1:] == (0, 0, None, None, None)
    assert tables["slogans"].exact == 0
    directives = tables["directives"]
    assert (directives.exact, directives.relaxed) == (0.0, 1.0)
    # 13 and 12 of the characters are inside; one is inside for the first person alone.
    inside, outside = 25, 2 * len(TEXT) - 25
    expected = 2 * inside * outside / (2 * len(TEXT) - 1)
    assert directives.alpha == pytest.approx(1 - 2 / expected)
    by_column = {(row.table, row.column): row[2:] for row in agreement.columns}
    assert by_column["directives", "force"] == (1, 0, 0.0)
    assert by_column["officials", "title"] == (1, 1, None)


def test_documents_must_be_the_same(tmp_path: Path) -> None:
    write_labels([build_label()], tmp_path / "a")
    write_labels([build_label(id="二")], tmp_path / "b")
    with pytest.raises(AnnotationError, match="no document in common"):
        measure_agreement(read_gold(tmp_path / "a"), read_gold(tmp_path / "b"))
    other = build_label(clean=TEXT + "！")
    write_labels([other], tmp_path / "c")
    with pytest.raises(AnnotationError, match="县/一: the two have different texts"):
        measure_agreement(read_gold(tmp_path / "a"), read_gold(tmp_path / "c"))
