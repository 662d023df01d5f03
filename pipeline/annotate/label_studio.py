"""Label Studio: tasks with every row as a region, its cells as controls of the region.

Takes labels, gives a JSON file of tasks and the labelling interface (XML) that shows them: a
directive has choices for ``force``, a field for ``addressee``. Takes the JSON export, gives labels:
regions people left, changed or drew anew, by annotator.

Positions are code points in some releases and UTF-16 units in others; the printed text of a region
decides (𬭚 is one code point and two units).

Known gap: the fields of the document itself (its date, its place) are not shown; they come
back as they went out.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from pipeline.annotate.labels import (
    COLOURS,
    JUDGED,
    AnnotationError,
    Label,
    find_row,
    restore_label,
)
from pipeline.evaluate.gold import MENTIONS
from pipeline.records import Column, Mention, columns

_TABLE, _TEXT = "table", "text"


def write_file(labels: Iterable[Label], path: Path) -> Path:
    """Write the tasks, and beside them the labelling interface to paste into the project."""
    tasks = [_build_task(label) for label in labels]
    path.write_text(json.dumps(tasks, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    interface = path.with_suffix(".interface.xml")
    interface.write_text(build_interface() + "\n", encoding="utf-8")
    return interface


def _build_task(label: Label) -> Label:
    regions = [
        item
        for kind in MENTIONS
        for number, row in enumerate(label[kind.table], 1)
        for item in _build_region(kind, row, f"{kind.table}-{number}")
    ]
    data = {_TEXT: label["clean"], "doc_id": label["id"], "gold": label}
    return {"data": data, "predictions": [{"model_version": "pipeline", "result": regions}]}


def _build_region(kind: type[Mention], row: Label, region: str) -> Iterator[Label]:
    """The passage, and an item for every cell that is filled."""
    place = {"start": row["start"], "end": row["end"], "text": row["text"]}
    yield _build_item(region, _TABLE, "labels", place | {"labels": [kind.table]})
    for name in JUDGED[kind]:
        if (cell := row.get(name)) in (None, "", []):
            continue
        control, key = ("choices",) * 2 if _list_choices(kind, name) else ("textarea", "text")
        yield _build_item(region, f"{kind.table}.{name}", control, place | {key: _spell(cell)})


def _build_item(region: str, control: str, sort: str, value: Label) -> Label:
    return {"id": region, "from_name": control, "to_name": _TEXT, "type": sort, "value": value}


def _spell(cell: Any) -> list[str]:
    if isinstance(cell, bool):
        return ["true" if cell else "false"]
    return list(cell) if isinstance(cell, list) else [str(cell)]


def build_interface() -> str:
    """The labelling interface: tables as labels, cells of a row as controls of its region."""
    view = ElementTree.Element("View")
    tables = ElementTree.SubElement(view, "Labels", name=_TABLE, toName=_TEXT)
    for table, colour in COLOURS.items():
        ElementTree.SubElement(tables, "Label", value=table, background=colour)
    ElementTree.SubElement(view, "Text", name=_TEXT, value=f"${_TEXT}", granularity="symbol")
    for kind in MENTIONS:
        for name in JUDGED[kind]:
            ElementTree.SubElement(view, "Header", _show_for(kind), value=f"{kind.table}: {name}")
            view.append(_build_control(kind, name))
    ElementTree.indent(view)
    return ElementTree.tostring(view, encoding="unicode")


def _show_for(kind: type[Mention]) -> dict[str, str]:
    return {"visibleWhen": "region-selected", "whenTagName": _TABLE, "whenLabelValue": kind.table}


def _build_control(kind: type[Mention], name: str) -> ElementTree.Element:
    shared = {"name": f"{kind.table}.{name}", "toName": _TEXT, "perRegion": "true"}
    attributes = shared | _show_for(kind)
    if choices := _list_choices(kind, name):
        control = ElementTree.Element("Choices", attributes, choice="single", showInline="true")
        for choice in choices:
            ElementTree.SubElement(control, "Choice", value=choice)
        return control
    return ElementTree.Element("TextArea", attributes, editable="true", rows="1")


def _list_choices(kind: type[Mention], name: str) -> tuple[str, ...]:
    """The values a cell can have, where they are closed."""
    column = _find_column(kind, name)
    if column is None or column.kind == "boolean":
        return ("true", "false") if name == "core" or column else ()
    return column.choices


def _find_column(kind: type[Mention], name: str) -> Column | None:
    return next((column for column in columns(kind) if column.name == name), None)


def read_file(path: Path) -> tuple[dict[str, list[Label]], list[str]]:
    """Read the JSON export: labels by annotator, and remarks on documents nobody finished.

    Raises:
        AnnotationError: If the file is no such export, or a region does not fit its text.
    """
    labels, remarks = defaultdict[str, list[Label]](list), list[str]()
    try:
        for task in json.loads(path.read_text(encoding="utf-8")):
            original = task["data"]["gold"]
            finished = [one for one in task["annotations"] if not one.get("was_cancelled")]
            for annotation in finished:
                who = _name_annotator(annotation.get("completed_by"))
                labels[who].append(_read_annotation(original, annotation["result"], task))
            if not finished:
                remarks.append(f"{original['id']}: nobody finished it; left out")
    except AnnotationError as error:
        raise AnnotationError(f"{path}: {error}") from None
    except (ValueError, TypeError, LookupError, AttributeError) as error:
        fault = f"no JSON export of Label Studio made from this program's tasks ({error!r})"
        raise AnnotationError(f"{path}: {fault}") from None
    return dict(labels), remarks


def _name_annotator(who: Any) -> str:
    """A number, or what an export with the people spelled out says."""
    return str(who.get("email") or who["id"]) if isinstance(who, dict) else str(who or "")


def _read_annotation(original: Label, items: list[Label], task: Label) -> Label:
    regions = defaultdict[str, list[Label]](list)
    for item in items:
        regions[item["id"]].append(item)
    rows = [_read_region(original, region) for region in regions.values()]
    return restore_label(original, rows, task["data"][_TEXT])


def _read_region(original: Label, items: list[Label]) -> tuple[str, Label]:
    passages = [item for item in items if item["from_name"] == _TABLE]
    if len(passages) != 1 or len(passages[0]["value"]["labels"]) != 1:
        raise AnnotationError(f"{original['id']}: a region has not exactly one table")
    value = passages[0]["value"]
    (table,) = value["labels"]
    start, end = _find_span(original, value)
    row = find_row(original, table, start, end)
    kind = next((kind for kind in MENTIONS if kind.table == table), None)
    if kind is None:
        return table, row
    return table, _update_cells(row, kind, _collect_cells(items, kind))


def _find_span(original: Label, value: Mapping[str, Any]) -> tuple[int, int]:
    """The passage in code points.

    Raises:
        AnnotationError: If its printed text stands at neither reading of its positions.
    """
    text, start, end = original["clean"], value["start"], value["end"]
    printed = value.get("text", text[start:end])
    if text[start:end] == printed:
        return start, end
    units = text.encode("utf-16-le")
    try:
        before, inside = (
            units[2 * a : 2 * b].decode("utf-16-le") for a, b in ((0, start), (start, end))
        )
    except UnicodeDecodeError:
        before, inside = "", ""
    if inside != printed:
        raise AnnotationError(f"{original['id']}: {start}-{end} is not {printed!r}")
    return len(before), len(before) + len(inside)


def _collect_cells(items: list[Label], kind: type[Mention]) -> dict[str, list[str]]:
    prefix = f"{kind.table}."
    return {
        item["from_name"].removeprefix(prefix): item["value"].get("choices")
        or item["value"].get("text")
        or []
        for item in items
        if item["from_name"].startswith(prefix)
    }


def _update_cells(row: Label, kind: type[Mention], spelled: Mapping[str, list[str]]) -> Label:
    """The row with what the region says; a cell that was emptied is empty."""
    cells = dict(row)
    for name in JUDGED[kind]:
        if name in spelled:
            cells[name] = _read_cell(kind, name, spelled[name])
        elif row.get(name) not in (None, "", []):
            cells[name] = [] if isinstance(row[name], list) else None
    return cells


def _read_cell(kind: type[Mention], name: str, spelled: list[str]) -> Any:
    column = _find_column(kind, {"titles": "title"}.get(name, name))
    if column is None or column.kind == "boolean":
        return spelled == ["true"]
    if column.kind == "list":
        return spelled
    printed = "".join(spelled).strip()
    if column.kind != "integer":
        return printed
    if not printed.isdecimal():
        raise AnnotationError(f"{kind.table}: {name} must be a number, not {printed!r}")
    return int(printed)
