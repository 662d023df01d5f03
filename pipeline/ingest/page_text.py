"""The text of an element of a page, one block a line.

Takes ``<p>全会<b>强调</b>，</p><p>要实干。</p>``, gives 全会强调， and 要实干。 on two lines. The
cells of a row stand on one line with a tab between them. A line break in the markup is a blank, but
nothing between two Chinese characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

Element = Any  # lxml has no types

# Those of HTML, and those that trafilatura makes of them (head, item, lb, row).
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "br", "center", "dd", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "head", "header", "hr", "item", "lb", "legend", "li", "list", "main", "nav", "ol", "p", "pre",
    "quote", "row", "section", "table", "tbody", "tr", "ul",
})  # fmt: skip
_CELLS = frozenset({"td", "th", "cell"})
_SKIPPED = frozenset(
    {"script", "style", "title", "noscript", "template", "textarea", "select", "iframe", "svg"}
)
_HAN = r"[\u2e80-\u303f\u3400-\u9fff\uff00-\uffef“”‘’…—·]"
_WRAP_PATTERN = re.compile(rf"(?<={_HAN})[ \t]*[\r\n][ \t\r\n]*(?={_HAN})")
_BLANKS_PATTERN = re.compile(r"[ \t\r\n]+")


def collapse_blanks(root: Element) -> None:
    """Make blanks what a browser shows; inside <pre> they stay."""
    for element in root.iter():
        if element.tag != "pre":
            element.text = _collapse(element.text)
        parent = element.getparent()
        if parent is None or parent.tag != "pre":
            element.tail = _collapse(element.tail)


def read_page_text(root: Element) -> str:
    r"""The text below an element, without empty lines.

    >>> from lxml.html import fromstring
    >>> page = fromstring("<div><p>全会<b>强调</b>，</p><p>要实\n干。</p></div>")
    >>> collapse_blanks(page)
    >>> read_page_text(page)
    '全会强调，\n要实干。'
    """
    lines = (line.strip(" \t") for line in "".join(_read_pieces(root)).split("\n"))
    return "\n".join(line for line in lines if line.strip())


def _read_pieces(root: Element) -> Iterator[str]:
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        is_block = element.tag in _BLOCKS
        if event == "start" and element.tag in _SKIPPED:
            walk.skip_subtree()
        elif event == "start":
            yield "\n" if is_block else ""
            yield element.text or ""
        else:
            yield "\n" if is_block else "\t" if element.tag in _CELLS else ""
            yield element.tail or "" if element is not root else ""


def _collapse(text: str | None) -> str | None:
    return _BLANKS_PATTERN.sub(" ", _WRAP_PATTERN.sub("", text)) if text else text
