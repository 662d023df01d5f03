"""The page: template, styles, scripts and data put together into one file.

Takes an output folder, gives HTML. Its content security policy admits the styles and scripts put in
here, by their digests, and nothing else: what a document holds, ``<script>`` in a press release, is
data in all places and never becomes a part of the page.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from string import Template
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.lexicons import Lexicons
from pipeline.records import Document
from pipeline.report.characters import pair_characters
from pipeline.report.contents import count_values, describe_contents, list_strings, read_tables
from pipeline.report.lexicon import IDENTIFIERS, list_entries, pick_entries
from pipeline.report.packing import chunk_texts, encode_table, pack

STYLES = ("page.css", "table.css", "document.css")
SCRIPTS = (
    "elements.js",
    "words.js",
    "route.js",
    "folding.js",
    "columns.js",
    "embedded.js",
    "served.js",
    "csv.js",
    "filters.js",
    "controls.js",
    "table.js",
    "passages.js",
    "rows.js",
    "document.js",
    "comparison.js",
    "pictures.js",
    "keys.js",
    "page.js",
)
"""In the order they are loaded: each uses only what stands before it, but when called."""

MOST_CHARACTERS = 10_000_000
"""Characters of all documents that a single file holds; a browser reads no more with ease."""


class TooLargeError(ValueError):
    """An output too large for a single file."""


def write_report(folder: Path, path: Path, lexicons: Lexicons) -> Path:
    """Write the page of an output.

    Args:
        folder: The output.
        path: The HTML file to write.
        lexicons: What the page tells of slogans, people and meetings.

    Raises:
        OutputError: If the folder is no output.
        TooLargeError: If the output is too large for a single file.
    """
    tables = read_tables(folder)
    _refuse_large(tables[Document.table])
    blocks = _list_blocks(folder, tables, lexicons)
    partial = path.with_name(f".partial-{path.name}")
    try:
        with partial.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(build_page(blocks))
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
    return path


def _refuse_large(documents: pa.Table) -> None:
    chars = pc.sum(documents["chars"]).as_py() or 0
    if chars > MOST_CHARACTERS:
        raise TooLargeError(
            f"{documents.num_rows:,} documents with {chars:,} characters are too much for a single "
            f"page, which holds {MOST_CHARACTERS:,}"
        )


def _list_blocks(
    folder: Path, tables: dict[str, pa.Table], lexicons: Lexicons
) -> Iterator[tuple[str, Any]]:
    """What the page holds, by the name under which its scripts ask for it."""
    used = {
        table: tables[table][column].unique().to_pylist() for table, column in IDENTIFIERS.items()
    }
    chunks = dict[str, int]()
    for number, chunk in enumerate(chunk_texts(folder)):
        chunks |= dict.fromkeys(chunk, number)
        yield f"texts-{number}", chunk
    for name, table in tables.items():
        yield name, encode_table(table)
    yield "lexicon", pick_entries(list_entries(lexicons), used)
    yield "pictures", draw_if_possible(folder)
    documents = tables[Document.table]["doc_id"].to_pylist()
    places = [chunks.get(doc_id, -1) for doc_id in documents]
    counts = {name: table.num_rows for name, table in tables.items()}
    contents = describe_contents(folder, counts, count_values(tables))
    characters = pair_characters(list_strings(tables))
    yield "contents", contents | {"chunks": places, "characters": characters}


def draw_if_possible(folder: Path) -> dict[str, Any] | None:
    """The pictures by language; None where the libraries that draw are not installed."""
    if not can_draw():
        return None
    from pipeline.report.pictures import draw_pictures

    return draw_pictures(folder)


def can_draw() -> bool:
    """Whether the libraries of the extra ``report`` are installed."""
    return all(map(find_spec, ("altair", "vl_convert")))


def build_page(blocks: Iterable[tuple[str, Any]], connect: str = "'none'") -> Iterator[str]:
    """The page in pieces.

    Args:
        blocks: Names and values of the data in it.
        connect: What the page may ask, in the words of its policy.
    """
    styles = ["".join(map(_read_asset, STYLES))]
    scripts = [*_bundle_vega(), *map(_read_asset, SCRIPTS)]
    before, after = _read_asset("page.html").split("$data\n")
    policy = write_policy(styles, scripts, connect)
    yield Template(before).substitute(policy=policy, styles=f"<style>{styles[0]}</style>")
    for name, value in blocks:
        yield f'<script type="text/plain" id="data-{name}">{pack(value)}</script>\n'
    yield Template(after).substitute(
        scripts="\n".join(f"<script>{each}</script>" for each in scripts)
    )


def write_policy(styles: list[str], scripts: list[str], connect: str) -> str:
    """The content security policy of a page with these styles and scripts and no others."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {' '.join(map(_digest, scripts))}",
            f"style-src {' '.join(map(_digest, styles))}",
            f"connect-src {connect}",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _digest(content: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"


def _read_asset(name: str) -> str:
    return files(__package__).joinpath("assets", name).read_text("utf-8")


def _bundle_vega() -> list[str]:
    """The library that draws, out of the installed package; nothing without it.

    Raises:
        ValueError: If it could end the element it is put into.
    """
    if not can_draw():
        return []
    from vl_convert import javascript_bundle

    bundle: str = javascript_bundle("window.vegaEmbed = vegaEmbed;")
    if "</script" in bundle.lower() or "<!--" in bundle:
        raise ValueError("the bundle of Vega holds an end of script; use another vl-convert-python")
    return [f"(() => {{{bundle}\n}})();"]  # its names stay its own
