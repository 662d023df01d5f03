"""Web pages as government sites make them."""

from __future__ import annotations

import pytest

from pipeline.ingest.entry import Entry, ReadOptions
from pipeline.ingest.limits import MAX_HTML_DEPTH, MAX_HTML_ELEMENTS
from pipeline.ingest.readers import read_entry
from pipeline.ingest.source import Source
from pipeline.records import Reject

HEADLINE = "鼓楼区委十三届八次全会召开"
PARAGRAPHS = [
    "8月9日，鼓楼区委十三届八次全会在区委党校举行。全会由区委常委会主持。",
    "全会强调，要坚持稳中求进。各级党组织要扛起主体责任。",
    "区委委员出席会议。（林语岚）",
]
BODY = "".join(f"<p>　　{paragraph}</p>\n" for paragraph in PARAGRAPHS)
LINE = (
    "来源：鼓楼新闻网　发布时间：2024-08-10 09:30　浏览次数：<b>33</b>"
    "【字体：<a>大</a> <a>中</a> <a>小</a>】"
)
BELOW = (
    "<p>责任编辑：王小</p><div>【<a>打印</a>】【<a>关闭</a>】</div>"
    "<div>上一篇：<a>鼓楼区召开安全会</a></div>"
)
FOOTER = "<div class=footer>主办：鼓楼区人民政府　闽ICP备05000000号　网站地图</div>"
MENU = "<ul class=nav><li><a href=/>首页</a></li><li><a href=/a>政务公开</a></li></ul>"
CRUMB = "<div>当前位置：<a>首页</a> &gt; <a>要闻</a></div>"


def make_page(head: str, content: str) -> str:
    body = f"<body>{MENU}{CRUMB}{content}{FOOTER}</body>"
    return f"<!DOCTYPE html><html><head>{head}</head>{body}</html>"


MARKED = make_page(
    '<meta name="ArticleTitle" content="鼓楼区委十三届八次全会召开">'
    '<meta name="PubDate" content="2024-08-10 09:30">'
    '<meta name="ContentSource" content="鼓楼新闻网">'
    f"<title>{HEADLINE}_鼓楼区人民政府</title>",
    f"<h1>{HEADLINE}</h1><div>{LINE}</div><div class='TRS_Editor'>{BODY}</div>{BELOW}",
)
UNMARKED = make_page(
    f"<title>{HEADLINE}-鼓楼先锋网</title>",
    f"<div class=article><h1>{HEADLINE}</h1><div>{LINE}</div>"
    f"<div class=c>{BODY}</div>{BELOW}</div>",
)
OLD = make_page(
    f"<meta charset=gb2312><title>{HEADLINE}</title>",
    f"<table><tr><td><b>{HEADLINE}</b></td></tr><tr><td>{LINE}</td></tr>"
    f"<tr><td>　　{'<br>　　'.join(PARAGRAPHS)}</td></tr><tr><td>责任编辑：王小</td></tr></table>",
)


DEFAULTS = ReadOptions()


def read(page: str | bytes, options: ReadOptions = DEFAULTS) -> Source | Reject:
    content = page.encode() if isinstance(page, str) else page
    (found,) = read_entry(Entry("一.html", content, "digest", options=options))
    return found


def read_source(page: str | bytes, options: ReadOptions = DEFAULTS) -> Source:
    found = read(page, options)
    assert isinstance(found, Source), found
    return found


def read_lines(source: Source) -> list[str]:
    raw, at = "", 0
    for start, end in source.furniture:
        raw, at = raw + source.raw[at:start], end
    return [line.strip("　") for line in (raw + source.raw[at:]).split("\n") if line]


@pytest.mark.parametrize("page", [MARKED, UNMARKED, OLD], ids=["marked", "unmarked", "old"])
def test_main_text(page: str) -> None:
    assert read_lines(read_source(page)) == [HEADLINE, *PARAGRAPHS]


@pytest.mark.parametrize("page", [MARKED, UNMARKED, OLD], ids=["marked", "unmarked", "old"])
def test_metadata(page: str) -> None:
    metadata = read_source(page).metadata
    assert (metadata.title, metadata.source) == (HEADLINE, "鼓楼新闻网")
    assert metadata.published == "2024-08-10"


@pytest.mark.parametrize("encoding", ["gb2312", "gbk", "utf-8-sig", "utf-16"])
def test_encodings(encoding: str) -> None:
    assert read_lines(read_source(OLD.encode(encoding))) == [HEADLINE, *PARAGRAPHS]


def test_declared_gb2312_with_characters_of_gbk() -> None:
    page = OLD.replace("林语岚", "朱镕基")
    assert "朱镕基" in read_source(page.encode("gbk")).raw


def test_table_keeps_its_rows() -> None:
    rows = (("祝云", "区发改局局长"), ("罗静", "区司法局局长"))
    cells = "".join(f"<tr><td>{name}</td><td>{post}</td></tr>" for name, post in rows)
    table = f"<table>{cells}</table>"
    raw = read_source(MARKED.replace(BODY, BODY + table)).raw
    assert raw.endswith("祝云\t区发改局局长\n罗静\t区司法局局长")


def test_wrapped_markup_does_not_split_words() -> None:
    page = MARKED.replace("扛起主体责任", "扛起\n      主体责任").replace(
        "全会强调", "<b>全会</b>强调"
    )
    assert read_lines(read_source(page)) == [HEADLINE, *PARAGRAPHS]


def test_captions() -> None:
    figure = "<figure><img src=a.jpg><figcaption>图为会议现场。祝云 摄</figcaption></figure>"
    page = MARKED.replace(BODY, figure + BODY + "<p>图为区领导在主席台就座。</p>")
    assert "图为会议现场。祝云 摄" in read_lines(read_source(page))
    without = read_lines(read_source(page, ReadOptions(captions=False)))
    assert without == [HEADLINE, *PARAGRAPHS]


def test_scripts_and_comments_are_no_text() -> None:
    noise = "<script>var a='全会';</script><!-- 全会 --><style>p{}</style>"
    assert read_lines(read_source(MARKED.replace(BODY, noise + BODY))) == [HEADLINE, *PARAGRAPHS]


def test_date_does_not_come_from_the_text() -> None:
    page = make_page(
        "<title>全会</title>", f"<div id=zoom>{BODY}<p>会议于2019年3月5日召开。</p></div>"
    )
    assert read_source(page).metadata.published == ""


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        ("<html><body>" + "<div>" * 100_000 + BODY, "nesting"),
        ("<html><body>" + "<dl><dd>" * MAX_HTML_DEPTH + BODY, "nesting"),
        ("<html><body>" + "<b>全</b>" * (MAX_HTML_ELEMENTS + 1), "too_large"),
        ("<html><body></body></html>", "empty"),
        ("<html><body>" + CRUMB + "<p>责任编辑：王小</p></body></html>", "only_furniture"),
        ("<p>全会\u202e强调，要实干。</p>", "bidi_controls"),
        ("<p>全会\0强调</p>", "nul_bytes"),
        ("<!-- 全会 -->", "empty"),
    ],
    ids=["deep", "deep lists", "wide", "empty", "furniture", "bidi", "nul", "comment"],
)
def test_bad_pages(page: str, reason: str) -> None:
    found = read(page)
    assert isinstance(found, Reject)
    assert found.reason == reason


def test_control_written_as_a_reference() -> None:
    found = read(MARKED.replace("全会强调", "全会&#x202E;强调"))
    assert isinstance(found, Reject)
    assert found.reason == "bidi_controls"


@pytest.mark.parametrize(
    "markup", ["<" * 300_000, "&" * 300_000, "<p" * 100_000, "<a b='" * 50_000]
)
def test_broken_markup_ends(markup: str) -> None:
    assert read("<html><body>" + markup) is not None
