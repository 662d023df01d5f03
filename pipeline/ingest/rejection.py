"""Why an input gave no document."""

from __future__ import annotations

from collections.abc import Mapping

REASONS: Mapping[str, str] = {
    "bad_metadata": "metadata that are no JSON object, or a date that is none",
    "bad_record": "a line or row that is no record",
    "bidi_controls": "characters that reorder what the reader sees",
    "binary": "no text under a text name",
    "damaged": "a file its format's reader cannot open",
    "duplicate_id": "a second document of the same id",
    "empty": "no text",
    "encrypted": "a password is needed",
    "lone_surrogate": "half a character",
    "nesting": "archives or HTML elements too deep within each other",
    "no_text_column": "records without the column that holds the text",
    "no_text_layer": "a PDF of pictures, or one that is locked",
    "nul_bytes": "NUL characters in the text",
    "only_furniture": "nothing but breadcrumb, credits and buttons",
    "orphan_metadata": "metadata without their document",
    "path_traversal": "a member of an archive that points outside it",
    "timeout": "reading it or finding its rows took too long",
    "too_large": "above the size that is read",
    "truncated": "the file ends within a character",
    "undecodable": "bytes in no known encoding",
    "unreadable": "the file cannot be opened",
    "unsupported": "no reader for this format",
    "zip_bomb": "unpacks to far more than its size",
}
"""The codes ingest gives, and what each means."""


class RejectedError(ValueError):
    """An input that gives no document.

    Attributes:
        reason: One of :data:`REASONS`.
    """

    def __init__(self, reason: str, message: str) -> None:
        self.reason = reason
        super().__init__(message)
