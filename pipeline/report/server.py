"""The page over a large output: one reader on one machine asks, a database answers.

Takes an output folder, serves the page of :mod:`pipeline.report.page` without data and answers its
questions. It only reads, answers GET and HEAD alone, knows a fixed list of addresses and no path of
the disk. It listens to this machine unless told otherwise, and refuses a request that names another
host, so that no page of the web can read 内部文件 through a name that leads here.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from functools import cached_property
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from threading import Lock
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

from pipeline.export.csv_excel import guard_formula
from pipeline.lexicons import Lexicons
from pipeline.normalise.characters import simple_forms
from pipeline.records import TABLES, columns
from pipeline.report.contents import describe_contents
from pipeline.report.filters import FILTERS
from pipeline.report.lexicon import IDENTIFIERS, list_entries, pick_entries
from pipeline.report.page import build_page, draw_if_possible
from pipeline.report.questions import Output, Question

_SECONDS_OF_SILENCE = 60
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}

Asked = dict[str, str]


class Site:
    """What is served, made when it is first asked for.

    Raises:
        OutputError: If the folder is no output or lacks a table.
    """

    def __init__(self, folder: Path, lexicons: Lexicons) -> None:
        self.output = Output(folder)
        self._lexicons = lexicons
        self._lock = Lock()

    @cached_property
    def page(self) -> bytes:
        """The page, which asks for its data here."""
        return "".join(build_page((), connect="'self'")).encode()

    @cached_property
    def contents(self) -> dict[str, Any]:
        """What the page must know first."""
        output = self.output
        described = describe_contents(output.folder, output.count_rows(), output.count_values)
        pairs = sorted(simple_forms().items())
        characters = "".join(old for old, _ in pairs), "".join(new for _, new in pairs)
        return described | {"characters": characters}

    @cached_property
    def lexicon(self) -> dict[str, Any]:
        """The entries that rows name."""
        used = {
            table: [value for value, _ in self.output.count_values(table, column)]
            for table, column in IDENTIFIERS.items()
        }
        return pick_entries(list_entries(self._lexicons), used)

    @cached_property
    def pictures(self) -> dict[str, Any] | None:
        """The pictures, if they can be drawn."""
        return draw_if_possible(self.output.folder)

    def answer(self, name: str, asked: Asked) -> Any:
        """What the page asks for by this name; None if there is no such thing.

        Raises:
            ValueError: If the question makes no sense.
        """
        if name == "rows":
            return self.output.find_rows(read_question(asked))
        if name == "document":
            return self.output.read_document(asked.get("doc_id", ""))
        with self._lock:  # made once, however many ask
            return getattr(self, name) if name in ("contents", "lexicon", "pictures") else None

    def write_csv(self, question: Question) -> Iterator[str]:
        """The rows as CSV for spreadsheets, line by line."""
        (kind,) = (kind for kind in TABLES if kind.table == question.table)
        names = [column.name for column in columns(kind)]
        yield "\ufeff" + _write_line(names)
        for row in self.output.list_all(question):
            yield _write_line(_write_cell(row[name]) for name in names)


def read_question(asked: Asked) -> Question:
    """The question of an address.

    Raises:
        ValueError: If it names no table, or its numbers are none.

    >>> read_question({"table": "directives", "filter.force": "prohibit"}).filters
    {'force': 'prohibit'}
    """
    if asked.get("table") not in {kind.table for kind in TABLES}:
        raise ValueError(f"there is no table {asked.get('table', '')!r}")
    offset, limit = int(asked.get("offset", "0")), int(asked.get("limit", "50"))
    if offset < 0 or limit < 0:
        raise ValueError("offset and limit are 0 or more")
    names = {each.name: f"filter.{each.name}" for each in FILTERS}
    return Question(
        table=asked["table"],
        filters={name: asked[key] for name, key in names.items() if key in asked},
        search=asked.get("search", ""),
        sort=asked.get("sort", ""),
        descending=asked.get("descending") == "1",
        offset=offset,
        limit=limit,
    )


def open_server(site: Site, host: str, port: int) -> ThreadingHTTPServer:
    """A server that listens, to be told to serve.

    Raises:
        OSError: If the port is taken.
    """
    names = {"site": site, "own_name": host, "timeout": _SECONDS_OF_SILENCE}
    server = type("Server", (ThreadingHTTPServer,), {"address_family": _find_family(host)})
    served: ThreadingHTTPServer = server((host, port), type("Answering", (_Answering,), names))
    return served


def _find_family(host: str) -> int:
    from socket import AF_INET, AF_INET6

    return AF_INET6 if ":" in host else AF_INET


def is_own_host(header: str, own_name: str) -> bool:
    """Whether a request means this server and not some name of the web that leads here.

    >>> is_own_host("127.0.0.1:8000", "127.0.0.1"), is_own_host("evil.example", "127.0.0.1")
    (True, False)
    """
    try:
        name = urlsplit(f"//{header}").hostname or ""
    except ValueError:
        return False
    if name == own_name or (_is_loopback(name) and _is_loopback(own_name)):
        return True
    return not _is_loopback(own_name) and _is_address(name)


def _is_loopback(name: str) -> bool:
    return name == "localhost" or (_is_address(name) and ip_address(name).is_loopback)


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


class _Answering(BaseHTTPRequestHandler):
    """Answers one request."""

    site: ClassVar[Site]
    own_name: ClassVar[str]
    server_version = "pipeline"
    sys_version = ""

    def do_GET(self) -> None:
        """Answer a question, or refuse it."""
        try:
            self._answer()
        except (BrokenPipeError, ConnectionResetError):  # whoever asked has gone
            self.close_connection = True

    do_HEAD = do_GET  # noqa: N815 - the names http.server asks for

    def _answer(self) -> None:
        if not is_own_host(self.headers.get("Host", ""), self.own_name):
            self._refuse(HTTPStatus.FORBIDDEN, "this server answers under its own name only")
            return
        address = urlsplit(self.path)
        asked = {name: values[-1] for name, values in parse_qs(address.query).items()}
        if address.path == "/":
            self._send("text/html; charset=utf-8", self.site.page)
            return
        try:
            self._send_data(address.path, asked)
        except ValueError as error:
            self._refuse(HTTPStatus.BAD_REQUEST, str(error))

    def _send_data(self, path: str, asked: Asked) -> None:
        if path == "/data/download":
            self._send_table(read_question(asked))
            return
        found = self.site.answer(path.removeprefix("/data/"), asked) if "/data/" in path else None
        if found is None and path != "/data/pictures":
            self._refuse(HTTPStatus.NOT_FOUND, "there is nothing under this address")
            return
        content = json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode()
        self._send("application/json; charset=utf-8", content)

    def _send_table(self, question: Question) -> None:
        disposition = f'attachment; filename="{question.table}.csv"'
        self._begin(HTTPStatus.OK, "text/csv; charset=utf-8", {"Content-Disposition": disposition})
        if self.command != "HEAD":
            for line in self.site.write_csv(question):
                self.wfile.write(line.encode())

    def _send(self, kind: str, content: bytes, status: HTTPStatus = HTTPStatus.OK) -> None:
        self._begin(status, kind, {"Content-Length": str(len(content))})
        if self.command != "HEAD":
            self.wfile.write(content)

    def _refuse(self, status: HTTPStatus, reason: str) -> None:
        self._send("text/plain; charset=utf-8", f"{reason}\n".encode(), status)

    def _refuse_method(self) -> None:
        self.close_connection = True
        self._refuse(HTTPStatus.METHOD_NOT_ALLOWED, "this server is only read: GET and HEAD")

    do_POST = do_PUT = do_PATCH = _refuse_method  # noqa: N815
    do_DELETE = do_OPTIONS = _refuse_method  # noqa: N815

    def _begin(self, status: HTTPStatus, kind: str, more: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, **_HEADERS, **more}.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - http.server's own word
        """Say nothing: what somebody reads is their own affair."""


def _write_line(cells: Any) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow(cells)
    return line.getvalue()


def _write_cell(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return guard_formula(value)
    return "" if value is None else str(value)
