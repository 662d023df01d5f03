"""Evaluate: how near the tables come to what a careful annotator wrote.

======================  ====================================================================
``gold``                labelled documents, read strictly
``found``               what the pipeline says of them, fresh or from an output folder
``alignment``           spans carried over where the normalised text differs from the gold
``matching``            gold rows and found rows paired one to one, and when a pair is right
``scores``              precision, recall, F1 and field accuracy with bootstrap intervals
``faults``              every row missed, wrong or differing, with its context
``report``              all of it as tables in the terminal
======================  ====================================================================
"""

from __future__ import annotations

from pipeline.evaluate.evaluation import Evaluation, evaluate
from pipeline.evaluate.gold import GoldError, Labelled, read_gold
from pipeline.evaluate.report import render

__all__ = ["Evaluation", "GoldError", "Labelled", "evaluate", "read_gold", "render"]
