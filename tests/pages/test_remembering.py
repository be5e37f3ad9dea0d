"""A page asked again within the minute is given again, and never once something has changed."""

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from flask import Flask, template_rendered
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.core.clock import FixedClock
from portal.directory.models.services import Service
from portal.directory.operations.services import change_service
from portal.search import cards
from portal.web import remembering
from tests.directory.builders import Builder
from tests.pages.conftest import Visit
from tests.search.test_cards import change_elsewhere
from tests.search.towns import Town, serving

if TYPE_CHECKING:
    from portal.statistics.counting import Audience
from search_index.engine import IndexDamaged

ADDRESS = "/recherche?quoi=crèche"


@pytest.fixture
def creche(town: Town) -> None:
    town.knows(serving("Crèche du Lavoir", opens="Mo-Sa 07:30-18:30", concepts=("PE02",)))


@pytest.fixture
def made(app: Flask) -> Iterator[list[str]]:
    """List the templates put into words."""
    names: list[str] = []

    def note(_app: Flask, template: object, **_: object) -> None:
        names.append(str(getattr(template, "name", "")))

    with template_rendered.connected_to(note, app):
        yield names


def _rename(build: Builder) -> Service:
    service = build.session.scalars(select(Service)).one()
    change_service(build.session, service=service, act=build.act, title="Crèche du Moulin")
    return service


@pytest.mark.usefixtures("creche")
def test_the_same_address_within_the_minute_is_made_once(visit: Visit, made: list[str]) -> None:
    first, again = visit(ADDRESS), visit(ADDRESS)
    assert (made, again.n_queries) == (["search/results.html"], 0)
    assert again.response.data == first.response.data
    assert again.response.headers["Content-Security-Policy"] == first.response.headers["Content-Security-Policy"]


@pytest.mark.usefixtures("creche")
def test_a_change_is_seen_at_once_on_a_page_that_was_kept(visit: Visit, town: Town) -> None:
    visit(ADDRESS)
    town.change(_rename)
    assert "Crèche du Moulin" in visit(ADDRESS).text


@pytest.mark.usefixtures("creche")
def test_a_change_made_elsewhere_is_seen_once_the_index_has_it(
    visit: Visit, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cards, "PATIENCE", 3600)
    visit(ADDRESS)
    change_elsewhere(town, _rename)
    town.search.indexing.catch_up()
    assert "Crèche du Moulin" in visit(ADDRESS).text


@pytest.mark.usefixtures("creche")
def test_the_next_minute_says_its_own_state(visit: Visit, clock: FixedClock) -> None:
    assert "Ouvert" in visit(ADDRESS).text
    clock.advance(timedelta(hours=10))
    assert "Fermé" in visit(ADDRESS).text


@pytest.mark.usefixtures("creche")
@pytest.mark.parametrize("other", ["/en/recherche?quoi=crèche", "/simple/recherche?quoi=crèche", f"{ADDRESS}&page=1"])
def test_another_address_is_another_page(visit: Visit, made: list[str], other: str) -> None:
    visit(ADDRESS)
    visit(other)
    assert len(made) == 2


@pytest.mark.usefixtures("creche")
def test_who_reads_compressed_pages_and_who_does_not_each_get_theirs(browser: FlaskClient) -> None:
    plain = browser.get(ADDRESS)
    packed = browser.get(ADDRESS, headers={"Accept-Encoding": "gzip"})
    assert (plain.headers.get("Content-Encoding"), packed.headers["Content-Encoding"]) == (None, "gzip")
    assert browser.get(ADDRESS, headers={"Accept-Encoding": "gzip"}).data == packed.data


@pytest.mark.usefixtures("creche")
def test_who_refuses_compressed_pages_gets_them_plain(browser: FlaskClient) -> None:
    packed = browser.get(ADDRESS, headers={"Accept-Encoding": "br, gzip;q=0.5"})
    plain = browser.get(ADDRESS, headers={"Accept-Encoding": "gzip;q=0, *"})
    assert (packed.headers["Content-Encoding"], plain.headers.get("Content-Encoding")) == ("gzip", None)


@pytest.mark.usefixtures("creche")
def test_memory_is_bound_by_what_pages_weigh(
    browser: FlaskClient, made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remembering, "MOST_KEPT", 60_000)
    for number in range(9):
        browser.get(f"{ADDRESS}&page={number}")
    n_made = len(made)
    browser.get(f"{ADDRESS}&page=0")
    assert len(made) == n_made + 1


@pytest.mark.usefixtures("creche")
def test_a_page_given_again_is_counted_again(app: Flask, browser: FlaskClient) -> None:
    audience: Audience = app.extensions["maillage audience"]
    browser.get(ADDRESS, headers={"User-Agent": "Firefox"})
    browser.get(ADDRESS, headers={"User-Agent": "Firefox"})
    assert list(audience.take().values()) == [2]


@pytest.mark.usefixtures("creche")
def test_a_need_that_finds_nothing_is_counted_each_time(visit: Visit, made: list[str]) -> None:
    visit("/recherche?quoi=patinoire")
    visit("/recherche?quoi=patinoire")
    assert len(made) == 2


@pytest.mark.usefixtures("creche")
def test_who_has_the_page_already_is_told_so(browser: FlaskClient) -> None:
    mark = browser.get(ADDRESS).headers["ETag"]
    assert browser.get(ADDRESS, headers={"If-None-Match": mark}).status_code == 304


@pytest.mark.usefixtures("creche")
def test_nothing_is_kept_while_the_index_is_lost(
    visit: Visit, made: list[str], town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(_: object) -> int:
        raise IndexDamaged

    monkeypatch.setattr(type(town.search.indexing.engine), "mark", property(lost))
    visit(ADDRESS)
    visit(ADDRESS)
    assert len(made) == 2
