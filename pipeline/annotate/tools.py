"""The tools people label with, behind one interface: write a file, read it back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from pipeline.annotate import doccano, label_studio
from pipeline.annotate.labels import Label


class Tool(NamedTuple):
    """A labelling tool.

    Attributes:
        title: Its name, as its makers write it.
        write: Writes labels to a file and the set-up of a project beside it; gives that set-up's
            path.
        read: Reads a file the tool exported; gives labels by annotator, and remarks on what could
            not be taken.
    """

    title: str
    write: Callable[[Iterable[Label], Path], Path]
    read: Callable[[Path], tuple[dict[str, list[Label]], list[str]]]


TOOLS: Mapping[str, Tool] = {
    "doccano": Tool("doccano", doccano.write_file, doccano.read_file),
    "label-studio": Tool("Label Studio", label_studio.write_file, label_studio.read_file),
}
"""By the name the command line uses."""
