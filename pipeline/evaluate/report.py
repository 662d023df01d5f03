"""The evaluation as a person reads it in the terminal.

Takes an :class:`~pipeline.evaluate.evaluation.Evaluation`, prints headline figures, columns, groups
and the list of faults: ``missed 市委十二届八次全会`` with the words around it.
"""

from __future__ import annotations

from itertools import groupby

from rich.console import Console  # noqa: TC002 - small module, see pyproject.toml
from rich.table import Table
from rich.text import Text

from pipeline.evaluate.evaluation import Evaluation
from pipeline.evaluate.faults import Fault
from pipeline.evaluate.matching import MEASURES
from pipeline.evaluate.scores import ALL, ORIGINALS, Estimate, FieldScore, Group, Score

_TELLING = frozenset({"strict", "titles", "exact", "relaxed", "core", "relation"})
"""The measures shown by group."""

_STYLES = {"missed": "red", "wrong": "magenta", "span": "yellow", "field": "cyan"}


def render(evaluation: Evaluation, console: Console, *, faults: bool = True) -> None:
    """Print an evaluation.

    Args:
        evaluation: What to print.
        console: Where to.
        faults: Whether to list every row missed, wrong or differing.
    """
    for remark in evaluation.remarks:
        console.print(Text(f"! {remark}", style="bold red"))
    for group, title in _list_headlines(evaluation):
        console.print(_build_scores(title, [s for s in evaluation.scores if s.group == group]))
        console.print(_build_fields(title, [s for s in evaluation.fields if s.group == group]))
    console.print(_build_groups([s for s in evaluation.scores if s.group not in (ALL, ORIGINALS)]))
    if faults:
        _print_faults(evaluation.faults, console)


def _list_headlines(evaluation: Evaluation) -> list[tuple[Group, str]]:
    twins = sum(judged.labelled.is_twin for judged in evaluation.documents)
    originals = len(evaluation.documents) - twins
    if not twins:
        return [(ALL, f"{originals} documents")]
    everything = (ALL, f"{originals} documents and {twins} damaged twins")
    return [(ORIGINALS, f"{originals} documents"), everything] if originals else [everything]


def _build_scores(title: str, scores: list[Score]) -> Table:
    table = Table("table", "measure", title=f"Rows: {title}", title_justify="left")
    for name in ("right", "wrong", "missed", "precision", "recall", "F1"):
        table.add_column(name, justify="right")
    for score in scores:
        counts = (str(score.right), str(score.wrong), str(score.missed))
        ratios = (score.precision, score.recall, score.f1)
        table.add_row(score.table, score.measure, *counts, *map(show_estimate, ratios))
    return table


def _build_fields(title: str, fields: list[FieldScore]) -> Table:
    table = Table("table", "column", title=f"Columns: {title}", title_justify="left")
    for name in ("rows", "accuracy", "labelled", "of these right"):
        table.add_column(name, justify="right")
    for field in sorted(fields, key=lambda field: field.table):
        share = field.filled_right / field.filled_total if field.filled_total else None
        counts = (str(field.total), show_estimate(field.accuracy), str(field.filled_total))
        table.add_row(
            field.table, field.column, *counts, show_estimate(Estimate(share, None, None))
        )
    return table


def _build_groups(scores: list[Score]) -> Table:
    """F1 by group, with the number of labelled rows; the intervals are in the JSON."""
    names = [f"{measure.table}.{measure.name}" for measure in MEASURES if measure.name in _TELLING]
    table = Table("by", "value", title="F1 (labelled rows) by group", title_justify="left")
    for name in names:
        table.add_column(name.replace(".", "\n"), justify="right")
    for group, members in groupby(sorted(scores, key=lambda s: s.group), key=lambda s: s.group):
        cells = {f"{score.table}.{score.measure}": _show_score(score) for score in members}
        table.add_row(group.by, group.value, *(cells.get(name, "") for name in names))
    return table


def _show_score(score: Score) -> str:
    value = "–" if score.f1.value is None else _show_share(score.f1.value)
    return f"{value} ({score.right + score.missed})"


def show_estimate(estimate: Estimate) -> str:
    """A ratio with its interval.

    >>> show_estimate(Estimate(0.9412, 0.88, 0.97)), show_estimate(Estimate(None, None, None))
    ('.941 [.880 .970]', '–')
    """
    if estimate.value is None:
        return "–"
    if estimate.low is None or estimate.high is None:
        return _show_share(estimate.value)
    return (
        f"{_show_share(estimate.value)} [{_show_share(estimate.low)} {_show_share(estimate.high)}]"
    )


def _show_share(share: float) -> str:
    return f"{share:.3f}".removeprefix("0")


def _print_faults(faults: tuple[Fault, ...], console: Console) -> None:
    for (doc_id, table), group in groupby(faults, key=lambda fault: (fault.doc_id, fault.table)):
        console.print(Text(f"\n{doc_id} · {table}", style="bold"))
        for fault in group:
            console.print(_show_fault(fault), soft_wrap=True)


def _show_fault(fault: Fault) -> Text:
    line = Text(f"  {fault.sort:<6} ", style=_STYLES[fault.sort])
    if fault.text:
        line.append(f"{fault.before}".replace("\n", "⏎"), style="dim")
        line.append(f"【{fault.text}】".replace("\n", "⏎"), style="bold default")
        line.append(f"{fault.after}  ".replace("\n", "⏎"), style="dim")
    return line.append(fault.detail, style="default")
