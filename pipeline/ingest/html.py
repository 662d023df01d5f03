"""Web pages: the main text, and what the page says of itself.

Takes the bytes of a page, gives a text with one paragraph a line, its headline first, and title,
publisher and date. Chinese government sites mark the text (TRS_Editor, UCAP-CONTENT, zoom) and name
title and date in meta elements of their own (ArticleTitle, PubDate, ContentSource); elsewhere
trafilatura finds the text. Offsets in the source are those of the text taken out. 责任编辑 and the
like go with all other furniture.

Known gap: where trafilatura has to find the main text, it may leave out short tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import lxml.html

from pipeline.ingest.admit import admit_text, check_text
from pipeline.ingest.decode import decode_bytes
from pipeline.ingest.entry import Entry
from pipeline.ingest.furniture import find_statements
from pipeline.ingest.limits import MAX_HTML_DEPTH, MAX_HTML_ELEMENTS
from pipeline.ingest.metadata import read_date
from pipeline.ingest.page_text import collapse_blanks, read_page_text
from pipeline.ingest.rejection import RejectedError
from pipeline.ingest.source import Metadata, Source
from pipeline.ingest.time_limit import limit_time

Element = Any  # lxml has no types

# Where the content systems in use in China put the text of an article.
_CONTENT_IDS = (
    "zoom", "Zoom", "ozoom", "fontzoom", "UCAP-CONTENT", "js_content", "articleContent", "rwb_zw",
    "artibody", "vsb_content", "vsb_content_2", "vsb_content_4", "detailContent",
)  # fmt: skip
_CONTENT_CLASSES = (
    "TRS_Editor", "TRS_UEDITOR", "trs_editor_view", "pages_content", "rm_txt_con", "content_area",
    "wp_articlecontent", "article-content", "article_content", "news_content", "v_news_content",
)  # fmt: skip
_CONTENT_XPATH = " | ".join(
    [f"//*[@id='{name}']" for name in _CONTENT_IDS]
    + [f"//*[contains(concat(' ', @class, ' '), ' {name} ')]" for name in _CONTENT_CLASSES]
)
_LEAST_TEXT = 20  # characters; a shorter container is an empty one

_META_NAMES: Mapping[str, tuple[str, ...]] = {
    "title": ("articletitle", "og:title"),
    "url": ("url", "og:url"),
    "source": ("contentsource", "source"),
    "published": (
        "pubdate",
        "publishdate",
        "publish_time",
        "article:published_time",
        "publishtime",
    ),
}
_TITLE_CUT_PATTERN = re.compile(r"\s*(?:[_|｜]|--+|—+|\s[-–]\s|[-–](?=[^-–]{2,20}\Z))\s*")
_HEAD_LINES = 5


def read_html(entry: Entry) -> Iterator[Source]:
    """Read the main text of a page.

    Raises:
        RejectedError: If there is none, or the page is too large, too deep or takes too long.
    """
    markup, encoding = decode_bytes(entry.content)
    check_text(markup)
    with limit_time():
        tree = parse_page(markup)
        _drop_captions(tree, keep=entry.options.captions)
        page_lines = read_page_text(tree).split("\n")
        metadata = _read_metadata(tree, page_lines)
        body = _find_main_text(tree)
    yield admit_text(entry, _put_headline(metadata.title, body), encoding, metadata)


def parse_page(markup: str) -> Element:
    """The tree of a page.

    Raises:
        RejectedError: If there is none, or it is too large or deep; the parser would cut it off.
    """
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        tree = lxml.html.document_fromstring(markup.encode(), parser=parser)
    except (lxml.etree.ParserError, lxml.etree.XMLSyntaxError, AssertionError):
        raise RejectedError("empty", "the page holds no text; fetch it again") from None
    if any("RESOURCE_LIMIT" in entry.type_name for entry in parser.error_log):
        message = f"elements more than {MAX_HTML_DEPTH} deep in each other; save the page as text"
        raise RejectedError("nesting", message)
    if (elements := sum(1 for _ in tree.iter())) > MAX_HTML_ELEMENTS:
        message = f"{elements:,} elements, {MAX_HTML_ELEMENTS:,} are read; save the page as text"
        raise RejectedError("too_large", message)
    collapse_blanks(tree)
    return tree


def _drop_captions(tree: Element, keep: bool) -> None:
    """Take captions for paragraphs, or out of the page."""
    for caption in list(tree.iter("figcaption")):
        if keep:
            caption.tag = "p"
        else:
            caption.drop_tree()


def _find_main_text(tree: Element) -> str:
    """The text of the marked container, else what trafilatura takes for it, else all text."""
    texts = (read_page_text(container) for container in tree.xpath(_CONTENT_XPATH))
    marked = max(texts, key=len, default="")
    if len(marked) >= _LEAST_TEXT:
        return marked
    return _extract_text(tree) or read_page_text(tree)


def _extract_text(tree: Element) -> str:
    from trafilatura import bare_extraction
    from trafilatura.settings import Document, use_config

    config = use_config()
    config.set(
        "DEFAULT", "MIN_EXTRACTED_SIZE", str(_LEAST_TEXT)
    )  # its 250 are 100 words of English
    document = bare_extraction(tree, include_comments=False, config=config)
    return read_page_text(document.body) if isinstance(document, Document) else ""


def _read_metadata(tree: Element, page_lines: Sequence[str]) -> Metadata:
    """What meta elements say, then the line under the headline, then what can be inferred."""
    said = {
        str(meta.get("name") or meta.get("property")).lower(): str(
            meta.get("content") or ""
        ).strip()
        for meta in tree.iter("meta")
    }
    named = {
        key: next((said[name] for name in names if said.get(name)), "")
        for key, names in _META_NAMES.items()
    }
    printed = find_statements("\n".join(page_lines))
    canonical = tree.xpath("string(//link[@rel='canonical']/@href)")
    return Metadata(
        title=named["title"] or _find_title(tree, page_lines),
        url=named["url"] or str(canonical),
        source=named["source"] or printed.source,
        published=read_date(named["published"]) or printed.published or _infer_date(tree),
    )


def _find_title(tree: Element, page_lines: Sequence[str]) -> str:
    """The part of <title> that stands on the page, the only <h1>, or all before the site's name."""
    full = " ".join(str(tree.findtext(".//title") or "").split())
    cuts = [
        full,
        *(full[: cut.start()] for cut in reversed(list(_TITLE_CUT_PATTERN.finditer(full)))),
    ]
    on_page = {" ".join(line.split()) for line in page_lines}
    if printed := next((cut for cut in cuts if cut in on_page), ""):
        return printed
    headings = [" ".join(heading.text_content().split()) for heading in tree.iter("h1")]
    return headings[0] if len(headings) == 1 and headings[0] else cuts[-1]


def _infer_date(tree: Element) -> str:
    """The date trafilatura's companion finds in the markup; never one from the running text."""
    from htmldate import find_date

    # The bounds are fixed, or the same page would have another date another day.
    found = find_date(
        tree,
        extensive_search=False,
        original_date=True,
        min_date="1990-01-01",
        max_date="2100-01-01",
    )
    return found or ""


def _put_headline(title: str, body: str) -> str:
    """The headline belongs to the text: meetings and leaders are named in it."""
    opening = ["".join(line.split()) for line in body.split("\n")[:_HEAD_LINES]]
    return body if not title or "".join(title.split()) in opening else f"{title}\n{body}"
