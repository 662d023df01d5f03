"""Which encoding: measured on short headlines, where there is least to go by."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pytest
from opencc import OpenCC

from pipeline.ingest.decode import decode_bytes
from pipeline.ingest.rejection import RejectedError

HEADLINES = [
    "区委五届五次全会召开",
    "贵溪市纪委八届五次全会召开",
    "黑龙江松花江嫩江流域洪涝",
    "祝云任区发改局局长",
    "坚持以人民为中心",
]


@pytest.mark.parametrize("headline", HEADLINES)
def test_simplified_headlines(headline: str) -> None:
    assert decode_bytes(headline.encode("gb2312")) == (headline, "gb18030")


@pytest.mark.parametrize("headline", HEADLINES)
@pytest.mark.parametrize("encoding", ["big5", "gb18030"])
def test_traditional_headlines(headline: str, encoding: str) -> None:
    traditional = OpenCC("s2tw").convert(headline)
    assert decode_bytes(traditional.encode(encoding)) == (traditional, encoding)


def test_characters_beyond_big5() -> None:
    text = "到二〇三五年實現我國經濟實力大幅躍升"
    assert decode_bytes(text.encode("big5hkscs")) == (text, "big5hkscs")


@pytest.mark.parametrize("place", range(9))
def test_one_damaged_byte_is_told_not_guessed(place: int) -> None:
    content = bytearray("全会强调，要抓好落实。".encode() * 3)
    content[place] = 0xFF
    with pytest.raises(RejectedError) as caught:
        decode_bytes(bytes(content))
    assert caught.value.reason == "undecodable"
    assert str(place - place % 3) in str(caught.value) or str(place) in str(caught.value)


def test_thousands_of_headlines(shared: Path) -> None:
    with gzip.open(shared / "corpus" / "national.jsonl.gz", "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    headlines = {
        clause
        for text in texts
        for clause in re.split(r"[^\u4e00-\u9fff]+", text)[:300]
        if 8 <= len(clause) <= 20
    }
    to_traditional = OpenCC("s2tw")
    wrong = []
    for headline in sorted(headlines):
        traditional = to_traditional.convert(headline)
        for text, encoding in (
            (headline, "gb18030"),
            (traditional, "gb18030"),
            (traditional, "big5"),
        ):
            content = text.encode(encoding, "ignore")
            if decode_bytes(content)[0] != content.decode(encoding):
                wrong.append((text, encoding))
    assert len(headlines) > 2_000
    assert len(wrong) <= len(headlines) // 1_000, wrong
