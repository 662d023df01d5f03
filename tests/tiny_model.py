"""A real multi-task model of HanLP, trained in seconds on invented sentences: small, and no good.

It holds what the engine relies on: words with offsets, parts of speech, names, dependencies and
roles in HanLP's own format. Its answers are sound only for sentences like those it saw.
"""

from __future__ import annotations

import itertools
import json
import os
import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple


class Piece(NamedTuple):
    """A word with its part of speech, its head (0 is the root) and the name it belongs to."""

    word: str
    pos: str
    head: int
    entity: str = "O"


SURNAMES, GIVEN = "赵钱孙李周吴郑王冯陈", "伟芳敏静磊洋勇艳杰娟明超霞平"
PLACES = ("青山市", "临江市", "东湖区", "河口县", "安平县", "金沙县")
TOPICS = ("乡村振兴", "科技创新", "基层治理", "安全生产", "文化建设")
VERBS = ("加快", "推进", "坚持", "抓好")


def make_sentence(chance: random.Random, form: int) -> list[Piece]:
    """A sentence of one of four forms."""
    name = chance.choice(SURNAMES) + "".join(chance.sample(GIVEN, chance.choice((1, 2))))
    place, topic, verb = chance.choice(PLACES), chance.choice(TOPICS), chance.choice(VERBS)
    person, stop = Piece(name, "NR", 3, "S-PERSON"), ("。", "PU")
    if form == 0:  # 东湖区区长李明主持会议。
        before = [Piece(place, "NR", 2, "S-LOCATION"), Piece("区长", "NN", 3)]
        return [
            *before,
            person._replace(head=4),
            Piece("主持", "VV", 0),
            Piece("会议", "NN", 4),
            Piece(*stop, 4),
        ]
    if form == 1:  # 中共东湖区委员会书记李明强调
        organ = [
            Piece("中共", "NR", 3, "B-ORGANIZATION"),
            Piece(place, "NR", 3, "M-ORGANIZATION"),
            Piece("委员会", "NN", 4, "E-ORGANIZATION"),
        ]
        return [
            *organ,
            Piece("书记", "NN", 5),
            person._replace(head=6),
            Piece("强调", "VV", 0),
            Piece(*stop, 6),
        ]
    if form == 2:  # 会议强调，要推进乡村振兴。
        said = [Piece("会议", "NN", 2), Piece("强调", "VV", 0), Piece("，", "PU", 2)]
        return [
            *said,
            Piece("要", "VV", 5),
            Piece(verb, "VV", 2),
            Piece(topic, "NN", 5),
            Piece(*stop, 2),
        ]
    listed = [person, Piece("出席", "VV", 0), Piece("会议", "NN", 2), Piece(*stop, 2)]
    return [listed[0]._replace(head=2), *listed[1:]]


def write_corpus(folder: Path, part: str, size: int, seed: int) -> None:
    """The training files of all tasks."""
    chance = random.Random(seed)
    sentences = [make_sentence(chance, index % 4) for index in range(size)]
    files = {
        f"tok.{part}.txt": (" ".join(piece.word for piece in one) for one in sentences),
        f"pos.{part}.tsv": (
            "\n".join(f"{p.word}\t{p.pos}" for p in one) + "\n" for one in sentences
        ),
        f"ner.{part}.tsv": (
            "\n".join(f"{p.word}\t{p.entity}" for p in one) + "\n" for one in sentences
        ),
        f"dep.{part}.conllx": ("\n".join(_write_arcs(one)) + "\n" for one in sentences),
        f"srl.{part}.jsonlines": map(_write_roles, sentences),
    }
    for name, lines in files.items():
        (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


def _write_arcs(sentence: Sequence[Piece]) -> Iterator[str]:
    for number, piece in enumerate(sentence, 1):
        relation = "root" if piece.head == 0 else "mmod" if piece.word == "要" else "dep"
        cells = (number, piece.word, "_", piece.pos, piece.pos, "_", piece.head, relation, "_", "_")
        yield "\t".join(map(str, cells))


def _write_roles(sentence: Sequence[Piece]) -> str:
    words = [piece.word for piece in sentence]
    verb = next(at for at, piece in enumerate(sentence) if piece.pos == "VV" and piece.word != "要")
    roles = [[verb, max(0, verb - 1), max(0, verb - 1), "ARG0"], [verb, verb, verb, "PRED"]]
    return json.dumps({"sentences": [words], "srl": [roles], "doc_key": "x"}, ensure_ascii=False)


def write_encoder(folder: Path, characters: Sequence[str]) -> None:
    """Settings and words of a transformer of one small layer."""
    from transformers import BertConfig, BertModel, BertTokenizerFast

    folder.mkdir(parents=True)
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *characters]
    (folder / "vocab.txt").write_text("\n".join(words) + "\n", encoding="utf-8")
    BertTokenizerFast(str(folder / "vocab.txt"), do_lower_case=True).save_pretrained(folder)
    config = BertConfig(
        vocab_size=len(words),
        hidden_size=48,
        num_hidden_layers=1,
        num_attention_heads=4,
        intermediate_size=96,
        max_position_embeddings=256,
    )
    BertModel(config, add_pooling_layer=False).save_pretrained(folder)


def build_tasks(corpus: Path, names: Sequence[str]) -> dict[str, Any]:
    """The tasks, each with its training files."""
    from hanlp.common.dataset import SortingSamplerBuilder
    from hanlp.components.mtl.tasks.dep import BiaffineDependencyParsing
    from hanlp.components.mtl.tasks.ner.tag_ner import TaggingNamedEntityRecognition
    from hanlp.components.mtl.tasks.pos import TransformerTagging
    from hanlp.components.mtl.tasks.srl.bio_srl import SpanBIOSemanticRoleLabeling
    from hanlp.components.mtl.tasks.tok.tag_tok import TaggingTokenization

    def files(task: str, ending: str) -> list[str]:
        return [str(corpus / f"{task}.{part}.{ending}") for part in ("trn", "dev", "tst")]

    def batches() -> Any:
        return SortingSamplerBuilder(batch_size=32)

    limits = {"max_seq_len": 250, "hard_constraint": True, "char_level": True}
    after = {"dependencies": "tok", "lr": 4e-3}
    makers = {
        "tok/fine": lambda: TaggingTokenization(
            *files("tok", "txt"), batches(), tagging_scheme="BMES", lr=4e-3, **limits
        ),
        "pos/ctb": lambda: TransformerTagging(*files("pos", "tsv"), batches(), **after, **limits),
        "ner/msra": lambda: TaggingNamedEntityRecognition(
            *files("ner", "tsv"), batches(), **after, **limits
        ),
        "dep": lambda: BiaffineDependencyParsing(
            *files("dep", "conllx"), batches(), n_mlp_arc=32, n_mlp_rel=16, **after, max_seq_len=250
        ),
        "srl": lambda: SpanBIOSemanticRoleLabeling(
            *files("srl", "jsonlines"), batches(), **after, n_mlp_rel=32, doc_level_offset=False
        ),
    }
    return {name: makers[name]() for name in names}


def _make_optimizer(parameters: Any, **settings: Any) -> Any:
    import torch

    settings.pop("no_deprecation_warning", None)
    return torch.optim.AdamW(parameters, **settings)


def train_model(folder: Path, names: Sequence[str], epochs: int = 8) -> None:
    """Train a model of some tasks and save it as HanLP saves its own."""
    import torch
    import transformers
    from hanlp.components.mtl.multi_task_learning import MultiTaskLearning
    from hanlp.layers.embeddings.contextual_word_embedding import ContextualWordEmbedding

    # transformers has dropped what HanLP trains with; models load without it.
    transformers.optimization.AdamW = _make_optimizer
    torch.manual_seed(0)
    torch.set_num_threads(1)  # of small matrices more threads make slow ones
    corpus = folder.parent / f"{folder.name}-corpus"
    corpus.mkdir(parents=True)
    for seed, (part, size) in enumerate({"trn": 96, "dev": 8, "tst": 8}.items()):
        write_corpus(corpus, part, size, seed)
    seen = sorted(set(itertools.chain(*(path.read_text("utf-8") for path in corpus.glob("tok*")))))
    write_encoder(folder / "transformer", [character for character in seen if character.strip()])
    encoder = ContextualWordEmbedding(
        "token", str(folder / "transformer"), average_subwords=True, max_sequence_length=256
    )
    MultiTaskLearning().fit(
        encoder,
        build_tasks(corpus, names),
        str(folder),
        epochs,
        lr=4e-3,
        encoder_lr=4e-3,
        grad_norm=1,
        eval_trn=False,
        devices=-1,
        seed=1,
        patience=epochs,
    )
    (folder / "transformer" / "model.safetensors").unlink()  # the weights are in model.pt
    for log in folder.glob("*.log"):
        log.unlink()


if __name__ == "__main__":
    os.environ |= {"HANLP_VERBOSE": "0", "HF_HUB_OFFLINE": "1"}
    train_model(Path(sys.argv[1]), ("tok/fine", "pos/ctb", "ner/msra", "dep", "srl"))
