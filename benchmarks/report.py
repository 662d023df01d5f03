"""Measurements as the page of the documentation.

Takes what was measured at each size, gives Markdown: one table of ratios, one of the stages.
"""

from __future__ import annotations

import platform
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib.metadata import version
from typing import NamedTuple

_Write = Callable[[float], str]


class Measured(NamedTuple):
    """What was measured on texts of one size.

    Attributes:
        size: Characters of a document, about.
        documents: How many.
        chars: Characters in all.
        ratios: Job -> its speed over that of ``jieba.cut``.
        stages: Stage -> its share in the time of the flow.
    """

    size: int
    documents: int
    chars: int
    ratios: dict[str, float]
    stages: dict[str, float]


def render_report(measured: Sequence[Measured], *, real: bool) -> str:
    """The page, reproducible but for the figures."""
    return "\n".join((*_render_heading(measured, real=real), *_render_tables(measured))) + "\n"


def _render_heading(measured: Sequence[Measured], *, real: bool) -> Iterator[str]:
    yield "# Speed"
    yield ""
    yield "Written by `python -m benchmarks --write`; `--texts FOLDER` measures with real texts."
    yield ""
    texts = "Real texts" if real else "Texts generated from the sentences of the samples"
    sizes = " and ".join(
        f"{one.documents:,} documents of about {one.size:,} characters ({one.chars:,} in all)"
        for one in measured
    )
    yield f"{texts}: {sizes}. One process, one core, everything loaded."
    versions = ", ".join(f"{name} {version(name)}" for name in ("jieba", "OpenCC", "pandas"))
    yield f"Python {platform.python_version()}, {versions}; {platform.machine()}."
    yield ""


def _render_tables(measured: Sequence[Measured]) -> Iterator[str]:
    sizes = [f"{one.size * 3 // 1000} KB" for one in measured]
    yield "Characters per second over those of bare `jieba.cut` (median of the rounds' ratios):"
    yield ""
    ratios = [one.ratios for one in measured]
    yield from _render_table("job", sizes, ratios, lambda ratio: f"{ratio:.2f}")
    yield ""
    yield "Where the time of the flow goes (writing the tables comes on top):"
    yield ""
    stages = [one.stages for one in measured]
    yield from _render_table("stage", sizes, stages, lambda share: f"{share:.0%}")


def _render_table(
    head: str, sizes: Sequence[str], columns: Sequence[dict[str, float]], write: _Write
) -> Iterator[str]:
    yield _render_row((head, *sizes))
    yield _render_row(("---", *("---:" for _ in sizes)))
    for name in columns[0]:
        yield _render_row((name, *(write(column[name]) for column in columns)))


def _render_row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
