"""Derive the data files of ``pipeline/normalise`` from pypinyin, jieba and OpenCC.

Takes: ``pypinyin`` (MIT, https://github.com/mozillazg/python-pinyin; needed for this script alone),
the dictionary of ``jieba`` (MIT, https://github.com/fxsjy/jieba), the character tables of
``opencc`` (Apache-2.0, https://github.com/BYVoid/OpenCC). Gives, inside the package:

- ``traditional.txt``: the characters of GBK that have a simplified form, each followed by it
  (``國国``); first those that a conversion of simplified text one by one can yield;

- ``pinyin.txt``: one toned syllable a line and the characters of GBK that may be read so
  (``chǎn 产產剷...``), all readings of polyphones included;
- ``strings.txt``: strings of one to five characters, counted in official texts and in the words of
  jieba's dictionary (``-0.5 -2 发展 ...``), by two binary logarithms: how likely the last character
  is after those before it, and what is left for characters not listed after the string. 0 stands
  for any digit, ¶ for the end of a paragraph. Absolute discounting (Ney, Essen and Kneser 1994);
  strings whose last character is about as likely as their shorter ending says are left out
  (Stolcke 1998).

Run ``python tools/build_normalise_data.py FOLDER``; FOLDER holds public official texts as ``.txt``
in UTF-8. The file that comes with the project was made from 80 such texts of 1.1 million
characters: the work reports of the 31 provincial governments of 2025, plenum communiqués, congress
and State Council reports from 2003 to 2022, and eight reports of a county-level district.
"""

from __future__ import annotations

import math
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import jieba
from opencc import OpenCC
from pypinyin.pinyin_dict import pinyin_dict

from pipeline.normalise import normalise_text

TARGET = Path(__file__).parents[1] / "pipeline" / "normalise"

LONGEST = 5
LEAST_FREQUENCY = 40  # words of the dictionary that are rarer are left out
SHARE = 1 / 50  # how much an occurrence behind the dictionary's frequencies counts
DISCOUNT = 0.75  # taken from each count, for what was not seen
LEAST_GAIN = 20.0  # binary digits that a string must save in all its occurrences
LEAST_LEFT = 1e-4  # so much of the likelihood is left for what is not listed

COUNTED_PATTERN = re.compile("[一-鿿，。、；：“”《》！？（）0¶.%]+")
AS_COUNTED = str.maketrans("123456789\n", "000000000¶")

# Simplified characters that tools which convert one by one leave alone, because the traditional
# script knows them too: 关于 becomes 關于, 以后 stays.
MERGED = "于后并里系制只松周志布云斗征游余范占采筑干面么了卷表借升杰愿郁圣出困家向回吁杠"

# Forms of other conversion tables than OpenCC's, met in scraped pages.
OTHER_FORMS = {"著": "着", "沖": "冲", "凈": "净", "陜": "陕", "為": "为", "眾": "众", "啟": "启"}

WORD_PATTERN = re.compile(r"^([\u4e00-\u9fff]{1,5}) (\d+)", re.MULTILINE)


def list_gbk_characters() -> Iterator[str]:
    """Every Han character that GBK can write, in the order of its code."""
    for lead in range(0x81, 0xFF):
        for trail in range(0x40, 0xFF):
            char = bytes([lead, trail]).decode("gbk", errors="ignore")
            if len(char) == 1 and "\u4e00" <= char <= "\u9fff":
                yield char


def convert_singly(config: str, characters: Iterable[str]) -> dict[str, str]:
    """The characters that this configuration of OpenCC changes, each on its own."""
    before = list(characters)
    after = OpenCC(config).convert("\n".join(before)).split("\n")
    pairs = zip(before, after, strict=True)
    return {a: b for a, b in pairs if a != b and len(b) == 1 and is_gbk(b)}


def is_gbk(char: str) -> bool:
    """Whether GBK can write this character."""
    return len(char.encode("gbk", errors="ignore")) == 2


def is_gb2312(char: str) -> bool:
    """Whether GB2312 can write this character."""
    return len(char.encode("gb2312", errors="ignore")) == 2


def group_traditional(characters: Iterable[str]) -> dict[str, str]:
    """Traditional characters and their simplified forms: first those of conversion one by one."""
    gbk = list(characters)
    simple = [char for char in gbk if is_gb2312(char) and char not in MERGED]
    others = convert_singly("t2s", gbk)
    written = {b: a for a, b in convert_singly("s2t", simple).items() if others.get(b) == a}
    converted = written | OTHER_FORMS
    return {
        "converted": " ".join(a + b for a, b in sorted(converted.items())),
        "other": " ".join(a + b for a, b in sorted(others.items()) if a not in converted),
    }


def group_readings(characters: Iterable[str]) -> dict[str, str]:
    """Characters by toned reading."""
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for char in characters:
        for reading in filter(None, pinyin_dict.get(ord(char), "").split(",")):
            groups[reading].append(char)
    return {reading: "".join(groups[reading]) for reading in sorted(groups)}


def count_strings(texts: Iterable[str], dictionary: str) -> dict[str, float]:
    """How often each string occurs, in texts and in the words of a dictionary."""
    counts: defaultdict[str, float] = defaultdict(float)
    for run in (run for text in texts for run in list_runs(text)):
        for part in list_parts(run):
            counts[part] += 1
        for part in list_speech(run):
            counts[part] += 1
    for word, frequency in WORD_PATTERN.findall(dictionary):
        for part in list_parts(word) if int(frequency) >= LEAST_FREQUENCY else ():
            counts[part] += int(frequency) * SHARE
    return counts


def list_runs(text: str) -> list[str]:
    """Stretches of Chinese, marks and digits of a text."""
    clean = normalise_text(text).text.translate(AS_COUNTED)
    return COUNTED_PATTERN.findall(clean)


def list_speech(run: str) -> Iterator[str]:
    """Strings with 。” where a run has ”。: reports quote phrases, press releases sentences."""
    for quoted in re.finditer("”。", run):
        before, after = run[: quoted.start()], run[quoted.end() :]
        around = before[1 - LONGEST :] + "。”" + after[: LONGEST - 1]
        for part in list_parts(around):
            if "。”" in part or (len(part) > 1 and (part[0] == "”" or part[-1] == "。")):
                yield part


def list_parts(run: str) -> Iterator[str]:
    """All strings of one to ``LONGEST`` characters in a run."""
    for size in range(1, LONGEST + 1):
        for start in range(len(run) - size + 1):
            yield run[start : start + size]


def count_beginnings(counts: Mapping[str, float]) -> dict[str, float]:
    """After how many characters each string stands: what its ending counts for (Kneser-Ney).

    导 is frequent but stands after 引, 指, 领 and few others, so it is unlikely after 正. The
    longest strings keep their counts; where what stands before is not known, as in the words of
    a dictionary, occurrences count by their square root.
    """
    distinct: defaultdict[str, float] = defaultdict(float)
    known: defaultdict[str, float] = defaultdict(float)
    for part, count in counts.items():
        distinct[part[1:]] += min(1.0, count)
        known[part[1:]] += count
    return {
        part: distinct[part] + math.sqrt(max(count - known[part], 0))
        if len(part) < LONGEST
        else count
        for part, count in counts.items()
    }


def weigh_strings(occurring: Mapping[str, float]) -> dict[str, tuple[float, float]]:
    """Of each string kept: the logarithms of its last character's share and of what is left."""
    counts = count_beginnings(occurring)
    after, left = measure_contexts(counts)
    shares: dict[str, float] = {}
    for part in sorted(counts, key=len):
        seen = max(counts[part] - DISCOUNT, 0) / after[part[:-1]] if part[1:] else 0
        rest = left[part[:-1]] * shares[part[1:]] if part[1:] else counts[part] / after[""]
        shares[part] = seen + rest
    kept = keep_telling(occurring, shares, left)
    listed, expected = defaultdict(float), defaultdict(float)
    for part in kept:
        listed[part[:-1]] += shares[part]
        expected[part[:-1]] += shares[part[1:]] if part[1:] else 0
    rests = {
        part: max(1 - listed[part], LEAST_LEFT) / max(1 - expected[part], LEAST_LEFT)
        for part in kept
    }
    return {part: (math.log2(shares[part]), math.log2(rests[part])) for part in sorted(kept)}


def measure_contexts(counts: Mapping[str, float]) -> tuple[dict[str, float], dict[str, float]]:
    """How often each string is followed, and which share of that discounting leaves."""
    after: defaultdict[str, float] = defaultdict(float)
    taken: defaultdict[str, float] = defaultdict(float)
    for part, count in counts.items():
        after[part[:-1]] += count
        taken[part[:-1]] += DISCOUNT * min(1.0, count)
    return after, {part: taken[part] / after[part] for part in after}


def keep_telling(
    counts: Mapping[str, float], shares: Mapping[str, float], left: Mapping[str, float]
) -> set[str]:
    """Strings that say more than their endings do, and the parts of such strings."""
    kept = {part for part in counts if len(part) == 1}
    for part in sorted(counts, key=len, reverse=True):
        if part[1:] and part not in kept and counts[part] >= len(part):
            expected = left[part[:-1]] * shares[part[1:]]
            gain = counts[part] * abs(math.log2(shares[part] / expected))
            if len(part) == 2 or gain >= LEAST_GAIN:
                kept.add(part)
        if part[2:] and part in kept:
            kept |= {part[1:], part[:-1]}
    return kept


def group_weights(weights: Mapping[str, tuple[float, float]]) -> dict[str, str]:
    """Strings by both logarithms, in steps of a half."""
    groups: defaultdict[tuple[float, float], list[str]] = defaultdict(list)
    for part, (share, rest) in weights.items():
        groups[round(2 * share) / 2, min(round(2 * rest), 0) / 2].append(part)
    return {f"{a:g} {b:g}": " ".join(groups[a, b]) for a, b in sorted(groups, reverse=True)}


def write_groups(path: Path, about: str, groups: Mapping[str, str]) -> None:
    """Write ``key members`` lines under a header."""
    lines = [f"# {about}", *(f"{key} {members}" for key, members in groups.items())]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main(folder: str) -> None:
    """Write the three files."""
    source = "Built by tools/build_normalise_data.py from"
    traditional = group_traditional(list_gbk_characters())
    about = f"{source} OpenCC (Apache-2.0): traditional and simplified form."
    write_groups(TARGET / "traditional.txt", about, traditional)
    readings = group_readings(list_gbk_characters())
    write_groups(TARGET / "pinyin.txt", f"{source} pypinyin (MIT): reading, characters.", readings)
    texts = [path.read_text("utf-8") for path in sorted(Path(folder).glob("*.txt"))]
    dictionary = (Path(jieba.__file__).parent / "dict.txt").read_text(encoding="utf-8")
    strings = group_weights(weigh_strings(count_strings(texts, dictionary)))
    about = f"{source} public official texts and jieba (MIT): log2 share, log2 rest, strings."
    write_groups(TARGET / "strings.txt", about, strings)


if __name__ == "__main__":
    main(sys.argv[1])
