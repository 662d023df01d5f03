"""Line breaks, blanks and what cannot be seen.

Takes a text, gives edits: paragraphs are trimmed and parted by one line feed, 政 府 工 作 报 告
becomes 政府工作报告, 2 0 2 5年 2025年. Blanks inside a line stay as printed (记者 张三, 李　强);
tabs and unbreakable blanks become plain ones.

Known gaps: a heading of three characters or fewer is joined only if it is a usual one (公 告),
since 张　三　丰 may be a name; lines wrapped inside a sentence are not joined.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from pipeline.normalise.characters import (
    BLANK,
    BREAKS,
    INVISIBLE,
    SPACES,
    Survey,
    expand_ranges,
    read_codes,
)
from pipeline.spans import Edit

BREAK_PATTERN: Final = re.compile(f"[{BREAKS}]")
UNSEEN_PATTERN: Final = re.compile(f"[{INVISIBLE}]+")
ODD_SPACE_PATTERN: Final = re.compile(f"[{SPACES.strip(' 　')}]")
LOOSE_BREAK_PATTERN: Final = re.compile(r"\n(?:(?<= \n)|(?=[\n ]))")

# Looked for before the patterns below are tried; they begin with a blank, which is found fast.
SPACED_TRACES: Final = tuple(
    re.compile(rf"{blank}[一-鿿\d](?:[ \u3000\n]|\Z)") for blank in (" ", "\u3000")
)
SPACED_PATTERN: Final = re.compile(
    r"^(?:[一-鿿][ \u3000]{1,4}){1,40}[一-鿿]$|(?<![\d. ])\d(?: \d){3,9}(?![\d. ])", re.MULTILINE
)
SPACED_BLANK_PATTERN: Final = re.compile(r"[ \u3000]+")
# Two or three characters in a line of their own are a heading if they name a kind of text.
SHORT_HEADING_PATTERN: Final = re.compile(
    "公[告报示]|决[定议]|命令|嘉奖令|声明|序言|意见|报告|批复|指示|摘要|正文|目录|简报|纪要|讲话|议程|说明"
    "|请示|通[告报知]|通知书|附[件录表]|前言|任免"
)


def trim_paragraphs(text: str, survey: Survey) -> Iterator[Edit]:
    r"""Settle every run of blanks, breaks and invisible characters.

    >>> from pipeline.normalise.characters import survey_text
    >>> text = "　　全会\r\n\r\n　　强调"
    >>> list(trim_paragraphs(text, survey_text(text)))
    [Edit(start=0, end=2, replacement=''), Edit(start=4, end=10, replacement='\n')]
    """
    if not survey.has(BLANK) and not _has_loose_break(text):
        return
    for start, end in _list_gaps(text):
        at_edge = start == 0 or end == len(text)
        gap = text[start:end]
        settled = "" if at_edge else _settle_gap(gap)
        if settled != gap:
            yield Edit(start, end, settled)


def _list_gaps(text: str) -> Iterator[tuple[int, int]]:
    """Runs of what :func:`_gap_table` lists, but for plain breaks and blanks inside the text."""
    codes = read_codes(text)
    gaps = np.concatenate(([False], _gap_table().take(codes, mode="clip"), [False]))
    starts, ends = np.flatnonzero(gaps[1:] != gaps[:-1]).reshape(-1, 2).T
    single = codes[starts]
    plain = ((single == ord("\n")) | (single == ord(" "))) & (ends - starts == 1)
    plain &= (starts > 0) & (ends < len(codes))
    return zip(starts[~plain].tolist(), ends[~plain].tolist(), strict=True)


@cache
def _gap_table() -> npt.NDArray[np.bool_]:
    table = np.zeros(0x10001, dtype=np.bool_)
    table[expand_ranges(SPACES + INVISIBLE + BREAKS)] = True
    return table


def _has_loose_break(text: str) -> bool:
    return text[:1] in "\n " or text[-1:] in "\n " or bool(LOOSE_BREAK_PATTERN.search(text))


@lru_cache(maxsize=256)
def _settle_gap(gap: str) -> str:
    if BREAK_PATTERN.search(gap):
        return "\n"
    return ODD_SPACE_PATTERN.sub(" ", UNSEEN_PATTERN.sub("", gap))


def join_spaced(text: str) -> Iterator[Edit]:
    """Close up spaced-out headings and numbers.

    >>> list(join_spaced("公 告"))
    [Edit(start=1, end=2, replacement='')]
    """
    if not any(trace.search(text) for trace in SPACED_TRACES):
        return
    for spaced in SPACED_PATTERN.finditer(text):
        joined = SPACED_BLANK_PATTERN.sub("", spaced[0])
        if len(joined) > 3 or SHORT_HEADING_PATTERN.fullmatch(joined):
            for blank in SPACED_BLANK_PATTERN.finditer(text, *spaced.span()):
                yield Edit(*blank.span(), "")
