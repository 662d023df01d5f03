"""Shards: the inputs of a corpus parted by their names, so that several machines share the work.

Takes ``2/8``, gives the files of the second of eight parts: 苏州/2023-08-01.txt falls into the same
part wherever and whenever it is asked, and files of one name stay together.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pipeline.ingest import InputFile


class Shard(NamedTuple):
    """Part ``number`` of so many ``parts``, counted from 1."""

    number: int
    parts: int


def read_shard(text: str) -> Shard:
    """The part that ``--shard`` asks for.

    Raises:
        ValueError: If it is not like 2/8.

    >>> read_shard("2/8")
    Shard(number=2, parts=8)
    """
    match = re.fullmatch(r"([0-9]{1,6})/([0-9]{1,6})", text)
    if match is None or not 1 <= int(match[1]) <= int(match[2]):
        raise ValueError(f"{text!r} is no part of a whole; write 2/8 for the second of eight")
    return Shard(int(match[1]), int(match[2]))


def choose_files(files: Iterable[InputFile], shard: Shard | None) -> Iterator[InputFile]:
    """The files of a part; all without one."""
    return (file for file in files if shard is None or _part(file.name, shard) == shard.number)


def _part(name: str, shard: Shard) -> int:
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:8], "big") % shard.parts + 1
