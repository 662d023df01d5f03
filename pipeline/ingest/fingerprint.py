"""Which documents are the same text: exact duplicates, and reposts that differ in furniture alone.

Takes the normalised text, which has no furniture, gives a digest of its letters and digits:
全会强调，“要实干”。 is the same text with other blanks or quotation marks, and another one under
another headline. Documents of one digest are duplicates of the first of them; none is dropped.
"""

from __future__ import annotations

import hashlib
import re

_NO_LETTERS_PATTERN = re.compile(r"[\W_]+")


def fingerprint_text(text: str) -> str:
    """The digest by which two texts are the same.

    >>> fingerprint_text("全会强调，“要实干”。") == fingerprint_text("全会强调,要 实干.")
    True
    """
    letters = _NO_LETTERS_PATTERN.sub("", text)
    return hashlib.sha256(letters.encode("utf-8", "surrogatepass")).hexdigest()
