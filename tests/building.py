"""What tests are made of: segments of a short text, and records filled with their examples."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any, TypeVar

from pipeline.normalise import NormalText
from pipeline.records import Column, Record, columns
from pipeline.segment import Segments, segment_text
from pipeline.segment.engines import Engine, open_engine
from pipeline.spans import OffsetMap

RecordT = TypeVar("RecordT", bound=Record)

engine = cache(open_engine)


def segment(text: str, doc_id: str = "文件", with_engine: Engine | None = None) -> Segments:
    """Cut a text that needs no restoring."""
    normal = NormalText(text, OffsetMap.identity(len(text)), "simplified", 0)
    return segment_text(doc_id, normal, with_engine or engine("jieba"))


def fill(record_type: type[RecordT], /, **changes: Any) -> RecordT:
    """A record whose cells are the examples of its columns, but for the changes."""
    examples = {column.name: _value(column) for column in columns(record_type)}
    return record_type(**examples | changes)


def _value(column: Column) -> Any:
    if column.kind == "integer":
        return int(column.example)
    if column.kind == "boolean":
        return column.example == "true"
    if column.kind == "date":
        return date.fromisoformat(column.example)
    return column.example.split(";") if column.kind == "list" else column.example
