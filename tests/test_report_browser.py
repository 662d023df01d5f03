"""The reading page in a browser: what people do with it, and what no document can do to it."""

from __future__ import annotations

import csv
import io
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browsing import Visit, open_browser, visit

from pipeline.lexicons import Lexicons
from pipeline.reading import load
from pipeline.reading.tables import Tables
from pipeline.report import write_report
from pipeline.report.questions import Output, Question
from pipeline.report.server import Site, open_server
from pipeline.running.batch import run

DOC = "document/fujian%2Fgulou-2024-08-09"
OTHER = "heilongjiang/heilongjiang-2025-12-06"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with open_browser() as opened:
        yield opened


@pytest.fixture(scope="module")
def report(
    browser: Any,  # noqa: ARG001 - without one the page need not be written
    sample_output: Path,
    lexicons: Lexicons,
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    return write_report(sample_output, tmp_path_factory.mktemp("report") / "r.html", lexicons)


@pytest.fixture(scope="module")
def tables(sample_output: Path) -> Tables:
    return load(sample_output)


@pytest.fixture(scope="module")
def opened(browser: Any, report: Path) -> Iterator[Visit]:
    with visit(browser, report) as once:
        yield once


@pytest.fixture
def visited(opened: Visit) -> Iterator[Visit]:
    """The page, opened once for all tests; each goes to its own address and must hear nothing."""
    yield opened
    assert opened.complaints == []


def count_rows(page: Any) -> int:
    return int(page.locator(".rows tbody tr").count())


# the file


def test_it_opens_from_disk_and_asks_for_nothing(browser: Any, report: Path) -> None:
    with visit(browser, report) as visited:
        for route in ("", "table/directives", DOC, "pictures", "compare"):
            visited.go(route)
    pages = {request.partition("#")[0] for request in visited.requests}
    assert {page for page in pages if not page.startswith("data:")} == {report.as_uri()}


def test_what_draws_runs_without_code_made_from_text(visited: Visit) -> None:
    page = visited.go("pictures")
    page.wait_for_selector("figure:last-child svg")
    assert page.locator("figure svg").count() == page.locator("figure").count() > 5
    policy = page.locator("meta[http-equiv=Content-Security-Policy]").get_attribute("content")
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


# tables


@pytest.mark.parametrize("name", ["documents", "plenums", "officials", "directives", "slogans"])
def test_a_table_shows_its_rows(visited: Visit, tables: Tables, name: str) -> None:
    page = visited.go(f"table/{name}")
    page.wait_for_selector(".rows tbody tr")
    assert count_rows(page) == min(50, len(tables[name]))
    assert page.locator(".tabs [aria-current]").inner_text().split()[-1] == str(len(tables[name]))


def test_filters_and_search_pick_rows_and_stand_in_the_address(visited: Visit) -> None:
    page = visited.go("table/directives")
    page.select_option("#filter-force", "prohibit")
    page.wait_for_selector(".chip")
    assert "force=prohibit" in page.evaluate("location.hash")
    page.wait_for_selector(".rows tbody tr:nth-child(50)", state="detached")
    assert set(page.locator(".cell-force").all_inner_texts()) == {"prohibit"}
    page.fill("#search", "大拆大建")
    page.press("#search", "Enter")
    page.wait_for_selector(".rows tbody tr:nth-child(2)", state="detached")
    page.wait_for_selector(".rows tbody tr:only-child")
    address = page.evaluate("location.href")
    page.goto("about:blank")
    page.goto(address)
    page.wait_for_selector(".rows tbody tr")
    assert count_rows(page) == 1
    assert page.input_value("#search") == "大拆大建"


@pytest.mark.parametrize("wording", ["两个确立", "兩個確立"])
def test_search_takes_either_script(visited: Visit, tables: Tables, wording: str) -> None:
    page = visited.go(f"table/slogans?slogan={wording}")
    page.wait_for_selector(".rows tbody tr")
    uses = tables["slogans"]
    assert count_rows(page) == int((uses["canonical"] == "两个确立").sum())


def test_rows_are_ordered_by_a_column(visited: Visit) -> None:
    page = visited.go("table/documents")
    page.click("th:has-text('characters') a")
    page.wait_for_selector("th[aria-sort=ascending]")
    sizes = [int(text) for text in page.locator(".cell-chars").all_inner_texts()]
    assert sizes == sorted(sizes)
    page.click("th:has-text('characters') a")
    page.wait_for_selector("th[aria-sort=descending]")
    sizes = [int(text) for text in page.locator(".cell-chars").all_inner_texts()]
    assert sizes == sorted(sizes, reverse=True)


def test_what_is_filtered_is_downloaded(visited: Visit, tables: Tables) -> None:
    page = visited.go("table/directives?force=prohibit")
    page.wait_for_selector(".rows tbody tr")
    with page.expect_download() as waiting:
        page.click(".download")
    content = Path(waiting.value.path()).read_bytes()
    assert content.startswith("\ufeff".encode())
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    wanted = tables["directives"][tables["directives"]["force"] == "prohibit"]
    assert [row["text"] for row in rows] == wanted["text"].tolist()
    assert waiting.value.suggested_filename == "directives.csv"


QUESTIONS = [
    Question("slogans", {"force": "prohibit"}),
    Question("directives", {"slogan": "两个确立"}),
    Question("directives", {"official": "习近平", "role": "mentioned"}),
    Question("documents", {"place": "福建省"}),
    Question("officials", {"from": "2023", "to": "2024-08"}, sort="name"),
    Question(
        "plenums", {"level": "county", "plenum": "中国共产党第二十届中央委员会第三次全体会议"}
    ),
    Question("instruments", {"addressee": "区直机关"}, "決議"),
    Question("directives", {}, "要 發展", "addressee", True),
    Question("rejects", {"force": "prohibit"}),
]


@pytest.mark.parametrize("question", QUESTIONS, ids=str)
def test_page_and_database_give_the_same_rows(
    visited: Visit, sample_output: Path, question: Question
) -> None:
    page = visited.go()
    asked = question._asdict() | {"limit": 0}
    found = page.evaluate("question => page.source.findRows(question)", asked)
    answer = Output(sample_output).find_rows(question._replace(limit=500))
    assert found["total"] == answer["total"]
    if not question.sort:  # scripts sort Chinese as dictionaries do, databases by code point
        assert found["rows"] == answer["rows"]


# documents


def test_a_row_leads_to_its_passage_and_a_passage_to_its_row(visited: Visit) -> None:
    page = visited.go("table/directives?q=大拆大建")
    page.click(".rows tbody a")
    page.wait_for_selector(".text .selected")
    selected = page.locator(".text .selected").all_inner_texts()
    assert "".join(selected) == "不得搞大拆大建"
    assert page.locator(".card .passage").inner_text() == "不得搞大拆大建"
    page.click(".text .mark-slogans:has-text('两个确立')")
    page.wait_for_selector(".card-slogans")
    card = page.locator(".card").first.inner_text()
    assert "slogan.liang-ge-que-li" in card
    assert "Two Affirmations" in card
    assert page.locator(".card .source mark").inner_text() == "两个确立"
    page.click(".card .alike a")
    page.wait_for_selector(".chip")
    assert "slogan=" in page.evaluate("location.hash")


def test_marks_of_a_kind_can_be_hidden(visited: Visit) -> None:
    page = visited.go(DOC)
    mark = page.locator(".text .mark-slogans").first
    assert "underline" in mark.evaluate("e => getComputedStyle(e).textDecorationLine")
    page.uncheck(".legend input[value=slogans]")
    assert mark.evaluate("e => getComputedStyle(e).textDecorationLine") == "none"
    assert "hide=slogans" in page.evaluate("location.hash")
    assert not page.locator(".item-slogans").first.is_visible()


def test_marks_cover_exactly_what_rows_say(visited: Visit, tables: Tables) -> None:
    page = visited.go(DOC)
    text = page.evaluate(
        "[...document.querySelectorAll('.text p')].map(p => p.textContent).join('\\n')"
    )
    texts = tables["texts"].set_index("doc_id")["text"]
    assert text == texts["fujian/gulou-2024-08-09"]
    for name in ("slogans", "plenums", "officials", "directives", "instruments"):
        rows = tables[name][tables[name]["doc_id"] == "fujian/gulou-2024-08-09"]
        for row_id, passage in zip(rows["row_id"], rows["text"], strict=True):
            marks = page.locator(f".text [data-key='{name}:{row_id}']").all_text_contents()
            assert "".join(marks) == passage


def test_restored_characters_are_shown(visited: Visit) -> None:
    page = visited.go("document/guangdong%2Fjiangmen-2023-04-20")
    page.check(".restored-choice input")
    shown = page.locator("ruby:has(rt:visible)")
    assert shown.count() > 50
    assert "習" in "".join(page.locator("rt").all_text_contents())


def test_keys_move_between_passages_and_rows(visited: Visit) -> None:
    page = visited.go(DOC)
    keys = page.locator(".row-list button").evaluate_all("all => all.map(e => e.dataset.key)")
    for expected in keys[:3]:
        page.keyboard.press("j")
        assert page.locator(".row-list .selected").get_attribute("data-key") == expected
    page.keyboard.press("k")
    assert page.locator(".row-list .selected").get_attribute("data-key") == keys[1]
    page.keyboard.press("Escape")
    assert page.locator(".selected").count() == 0
    page.keyboard.press("?")
    assert page.locator("#help").is_visible()
    page.keyboard.press("Escape")
    page.wait_for_selector("#help", state="hidden")
    page.keyboard.press("/")
    page.wait_for_selector("#search:focus")
    page.keyboard.type("jk1?")  # letters are letters while something is being written
    assert page.input_value("#search") == "jk1?"
    page = visited.go("table/directives")
    page.wait_for_selector(".rows tbody tr")
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.closest('tr').rowIndex") == 2


# comparison, pictures, languages


def test_two_documents_are_compared(visited: Visit, tables: Tables) -> None:
    page = visited.go(f"compare?a=fujian%2Fgulou-2024-08-09&b={OTHER.replace('/', '%2F')}")
    first = page.locator(".comparison").first
    sides = [
        side.locator("li a:first-child").all_inner_texts()
        for side in first.locator(".sides > div").all()
    ]
    uses = tables["slogans"]
    mine, theirs = (
        set(uses.loc[uses["doc_id"] == doc_id, "canonical"])
        for doc_id in ("fujian/gulou-2024-08-09", OTHER)
    )
    assert [set(side) for side in sides] == [mine - theirs, mine & theirs, theirs - mine]
    first.locator("li a").first.click()
    page.wait_for_selector(".text .selected")


def test_a_mark_of_a_picture_leads_to_its_rows(visited: Visit) -> None:
    page = visited.go("pictures")
    figure = page.locator("figure:has(#picture-force)")
    figure.locator("svg .mark-rect path").first.click()
    page.wait_for_selector(".chip")
    assert "force=" in page.evaluate("location.hash")
    page = visited.go("pictures")
    page.click("figure:has(#picture-addressees) summary")
    page.click("figure:has(#picture-addressees) td a >> nth=0")
    page.wait_for_selector(".rows tbody tr")


def test_language_follows_the_browser_and_can_be_changed(browser: Any, report: Path) -> None:
    with visit(browser, report, locale="zh-TW") as visited:
        page = visited.go("table/directives")
        assert page.evaluate("document.documentElement.lang") == "zh-Hans"
        assert "部署" in page.locator("h1").inner_text()
        page.click("#choose-language")
        page.wait_for_selector("h1:has-text('Directives')")
        assert page.evaluate("document.documentElement.lang") == "en"


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_no_serious_fault_of_accessibility(
    browser: Any, report: Path, colours: str, width: int
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    size = {"width": width, "height": 900}
    routes = (
        "table/documents",
        "table/slogans?q=确立",
        f"{DOC}?row=",
        "pictures",
        "compare?a=" + OTHER,
    )
    with visit(browser, report, color_scheme=colours, viewport=size) as visited:
        for route in routes:
            page = visited.go(route)
            if route.startswith("document"):
                page.keyboard.press("j")
            if route == "pictures":
                page.wait_for_selector("figure:last-child svg")
            faults = axe.run(page).response["violations"]
            serious = [each for each in faults if each["impact"] in ("serious", "critical")]
            shown = [(each["id"], each["nodes"][0]["html"]) for each in serious]
            assert shown == [], route
            assert page.evaluate("document.documentElement.scrollWidth") <= width


# what a document cannot do

HOSTILE = (
    '</script><script>window.struck = 1</script><img src=x onerror="window.struck = 2">\n'
    "区委五届五次全会强调，要学习贯彻<b onclick=alert(1)>两个确立</b>，不得=cmd|'/c calc'!A1。\n"
    "<!-- <svg onload=window.struck=3> ${window.struck=4} {{7*7}} $policy\n"
)


def write_hostile(folder: Path) -> Path:
    raw = folder / "raw"
    raw.mkdir()
    name = "<img src=x onerror=window.struck=5>"
    record = {
        "id": name,
        "text": HOSTILE,
        "title": "</title></script><script>window.struck = 6</script>",
        "url": "javascript:window.struck=7",
        "source": "<svg onload=window.struck=8>",
        "published": "2023-08-02",
    }
    (raw / "a.jsonl").write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
    run([raw], folder / "out")
    return folder / "out"


def test_a_hostile_document_is_inert(browser: Any, lexicons: Lexicons, tmp_path: Path) -> None:
    output = write_hostile(tmp_path)
    page_file = write_report(output, output / "report.html", lexicons)
    (doc_id,) = load(output)["documents"]["doc_id"]
    with visit(browser, page_file) as visited:
        page = visited.go("table/documents")
        page.click(".rows tbody a")
        page.wait_for_selector(".text")
        page.keyboard.press("j")
        shown = page.locator(".text").inner_text()
        assert "<script>window.struck = 1</script>" in shown
        assert "<img src=x onerror=" in shown
        for route in ("table/directives", "pictures", f"compare?a={doc_id}&b={doc_id}"):
            visited.go(route)
        assert page.evaluate("window.struck") is None
        assert page.locator("main img, main script, main b, a[href^=javascript]").count() == 0


# served


@pytest.fixture(scope="module")
def served(sample_output: Path, lexicons: Lexicons) -> Iterator[str]:
    server = open_server(Site(sample_output, lexicons), "127.0.0.1", 0)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_served_page_does_the_same(browser: Any, served: str, tables: Tables) -> None:
    with visit(browser, served) as visited:
        page = visited.go("table/directives?force=prohibit")
        page.wait_for_selector(".rows tbody tr")
        prohibited = tables["directives"]["force"] == "prohibit"
        assert count_rows(page) == int(prohibited.sum())
        with page.expect_download() as waiting:
            page.click(".download")
        lines = Path(waiting.value.path()).read_text("utf-8-sig").splitlines()
        assert len(lines) == 1 + int(prohibited.sum())
        page.click(".rows tbody a")
        page.wait_for_selector(".text .selected")
        page = visited.go("pictures")
        page.wait_for_selector("figure svg")
        page = visited.go(f"compare?a=fujian%2Fgulou-2024-08-09&b={OTHER.replace('/', '%2F')}")
        page.wait_for_selector(".comparison li a")
        assert all(request.startswith((served, "data:", "blob:")) for request in visited.requests)
