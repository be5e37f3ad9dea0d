"""Journeys: the real portal, served on this machine and visited in a real browser."""

import shutil
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, expect, sync_playwright
from werkzeug.serving import make_server

from portal.app import Opened, create_app
from portal.core.clock import FixedClock
from portal.core.command import Room
from portal.geography.territories import demonstration_territory
from tests.conftest import MakeDatabase
from tests.directory.builders import Builder
from tests.journeys.village import build_village
from tests.search.towns import open_town

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
PATIENCE = 60_000
"""Milliseconds: a machine that does ten other things is slow, and not wrong."""
AT_REST = """() => new Promise(done => {
  let still = 0;
  const look = () => {
    const moves = document.getAnimations().some(each => each.playState === 'running')
      || document.querySelector('.leaflet-pan-anim, .leaflet-zoom-anim');
    still = moves ? 0 : still + 1;
    if (still > 2) done(true); else requestAnimationFrame(look);
  };
  look(); })"""
"""Nothing fades or slides any more: what fades in would be read as too pale."""

expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("needs Chromium (Debian: chromium-headless-shell)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET, timeout=PATIENCE)
        yield browser
        browser.close()


@dataclass(frozen=True)
class Portal:
    """A portal that answers, and where its pages are."""

    url: str
    pages: Mapping[str, str]
    """What a page is of -> its address."""
    clock: FixedClock


@pytest.fixture(scope="session")
def portal(new_sqlite: MakeDatabase, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    database, folder = new_sqlite(), tmp_path_factory.mktemp("portal")
    clock = FixedClock(datetime(2026, 11, 21, 9))
    open_town(database, clock, folder)
    with database.writing() as session:
        pages = build_village(Builder(session))
    room = Room(data_dir=folder, database=database, clock=clock)
    opened = Opened(secret_key="k" * 64, hosts=("127.0.0.1",), exit_url="https://weather.example/")
    server = make_server("127.0.0.1", 0, create_app(room, demonstration_territory(), opened), threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Portal(f"http://127.0.0.1:{server.server_port}", pages, clock)
    server.shutdown()
    thread.join()
    database.close()


@dataclass
class Visitor:
    """Somebody in front of a page, and what the browser had to say behind their back."""

    page: Page
    portal: Portal
    strangers: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def open(self, path: str) -> Page:
        """Go to an address; its scripts have run when the page is given back."""
        self.page.goto(self.portal.url + path)
        return self.page

    def led_on(self) -> AbstractContextManager[object]:
        """Wait until the gesture inside has led to another page, and the scripts of that page have run."""
        return self.page.expect_event("load")

    def barriers(self, rules: Sequence[str] = ()) -> list[str]:
        """List what keeps somebody out, by rule and by element."""
        if not self.page.evaluate("'axe' in window"):
            self.page.add_script_tag(path=AXE)
        self.page.wait_for_function(AT_REST)
        chosen = {"type": "rule", "values": [*rules]} if rules else {"type": "tag", "values": AXE_TAGS}
        found = self.page.evaluate("chosen => axe.run({runOnly: chosen, resultTypes: ['violations']})", chosen)
        return [f"{each['id']}: {node['target']}" for each in found["violations"] for node in each["nodes"]]

    def overflow(self) -> int:
        """Count the pixels a visitor would have to scroll sideways."""
        return int(self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@contextmanager
def somebody(chromium: Browser, **values: object) -> Iterator[BrowserContext]:
    """Give a browser that has never been anywhere, as patient as the suite."""
    with chromium.new_context(locale="fr-FR", **values) as context:  # type: ignore[arg-type]  # the browser's keywords
        context.set_default_timeout(PATIENCE)
        yield context


def nothing_is_kept(page: Page) -> bool:
    """Tell whether a browser remembers nothing of the site; a gesture keeps at once, if it does."""
    return bool(page.evaluate("localStorage.length === 0"))


@pytest.fixture(scope="session")
def windows(chromium: Browser) -> Iterator[BrowserContext]:
    # The policy of the site refuses foreign scripts, and the checker is one.
    with somebody(chromium, bypass_csp=True) as context:
        yield context


@pytest.fixture
def reader(windows: BrowserContext, portal: Portal) -> Iterator[Visitor]:
    """Give a visitor who only reads: quicker than one whose browser has never been anywhere."""
    page = windows.new_page()
    yield _watched(page, portal)
    page.close()


@pytest.fixture
def visitor(chromium: Browser, portal: Portal) -> Iterator[Visitor]:
    with somebody(chromium, bypass_csp=True) as context:
        yield _watched(context.new_page(), portal)


@pytest.fixture
def plain_visitor(chromium: Browser, portal: Portal) -> Iterator[Visitor]:
    """Give a visitor whose browser runs no script, and whose policy is the site's own."""
    with somebody(chromium, java_script_enabled=False) as context:
        yield _watched(context.new_page(), portal)


def _watched(page: Page, portal: Portal) -> Visitor:
    visitor = Visitor(page, portal)

    def note_request(request: Request) -> None:
        if not request.url.startswith((portal.url, "data:")):
            visitor.strangers.append(request.url)

    def note_message(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            visitor.complaints.append(message.text)

    page.on("request", note_request)
    page.on("console", note_message)
    return visitor
