"""Journeys: the real portal, served on this machine and visited in a real browser."""

import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright
from werkzeug.serving import make_server

from portal.app import Opened, create_app
from portal.core.clock import FixedClock
from portal.core.command import Room
from portal.geography.territories import demonstration_territory
from tests.conftest import MakeDatabase

AXE = Path(__file__).resolve().parents[1] / "vendor" / "axe-core" / "axe.min.js"
AXE_TAGS = ["RGAAv4", "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
CHROMIUM = next(filter(None, map(shutil.which, ("chromium-headless-shell", "chromium", "google-chrome"))), None)
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("needs Chromium (Debian: chromium-headless-shell)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def portal_url(new_sqlite: MakeDatabase, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    database, clock = new_sqlite(), FixedClock(datetime(2026, 11, 21, 9))
    room = Room(data_dir=tmp_path_factory.mktemp("portal"), database=database, clock=clock)
    app = create_app(room, demonstration_territory(), Opened(secret_key="k" * 64, hosts=("127.0.0.1",)))
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    database.close()


@dataclass
class Visitor:
    """Somebody in front of a page, and what the browser had to say behind their back."""

    page: Page
    url: str
    strangers: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def open(self, path: str) -> Page:
        self.page.goto(self.url + path)
        return self.page

    def barriers(self) -> list[str]:
        """List what keeps somebody out, by rule and by element."""
        self.page.add_script_tag(path=AXE)
        found = self.page.evaluate("tags => axe.run({runOnly: tags})", AXE_TAGS)
        return [f"{each['id']}: {node['target']}" for each in found["violations"] for node in each["nodes"]]

    def overflow(self) -> int:
        """Count the pixels a visitor would have to scroll sideways."""
        return int(self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@pytest.fixture
def visitor(chromium: Browser, portal_url: str) -> Iterator[Visitor]:
    # The policy of the site refuses foreign scripts, and the checker is one.
    context = chromium.new_context(bypass_csp=True, locale="fr-FR")
    visitor = Visitor(context.new_page(), portal_url)

    def note_request(request: Request) -> None:
        if not request.url.startswith((portal_url, "data:")):
            visitor.strangers.append(request.url)

    def note_message(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            visitor.complaints.append(message.text)

    visitor.page.on("request", note_request)
    visitor.page.on("console", note_message)
    yield visitor
    context.close()
