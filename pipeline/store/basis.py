"""Basis: what the rows of a document depend on besides its bytes.

Takes lexicons, engine and recipe, gives named parts with their values or digests: ``place`` is
江苏省苏州市相城区, ``lexicons/places`` a digest. Slogans are no part of it: which documents a
changed slogan touches is worked out from their texts (:mod:`pipeline.store.touched`).
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Mapping
from functools import cache
from importlib.metadata import version
from pathlib import Path

import msgspec

from pipeline.lexicons import Lexicons
from pipeline.running.manifest import LIBRARIES, program_version
from pipeline.running.recipe import Recipe
from pipeline.segment.engines import Engine

Parts = Mapping[str, str]

_READING = ("title", "url", "source", "published", "place", "text_column", "captions")


@dataclasses.dataclass(frozen=True, slots=True)
class Basis:
    """What rows depend on.

    Attributes:
        parts: Values and digests by name.
        lexicons: Digest of all lexicons, slogans with them.
    """

    parts: Parts
    lexicons: str

    @property
    def digest(self) -> str:
        """Names this basis for whole files."""
        return _digest(dict(self.parts))

    @property
    def rules(self) -> str:
        """Names what the stages after reading depend on: a document read the same gives the same.

        What is given for all documents shows in the metadata of each.
        """
        parts = self.parts.items()
        return _digest({name: value for name, value in parts if name not in _READING})


def describe_basis(lexicons: Lexicons, engine: Engine, recipe: Recipe) -> Basis:
    """The basis of a run."""
    listed = {name: getattr(lexicons, name) for name in ("meetings", "places", "people", "posts")}
    words = {f"words/{name}": dict(words) for name, words in lexicons.words.items()}
    facts = {f"lexicons/{name}": _digest(entries) for name, entries in (listed | words).items()}
    read = dataclasses.asdict(recipe.given) | dataclasses.asdict(recipe.reading)
    parts = {
        "program version": f"{program_version()} {_fingerprint_program()}",
        "libraries": ", ".join(
            f"{name} {version(name)}" for name in (*LIBRARIES, *engine.libraries)
        ),
        "engine": engine.name,
        "words": "written" if recipe.tokens else "",
        **facts,
        **{name: str(value) for name, value in read.items()},
    }
    return Basis(parts, lexicons.digest)


def tell_difference(before: Parts, after: Parts) -> str:
    """The first part in which two bases differ.

    >>> tell_difference({"engine": "jieba", "place": ""}, {"engine": "jieba", "place": "苏州市"})
    'place'
    """
    names = (name for name in {**before, **after} if before.get(name) != after.get(name))
    return next(names, "")


def is_metadata(part: str) -> bool:
    """Whether a part of a basis is what was given for all documents, or asked of the readers."""
    return part in _READING


def _digest(content: object) -> str:
    return hashlib.sha256(msgspec.json.encode(content)).hexdigest()


@cache
def _fingerprint_program() -> str:
    """A digest of the code: a rule that was changed in a checkout has no new version."""
    package = Path(__file__).resolve().parents[1]
    sha256 = hashlib.sha256()
    for path in sorted(package.rglob("*.py")):
        sha256.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes())
    return sha256.hexdigest()[:12]
