"""HanLP as an engine: words, parts of speech, names and predicates from a multi-task model.

Takes sentences, gives an :class:`~pipeline.segment.analysis.Analysis` of the whole document:
乌兹别克斯坦总统米尔济约耶夫 has the person 米尔济约耶夫. Words that rules ask for are jieba's, as
with the other engine; names and predicates are evidence beside them. Known gap: a sentence longer
than the model's window is read in pieces, and a name across two pieces is lost.
"""

from __future__ import annotations

import multiprocessing
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from importlib.metadata import version
from itertools import chain
from typing import Any, Literal, NamedTuple

from pipeline.segment.analysis import Analysis, Entity, Token, Word, cut_pieces
from pipeline.segment.engines import DEVICES, EngineError, open_engine
from pipeline.segment.hanlp_models import Model, find_model, read_config
from pipeline.spans import Span

# A window of the models is 512 pieces, two of which mark its ends.
_LONGEST = 500
_PIECES_PER_CALL = 256
# Half a surrogate pair, which tokenizers refuse; U+FFFD takes its place and keeps the offsets.
_SURROGATE_PATTERN = re.compile("[\ud800-\udfff]")
# Of several tasks of one sort the first that the model does.
_TASKS = {
    "tok": ("tok/fine", "tok"),
    "pos": ("pos/ctb", "pos/pku", "pos/863", "pos"),
    "ner": ("ner/msra", "ner/pku", "ner/ontonotes", "ner"),
    "srl": ("srl",),
    "dep": ("dep",),
}
_KINDS: Mapping[str, Literal["person", "place", "organisation"]] = {
    "PERSON": "person",
    "nr": "person",
    "LOCATION": "place",
    "GPE": "place",
    "LOC": "place",
    "ns": "place",
    "ORGANIZATION": "organisation",
    "ORG": "organisation",
    "nt": "organisation",
}
_VERBS = frozenset(("VV", "v", "VERB"))
# 要加强: a parser hangs the modal word on the verb.
_AUXILIARIES = frozenset(("mmod", "aux", "aux:modal"))


class _Reading(NamedTuple):
    """What the model says of one piece, by sort of task; a task it lacks says nothing."""

    tok: Sequence[tuple[str, int, int]]
    pos: Sequence[str]
    ner: Sequence[tuple[str, str, int, int]]
    srl: Sequence[Sequence[tuple[str, str, int, int]]] | None
    dep: Sequence[tuple[int, str]] | None


class HanlpEngine:
    """A model of HanLP; it loads when first used, once in each process."""

    libraries: tuple[str, ...] = ("hanlp", "torch", "transformers")
    weighs_evidence = True

    def __init__(self, model: Model, device: str) -> None:
        self.model, self._device = model, device
        self._words = open_engine("jieba")
        self._tasks = _choose_tasks(model)

    @cached_property
    def name(self) -> str:
        """Name and version, the model and its digest."""
        return f"hanlp {version('hanlp')} {self.model.name} {self.model.digest}"

    def load(self) -> None:
        """Load the model.

        Raises:
            EngineError: If it does not load.
        """
        _ = self._component

    @cached_property
    def _component(self) -> Any:
        return _load_component(self.model, self._device, self._tasks["tok"])

    def cut(self, text: str) -> Iterator[Word]:
        """The words of jieba, which rules fall back on: a model's change with the context."""
        return self._words.cut(text)

    def analyse(self, text: str, sentences: Sequence[Span]) -> Analysis:
        """Read a document sentence by sentence, many at a time."""
        pieces = [
            piece
            for piece in cut_pieces(text, sentences, _LONGEST)
            if not text[piece.start : piece.end].isspace()
        ]
        readings = list(zip(pieces, self._read(text, pieces), strict=True))
        return Analysis(
            tuple(chain.from_iterable(_place_tokens(text, *pair) for pair in readings)),
            tuple(chain.from_iterable(_place_entities(*pair) for pair in readings))
            if "ner" in self._tasks
            else None,
            tuple(chain.from_iterable(_find_predicates(*pair) for pair in readings)),
            source="hanlp",
        )

    def _read(self, text: str, pieces: Sequence[Span]) -> Iterator[_Reading]:
        whole = _SURROGATE_PATTERN.sub("\ufffd", text)
        for first in range(0, len(pieces), _PIECES_PER_CALL):
            batch = [whole[start:end] for start, end in pieces[first : first + _PIECES_PER_CALL]]
            found = self._component(batch, tasks=list(self._tasks.values()))
            for index in range(len(batch)):
                said = {sort: found[task][index] for sort, task in self._tasks.items()}
                yield _Reading(
                    said["tok"],
                    said.get("pos", ()),
                    said.get("ner", ()),
                    said.get("srl"),
                    said.get("dep"),
                )


def open_hanlp(model: str, device: str) -> HanlpEngine:
    """The engine with a model that is on this machine; the model loads later.

    Raises:
        EngineError: If HanLP is not installed, or the model is missing or incomplete.
    """
    if device not in DEVICES:
        raise EngineError(f"no device {device!r}; known are {', '.join(DEVICES)}")
    return HanlpEngine(find_model(model), device)


def _choose_tasks(model: Model) -> dict[str, str]:
    chosen = (
        (sort, next((name for name in names if name in model.tasks), ""))
        for sort, names in _TASKS.items()
    )
    tasks = {sort: name for sort, name in chosen if name}
    if "tok" not in tasks:
        raise EngineError(f"{model.folder}: the model has no task {' or '.join(_TASKS['tok'])}")
    return tasks


def _load_component(model: Model, device: str, tokenizer: str) -> Any:
    """What ``hanlp.load`` does for such a folder.

    ``hanlp.load`` itself answers a fault with a call to the package index and hides its cause.
    """
    for name, value in (("HANLP_VERBOSE", "0"), ("HF_HUB_OFFLINE", "1")):
        os.environ.setdefault(name, value)  # read when HanLP and transformers are imported
    import torch
    from hanlp.components.mtl.multi_task_learning import MultiTaskLearning
    from hanlp_common.configurable import Configurable

    if device == "cuda" and not torch.cuda.is_available():
        raise EngineError("--device cuda: torch finds no CUDA device; leave the option out")
    if multiprocessing.parent_process():
        torch.set_num_threads(1)  # the workers share the cores among them
    try:
        # An object: of a dictionary HanLP would keep the folder of the machine it was made on.
        settings = read_config(model.folder)["encoder"] | {"transformer": str(model.encoder)}
        component = MultiTaskLearning()
        component.load(
            str(model.folder),
            devices=0 if device == "cuda" else -1,
            verbose=False,
            encoder=Configurable.from_config(settings),
        )
        _check_weights(component, model)
        component[tokenizer].config.output_spans = True
    except Exception as fault:  # whatever a damaged file makes of itself
        reason = str(fault).strip().partition("\n")[0]
        raise EngineError(
            f"{model.folder}: the model does not load: {type(fault).__name__}: {reason}; "
            "unpack it anew, or take one of this version of HanLP"
        ) from fault
    return component


def _check_weights(component: Any, model: Model) -> None:
    """Refuse weights that are not all there; HanLP leaves what is missing to chance."""
    import torch

    stored = torch.load(model.folder / "model.pt", map_location="cpu", weights_only=True)
    if missing := [name for name, _ in component.model.named_parameters() if name not in stored]:
        raise ValueError(f"model.pt has no weights for {missing[0]}")


def _place_tokens(text: str, piece: Span, reading: _Reading) -> Iterator[Token]:
    for index, (_, begin, stop) in enumerate(reading.tok):
        start, end = piece.start + begin, piece.start + stop
        yield Token(start, end, text[start:end], reading.pos[index] if reading.pos else "")


def _place_entities(piece: Span, reading: _Reading) -> Iterator[Entity]:
    """Entities in order; HanLP counts them in words."""
    words = [(piece.start + start, piece.start + end) for _, start, end in reading.tok]
    found = (
        Entity(words[first][0], words[last - 1][1], _KINDS[kind])
        for _, kind, first, last in reading.ner
        if kind in _KINDS
    )
    return iter(sorted(found))


def _find_predicates(piece: Span, reading: _Reading) -> list[int]:
    """Where main verbs begin: predicates with roles, else verbs that are no auxiliaries."""
    if reading.srl is not None:
        at = {role[2] for frame in reading.srl for role in frame if role[1] == "PRED"}
    else:
        at = {index for index, pos in enumerate(reading.pos) if pos in _VERBS}
        if reading.dep is not None:
            at = {index for index in at if reading.dep[index][1] not in _AUXILIARIES}
    return [piece.start + reading.tok[index][1] for index in sorted(at)]
