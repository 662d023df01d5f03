"""Page furniture: what a copied web page carries around the text.

Takes the raw text, gives :class:`Furniture`: the stretches to leave out, and what the page says of
itself there. 首页 >> 党建廉政, 来源：贵溪先锋网 浏览次数：1283 and 责任编辑：谭思 go, the headline
between them stays. Only whole lines go, or a bracket with the editor's name at the end of the last
one, and only above the first paragraph and below the last one. A line that a report may have too
(来源：解放日报, 主办单位：省交通运输厅) goes only beside a line that no report has.

Known gaps: furniture between paragraphs stays. Inserted readings are seen through where they are
whole, 來(lái)源, not where one was cut off.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.ingest.furniture_lines import (
    SEPARATORS,
    find_credit,
    is_caption,
    is_certain,
    opens_related,
    parse_line,
)
from pipeline.spans import Span

_MAX_LINES = 40  # above the first paragraph, and again below the last one
_LONGEST_LINE = 120
_LONGEST_HEADLINE = 80
_LONGEST_CREDIT = 60

_LINE_PATTERN = re.compile(r"[^\r\n]+")
_LINE_END_PATTERN = re.compile(r"[\r\n]*")
_GLOSS_PATTERN = re.compile(r"\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňḿ]{1,7}\)")
_BODY_END_PATTERN = re.compile(r"[。；！？!?;：:…][”’」』）)]?\Z")


@dataclass(frozen=True, slots=True)
class Furniture:
    """What stands around the text.

    Attributes:
        spans: Stretches of the raw text to leave out, with their line ends; in order, not
            overlapping.
        source: Publisher the page names.
        published: Date of publication it names, ISO 8601.
        byline: Authors it names in a line that is left out.
    """

    spans: tuple[Span, ...] = ()
    source: str = ""
    published: str = ""
    byline: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Line:
    """A line, and the sorts of furniture on it with what they say; none if it is text."""

    start: int
    end: int
    values: dict[str, str]


def find_furniture(raw: str, captions: bool = True) -> Furniture:
    r"""Find what belongs to the page and not to the text.

    Args:
        raw: The decoded text.
        captions: Whether lines that describe a picture stay.

    >>> raw = "当前位置：首页 > 要闻\n全会召开\n全会强调，要实干。\n责任编辑：谭思\n"
    >>> [raw[span.start : span.end] for span in find_furniture(raw).spans]
    ['当前位置：首页 > 要闻\n', '责任编辑：谭思\n']
    """
    head = list(_read_head(raw))
    body_start = head[-1].end if head else 0
    tail = _read_tail(raw, body_start)
    above, below = _choose(head), _choose(tail)
    spans = [_take_line(raw, line.start, line.end) for line in (*above, *below)]
    spans += _find_credit(raw, body_start, below[0].start if below else len(raw))
    if not captions:
        spans += _find_captions(raw, spans)
    return Furniture(
        spans=tuple(sorted(spans)),
        source=_find_value([*head, *tail], "source"),
        published=_find_published([*head, *tail]),
        byline=tuple(_find_value([*above, *below], "author").strip(SEPARATORS).split()),
    )


def find_statements(page: str) -> Furniture:
    r"""What a whole page says of itself, on whichever line; no stretches.

    >>> find_statements("要闻\n来源：鼓楼新闻网 2024-08-10 09:30\n全会强调，要实干。").source
    '鼓楼新闻网'
    """
    lines = [_read_line(page, *match.span()) for match in _LINE_PATTERN.finditer(page)]
    certain = [line for line in lines if is_certain(line.values)]
    source = _find_value(certain, "source") or _find_value(lines, "source")
    return Furniture(source=source, published=_find_published(lines))


def _read_head(raw: str) -> Iterator[_Line]:
    """Lines above the first paragraph."""
    for count, match in enumerate(_LINE_PATTERN.finditer(raw)):
        line = _read_line(raw, *match.span())
        if count == _MAX_LINES or _is_body(raw, line):
            return
        yield line


def _read_tail(raw: str, start: int) -> list[_Line]:
    """Lines below the last paragraph, in order."""
    lines: list[_Line] = []
    for span in _find_last_lines(raw, start):
        line = _read_line(raw, *span)
        if len(lines) == _MAX_LINES or _is_body(raw, line):
            break
        lines.append(line)
    return _spread_related(raw, lines[::-1])


def _find_last_lines(raw: str, start: int) -> Iterator[Span]:
    """The filled lines behind ``start``, the last one first; of a long line its end is enough."""
    end = len(raw)
    while end > start:
        low = max(start, end - _LONGEST_LINE * 4)
        line_start = max(raw.rfind("\n", low, end), raw.rfind("\r", low, end), low - 1) + 1
        if line_start < end:
            yield Span(line_start, end)
        end = line_start - 1


def _spread_related(raw: str, lines: list[_Line]) -> list[_Line]:
    """Below 相关新闻 there are other pages' headlines."""
    for index, line in enumerate(lines):
        if opens_related(raw[line.start : line.end]):
            others = [_Line(other.start, other.end, {"whole": ""}) for other in lines[index:]]
            return lines[:index] + others
    return lines


def _read_line(raw: str, start: int, end: int) -> _Line:
    if end - start > _LONGEST_LINE * 3:
        return _Line(start, end, {})
    text = _GLOSS_PATTERN.sub("", raw[start:end]).strip(" \t\u3000\xa0\ufeff")
    return _Line(start, end, parse_line(text) if len(text) <= _LONGEST_LINE else {})


def _is_body(raw: str, line: _Line) -> bool:
    """A line of the text proper: a sentence, or too long for a headline."""
    text = raw[line.start : line.end].strip()
    is_text = len(text) > _LONGEST_HEADLINE or bool(_BODY_END_PATTERN.search(text))
    return is_text and not line.values


def _choose(lines: Sequence[_Line]) -> list[_Line]:
    """The lines to leave out: all that may be furniture, if one of them certainly is."""
    certain = any(is_certain(line.values) for line in lines)
    return [line for line in lines if line.values] if certain else []


def _take_line(raw: str, start: int, end: int) -> Span:
    """A line with its line ends."""
    line_end = _LINE_END_PATTERN.match(raw, end)
    return Span(start, line_end.end() if line_end else end)


def _find_published(lines: Sequence[_Line]) -> str:
    """A date beside a source or a button; 时间：2020-01-17 alone may be a meeting's."""
    return _find_value([line for line in lines if is_certain(line.values)], "date")


def _find_value(lines: Sequence[_Line], sort: str) -> str:
    return next((line.values[sort] for line in lines if line.values.get(sort)), "")


def _find_credit(raw: str, start: int, end: int) -> list[Span]:
    """（责任编辑：谭思） at the end of the last line of the text."""
    start = max(start, end - _LONGEST_CREDIT)
    found = find_credit(raw[start:end])
    return [Span(start + found[0], start + found[1])] if found else []


def _find_captions(raw: str, taken: Sequence[Span]) -> list[Span]:
    """Short lines that describe a picture, anywhere but in what is taken already."""
    lines = [match.span() for match in _LINE_PATTERN.finditer(raw)]
    return [
        _take_line(raw, start, end)
        for start, end in lines
        if is_caption(raw[start:end].strip()[: _LONGEST_HEADLINE + 1])
        and len(raw[start:end].strip()) <= _LONGEST_HEADLINE
        and not any(span.start < end and start < span.end for span in taken)
    ]
