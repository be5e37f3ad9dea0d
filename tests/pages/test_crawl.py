"""A walk through a whole small site: nothing broken, nothing named twice, and the map lists exactly what is there."""

from dataclasses import replace
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest
from flask.testing import FlaskClient

from portal.app import Opened, create_app
from portal.core.clock import FixedClock
from portal.core.command import Room
from portal.core.database import Database
from portal.directory.models.services import Service
from portal.directory.operations.lifecycle import close_service
from portal.directory.operations.occurrences import refresh_occurrences
from portal.geography.territories import demonstration_territory
from portal.search.serving import current_search
from tests.directory.builders import Builder
from tests.search.towns import NOGENT, ROMILLY, TRAINEL, a_place_in, settle_town
from tests.tools.crawler import SITE, walk

MAP = {"map": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def _service(build: Builder, title: str, commune: str, place: str, **values: object) -> Service:
    structure = build.a_structure(name=f"Structure de {title}")
    where = a_place_in(build, commune, name=place)
    return build.a_service(title=title, structure=structure, at=where, **values)  # type: ignore[arg-type]  # by name


def _settle(build: Builder) -> None:
    _service(build, "Mairie de Romilly", ROMILLY, "Hôtel de ville", opens="Mo-Fr 09:00-12:00", concepts=("AD01",))
    _service(build, "Crèche Les Lutins", ROMILLY, "Maison des lutins", concepts=("PE01",))
    _service(build, "Gendarmerie", TRAINEL, "Caserne")
    former = _service(build, "Ancienne perception", NOGENT, "Hôtel des impôts")
    heir = _service(build, "Accueil fiscal", NOGENT, "Maison des services")
    close_service(build.session, service=former, act=build.act, successor=heir)
    bus = _service(build, "Bus des services", ROMILLY, "Place du marché")
    tour = build.a_tour(name="Tournée du bus", structure=bus.structure)
    quiet = _service(build, "Vos droits", ROMILLY, "Maison discrète", concepts=("SO11",))
    round_trip = build.a_tour(name="Tournée discrète", structure=quiet.structure)
    hidden = build.a_stop(round_trip, place=a_place_in(build, NOGENT, name="Salle discrète"))
    build.an_access_point(quiet, at=hidden)
    stop = build.a_stop(tour, place=a_place_in(build, NOGENT, name="Place du pont"), opens="Tu 09:00-12:00")
    build.an_access_point(bus, at=stop)


@pytest.fixture
def browser(database: Database, clock: FixedClock, tmp_path: Path) -> FlaskClient:
    """Open the portal of two communes, where a service closed and a bus passes; a third lies outside."""
    territory = replace(demonstration_territory(), communes=frozenset({ROMILLY, NOGENT}))
    room = Room(data_dir=tmp_path, database=database, clock=clock)
    app = create_app(room, territory, Opened("k" * 64, ("localhost",), exit_url="https://weather.example"))
    with app.app_context():
        town = settle_town(database, clock, current_search())
    town.knows(_settle)
    with database.writing() as session:
        refresh_occurrences(session, now=clock.now())
    return app.test_client()


def test_whole_site_holds_together(browser: FlaskClient) -> None:
    walked = walk(browser)
    assert walked.broken == {}
    assert walked.invalid == {}
    assert walked.lost_fragments() == []
    assert walked.repeated_titles() == {}
    mapped = {each.text for each in fromstring(browser.get("/sitemap.xml").text).findall(".//map:loc", MAP)}  # noqa: S314 - our own document
    assert {SITE + page.path for page in walked.indexed()} == mapped
    assert len(mapped) > 80
