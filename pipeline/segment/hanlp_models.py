"""HanLP's models on this machine: where they lie, what they hold and what is missing.

Takes a folder or a name, gives a :class:`Model`, e.g. for the folder of a model with the tasks
tok/fine, pos/ctb and ner/msra. Nothing is fetched: what is not here is refused at once, with what
to fetch and where to put it. Neither HanLP nor torch is loaded, so that a refusal takes no time.
Known gap: only multi-task models are known, for only they read words and names together.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from pipeline.segment.engines import EngineError

_CONFIG, _WEIGHTS = "config.json", "model.pt"
_MULTI_TASK = "hanlp.components.mtl.multi_task_learning.MultiTaskLearning"
_INSTALL = "install torch, the build of your choice, then pip install 'communique-pipeline[hanlp]'"
_ADVICE = "docs/engines.md tells how to bring models to a machine without a network"


@dataclass(frozen=True)
class Model:
    """A multi-task model in a folder.

    Attributes:
        folder: Where it lies.
        tasks: What it does, by HanLP's names: tok/fine, pos/ctb, ner/msra.
        encoder: Folder with settings and words of its transformer.
    """

    folder: Path
    tasks: tuple[str, ...]
    encoder: Path

    @property
    def name(self) -> str:
        """The name of its folder."""
        return self.folder.name

    @cached_property
    def digest(self) -> str:
        """Digest of its files, 12 digits: another model may come to lie in the same folder."""
        whole = hashlib.sha256()
        for name in (_CONFIG, _WEIGHTS, *_list_vocabularies(self.tasks)):
            with (self.folder / name).open("rb") as file:
                whole.update(hashlib.file_digest(file, "sha256").digest())
        return whole.hexdigest()[:12]


def find_home() -> Path:
    """Where HanLP keeps its models: ``HANLP_HOME``, or the folder it makes for itself."""
    if home := os.environ.get("HANLP_HOME"):
        return Path(home)
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA", "~")).expanduser() / "hanlp"
    return Path.home() / ".hanlp"


def list_folders() -> list[Path]:
    """The folders of multi-task models in HanLP's home."""
    return sorted(path.parent for path in (find_home() / "mtl").glob(f"*/{_CONFIG}"))


def check_installed() -> None:
    """Refuse where HanLP or torch is missing.

    Raises:
        EngineError: With the extra to install.
    """
    missing = [name for name in ("torch", "hanlp") if importlib.util.find_spec(name) is None]
    if missing:
        raise EngineError(f"the engine hanlp needs {' and '.join(missing)}: {_INSTALL}")


def find_model(wanted: str) -> Model:
    """The model of a folder or name; without either the only one that is installed.

    Args:
        wanted: A folder, the name of one in HanLP's home, or a name that HanLP gives its models
            (``CLOSE_TOK_POS_NER_SRL_DEP_SDP_CON_ELECTRA_SMALL_ZH``).

    Raises:
        EngineError: If HanLP is not installed, or the model is missing or incomplete.
    """
    check_installed()
    if not wanted:
        return read_model(_find_only())
    address = _find_address(wanted)
    name = PurePosixPath(urlsplit(address).path).stem if address else Path(wanted).name
    places = (Path(wanted), find_home() / "mtl" / name)
    for folder in places:
        if folder.is_dir():
            return read_model(folder)
    fetch = f"fetch {address} and" if address else "fetch it on another machine and"
    raise EngineError(
        f"no model {wanted!r}: there is no folder {' and no '.join(map(str, places))}; "
        f"{fetch} unpack it to the latter; {_ADVICE}"
    )


def _find_only() -> Path:
    folders = list_folders()
    if len(folders) == 1:
        return folders[0]
    place = find_home() / "mtl"
    found = f"{place} holds {', '.join(folder.name for folder in folders) or 'no model'}"
    raise EngineError(f"say which model: --model FOLDER or NAME; {found}; {_ADVICE}")


def _find_address(name: str) -> str:
    """Where HanLP itself would fetch a model it has named; empty for other names."""
    if not (name.isidentifier() and name.isupper()):
        return ""
    from hanlp.pretrained import mtl

    address = getattr(mtl, name, "")
    return address if isinstance(address, str) else ""


def read_model(folder: Path) -> Model:
    """What a folder holds.

    Raises:
        EngineError: If it holds no complete multi-task model.
    """
    _check_files(folder, (_CONFIG, _WEIGHTS))
    config = read_config(folder)
    tasks = config.get("task_names")
    if config.get("classpath") != _MULTI_TASK or not isinstance(tasks, list):
        raise EngineError(f"{folder} holds no multi-task model; take one of HanLP's mtl family")
    if not any(task.split("/")[0] == "tok" for task in tasks):
        raise EngineError(f"{folder}: the model cuts no words; it does {', '.join(tasks)}")
    _check_files(folder, _list_vocabularies(tasks))
    return Model(folder.absolute(), tuple(tasks), _find_encoder(folder, config))


def _list_vocabularies(tasks: Iterable[str]) -> list[str]:
    return [f"{task}_vocabs.json" for task in tasks]


def _check_files(folder: Path, names: Iterable[str]) -> None:
    if missing := [name for name in names if not (folder / name).is_file()]:
        raise EngineError(f"{folder} is no whole model of HanLP: it has no {missing[0]}; {_ADVICE}")


def read_config(folder: Path) -> dict[str, Any]:
    """The settings of a model.

    Raises:
        EngineError: If they cannot be read.
    """
    try:
        config = json.loads((folder / _CONFIG).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise EngineError(f"{folder / _CONFIG} cannot be read: {error}; {_ADVICE}") from None
    if not isinstance(config, dict) or not isinstance(config.get("encoder", {}), dict):
        raise EngineError(f"{folder / _CONFIG} holds no settings of a model; {_ADVICE}")
    return config


def _find_encoder(folder: Path, config: dict[str, Any]) -> Path:
    """Where the settings of a model's transformer lie: in the model's folder, or where it says.

    The settings name a folder of the machine the model was trained on, or a name that HanLP
    would fetch.
    """
    named = str(config.get("encoder", {}).get("transformer", ""))
    places = [folder / "transformer", *_list_places(named)]
    for place in places:
        if (place / _CONFIG).is_file():
            return place.absolute()
    where = " nor in ".join(map(str, places))
    raise EngineError(f"{folder}: its transformer {named!r} is not in {where}; {_ADVICE}")


def _list_places(named: str) -> Iterator[Path]:
    if Path(named).is_absolute():
        yield Path(named)
        return
    from hanlp.layers.transformers.resource import tokenizer_mirrors

    if address := tokenizer_mirrors.get(named):
        yield find_home() / "transformers" / PurePosixPath(urlsplit(address).path).stem
    yield from _list_cached(named)


def _list_cached(named: str) -> Iterator[Path]:
    """What transformers has kept of a name; none of it is fetched."""
    from huggingface_hub import try_to_load_from_cache

    try:
        found = try_to_load_from_cache(named, _CONFIG)
    except ValueError:  # the name of nothing
        return
    if isinstance(found, str):
        yield Path(found).parent
