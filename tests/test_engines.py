"""Both jieba engines give the same words, and words cover the text."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from building import segment
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.extract.officials import extract_officials
from pipeline.ingest import Metadata
from pipeline.lexicons import Lexicons
from pipeline.records import Issue, Official
from pipeline.segment.engines import CompiledJiebaEngine, Engine, JiebaEngine, open_engine
from pipeline.setting import find_setting

JIEBA = JiebaEngine()
COMPILED = CompiledJiebaEngine()

# Signs that rjieba and jieba divide differently, beside words and letters they may stand in.
MIXED = st.text(alphabet="abZ09-_.+#&% ,中国共产党发展的一是人民T恤卡拉OK\n，。〇·①", max_size=40)


def words(engine: Engine, text: str) -> list[str]:
    return [word.text for word in engine.cut(text)]


@given(MIXED)
@settings(max_examples=500, deadline=None)
def test_engines_agree_on_mixed_text(text: str) -> None:
    assert words(COMPILED, text) == words(JIEBA, text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("部署5G-A网络", ["部署", "5G", "-", "A", "网络"]),
        ("2011-2020年", ["2011", "-", "2020", "年"]),
        ("PM_2.5浓度", ["PM", "_", "2.5", "浓度"]),
        ("增长3.5%以上", ["增长", "3.5%", "以上"]),
    ],
)
def test_runs_of_letters_are_divided_as_jieba_does(text: str, expected: list[str]) -> None:
    assert words(COMPILED, text) == words(JIEBA, text) == expected


@pytest.mark.parametrize("engine", [JIEBA, COMPILED], ids=["jieba", "compiled"])
def test_words_cover_the_text_without_gaps(engine: Engine) -> None:
    text = "区委书记沈志栋指出，5G-A要加快。\n全会强调"
    cut = list(engine.cut(text))
    assert "".join(word.text for word in cut) == text
    assert [word.start for word in cut[1:]] == [word.end for word in cut[:-1]]
    assert all(text[word.start : word.end] == word.text for word in cut)


def test_engines_agree_on_official_texts(shared: Path) -> None:
    with gzip.open(shared / "corpus" / "national.jsonl.gz", "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    texts += [path.read_bytes().decode("gb18030") for path in (shared / "corpus").rglob("*.txt")]
    assert len(texts) >= 49
    different = [text[:20] for text in texts if words(COMPILED, text) != words(JIEBA, text)]
    assert different == []


def test_engines_find_the_same_officials(samples: Path, lexicons: Lexicons) -> None:
    """Words decide names only where nothing else does; do both engines decide alike?"""
    texts = [path.read_text(encoding="utf-8") for path in samples.rglob("*.txt")]
    for text in (*texts, "区委书记沈志栋饱含深情。县长赵明哲逐一回应。"):
        found = [find_officials(text, engine, lexicons) for engine in (JIEBA, COMPILED)]
        assert found[0] == found[1]


def find_officials(text: str, engine: Engine, lexicons: Lexicons) -> list[Official | Issue]:
    segments = segment(text, with_engine=engine)
    return list(extract_officials(segments, find_setting(segments, Metadata(), lexicons), lexicons))


def test_jieba_itself_is_used_where_the_compiled_engine_is_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("pipeline.segment.engines.find_spec", lambda name: None)  # noqa: ARG005
    assert isinstance(open_engine("jieba"), JiebaEngine)


def test_both_engines_bear_the_same_name() -> None:
    assert JIEBA.name == COMPILED.name


def test_an_unknown_engine_is_refused() -> None:
    with pytest.raises(ValueError, match="no engine 'thulac'"):
        open_engine("thulac")
