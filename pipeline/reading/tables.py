"""The tables of an output as DataFrames that know how they belong together.

Takes what :func:`pipeline.load` read, gives :class:`Tables`: a dictionary with joins along the
keys of the codebook, uses of a wording (高质量发展) in context, and the sentence behind any row. It
stands apart from ``emit``, which writes and reads files and asks no questions of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import pandas as pd

from pipeline.emit.tables import TEXTS
from pipeline.emit.tokens import TOKENS
from pipeline.reading.concordance import Use, find_uses
from pipeline.reading.evidence import Evidence, build_evidence
from pipeline.records import TABLES
from pipeline.references import Reference, list_references
from pipeline.spans import Span


class Tables(dict[str, pd.DataFrame]):
    """The tables of an output by name, and ``texts``: raw and normalised texts."""

    def __missing__(self, name: str) -> pd.DataFrame:
        raise KeyError(f"no table {name!r}; there are {', '.join(self)}")

    def join(
        self,
        left: str,
        right: str,
        on: str | Sequence[str] | None = None,
        how: Literal["left", "inner"] = "left",
    ) -> pd.DataFrame:
        """Rows of one table with those of another beside them.

        Args:
            left: The table whose rows are kept, in their order.
            right: The table looked up; of a column that both have, such as ``place``, its own is
                called ``place_documents``.
            on: Columns that must agree; by default the keys of the codebook: ``doc_id`` for
                documents, ``directive_id`` for slogans with directives.
            how: ``inner`` drops rows that find no partner.

        Raises:
            KeyError: If there is no such table.
            ValueError: If no key relates the two.

        Example:
            ``tables.join("directives", "documents").groupby("level").size()``
        """
        mine, other = self[left], self[right]
        here, there = _name_keys(left, right, on)
        renamed = {
            name: f"{name}_{right}"
            for name in other.columns
            if name in mine.columns and name not in there
        }
        if here != there:  # then the keys of the right table stand in the columns of the left
            renamed |= dict(zip(there, here, strict=True))
        return mine.merge(other.rename(columns=renamed), how=how, on=list(here))

    def kwic(self, term: str, width: int = 20) -> pd.DataFrame:
        """Every use of a wording in the texts: ``left``, ``hit``, ``right``, ``doc_id``, ``start``.

        Args:
            term: The wording, in simplified characters.
            width: Characters shown on either side.
        """
        texts = self[TEXTS]
        holding = texts[texts["text"].str.contains(term, regex=False)] if term else texts
        pairs = zip(holding["doc_id"], holding["text"], strict=True)
        return pd.DataFrame(find_uses(pairs, term, width), columns=list(Use._fields))

    def evidence(self, row: Any) -> Evidence:
        """The sentence behind a row, with its passage marked, and the passage in the source.

        Args:
            row: A row of any table with ``start`` and ``end``, from ``iloc``, ``iterrows`` or
                ``itertuples``.

        Raises:
            ValueError: If the row says no place.
            KeyError: If its document is not among the texts.
        """
        cells = _read_row(row)
        missing = [name for name in _PLACE if name not in cells or pd.isna(cells[name])]
        if missing:
            raise ValueError(f"the row says no place: it has no {missing[0]}")
        doc_id, start, end, raw_start, raw_end = (cells[name] for name in _PLACE)
        texts = self[TEXTS]
        found = texts[texts["doc_id"] == doc_id]
        if found.empty:
            raise KeyError(f"no text of document {doc_id!r}")
        raw, text = found["raw"].iloc[0], found["text"].iloc[0]
        spans = Span(int(start), int(end)), Span(int(raw_start), int(raw_end))
        return build_evidence(doc_id, raw, text, *spans)


_PLACE = ("doc_id", "start", "end", "raw_start", "raw_end")


def _read_row(row: Any) -> Mapping[str, Any]:
    if isinstance(row, Mapping):
        return row
    return dict(row._asdict() if hasattr(row, "_asdict") else row.items())


def _name_keys(
    left: str, right: str, on: str | Sequence[str] | None
) -> tuple[Sequence[str], Sequence[str]]:
    """The columns of either table that must agree."""
    if on is not None:
        names = (on,) if isinstance(on, str) else tuple(on)
        return names, names
    if {TEXTS, TOKENS} & {left, right}:
        return ("doc_id",), ("doc_id",)
    if reference := _find_reference(left, right):
        return reference.columns, reference.key
    if reference := _find_reference(right, left):
        return reference.key, reference.columns
    raise ValueError(f"no key relates {left} and {right}; name columns: on=('doc_id', 'sentence')")


def _find_reference(table: str, other: str) -> Reference | None:
    (record_type,) = (kind for kind in TABLES if kind.table == table)
    found = [reference for reference in list_references(record_type) if reference.table == other]
    return found[0] if found else None
