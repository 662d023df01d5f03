"""Loading an output for analysis: typed tables for notebooks and commands.

Takes an output folder, gives :class:`~pipeline.reading.tables.Tables`, a dictionary of DataFrames
whose columns have the types of the records: strings stay strings (an adcode keeps its zeros),
integers may be missing, dates are dates, a column of closed choices (``force``) is a category.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.emit.reread import read_texts, read_whole_table
from pipeline.emit.tables import TEXTS, TextsWriter
from pipeline.emit.tokens import TOKENS, read_tokens
from pipeline.reading.tables import Tables
from pipeline.records import TABLES, Record, columns

# The same with every version of pandas; its own choice for strings differs between 2 and 3.
_PANDAS_TYPES = {
    pa.string(): pd.StringDtype("pyarrow"),
    pa.int32(): pd.Int32Dtype(),
    pa.int64(): pd.Int64Dtype(),
    pa.bool_(): pd.BooleanDtype(),
}


def load(folder: str | Path, names: Collection[str] | None = None) -> Tables:
    """Load an output for analysis.

    Args:
        folder: What ``pipeline run`` wrote, e.g. ``data/processed``.
        names: The tables wanted; all, ``texts`` and ``tokens`` if not given.

    Returns:
        A DataFrame for every table of the codebook, ``texts``, and ``tokens`` where the run wrote
        them (``pipeline run --tokens``).

    Raises:
        OutputError: If the folder is no output, lacks a table or is of another version.
    """
    folder = Path(folder)
    tables = Tables(
        (kind.table, _frame(read_whole_table(folder, kind), kind))
        for kind in TABLES
        if names is None or kind.table in names
    )
    if names is None or TEXTS in names:
        texts = pa.Table.from_batches(read_texts(folder), TextsWriter.SCHEMA)
        tables[TEXTS] = texts.to_pandas(types_mapper=_PANDAS_TYPES.get)
    words = read_tokens(folder) if names is None or TOKENS in names else None
    if words is not None:
        tables[TOKENS] = words.to_pandas(types_mapper=_PANDAS_TYPES.get)
    return tables


def _frame(table: pa.Table, record_type: type[Record]) -> pd.DataFrame:
    frame: pd.DataFrame = table.to_pandas(types_mapper=_PANDAS_TYPES.get, date_as_object=False)
    for column in columns(record_type):
        if column.choices:
            choices = [*column.choices, *([""] if column.nullable else [])]
            codes = _find_codes(table[column.name], choices)
            frame[column.name] = pd.Categorical.from_codes(
                codes, dtype=pd.CategoricalDtype(choices)
            )
    return frame


def _find_codes(cells: pa.ChunkedArray, choices: list[str]) -> npt.NDArray[np.int64]:
    """The place of every cell among the choices, -1 if it is none of them."""
    places = pc.fill_null(pc.index_in(cells, pa.array(choices)), -1)
    return np.asarray(places.to_numpy(), dtype=np.int64)
