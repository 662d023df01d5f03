"""The engine hanlp: models found or refused, and a whole run with a real one, however small."""

from __future__ import annotations

import importlib.util
import json
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from building import segment
from click.testing import CliRunner, Result

import pipeline
from pipeline import Recipe, process_text
from pipeline.cli import commands
from pipeline.segment.engines import EngineError, open_engine
from pipeline.segment.hanlp_engine import HanlpEngine, open_hanlp
from pipeline.segment.hanlp_models import check_installed, find_model, list_folders, read_model

INSTALLED = importlib.util.find_spec("hanlp") and importlib.util.find_spec("torch")
SENTENCES = ("东湖区区长李明主持会议。", "会议强调，要推进乡村振兴。", "李明出席会议。")
# Blanks, signs beyond the BMP, controls, half a surrogate pair: whatever sources hold.
ODD = "李　强 A-1\t😀𠮷。\u200b\u0007（3.5%）\ud800“”\u3000\n…\n要快！"


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model trained for this session, in a process of its own: training disturbs its process."""
    if not INSTALLED:
        pytest.skip("the extra hanlp is not installed: install torch, then pip install '.[hanlp]'")
    folder = tmp_path_factory.mktemp("models") / "tiny"
    call = [sys.executable, str(Path(__file__).with_name("tiny_model.py")), str(folder)]
    done = subprocess.run(call, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="session")
def engine(model: Path) -> HanlpEngine:
    return open_hanlp(str(model), "cpu")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home of HanLP."""
    monkeypatch.setenv("HANLP_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: Any, **_kwargs: Any) -> Any:
        raise AssertionError("the network was asked")

    for name in ("create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, name, refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)


def call(*arguments: object) -> Result:
    return CliRunner().invoke(commands, [str(argument) for argument in arguments])


def copy(model: Path, folder: Path) -> Path:
    return Path(shutil.copytree(model, folder))


def change_config(folder: Path, change: Callable[[dict[str, Any]], Any]) -> None:
    path = folder / "config.json"
    config = json.loads(path.read_text(encoding="utf-8"))
    change(config)
    path.write_text(json.dumps(config), encoding="utf-8")


def test_a_run_reads_words_names_and_verbs(model: Path, samples: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    source = samples / "fujian"
    done = call("run", source, "-o", out, "--engine", "hanlp", "--model", model, "--tokens")
    assert done.exit_code == 0, done.output
    tables = pipeline.load(out)
    (named,) = tables["documents"]["engine"]
    assert re.fullmatch(rf"hanlp [0-9.]+ {model.name} [0-9a-f]{{12}}", named)
    text = tables["texts"]["text"].iloc[0]
    words = tables["tokens"]
    assert list(words.columns) == ["doc_id", "sentence", "start", "end", "word", "pos"]
    spans = zip(words["start"], words["end"], words["word"], strict=True)
    assert all(text[start:end] == word for start, end, word in spans)
    assert words["sentence"].is_monotonic_increasing
    assert words["sentence"].max() == tables["documents"]["sentences"].iloc[0]
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert {"hanlp", "torch", "transformers"} <= manifest["libraries"].keys()


def test_workers_write_the_same_bytes(model: Path, tmp_path: Path) -> None:
    recipe = Recipe(engine="hanlp", model=str(model), tokens=True)
    sources = [tmp_path / f"{name}.txt" for name in "甲乙丙"]
    for source in sources:
        source.write_text(source.stem + "\n" + "".join(SENTENCES), encoding="utf-8")
    for workers in (1, 2):
        pipeline.run(sources, tmp_path / str(workers), recipe, workers)
    names = {path.name for path in (tmp_path / "1").iterdir()} - {"store.duckdb"}
    assert "tokens.parquet" in names
    for name in sorted(names):
        assert (tmp_path / "1" / name).read_bytes() == (tmp_path / "2" / name).read_bytes(), name


def test_engines_agree_on_slogans_plenums_and_spans_of_directives(
    model: Path, samples: Path
) -> None:
    """A model this small reads much nonsense, so that rules leaning on it would show."""
    recipe, different = Recipe(engine="hanlp", model=str(model)), 0
    for path in sorted(samples.rglob("*.txt")):
        raw = path.read_text(encoding="utf-8")
        ours, theirs = process_text(raw), process_text(raw, recipe=recipe)
        assert ours.plenums == theirs.plenums
        assert ours.slogans == theirs.slogans
        assert [row.row_id for row in ours.directives] == [row.row_id for row in theirs.directives]
        different += ours.officials != theirs.officials
    assert different, "the model was not heard at all"


def test_words_stand_where_they_say(engine: HanlpEngine) -> None:
    for text in (*SENTENCES, ODD, "".join(SENTENCES), ""):
        segments = segment(text, with_engine=engine)
        tokens = segments.analysis.tokens
        assert all(text[token.start : token.end] == token.word for token in tokens)
        assert all(one.end <= two.start for one, two in pairwise(tokens))
        for entity in segments.analysis.entities or ():
            assert entity.start in {token.start for token in tokens}
            assert entity.end in {token.end for token in tokens}


def test_names_and_verbs_of_a_sentence_it_was_trained_for(engine: HanlpEngine) -> None:
    text = SENTENCES[0]
    read = segment(text, with_engine=engine).analysis
    assert (5, 7, "person") in [tuple(entity) for entity in read.entities or ()]
    assert [text[start : start + 2] for start in read.predicates] == ["主持"]


def test_many_sentences_are_read_as_each_alone(engine: HanlpEngine) -> None:
    text = "".join(SENTENCES * 200)
    together = segment(text, with_engine=engine).analysis
    alone = [segment(one, with_engine=engine).analysis for one in SENTENCES]
    assert [token.word for token in together.tokens] == [
        token.word for one in alone for token in one.tokens
    ] * 200
    assert len(together.predicates) == 200 * sum(len(one.predicates) for one in alone)


@pytest.mark.parametrize("text", ["要推进乡村振兴，" * 500, "要推进乡村振兴" * 500, "。" * 3000])
def test_long_sentences_are_read_whole(engine: HanlpEngine, text: str) -> None:
    tokens = segment(text, with_engine=engine).analysis.tokens
    assert "".join(token.word for token in tokens) == text


def test_process_text_gives_tokens_when_asked(model: Path) -> None:
    recipe = Recipe(engine="hanlp", model=str(model), tokens=True)
    tokens = process_text(SENTENCES[1], recipe=recipe).tokens
    assert tokens is not None
    assert "".join(tokens["word"].to_pylist()) == SENTENCES[1]


@pytest.mark.usefixtures("no_network")
def test_a_folder_may_move(model: Path, tmp_path: Path) -> None:
    moved = copy(model, tmp_path / "elsewhere")
    change_config(moved, lambda config: config["encoder"].update(transformer="/gone/transformer"))
    engine = open_hanlp(str(moved), "cpu")
    assert engine.model.encoder == moved / "transformer"
    assert segment(SENTENCES[0], with_engine=engine).analysis.tokens


@pytest.mark.usefixtures("no_network")
def test_a_model_in_the_layout_of_hanlp_is_found_by_name(model: Path, home: Path) -> None:
    folder = copy(
        model, home / "mtl" / "close_tok_pos_ner_srl_dep_sdp_con_electra_small_20210111_124159"
    )
    name = "hfl/chinese-electra-180g-small-discriminator"
    change_config(folder, lambda config: config["encoder"].update(transformer=name))
    encoder = home / "transformers" / "electra_zh_small_20210706_125427"
    encoder.parent.mkdir()
    (folder / "transformer").rename(encoder)
    known = "CLOSE_TOK_POS_NER_SRL_DEP_SDP_CON_ELECTRA_SMALL_ZH"
    assert list_folders() == [folder]
    for wanted in ("", known, folder.name, str(folder)):
        assert find_model(wanted).folder == folder
    assert find_model(known).encoder == encoder
    open_hanlp(known, "cpu").load()
    shutil.rmtree(encoder)
    with pytest.raises(
        EngineError, match=r"its transformer 'hfl/chinese.* is not in .*electra_zh_small"
    ):
        find_model(known)


@pytest.mark.usefixtures("model", "home", "no_network")
@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ("", "say which model.* holds no model"),
        ("models/none", "no model 'models/none': there is no folder models/none and no .*mtl/none"),
        ("CLOSE_TOK_POS_NER_SRL_DEP_SDP_CON_ELECTRA_BASE_ZH", "fetch https.*zip and unpack"),
        ("CLOSE_NOTHING", "no model 'CLOSE_NOTHING'.*docs/engines.md"),
    ],
)
def test_a_missing_model_is_refused_with_the_remedy(wanted: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(EngineError, match=said):
        find_model(wanted)
    done = call(
        "run", Path(__file__), "-o", tmp_path / "out", "--engine", "hanlp", "--model", wanted
    )
    assert done.exit_code == 2
    assert not (tmp_path / "out").exists()


BROKEN: dict[str, tuple[Callable[[Path], object], str]] = {
    "no weights": (lambda folder: (folder / "model.pt").unlink(), "has no model.pt"),
    "no vocabulary": (lambda folder: (folder / "dep_vocabs.json").unlink(), "has no dep_vocabs"),
    "no transformer": (lambda folder: drop_transformer(folder), "its transformer"),
    "no settings": (lambda folder: (folder / "config.json").write_text("{"), "cannot be read"),
    "a list": (lambda folder: (folder / "config.json").write_text("[]"), "holds no settings"),
    "another sort": (
        lambda folder: change_config(folder, lambda config: config.update(classpath="os.system")),
        "no multi-task model",
    ),
    "no words": (
        lambda folder: change_config(folder, lambda config: config.update(task_names=["dep"])),
        "cuts no words",
    ),
    "damaged weights": (
        lambda folder: (folder / "model.pt").write_bytes(b"PK" + bytes(5000)),
        "the model does not load",
    ),
    "weights of another": (
        lambda folder: drop_weights(folder, "encoder"),
        "model.pt has no weights for encoder",
    ),
    "damaged vocabulary": (
        lambda folder: (folder / "dep_vocabs.json").write_text("{}"),
        "the model does not load",
    ),
}


def drop_transformer(folder: Path) -> None:
    shutil.rmtree(folder / "transformer")
    change_config(folder, lambda config: config["encoder"].update(transformer="/gone/transformer"))


def drop_weights(folder: Path, part: str) -> None:
    import torch

    weights = torch.load(folder / "model.pt", weights_only=True)
    kept = {name: values for name, values in weights.items() if not name.startswith(part)}
    torch.save(kept, folder / "model.pt")


@pytest.mark.usefixtures("no_network")
@pytest.mark.parametrize("fault", BROKEN)
def test_a_broken_model_is_refused(fault: str, model: Path, tmp_path: Path) -> None:
    folder = copy(model, tmp_path / "broken")
    spoil, said = BROKEN[fault]
    spoil(folder)
    with pytest.raises(EngineError, match=said):
        open_hanlp(str(folder), "cpu").load()


@pytest.mark.parametrize("workers", [1, 2])
def test_a_run_with_a_broken_model_ends_and_writes_no_table(
    workers: int, model: Path, tmp_path: Path
) -> None:
    folder = copy(model, tmp_path / "broken")
    (folder / "model.pt").write_bytes(b"PK" + bytes(5000))
    source, out = tmp_path / "甲.txt", tmp_path / "out"
    source.write_text(SENTENCES[0], encoding="utf-8")
    done = call(
        "run", source, "-o", out, "--engine", "hanlp", "--model", folder, "--workers", workers
    )
    assert done.exit_code == 2
    assert "the model does not load" in done.output
    assert {path.name for path in out.iterdir()} <= {"store.duckdb"}


@pytest.mark.parametrize("missing", ["hanlp", "torch"])
def test_without_the_extra_it_is_named(missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    found = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: None if name == missing else found("sys")
    )
    with pytest.raises(EngineError, match=rf"needs {missing}.*\[hanlp\]"):
        check_installed()
    done = call("run", Path(__file__), "--engine", "hanlp")
    assert done.exit_code == 2
    assert "[hanlp]" in done.output


def test_a_card_that_is_not_there_is_refused(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import torch

    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    with pytest.raises(EngineError, match="no CUDA device"):
        open_hanlp(str(model), "cuda").load()


def test_only_known_devices(model: Path) -> None:
    with pytest.raises(EngineError, match="no device 'tpu'"):
        open_engine("hanlp", str(model), "tpu")


def test_jieba_takes_no_model() -> None:
    with pytest.raises(EngineError, match="neither model nor device"):
        open_engine("jieba", "models/x")


def test_models_list_says_where_it_looks(model: Path, home: Path) -> None:
    assert f"{home / 'mtl'}" in call("models", "list").output.replace("\n", "")
    copy(model, home / "mtl" / "good")
    (copy(model, home / "mtl" / "bad") / "model.pt").unlink()
    shown = " ".join(call("models", "list").output.split())
    assert "good tok/fine, pos/ctb, ner/msra, dep, srl" in shown
    assert "bad cannot be used" in shown


def test_models_check_shows_what_is_read(model: Path) -> None:
    done = call("models", "check", model)
    assert done.exit_code == 0, done.output
    assert "loads and does tok/fine" in done.output
    assert "names:" in done.output


def test_models_check_refuses_what_is_missing(home: Path) -> None:
    done = call("models", "check", home / "none")
    assert done.exit_code == 2


def test_a_model_of_words_alone_has_no_names(model: Path) -> None:
    whole = read_model(model)
    engine = HanlpEngine(type(whole)(whole.folder, ("tok/fine",), whole.encoder), "cpu")
    read = segment(SENTENCES[0], with_engine=engine).analysis
    assert read.entities is None
    assert read.tokens
    assert {token.pos for token in read.tokens} == {""}
