"""Numerals that are read at once, and those left to the library, are the same numbers."""

from __future__ import annotations

import cn2an
import pytest

from pipeline.numerals import read_numeral, spell_numeral


@pytest.mark.parametrize("number", range(1, 131))
def test_numerals_are_those_of_the_library(number: int) -> None:
    spelt = spell_numeral(number)
    assert spelt == cn2an.an2cn(number).removeprefix("一" if 10 <= number < 20 else "")
    assert read_numeral(spelt) == read_numeral(str(number)) == cn2an.cn2an(spelt, "smart") == number


@pytest.mark.parametrize(
    ("numeral", "number"),
    [("07", 7), ("二〇", 20), ("一百零一", 101), ("两百", 200), ("十百", None), ("零十一", None)],
)
def test_other_numerals(numeral: str, number: int | None) -> None:
    assert read_numeral(numeral) == number
