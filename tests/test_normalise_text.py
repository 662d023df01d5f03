"""What goes in comes out restored, every character with its place, and nothing else changes."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opencc import OpenCC

from pipeline.normalise import normalise_text
from pipeline.normalise.characters import survey_text
from pipeline.normalise.simplify import name_script
from pipeline.spans import Span

SCRAMBLED = (
    "全會強調(diào),要融入?yún)^(qū)域發(fā)展大局,聯(lián)動?xùn)|西,發(fā)展產(chǎn)業(yè)。"
)
RESTORED = "全会强调，要融入区域发展大局，联动东西，发展产业。"
HAN_PATTERN = re.compile("[㐀-鿿]")

MESSY = st.text(
    "习近平總書記區产業發关於后干著,，.:;!?()（）“” 　\n\r\t\u200b\xa01２0○Oaǚāxué|^",
    max_size=60,
)


def read_gold(shared: Path, name: str) -> dict[str, str]:
    gold: dict[str, str] = json.loads((shared / "gold" / name).read_text("utf-8"))
    return gold


def test_the_communique_the_project_began_with(shared: Path) -> None:
    raw = next((shared / "seed").glob("0*.txt")).read_text("utf-8")
    clean = (shared / "seed" / "seed_clean.txt").read_text("utf-8")
    assert normalise_text(raw).text == clean.rstrip("\n")


@pytest.mark.parametrize(
    "name",
    [
        "dev_01_fuzhou_gulou_plenum_scrambled.json",
        "dev_04_jiangmen_standing_committee.json",
        "dev_06_yongxing_town_congress_scrambled.json",
        "dev_07_shaanxi_water_department_scrambled.json",
        "dev_14_yunhe_plenum_enlarged_scrambled.json",
    ],
)
def test_labelled_copies_are_restored(shared: Path, name: str) -> None:
    gold = read_gold(shared, name)
    normal = normalise_text(gold["raw"])
    assert normal.text == gold["clean"]
    assert normal.script == "traditional"


def test_strings_that_only_look_damaged(shared: Path) -> None:
    """What is simplified, or tells no script, passes unchanged.

    Strings in traditional characters are documents in traditional characters, as short as they are:
    they become simplified, character by character, and keep the author's readings, marks and words
    (人工智慧, not 人工智能). None of them shows the work of a tool.
    """
    strings = json.loads((shared / "findings" / "must_not_change.json").read_text("utf-8"))
    converter = OpenCC("t2s")
    for string in strings:
        normal = normalise_text(string)
        assert (normal.repaired, normal.doubts) == (0, ())
        is_traditional = name_script(survey_text(string)) == "traditional"
        assert normal.text == (converter.convert(string) if is_traditional else string)


def test_clean_official_texts_keep_every_character(shared: Path) -> None:
    with gzip.open(shared / "corpus" / "national.jsonl.gz", "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    texts += [p.read_text("gb18030") for p in (shared / "corpus" / "hailar_reports").glob("*.txt")]
    for text in texts:
        normal = normalise_text(text)
        assert (normal.script, normal.repaired, normal.doubts) == ("simplified", 0, ())
        assert HAN_PATTERN.findall(normal.text) == HAN_PATTERN.findall(text)


def test_every_inferred_place_is_a_doubt() -> None:
    normal = normalise_text(SCRAMBLED)
    assert normal.text == RESTORED
    assert [normal.text[start:end] for _, _, start, end in normal.doubts] == ["区", "东"]
    assert {doubt.reason for doubt in normal.doubts} == {"byte_lost"}


def test_what_cannot_be_mended_is_a_doubt() -> None:
    normal = normalise_text("產(chǎn)業(yè)發(fā)展,A?xùn)好。")
    assert [doubt.reason for doubt in normal.doubts] == ["damage_left"]


def test_characters_map_to_their_source() -> None:
    normal = normalise_text(SCRAMBLED)
    at = normal.text.index("区域")
    assert SCRAMBLED[slice(*normal.offsets.source_span(at, at + 2))] == "?yún)^(qū)域"
    assert SCRAMBLED[slice(*normal.offsets.source_span(0, 4))] == "全會強調"


def test_furniture_is_left_out_and_offsets_still_point_to_the_source() -> None:
    raw = "首页 > 要闻\n全会指出，要抓落实。"
    normal = normalise_text(raw, [Span(0, 8)])
    assert normal.text == "全会指出，要抓落实。"
    assert normal.offsets.source_span(0, 2) == Span(8, 10)


def test_changes_name_their_step_and_place() -> None:
    changes = list(normalise_text(SCRAMBLED).list_changes())
    assert ("readings", "(diào)", "") in [(c.step, c.before, c.after) for c in changes]
    assert ("passages", "?yún)^(qū)", "區") in [(c.step, c.before, c.after) for c in changes]
    for change in changes:
        if change.step in {"readings", "passages"}:
            assert SCRAMBLED[change.start : change.end] in {change.before, "?yún)^(qū)"}


@settings(deadline=None)
@given(MESSY)
def test_normalising_again_changes_nothing(raw: str) -> None:
    once = normalise_text(raw).text
    assert normalise_text(once).text == once


@settings(deadline=None)
@given(MESSY)
def test_map_is_monotone_and_inside_the_source(raw: str) -> None:
    normal = normalise_text(raw)
    starts, ends = normal.offsets.starts.tolist(), normal.offsets.ends.tolist()
    assert len(starts) == len(normal.text)
    assert starts == sorted(starts)
    assert ends == sorted(ends)
    assert all(0 <= start < end <= len(raw) for start, end in zip(starts, ends, strict=True))


@settings(deadline=None)
@given(MESSY)
def test_unchanged_characters_slice_back(raw: str) -> None:
    normal = normalise_text(raw)
    for at, char in enumerate(normal.text):
        if HAN_PATTERN.match(char) and normal.script == "simplified" and not normal.repaired:
            assert raw[slice(*normal.offsets.source_span(at, at + 1))] in (char, "0", "O")


@pytest.mark.parametrize("raw", ["", " ", "\n\n", "\u200b", "\ud800", "𬱖頔", "a" * 5])
def test_edges(raw: str) -> None:
    assert isinstance(normalise_text(raw).text, str)


@pytest.mark.parametrize(
    "unit", ["(", "?", "(a)", "著", "區(qū", " \r\n", "二0", "?xùn)", ",!", "區(qū)?yún)^"]
)
def test_long_repetition_stays_linear(unit: str) -> None:
    normalise_text("會議" + unit * 3000)
