"""The server of the reading page: what it answers, and what it refuses."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import click
import pytest

from pipeline.cli.report import serve_command
from pipeline.emit import OutputError
from pipeline.lexicons import Lexicons
from pipeline.reading import load
from pipeline.report.questions import Output, Question
from pipeline.report.server import Site, is_own_host, open_server, read_question
from pipeline.running.batch import run


class Answer(NamedTuple):
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes


@pytest.fixture(scope="module")
def site(sample_output: Path, lexicons: Lexicons) -> Site:
    return Site(sample_output, lexicons)


@pytest.fixture(scope="module")
def port(site: Site) -> Iterator[int]:
    server = open_server(site, "127.0.0.1", 0)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.server_address[1]
    server.shutdown()
    thread.join()
    server.server_close()


def ask(port: int, path: str, method: str = "GET", host: str = "") -> Answer:
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
    connection.putheader("Host", host or f"127.0.0.1:{port}")
    connection.endheaders()
    response = connection.getresponse()
    answer = Answer(response.status, dict(response.getheaders()), response.read())
    connection.close()
    return answer


# answers


def test_the_page_has_no_data_and_may_ask_only_here(port: int) -> None:
    answer = ask(port, "/")
    assert answer.status == 200
    assert b"connect-src 'self'" in answer.body
    assert b'id="data-' not in answer.body
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_rows_and_documents_are_answered(port: int, sample_output: Path) -> None:
    tables = load(sample_output)
    found = json.loads(ask(port, "/data/rows?table=directives&limit=3").body)
    assert found["total"] == len(tables["directives"])
    assert [row["text"] for row in found["rows"]] == tables["directives"]["text"][:3].tolist()
    document = json.loads(ask(port, "/data/document?doc_id=fujian/gulou-2024-08-09").body)
    (text,) = tables["texts"].loc[tables["texts"]["doc_id"] == "fujian/gulou-2024-08-09", "text"]
    assert document["text"] == text
    assert ask(port, "/data/document?doc_id=nowhere").status == 404


def test_head_gives_no_body(port: int) -> None:
    answer = ask(port, "/data/rows?table=slogans", "HEAD")
    assert (answer.status, answer.body) == (200, b"")
    assert int(answer.headers["Content-Length"]) > 0


def test_a_download_is_a_file_for_spreadsheets(port: int) -> None:
    answer = ask(port, "/data/download?table=plenums&filter.relation=x")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="plenums.csv"'
    assert answer.body.startswith("\ufeffdoc_id,".encode())


# refusals


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:80", "10.0.0.1", "[::bad", "@127.0.0.1.x"]
)
def test_another_name_is_refused(port: int, host: str) -> None:
    for path in ("/", "/data/rows?table=directives", "/data/contents"):
        assert ask(port, path, host=host).status == 403


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
def test_nothing_can_be_changed(port: int, method: str) -> None:
    assert ask(port, "/data/rows?table=directives", method).status == 405


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "PROPFIND"])
def test_other_methods_are_unknown(port: int, method: str) -> None:
    assert ask(port, "/", method).status == 501


@pytest.mark.parametrize(
    "path",
    [
        "/../manifest.json",
        "/..%2f..%2fetc/passwd",
        "//etc/passwd",
        "/etc/passwd",
        "/manifest.json",
        "/texts.parquet",
        "/data/",
        "/data/../contents",
        "/data/%2e%2e/manifest.json",
        "/data/_lexicons",
        "/data/output",
        "/data/page",
        "http://127.0.0.1/etc/passwd",
        "/x/data/contents",
    ],
)
def test_no_path_of_the_disk_is_known(port: int, path: str) -> None:
    assert ask(port, path).status == 404


@pytest.mark.parametrize(
    "query",
    [
        "table=texts",
        "table=directives;DROP TABLE directives",
        "table=read_csv('/etc/passwd')",
        "table=directives&limit=-1",
        "table=directives&offset=x",
        "",
    ],
)
def test_a_question_without_sense_is_refused(port: int, query: str) -> None:
    assert ask(port, f"/data/rows?{quote(query, safe='=&')}").status == 400


@pytest.mark.parametrize("hostile", ["' OR 1=1 --", '"; DROP TABLE slogans; --', "%", "\\", "'"])
def test_values_stay_values(site: Site, hostile: str) -> None:
    before = site.output.count_rows()
    for name in ("place", "slogan", "official", "role", "force", "plenum"):
        question = Question("slogans", {name: hostile}, sort=hostile)
        assert site.output.find_rows(question)["total"] == 0
    site.output.find_rows(Question("slogans", {"from": hostile, "to": hostile}))
    site.output.find_rows(Question("slogans", {}, hostile, hostile))
    assert site.output.read_document(hostile) is None
    assert site.output.count_rows() == before


def test_the_database_reads_the_output_alone(site: Site) -> None:
    with pytest.raises(Exception, match="disabled"):
        site.output._ask("SELECT * FROM read_text('/etc/hostname')")
    with pytest.raises(Exception, match="locked"):
        site.output._ask("SET enable_external_access = true")


@pytest.mark.parametrize(
    ("header", "own_name", "expected"),
    [
        ("127.0.0.1:8000", "127.0.0.1", True),
        ("localhost:8000", "127.0.0.1", True),
        ("[::1]:8000", "127.0.0.1", True),
        ("", "127.0.0.1", False),
        ("127.0.0.1.evil.example", "127.0.0.1", False),
        ("192.168.1.5", "127.0.0.1", False),
        ("192.168.1.5:8000", "0.0.0.0", True),
        ("reader.example", "reader.example", True),
        ("evil.example", "0.0.0.0", False),
    ],
)
def test_own_names(header: str, own_name: str, expected: bool) -> None:
    assert is_own_host(header, own_name) is expected


def test_only_this_machine_may_read_by_default() -> None:
    context = click.Context(serve_command)
    (host,) = (each for each in serve_command.params if each.name == "host")
    assert host.get_default(context) == "127.0.0.1"


# the database


def test_parquet_gives_what_csv_gives(samples: Path, sample_output: Path, tmp_path: Path) -> None:
    run([samples], tmp_path / "out", to="parquet")
    written, other = Output(sample_output), Output(tmp_path / "out")
    for question in (
        Question("directives", {"force": "require"}),
        Question("plenums", {"slogan": "两个确立"}, sort="start_date", descending=True),
        Question("documents", {"from": "2023"}),
    ):
        assert written.find_rows(question) == other.find_rows(question)
    doc_id = "fujian/gulou-2024-08-09"
    assert written.read_document(doc_id) == other.read_document(doc_id)


def test_a_long_answer_comes_whole_but_not_at_once(site: Site) -> None:
    question = read_question({"table": "slogans", "limit": "100000"})
    assert len(list(site.output.list_all(question))) == site.output.count_rows()["slogans"]


def test_what_is_no_output_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="no output folder"):
        Output(tmp_path)
