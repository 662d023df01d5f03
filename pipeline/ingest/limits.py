"""What ingest refuses to read, so that one hostile or broken file costs neither memory nor the run.

The figures are far above what the genre needs: the longest work report has 35,000 characters.
"""

from __future__ import annotations

MAX_DOCUMENT_BYTES = 20_000_000
"""Size of one document: a file, a member of an archive, a record, the text taken out of a PDF."""

MAX_COLLECTION_BYTES = 200_000_000
"""Size of a file of many documents (archive, JSONL, table) and of all that is packed in it."""

MAX_MEMBERS = 20_000
"""Files in one archive."""

MAX_PACKING = 200
"""How many times larger unpacked may be than packed; text packs 3 to 10 times, a zip bomb 1000."""

MIN_BOMB_BYTES = 1_000_000
"""Below this size nothing is a bomb: a megabyte of blanks packs well and harms nobody."""

MAX_ARCHIVE_NESTING = 2
"""Archives within archives: a.zip/b.zip is read, c.zip in there is not."""

MAX_HTML_DEPTH = 250
"""Elements within elements; the parser would drop deeper text without a word."""

MAX_HTML_ELEMENTS = 20_000
"""Elements of a page; the search for the main text takes seconds above that."""

MAX_PDF_PAGES = 2_000
"""Pages of a PDF."""

MAX_SECONDS = 30
"""Time to take the text out of one HTML page, PDF or Word file, or to open a workbook, where the
system can interrupt the work. Other formats are read in time that their size bounds."""

MAX_FLOW_SECONDS = 120
"""Time to find the rows of one document, and as much again for every 100,000 characters of it; it
takes about one second. What takes longer is a fault of ours, and must not stop the others."""
