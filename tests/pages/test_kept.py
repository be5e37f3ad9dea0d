"""What pages keep beyond the minute is what they would say anew: at every hour, after every change, for everybody."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core.clock import FixedClock
from portal.core.command import Room
from portal.core.database import Database
from portal.directory.models.access_points import AccessPoint, Tour
from portal.directory.models.identities import Addressed
from portal.directory.models.places import Place
from portal.directory.models.services import Service
from portal.directory.models.structures import Structure
from portal.directory.operations.lifecycle import publish_service
from portal.directory.operations.services import change_service
from portal.search.exports.listing import alone
from portal.web import kept
from search_index.engine import IndexDamaged
from tests.directory.builders import Builder
from tests.pages.conftest import Visit
from tests.pages.test_drawn_once import VERSIONS, read, started
from tests.search.test_cards import change_elsewhere
from tests.search.towns import NOGENT, ROMILLY, TRAINEL, Town, a_place_in, serving
from tests.tools.claims import every

COMMUNE = "/communes/10323-romilly-sur-seine"
FEEDS = ("/passages.ics?ou=romilly", "/passages.atom?ou=romilly")
PASSAGES = ("/passages?ou=romilly", "/passages", "/passages/affiche?ou=romilly")
HOURS = (0, 2.99, 3, 6.5, 15)
"""From Saturday 21 November 2026, nine in the morning, on: what opens and closes by then, and midnight."""
SHELVES: dict[str, type[Addressed]] = {"services": Service, "lieux": Place, "structures": Structure, "tournees": Tour}


@pytest.fixture
def addresses(town: Town, database: Database) -> list[str]:
    """List the pages of a small directory: a bus, a desk with a break at noon, one with two doors, a mairie."""
    town.knows(
        _bus,
        serving("Mairie de Romilly-sur-Seine", opens="Mo-Sa 08:30-12:00", concepts=("AD01",)),
        serving(
            "Crèche du Lavoir", NOGENT, opens="Sa 09:00-12:00,14:00-18:00", concepts=("PE02",), summary="Aides CAF"
        ),
        _two_doors,
    )
    with database.reading() as session:
        return [COMMUNE, *PASSAGES, *_sheets(session), *_doors(session)]


def _bus(build: Builder) -> Service:
    """Let a bus stop at two places on one day, and at one of them for two overlapping whiles."""
    service, tour = build.a_draft(title="Bus numérique", concepts=("NU01",)), build.a_tour(name="Tournée du bus")
    for commune, opens in ((ROMILLY, "Sa 10:00-12:00,11:00-15:00; Tu 09:00-12:00"), (TRAINEL, "Sa 15:30-18:00")):
        stop = build.a_stop(tour, place=a_place_in(build, commune), opens=opens)
        build.an_access_point(service, at=stop)
    publish_service(build.session, service=service, act=build.act)
    return service


def _two_doors(build: Builder) -> Service:
    service = build.a_service(title="Point CAF", at=a_place_in(build, ROMILLY), opens="Sa 08:00-11:00")
    build.an_access_point(service, at=a_place_in(build, NOGENT), opens="Sa 13:00-16:00; Su 00:00-24:00")
    return service


def _sheets(session: Session) -> Iterator[str]:
    for shelf, table in SHELVES.items():
        for row in session.scalars(select(table).order_by(table.id)):
            yield f"/{shelf}/{row.slug}-{row.public_id}"


def _doors(session: Session) -> Iterator[str]:
    rows = session.execute(select(Service, AccessPoint).join(AccessPoint, AccessPoint.service_id == Service.id))
    return (f"/services/{each.slug}-{each.public_id}?acces={door.public_id}" for each, door in rows)


@pytest.fixture
def room(database: Database, clock: FixedClock, tmp_path: Path) -> Room:
    return Room(data_dir=tmp_path, database=database, clock=clock)


@pytest.mark.parametrize("version", VERSIONS)
def test_a_page_that_was_kept_is_the_page_made_anew(
    room: Room, addresses: list[str], clock: FixedClock, monkeypatch: pytest.MonkeyPatch, version: str
) -> None:
    monkeypatch.setattr(kept, "LONGEST", 10**6)
    monkeypatch.setattr(kept, "SETTLING", 0)
    used, anew, begun = started(room), started(room), clock.now()
    kept.keep_pages(anew.application, stamp=lambda: None)
    for hour in HOURS:
        clock.advance(begun + timedelta(hours=hour) - clock.now())
        asked = [version + each for each in addresses]
        assert [read(used, each) for each in asked] == [read(anew, each) for each in asked]


@pytest.mark.usefixtures("addresses")
@pytest.mark.parametrize("feed", FEEDS)
def test_a_feed_that_was_kept_is_the_feed_made_anew(
    room: Room, clock: FixedClock, monkeypatch: pytest.MonkeyPatch, feed: str
) -> None:
    monkeypatch.setattr(kept, "LONGEST", 10**6)
    monkeypatch.setattr(kept, "SETTLING", 0)
    used, begun, told = started(room), clock.now(), set()
    for hour in HOURS:
        clock.advance(begun + timedelta(hours=hour) - clock.now())
        told.add(read(used, feed))
        assert read(used, feed) == read(started(room), feed)
    assert len(told) > 1


@pytest.mark.usefixtures("addresses")
def test_a_feed_that_was_kept_is_given_while_another_list_is_written(browser: FlaskClient, clock: FixedClock) -> None:
    clock.advance(timedelta(minutes=2))
    first = [browser.get(feed) for feed in FEEDS]
    with alone():
        again = [browser.get(feed) for feed in FEEDS]
        busy = browser.get(f"{FEEDS[0]}&rayon=20")
    assert [each.data for each in again] == [each.data for each in first]
    assert (busy.status_code, busy.headers["Retry-After"]) == (503, "60")


@pytest.mark.usefixtures("addresses")
def test_what_is_kept_costs_no_query_at_another_hour(visit: Visit, addresses: list[str], clock: FixedClock) -> None:
    for _ in range(3):
        clock.advance(timedelta(minutes=2))
        costs = [visit(each).n_queries for each in addresses]
    assert costs == [0] * len(addresses)


def _rename(build: Builder) -> None:
    service = build.session.scalars(select(Service).where(Service.title == "Point CAF")).one()
    change_service(build.session, service=service, act=build.act, title="Guichet CAF")


@pytest.mark.parametrize("change", [Town.change, change_elsewhere])
def test_a_change_is_seen_on_what_was_kept(
    visit: Visit, town: Town, addresses: list[str], change: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.search.cards.PATIENCE", 3600)
    told = [each for each in addresses if "Point CAF" in visit(each).text and "point-caf" not in each]
    change(town, _rename)
    town.search.indexing.catch_up()
    assert len(told) >= 3
    assert every("Guichet CAF" in visit(each).text for each in told)


@pytest.mark.usefixtures("addresses")
def test_what_no_change_tells_of_is_read_after_ten_minutes(visit: Visit, clock: FixedClock) -> None:
    visit(COMMUNE)
    clock.advance(timedelta(minutes=2))
    visit(COMMUNE)
    clock.advance(timedelta(minutes=9))
    assert visit(COMMUNE).n_queries == 0
    clock.advance(timedelta(minutes=2))
    assert visit(COMMUNE).n_queries > 0


@pytest.mark.usefixtures("addresses")
def test_what_is_made_just_after_a_change_is_made_again_a_minute_later(visit: Visit, clock: FixedClock) -> None:
    visit(COMMUNE)
    clock.advance(timedelta(minutes=1))
    assert visit(COMMUNE).n_queries > 0


@pytest.mark.usefixtures("addresses")
def test_nothing_is_kept_while_the_index_is_lost(visit: Visit, town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    def lost(_query: object) -> None:
        raise IndexDamaged

    with monkeypatch.context() as damage:
        damage.setattr(town.search.indexing.engine, "search", lost)
        page = visit(COMMUNE)
        assert "revient dans un instant" in page.text
    assert "revient dans un instant" not in visit(f"{COMMUNE}?encore").text


def test_the_list_of_a_visitor_is_never_kept(room: Room, addresses: list[str]) -> None:
    used, mine = started(room), "?s=zzz"
    sheets = [each for each in addresses if each.startswith("/services/") and "?" not in each]
    theirs = [read(used, f"{each}?s={sheets[0][-6:]}") for each in sheets]
    assert every(sheets[0][-6:] in page for page in theirs)
    assert [read(used, each + mine) for each in sheets] == [read(started(room), each + mine) for each in sheets]


def test_memory_of_pages_is_bound(visit: Visit, addresses: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MOST_KEPT", 3 * kept.WORDS)
    for each in addresses:
        visit(each)
    assert visit(f"{addresses[0]}?encore").n_queries > 0


def test_what_was_asked_for_longest_ago_leaves_first(
    visit: Visit, addresses: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "MOST_KEPT", 12 * kept.WORDS)
    sheets = [each for each in addresses if each.startswith("/services/") and "?" not in each]
    for number in range(5):
        for each in (sheets[0], *(f"{prefix}{sheets[1 + number % 3]}" for prefix in ("", "/en"))):
            visit(f"{each}?encore={number}")
    assert visit(f"{sheets[0]}?enfin").n_queries == 0


def test_what_is_drawn_of_a_page_counts_too(
    visit: Visit, addresses: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "MOST_KEPT", kept.WORDS + 100)
    [sheet] = [each for each in addresses if "creche-du-lavoir" in each and "?" not in each]
    visit(sheet)
    assert visit(f"{sheet}?encore").n_queries > 0


@pytest.mark.usefixtures("addresses")
def test_what_passes_is_read_once_for_all_pages_around(visit: Visit) -> None:
    assert visit("/passages?ou=romilly&rayon=20").n_queries > 0
    poster = "/passages/affiche?ou=romilly&semaine=2026-11-21"
    around = ("/passages?ou=romilly&rayon=5", "/en/passages?ou=romilly", poster)
    assert [visit(each).n_queries for each in around] == [0, 0, 0]
    assert "Bus numérique" in visit(around[0]).text


@pytest.mark.parametrize("change", [Town.change, change_elsewhere])
def test_a_change_is_seen_on_what_others_read(
    visit: Visit, town: Town, addresses: list[str], change: Callable[..., None]
) -> None:
    def rename(build: Builder) -> None:
        service = build.session.scalars(select(Service).where(Service.title == "Bus numérique")).one()
        change_service(build.session, service=service, act=build.act, title="Camion numérique")

    visit(addresses[1])
    change(town, rename)
    town.search.indexing.catch_up()
    assert "Camion numérique" in visit(f"{addresses[1]}&rayon=5").text


@pytest.mark.usefixtures("addresses")
def test_no_page_outlives_what_it_was_made_of(visit: Visit, clock: FixedClock) -> None:
    visit("/passages?ou=romilly")
    clock.advance(timedelta(minutes=2))
    visit("/passages?ou=romilly")
    clock.advance(timedelta(minutes=9))
    assert visit("/passages?ou=romilly&rayon=5").n_queries == 0
    clock.advance(timedelta(minutes=2))
    assert visit("/passages?ou=romilly&rayon=5").n_queries > 0


def test_a_door_that_is_not_its_own_is_not_kept(visit: Visit, addresses: list[str]) -> None:
    [sheet] = [each for each in addresses if "creche-du-lavoir" in each and "?" not in each]
    answers = [visit(f"{sheet}?acces={door}") for door in ("2222", "3333", "2222&encore")]
    assert every(page.n_queries > 0 for page in answers)


@pytest.mark.usefixtures("addresses")
def test_words_beside_the_name_of_a_town_are_not_kept(visit: Visit, browser: FlaskClient) -> None:
    for words in ("Romilly-sur-Seine", "10100", "10100 dupont"):
        assert "Romilly-sur-Seine" in visit(f"/passages?ou={words}&rayon=5").text
    memory = str(vars(browser.application.extensions["maillage kept"]))
    assert "where='Romilly-sur-Seine'" in memory
    assert "where='10100'" in memory
    assert "dupont" not in memory


def test_what_was_made_of_a_value_is_told_to_who_gave_it_alone(visit: Visit, addresses: list[str]) -> None:
    for path in ("/passages", "/passages/affiche"):
        theirs = visit(f"{path}?ou=romilly&theme=secret")
        assert "« secret »" in theirs.text
        assert "secret" not in visit(f"{path}?ou=romilly").text
        assert "« autre »" in visit(f"{path}?ou=romilly&theme=autre").text
    assert addresses
