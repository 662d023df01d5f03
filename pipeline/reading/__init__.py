"""Reading what was written: tables for notebooks, concordances, trends and pictures.

Takes an output folder, gives DataFrames that know how to join, to count and to show the passage
behind a row. Nothing here takes part in a run.
"""

from __future__ import annotations

from pipeline.reading.load import load
from pipeline.reading.tables import Tables

__all__ = ["Tables", "load"]
