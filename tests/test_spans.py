"""Positions survive any chain of edits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.spans import Edit, OffsetMap, Span, apply_edits

GLOSSED = "產(chǎn)業升級(jí)"


@st.composite
def edited(draw: st.DrawFn, text: str | None = None) -> tuple[str, list[Edit]]:
    """A text and edits of it: in order, apart, none empty."""
    text = draw(st.text("习近平總書記(chǎn)，。\n", max_size=40)) if text is None else text
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    replacements = st.text("总书记产业", max_size=4)
    pairs = zip(cuts[::2], cuts[1::2], strict=False)
    return text, [Edit(start, end, draw(replacements)) for start, end in pairs]


def test_deleted_readings_belong_to_nothing() -> None:
    text, offsets = apply_edits(GLOSSED, [Edit(1, 7, ""), Edit(10, 14, "")])
    assert text == "產業升級"
    assert offsets.source_span(0, 1) == Span(0, 1)
    assert offsets.source_span(1, 4) == Span(7, 10)
    assert offsets.source_span(0, 2) == Span(0, 8)


def test_replacement_of_equal_length_maps_each_character() -> None:
    text, offsets = apply_edits("總書記", [Edit(0, 3, "总书记")])
    assert text == "总书记"
    assert [offsets.source_span(at, at + 1) for at in range(3)] == [(0, 1), (1, 2), (2, 3)]


def test_replacement_of_other_length_maps_as_a_whole() -> None:
    text, offsets = apply_edits("去?xùn)|西", [Edit(1, 7, "东")])
    assert text == "去东西"
    assert offsets.source_span(1, 2) == Span(1, 7)


def test_no_edits_change_nothing() -> None:
    text, offsets = apply_edits("全会", [])
    assert text == "全会"
    assert offsets.source_span(0, 2) == Span(0, 2)


@pytest.mark.parametrize(
    ("at", "span"),
    [(0, (0, 0)), (1, (7, 7)), (4, (14, 14))],
)
def test_empty_stretch_maps_to_an_empty_stretch(at: int, span: tuple[int, int]) -> None:
    _, offsets = apply_edits(GLOSSED, [Edit(1, 7, ""), Edit(10, 14, "")])
    assert offsets.source_span(at, at) == span


@pytest.mark.parametrize(
    "edits",
    [
        [Edit(0, 2, ""), Edit(1, 3, "")],
        [Edit(2, 3, ""), Edit(0, 1, "")],
        [Edit(1, 1, "新")],
        [Edit(0, 9, "")],
        [Edit(2, 1, "")],
    ],
    ids=["overlapping", "out of order", "inserting", "past the end", "backwards"],
)
def test_impossible_edits_are_refused(edits: list[Edit]) -> None:
    with pytest.raises(ValueError, match="overlaps, is empty or out of order"):
        apply_edits("总书记", edits)


@given(edited())
def test_edits_say_where_every_character_came_from(work: tuple[str, list[Edit]]) -> None:
    source, edits = work
    text, offsets = apply_edits(source, edits)
    assert len(offsets.starts) == len(offsets.ends) == len(text)
    assert offsets.length == len(source)
    assert (offsets.starts < offsets.ends).all()
    assert (offsets.starts[1:] >= offsets.starts[:-1]).all()
    assert (offsets.ends[1:] >= offsets.ends[:-1]).all()
    kept = set(range(len(source))) - {at for edit in edits for at in range(edit.start, edit.end)}
    for at, character in enumerate(text):
        start, end = offsets.source_span(at, at + 1)
        if start in kept:
            assert source[start:end] == character


@given(st.data())
def test_composition_equals_two_look_ups(data: st.DataObject) -> None:
    source, first_edits = data.draw(edited())
    middle, first = apply_edits(source, first_edits)
    _, second_edits = data.draw(edited(text=middle))
    text, second = apply_edits(middle, second_edits)
    both = first.then(second)
    assert both.length == len(source)
    for at in range(len(text)):
        assert both.source_span(at, at + 1) == first.source_span(*second.source_span(at, at + 1))


@given(edited())
def test_the_way_back_finds_every_kept_character(work: tuple[str, list[Edit]]) -> None:
    text, offsets = apply_edits(*work)
    for at in range(len(text)):
        start, end = offsets.text_span(*offsets.source_span(at, at + 1))
        assert start <= at < end


def test_a_deleted_stretch_leaves_an_empty_one() -> None:
    _, offsets = apply_edits(GLOSSED, [Edit(1, 7, "")])
    assert offsets.text_span(1, 7) == Span(1, 1)


def test_identity_leads_nowhere_else() -> None:
    offsets = OffsetMap.identity(3)
    assert offsets.source_span(1, 3) == offsets.text_span(1, 3) == Span(1, 3)
