"""Half-width marks in Chinese prose as full-width ones, and dots inside words and names.

Takes a text, gives edits: 会议指出,要抓落实;(女,满族) becomes 会议指出，要抓落实；（女，满族）,
市.委 市委, 买买提.吐尔逊 买买提·吐尔逊.

Marks are widened only in a text that shows what its marks should be: it writes some of them
full-width, or sets half-width commas and semicolons between Chinese characters more than once. A
note such as 价格:¥100~200;折扣:8.5折。 shows neither and stays as it is. Brackets are widened where
they hold Chinese, so (GDP), (qiáo mù) and f(x) keep theirs.

Known gaps: straight quotation marks and the full stop at the end of a line stay as printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt

from pipeline.normalise.characters import (
    DOT,
    DOTS,
    HALF,
    Codes,
    Survey,
    expand_ranges,
    read_codes,
    write_codes,
)
from pipeline.spans import Edit

HAN: Final = "〇㐀-䶿一-鿿"
CHINESE: Final = HAN + "、。，；：！？“”‘’（）《》〈〉「」『』【】〔〕…—％"
WIDENING: Final = ord("，") - ord(",")

WRITES_WIDE_PATTERN: Final = re.compile("[，；：？！（）]")
BETWEEN_HAN_PATTERN: Final = re.compile(f"[,;](?<=[{HAN}”》）].)(?=[{HAN}“《（])")
# A mark beside another is left: whatever ?? or ,: stands for, it is no prose.
BESIDE: Final = CHINESE.translate(dict.fromkeys(map(ord, "，；：！？")))
# Kinds of signs, each named by its first; OTHER stands for all the rest.
KINDS: Final = (",;:", "!", "?", "%‰℃", "0-9", "A-Za-z", ")", "(", "\n", BESIDE)
OTHER: Final = "\0"
LAST_MARK: Final = 3  # the first kinds are marks
OUTSIDE: Final = np.full(2, ord("\n"), dtype=np.uint32)  # stands around a text
GAP_PATTERN: Final = re.compile(f" (?<=[{BESIDE}][,;:?!] )")
BRACKET_PATTERN: Final = re.compile("[()（）\\n]")
LONGEST_BRACKET: Final = 200
HAN_PATTERN: Final = re.compile(f"[{HAN}]")

# Characters that write names of other languages; 力, 提 or 西 alone prove nothing, so four are
# asked for.
SOUNDS: Final = (
    "阿埃艾爱奥巴拜班贝比毕别波伯布才曹查次达戴丹德地迪蒂丁东都杜多厄恩尔法范菲费夫弗福噶盖甘冈高戈格古哈海汗合赫"
    "黑亨洪胡华惠霍基吉加贾江杰金君卡凯坎康考科可克库拉莱兰朗劳雷莱勒黎里理力历利莉丽廉良列林琳卢鲁路伦罗洛"
    "吕玛马买麦满曼茂梅门蒙米密明莫姆木穆拿纳娜乃南内能妮尼涅宁努诺欧帕排潘佩皮平泼普其奇齐恰强乔切钦琴丘热仁日"
    "荣茹儒瑞若萨赛桑森沙莎山尚申圣史舒斯松苏索塔泰坦汤特提铁汀图吐托瓦万旺威韦维卫温文沃乌吾武西希锡夏肖谢辛"
    "兴休许雅亚延扬耶叶伊依易因英尤于约扎泽札詹珍卓孜兹子佐则洁措央旦增尊"
)
# The plain dot is by far the most frequent; a pattern that begins with it is fast.
STRAY_DOT_PATTERN: Final = re.compile(rf"\.(?<=[{HAN}]\.)(?=[{HAN}])")
ODD_DOT_PATTERN: Final = re.compile(rf"[{DOTS}](?<=[{HAN}A-Za-z].)(?=[{HAN}A-Za-z])")
NAME_PATTERN: Final = re.compile(rf"(?<=[{SOUNDS}][{SOUNDS}]).(?=[{SOUNDS}][{SOUNDS}])")


def is_to_widen(text: str, survey: Survey, damaged: bool = False) -> bool:
    """Whether the half-width marks of a text are to be full-width.

    Args:
        text: Any text.
        survey: What it holds.
        damaged: Whether the text is known to come from a tool that made its marks half-width.
    """
    return survey.has(HALF) and (damaged or _shows_marks(text))


def widen_brackets(text: str) -> Iterator[Edit]:
    """Write brackets that hold Chinese full-width.

    >>> [edit.replacement for edit in widen_brackets("增长(同比)，(GDP)")]
    ['增长（同比），(GDP)']
    """
    return _widen(text, _list_brackets(text))


def close_gaps(text: str) -> Iterator[Edit]:
    """Take out the blank after a half-width mark that is to be full-width.

    >>> list(close_gaps("（二）会议指出, 要抓落实"))
    [Edit(start=8, end=9, replacement='')]
    """
    for gap in GAP_PATTERN.finditer(text):
        yield Edit(*gap.span(), "")


def widen_marks(text: str) -> Iterator[Edit]:
    """Write half-width marks beside Chinese full-width.

    >>> [edit.replacement for edit in widen_marks("（二）会议指出,要抓落实")]
    ['（二）会议指出，要抓落实']
    """
    return _widen(text, _list_marks(read_codes(text)))


def _widen(text: str, places: list[int]) -> Iterator[Edit]:
    """One edit for all places: a document holds hundreds."""
    if places:
        codes = read_codes(text).copy()
        codes[places] += WIDENING
        yield Edit(0, len(text), write_codes(codes))


def _shows_marks(text: str) -> bool:
    if WRITES_WIDE_PATTERN.search(text):
        return True
    first = BETWEEN_HAN_PATTERN.search(text)
    return bool(first and BETWEEN_HAN_PATTERN.search(text, first.end()))


def _list_marks(codes: Codes) -> list[int]:
    """Marks that their neighbours ask to be full-width, but for those of an address: ://."""
    padded = np.concatenate((OUTSIDE, codes, OUTSIDE))
    kinds = _kind_table().take(padded, mode="clip")
    at = np.flatnonzero((kinds > 0) & (kinds <= LAST_MARK))
    wide = at[_rule_table()[kinds[at - 1], kinds[at], kinds[at + 1]]]
    address = (padded[wide + 1] == ord("/")) & (padded[wide + 2] == ord("/"))
    found: list[int] = (wide[~address] - len(OUTSIDE)).tolist()
    return found


def _is_wide(before: str, mark: str, after: str) -> bool:
    """Whether a mark is beside Chinese or after a percentage; not 1,000, 8:30 or ?0 (a digit lost).

    >>> _is_wide(HAN[0], ",", "0"), _is_wide("0", ",", "0"), _is_wide("0", ",", HAN[0])
    (True, False, True)
    """
    if mark in "!?" and (after in "!?" or mark + after == "?0"):
        return False
    opens = before in "0A)" and after in (BESIDE[0], "(")
    pauses = before == "%" or opens or before + after == ")\n"
    return before == BESIDE[0] or (mark == "," and pauses)


@cache
def _kind_table() -> npt.NDArray[np.uint8]:
    """The number of the kind of every code point; 0 for all other signs."""
    table = np.zeros(0x10001, dtype=np.uint8)
    for number, members in enumerate(KINDS, start=1):
        table[expand_ranges(members)] = number
    return table


@cache
def _rule_table() -> npt.NDArray[np.bool_]:
    """What :func:`_is_wide` says of every three kinds."""
    names = (OTHER, *(members[0] for members in KINDS))
    rules = [[[_is_wide(b, mark, a) for a in names] for mark in names] for b in names]
    return np.array(rules)


def _list_brackets(text: str) -> list[int]:
    """Half-width brackets of pairs that hold Chinese or have one of full width."""
    if "(" not in text and ")" not in text:
        return []
    opened: list[int] = []
    places: list[int] = []
    for match in BRACKET_PATTERN.finditer(text):
        if match[0] == "\n":
            opened.clear()
        elif match[0] in "(（":
            opened.append(match.start())
        elif opened:
            start, end = opened.pop(), match.start()
            if text[start] == "（" or text[end] == "）" or _holds_chinese(text, start, end):
                places += [at for at in (start, end) if text[at] in "()"]
    return places


def _holds_chinese(text: str, start: int, end: int) -> bool:
    return end - start <= LONGEST_BRACKET and bool(HAN_PATTERN.search(text, start, end))


def settle_dots(text: str, survey: Survey) -> Iterator[Edit]:
    """Unify the dot in names and take dots out of words.

    >>> from pipeline.normalise.characters import survey_text
    >>> text = "市.委书记买买提.吐尔逊"
    >>> [edit.replacement for edit in settle_dots(text, survey_text(text))]
    ['', '·']
    """
    dots = [*STRAY_DOT_PATTERN.finditer(text)]
    if survey.has(DOT):
        dots = sorted([*dots, *ODD_DOT_PATTERN.finditer(text)], key=re.Match.start)
    for dot in dots:
        stray = dot[0] in ".．" and not NAME_PATTERN.match(text, dot.start())
        yield Edit(*dot.span(), "" if stray else "·")
