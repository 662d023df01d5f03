"""Labelling by people: out to doccano or Label Studio, back in, and how far two people agree.

Takes an output folder or labelled documents, gives a file either tool loads, with 区委五届五次全会
already marked; takes what the tool exports, gives labelled documents as ``docs/gold.md``
describes them. What a tool cannot show travels with the document and comes back unchanged.
"""

from __future__ import annotations

from pipeline.annotate.agreement import Agreement, measure_agreement
from pipeline.annotate.labels import AnnotationError, read_labels, write_labels
from pipeline.annotate.tools import TOOLS, Tool

__all__ = [
    "TOOLS",
    "Agreement",
    "AnnotationError",
    "Tool",
    "measure_agreement",
    "read_labels",
    "write_labels",
]
