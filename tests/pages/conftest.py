"""The page fixture: a visit that has already checked what every page owes its visitor."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event
from werkzeug.test import TestResponse

from portal.app import Opened, create_app
from portal.core.clock import FixedClock
from portal.core.command import Room
from portal.core.database import Database
from portal.geography.territories import demonstration_territory
from portal.search.serving import current_search
from tests.search.towns import Town, settle_town

MOST_QUERIES = 4


@dataclass(frozen=True)
class Page:
    """A page as it was received."""

    response: TestResponse
    root: Element
    n_queries: int

    @property
    def h1(self) -> str:
        return _text(self.root.findall(".//h1")[0])

    @property
    def title(self) -> str:
        return _text(self.root.findall(".//title")[0])

    @property
    def text(self) -> str:
        return _text(self.root)

    def links(self) -> dict[str, str]:
        return {_text(link): link.get("href", "") for link in self.root.findall(".//a")}


Visit = Callable[..., Page]


@pytest.fixture
def app(database: Database, clock: FixedClock, tmp_path: Path) -> Flask:
    room = Room(data_dir=tmp_path, database=database, clock=clock)
    opened = Opened(
        secret_key="k" * 64,
        hosts=("localhost", "services.example"),
        exit_url="https://weather.example",
        itinerary_url="https://itineraires.example/?to={lat},{lon}",
    )
    return create_app(room, demonstration_territory(), opened)


@pytest.fixture
def town(app: Flask, database: Database, clock: FixedClock) -> Town:
    """Give the directory that the pages show, still empty."""
    with app.app_context():
        search = current_search()
    return settle_town(database, clock, search)


@pytest.fixture
def browser(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def visit(browser: FlaskClient, database: Database) -> Iterator[Visit]:
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(("PRAGMA", "BEGIN", "SET LOCAL")):
            asked.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)

    def go(path: str, *, status: int = 200) -> Page:
        asked.clear()
        response = browser.get(path)
        assert response.status_code == status, response.text
        page = Page(response, parsed(response.text), len(asked))
        _check(page, asked)
        return page

    yield go
    event.remove(database.engine, "before_cursor_execute", note)


def parsed(text: str) -> Element:
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    root: Element = parser.parse(text)
    return root


def _check(page: Page, asked: list[str]) -> None:
    ids = Counter(each.get("id") for each in page.root.iter() if each.get("id"))
    labelled = {each.get("for") for each in page.root.findall(".//label")}
    fields = [each for kind in ("input", "select", "textarea") for each in page.root.findall(f".//{kind}")]
    assert len(page.root.findall(".//h1")) == 1
    assert page.title.startswith(page.h1)
    assert [name for name, times in ids.items() if times > 1] == []
    assert [
        each.get("name") for each in fields if each.get("type") != "hidden" and each.get("id") not in labelled
    ] == []
    assert page.root.get("lang") in {"fr", "en"}
    assert page.n_queries <= MOST_QUERIES, asked
    assert "Set-Cookie" not in page.response.headers


def _text(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())
