"""Refusals: why a clause that might open a directive opens none.

The rules give a :class:`Refusal` where they say no, so that what explains them asks the rules
themselves: in ``目的就是要改善民生`` the 要 is refused as ``modal.reports``. What each reason
means stands in ``pipeline/why/reasons.csv``.
"""

from __future__ import annotations

from typing import NamedTuple


class Refusal(NamedTuple):
    """Why nothing opens.

    Attributes:
        reason: Its id in the list of reasons.
        words: The modal word it is about; empty where there is none.
    """

    reason: str
    words: str = ""
