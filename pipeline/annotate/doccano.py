"""doccano: documents for its sequence labelling, as JSON lines.

Takes labels, gives a line a document: the text, ``[start, end, table]`` for every row, and the
whole label as a string, which doccano keeps as metadata and returns. A passage of the same table
at the same place keeps its cells (``force``, ``titles``); doccano shows and changes spans alone.

The project must allow overlapping spans: 两个确立 stands inside a directive.

Known gap: a passage marked anew comes back with its span and no other cell.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from pipeline.annotate.labels import COLOURS, AnnotationError, Label, find_row, restore_label
from pipeline.evaluate.gold import MENTIONS

_KEPT = "gold"


def write_file(labels: Iterable[Label], path: Path) -> Path:
    """Write the documents, and beside them the label types to import in the project's settings."""
    with path.open("w", encoding="utf-8") as file:
        for label in labels:
            file.write(json.dumps(_build_line(label), ensure_ascii=False) + "\n")
    types = [
        {"text": table, "background_color": colour, "suffix_key": str(key)}
        for key, (table, colour) in enumerate(COLOURS.items(), 1)
    ]
    settings = path.with_suffix(".types.json")
    settings.write_text(json.dumps(types, indent=1) + "\n", encoding="utf-8")
    return settings


def _build_line(label: Label) -> Label:
    spans = [
        [row["start"], row["end"], kind.table] for kind in MENTIONS for row in label[kind.table]
    ]
    return {
        "text": label["clean"],
        "label": spans,
        "doc_id": label["id"],
        _KEPT: json.dumps(label, ensure_ascii=False),
    }


def read_file(path: Path) -> tuple[dict[str, list[Label]], list[str]]:
    """Read what doccano exported for one annotator.

    Raises:
        AnnotationError: If a line cannot be read; the message names it.
    """
    labels = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            labels.append(_read_line(json.loads(line)))
        except AnnotationError as error:
            raise AnnotationError(f"{path}, line {number}: {error}") from None
        except (ValueError, TypeError, LookupError, AttributeError) as error:
            fault = f"no document exported by this program and doccano ({error!r})"
            raise AnnotationError(f"{path}, line {number}: {fault}") from None
    return {"": labels}, []


def _read_line(line: dict[str, Any]) -> Label:
    # Older releases return metadata under a key of its own, newer ones beside the text.
    original = json.loads((line.get("meta") or line)[_KEPT])
    rows = [
        (table, find_row(original, table, start, end)) for start, end, table in _list_spans(line)
    ]
    return restore_label(original, rows, line["text"])


def _list_spans(line: dict[str, Any]) -> Iterator[tuple[int, int, str]]:
    """Spans in either form doccano writes: with relations they stand under ``entities``."""
    yield from line.get("label", line.get("labels", ()))
    for entity in line.get("entities", ()):
        yield entity["start_offset"], entity["end_offset"], entity["label"]
