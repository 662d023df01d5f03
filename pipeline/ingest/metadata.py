"""Metadata of a document: in ``name.meta.json`` beside it, or in the columns of a record.

Keys are those of :class:`~pipeline.ingest.source.Metadata`: title, url, source, published, place.
Columns may also have the names in use for them, e.g. 标题, 发布日期. Other columns are left alone.
A column may date a document by its year alone (2016).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

import msgspec

from pipeline.ingest.rejection import RejectedError
from pipeline.ingest.source import Metadata

_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "title": ("title", "headline", "标题", "题名", "题目"),
    "url": ("url", "link", "网址", "链接", "原文链接"),
    "source": ("source", "publisher", "来源", "信息来源", "出处", "发布机构"),
    "published": (
        "published",
        "pubdate",
        "pub_date",
        "date",
        "发布日期",
        "发布时间",
        "日期",
        "时间",
    ),
    "place": ("place", "region", "地区", "地点", "地名"),
}
_DATE_PATTERN = re.compile(
    r"\s*(?P<year>(?:19|20)\d\d)(?P<mark>[-/.年]?)(?P<month>\d\d?)(?(mark)[-/.月]?)(?P<day>\d\d?)日?(?:[T\s].*)?\s*\Z"
)
_YEAR_COLUMNS = ("year", "年份")
_YEAR_PATTERN = re.compile(r"\s*((?:19|20)\d\d)(?:\.0|年)?\s*\Z")


def read_metadata(content: bytes | None, name: str) -> Metadata:
    """Read the metadata file of a document; nothing is known where there is none.

    Args:
        content: Its bytes.
        name: Its name, for the message.

    Raises:
        RejectedError: If it is no JSON object, or a value is unusable.

    >>> read_metadata('{"place": "江苏省苏州市相城区"}'.encode(), "一.meta.json").place
    '江苏省苏州市相城区'
    """
    if content is None:
        return Metadata()
    try:
        content = content.removeprefix(b"\xef\xbb\xbf")
        values = msgspec.json.decode(content, type=dict[str, str | None])
        known = {key: value for key, value in values.items() if value is not None}
        return msgspec.convert(known, Metadata, strict=True)
    except (msgspec.MsgspecError, ValueError) as error:
        message = f"{name}: {error}; correct the file or remove it"
        raise RejectedError("bad_metadata", message) from None


def read_columns(record: Mapping[str, object]) -> Metadata:
    """What the columns of a record say; the first name that has a value goes.

    Raises:
        RejectedError: If a date is none.

    >>> read_columns({"标题": "区委五届五次全会召开", "日期": "2023年8月1日"}).published
    '2023-08-01'
    """
    found = {
        key: next((str(record[name]).strip() for name in names if record.get(name)), "")
        for key, names in _COLUMNS.items()
    }
    found["published"] = (
        _read_date_cell(found["published"]) if found["published"] else _find_year(record)
    )
    return Metadata(**found)


def _find_year(record: Mapping[str, object]) -> str:
    """The year in a column of its own; whatever else stands there is left alone."""
    cells = (_YEAR_PATTERN.match(str(record.get(name))) for name in _YEAR_COLUMNS)
    return next((cell[1] for cell in cells if cell), "")


def read_date(text: str) -> str:
    """A whole date as ISO 8601; empty if the text is none.

    >>> read_date("2023年8月1日 09:12"), read_date("8月1日")
    ('2023-08-01', '')
    """
    match = _DATE_PATTERN.match(text)
    if match is None or not (match["mark"] or len(match["month"] + match["day"]) == 4):
        return ""
    try:
        return date(*(int(match[part]) for part in ("year", "month", "day"))).isoformat()
    except ValueError:
        return ""


def _read_date_cell(cell: str) -> str:
    if day := read_date(cell):
        return day
    if year := _YEAR_PATTERN.match(cell):
        return year[1]
    message = f"{cell!r} is no date; write it like 2023-08-02 or leave it empty"
    raise RejectedError("bad_metadata", message)
