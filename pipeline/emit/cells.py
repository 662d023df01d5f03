"""Rows to lines of CSV: the one place where values become what is written.

A truth value is ``true`` or ``false``, a date is ISO 8601, nothing is the empty cell; a cell with a
comma, a quotation mark or the end of a line, like 他说："好", stands in quotation marks, and its
own are doubled. Columns are formatted as a whole, by Arrow.
"""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

_SPECIAL_PATTERN = r'[",\r\n]'


def format_rows(batch: pa.RecordBatch) -> pa.Array:
    """The lines of some rows, without their line feeds.

    >>> format_rows(pa.record_batch({"text": ["要抓，落实", "a,b"], "item": [1, None]})).to_pylist()
    ['要抓，落实,1', '"a,b",']
    """
    if not batch.num_columns:
        return pa.array([""] * batch.num_rows)
    return pc.binary_join_element_wise(*map(format_cells, batch.columns), ",")


def format_cells(column: pa.Array) -> pa.Array:
    """The cells of a column as they are written."""
    cells = pc.fill_null(column.cast(pa.string()), "")
    if not pa.types.is_string(column.type):
        return cells
    is_special = pc.match_substring_regex(cells, _SPECIAL_PATTERN)
    if not pc.any(is_special).as_py():
        return cells
    doubled = pc.replace_substring(cells, '"', '""')
    return pc.if_else(is_special, pc.binary_join_element_wise('"', doubled, '"', ""), cells)
