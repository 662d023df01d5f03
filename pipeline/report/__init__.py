"""The reader: an output as a page in which people read, check and explore it.

Takes an output folder, gives one HTML file that opens from disk and asks no network
(:func:`write_report`), or the same page over a large output (:mod:`pipeline.report.server`). Every
row leads to its passage and every passage to its rows: 两个确立 to where it stands, in the restored
text and in the source.
"""

from __future__ import annotations

from pipeline.report.page import TooLargeError, write_report

__all__ = ["TooLargeError", "write_report"]
