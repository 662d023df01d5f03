"""The gate: accuracy on the project's own labelled documents never falls silently.

Every measure and every column has a floor in ``floors.json``: the best figure ever reached, cut to
three decimals. The gate fails when

- a figure falls below its floor, or is no longer measured;
- a figure has no floor, or its floor lags behind it (``--raise`` puts both right);
- there are fewer labelled documents or rows than the floors were set with;
- a floor was lowered or dropped in the history of its file without an entry under ``lowered``,
  which names the figure, its old floor, its new one and the reason.

Known gap: labels changed to suit the program are seen only in the review of their files.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import math
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

import click

from pipeline.evaluate import Evaluation, evaluate
from pipeline.flow import process_document
from pipeline.ingest import Metadata, Source
from pipeline.records import Result
from pipeline.running.recipe import Recipe, prepare

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Lowered:
    """A floor that was lowered on purpose; ``to`` is 0 where it was dropped."""

    name: str
    was: float
    to: float
    reason: str


@dataclass(frozen=True, slots=True)
class Floors:
    """What ``floors.json`` holds: labelled rows by table, floors by figure, floors lowered."""

    counts: Mapping[str, int] = field(default_factory=dict)
    floors: Mapping[str, float] = field(default_factory=dict)
    lowered: Sequence[Lowered] = ()


def read_floors(text: str) -> Floors:
    """Read floors from JSON."""
    content = json.loads(text)
    lowered = tuple(Lowered(**entry) for entry in content["lowered"])
    return Floors(content["counts"], content["floors"], lowered)


def write_floors(floors: Floors) -> str:
    """Write floors as JSON."""
    return json.dumps(asdict(floors), ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def count_labels(evaluation: Evaluation) -> dict[str, int]:
    """Count the labelled documents, and their rows by table."""
    pages = [judged.labelled.gold for judged in evaluation.documents]
    rows = {table: sum(len(page.tables[table]) for page in pages) for table in pages[0].tables}
    return {"documents": len(pages), **rows}


def cut(figure: float) -> float:
    """Cut a figure to three decimals, never up.

    >>> cut(0.99999), cut(0.29), cut(1.0)
    (0.999, 0.29, 1.0)
    """
    return math.floor(figure * 1000 + 1e-9) / 1000


def check_figures(figures: Mapping[str, float], floors: Floors) -> Iterator[str]:
    """Say which figures are below their floor, and which floors are not where they should be."""
    for name, floor in floors.floors.items():
        figure = cut(figures.get(name, 0.0))
        if name not in figures:
            yield f"{name} is no longer measured; its floor is {floor:.3f}"
        elif figure < floor:
            yield f"{name} fell to {figure:.3f}; its floor is {floor:.3f}"
        elif figure > floor:
            yield f"{name} rose to {figure:.3f}; raise its floor from {floor:.3f} (--raise)"
    for name in figures.keys() - floors.floors.keys():
        yield f"{name} has no floor; set one (--raise)"


def check_counts(counts: Mapping[str, int], floors: Floors) -> Iterator[str]:
    """Say which labels went missing, or are new and not yet counted."""
    for name, before in floors.counts.items():
        if (now := counts.get(name, 0)) < before:
            yield f"{name}: {now} labelled where there were {before}; put them back"
        elif now > before:
            yield f"{name}: {now} labelled where there were {before}; count them (--raise)"
    for name in counts.keys() - floors.counts.keys():
        yield f"{name} is not counted; count it (--raise)"


def check_history(versions: Sequence[Floors]) -> Iterator[str]:
    """Say which floors were lowered without a reason.

    Args:
        versions: The floors from the first to the present ones; only the present entries count.
    """
    if not versions:
        return
    told = {(entry.name, entry.was, entry.to) for entry in versions[-1].lowered if entry.reason}
    for before, after in itertools.pairwise(versions):
        for name, was in before.floors.items():
            to = after.floors.get(name, 0.0)
            if to < was and (name, was, to) not in told:
                yield f"{name}: floor lowered from {was:.3f} to {to:.3f} without a reason"


def raise_floors(figures: Mapping[str, float], counts: Mapping[str, int], floors: Floors) -> Floors:
    """Raise floors and counts to what is measured; none is lowered or dropped."""
    higher = {
        name: max(cut(figure), floors.floors.get(name, 0.0)) for name, figure in figures.items()
    }
    more = {name: max(count, floors.counts.get(name, 0)) for name, count in counts.items()}
    return replace(floors, floors={**floors.floors, **higher}, counts={**floors.counts, **more})


def read_history(path: Path) -> list[Floors]:
    """The committed versions of a file of floors, oldest first; none outside a repository."""
    log = ["log", "--first-parent", "--reverse", "--format=%H", "--", path.name]
    commits = _ask_git(path.parent, *log).split()
    texts = (_ask_git(path.parent, "show", f"{commit}:./{path.name}") for commit in commits)
    return [read_floors(text) if text else Floors() for text in texts]


def _ask_git(folder: Path, *arguments: str) -> str:
    """What git answers; nothing where there is no git, no repository or no such file."""
    try:
        command = ["git", "-C", str(folder), *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return ""


def process_labelled(doc_id: str, raw: str, url: str) -> Result:
    """Process a labelled document as a collector would have it: text and address."""
    digest = hashlib.sha256(raw.encode()).hexdigest()
    source = Source(doc_id, f"{doc_id}.txt", digest, "utf-8", raw, Metadata(url=url))
    return process_document(source, *prepare(Recipe()))


def check(evaluation: Evaluation, history: Sequence[Floors], floors: Floors) -> list[str]:
    """All that is wrong."""
    return [
        *check_figures(evaluation.figures(), floors),
        *check_counts(count_labels(evaluation), floors),
        *check_history([*history, floors]),
    ]


@click.command()
@click.option("--raise", "raises", is_flag=True, help="Raise floors to the figures measured.")
@click.option("--gold", type=click.Path(path_type=Path, exists=True), default=HERE / "documents")
@click.option("--floors", "path", type=click.Path(path_type=Path), default=HERE / "floors.json")
def main(raises: bool, gold: Path, path: Path) -> None:
    """Check the accuracy on labelled documents against its floors."""
    evaluation = evaluate(gold, None, process_labelled)
    floors = read_floors(path.read_text(encoding="utf-8")) if path.exists() else Floors()
    if raises:
        floors = raise_floors(evaluation.figures(), count_labels(evaluation), floors)
        path.write_text(write_floors(floors), encoding="utf-8")
    faults = check(evaluation, read_history(path), floors)
    for fault in faults:
        click.echo(fault, err=True)
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
