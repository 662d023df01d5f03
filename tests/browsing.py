"""A browser for tests: the Chromium of the system, driven by Playwright."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@contextmanager
def open_browser() -> Iterator[Any]:
    """A browser with a profile of its own; the test is skipped where there is none."""
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    if found is None:
        pytest.skip("no browser is at hand: none of " + ", ".join(_NAMES) + " is installed")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=found, args=list(_FLAGS))
        yield browser
        browser.close()


class Visit:
    """A page that is visited, with what it complains of and what it asks for."""

    def __init__(self, page: Any, address: str) -> None:
        self.page, self.address = page, address
        self.complaints: list[str] = []
        self.requests: list[str] = []
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda request: self.requests.append(request.url))

    def _hear(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def go(self, route: str = "") -> Any:
        """Go to a view and wait until it is shown."""
        target = f"{self.address}#/{route}"
        if self.page.url == target:
            self.page.reload()
        else:
            self.page.evaluate("delete document.getElementById('content')?.dataset.route")
            self.page.goto(target)
        return self.wait()

    def wait(self) -> Any:
        """Wait until a view is shown."""
        self.page.wait_for_selector("#content[data-route]")
        return self.page


@contextmanager
def visit(browser: Any, address: Path | str, **settings: Any) -> Iterator[Visit]:
    """Visit a file or an address; fail if the page complained."""
    context = browser.new_context(**{"locale": "en-GB"} | settings)
    shown = address if isinstance(address, str) else address.as_uri()
    visited = Visit(context.new_page(), shown)
    yield visited
    context.close()
    assert visited.complaints == []
