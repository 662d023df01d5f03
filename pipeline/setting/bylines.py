"""Bylines: who wrote, photographed and edited the page, so that nobody takes them for officials.

Takes the normalised text and its paragraphs, gives :class:`Byline` items: ``（记者 寸金泉 通讯员
苏映雪）`` names two, ``（集团党委宣传部供稿）`` none. Known gap: a name without a role on the
line below the headline is not seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.spans import Span

_ROLE = (
    r"(?:(?:本[报台网刊]|首席|特派|特约|见习|实习|全媒体|融媒体?|新华社|人民日报)?(?:记者|通讯员|实习生)"
    r"|(?:值班|责任|执行|本期|文字)?(?:主编|总编|编委|编辑|责编|美编)|编审|审核|初审|复审|终审|一审|二审|三审|校对"
    r"|摄影报道|摄影|摄像|撰稿|撰文|供稿|供图|作者|监制|文/图|图/文|图文)"
)
_BRACKET_PATTERN = re.compile(r"[（(【][^（）()【】\n]{2,60}[）)】]")
_ROLE_PATTERN = re.compile(_ROLE)
_CREDIT_LINE_PATTERN = re.compile(rf"(?:{_ROLE}|来源|稿源|转自|文|图)[ ]?[：:/|丨][^\n]{{1,60}}")
_REPORT_PATTERN = re.compile(
    r"(?:记者|通讯员|实习生)[ ：:]?[一-龥·、 ]{2,40}?(?:(?:摄影)?报道|摄|(?=[）)]))[：:]?"
)
# A line of its own below the headline: 本报记者 叶知秋.
_REPORTER_LINE_PATTERN = re.compile(rf"{_ROLE}[ \u3000：:][一-龥·、 \u3000]{{1,40}}")
_NAME_PATTERN = re.compile(r"[一-龥]{2,4}|[一-龥]{1,8}(?:·[一-龥]{1,8}){1,3}")
# Words that stand in the same brackets: 厅办公室, 本报综合, 完.
_NO_NAME_PATTERN = re.compile(
    r"(?:办公?室|[部局委报网社台处科版稿族完女]|集团|中心|发布|综合|整理|日电|专电|为序|待续|草案|关闭|打印|返回|有删节|节选|摘要)$"
)
_TAIL_PARAGRAPHS = 4


class Byline(NamedTuple):
    """Where a byline stands and whom it names."""

    span: Span
    names: tuple[str, ...]


def find_bylines(text: str, paragraphs: Sequence[Span]) -> Iterator[Byline]:
    """Find bylines and credits, in order.

    >>> text = "全会召开。（李媛媛）"
    >>> [byline.names for byline in find_bylines(text, [Span(0, len(text))])]
    [('李媛媛',)]
    """
    tail = paragraphs[-_TAIL_PARAGRAPHS:]
    for paragraph in paragraphs:
        start, end = paragraph
        if _is_credit_line(text, start, end):
            yield Byline(paragraph, _read_names(text[start:end]))
            continue
        taken = start
        for match in _BRACKET_PATTERN.finditer(text, start, end):
            content = match.group()[1:-1]
            closes = paragraph in tail and match.end() == end
            if _ROLE_PATTERN.search(content) or (closes and _are_names(content)):
                yield Byline(Span(*match.span()), _read_names(content))
                taken = match.end()
        if report := _REPORT_PATTERN.search(text, taken, min(end, taken + 80)):
            yield Byline(Span(*report.span()), _read_names(report.group()))


def _is_credit_line(text: str, start: int, end: int) -> bool:
    if _CREDIT_LINE_PATTERN.fullmatch(text, start, end):
        return True
    return _REPORTER_LINE_PATTERN.fullmatch(text, start, end) is not None


def _are_names(content: str) -> bool:
    """Whether a closing bracket without a role word ends in a name: （厅办公室 辛禾）."""
    words = _split_words(content)
    return bool(words) and _is_name(words[-1])


def _read_names(content: str) -> tuple[str, ...]:
    """The names among the words, roles and offices left out."""
    if content.startswith(("来源", "稿源", "转自")):
        return ()
    return tuple(dict.fromkeys(word for word in _split_words(content) if _is_name(word)))


def _is_name(word: str) -> bool:
    return bool(_NAME_PATTERN.fullmatch(word)) and not _NO_NAME_PATTERN.search(word)


def _split_words(content: str) -> list[str]:
    """Words between roles, blanks and punctuation; a padded name (薛　红) is one word."""
    bare = _ROLE_PATTERN.sub(" ", content).removesuffix("：")
    bare = re.sub(r"报道$|摄$|[文图]$", "", bare.strip())
    bare = re.sub(r"(?<![一-龥])([一-龥])[ \u3000]+([一-龥])(?![一-龥])", r"\1\2", bare)
    return [word for word in re.split(r"[ \u3000、，,；;：:/|丨]+", bare) if word]
