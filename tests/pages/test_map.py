"""What the map of a list stands on."""

import json
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from portal.app import Opened, create_app
from portal.core.clock import FixedClock
from portal.core.command import Room
from portal.core.database import Database
from portal.directory.operations.lifecycle import publish_service
from portal.directory.rules.choices import Precision
from portal.geography.lookup import communes
from portal.geography.territories import demonstration_territory
from portal.geography.territory import Territory
from portal.pages.map.names import scales_of
from tests.directory.builders import Builder
from tests.pages.conftest import Visit
from tests.search.towns import ROMILLY, Town, a_place_in, serving

TILES = "https://{s}.tiles.example/{z}/{x}/{y}.png"


def test_every_commune_of_the_territory_has_its_outline_and_name(browser: FlaskClient) -> None:
    answer = browser.get("/carte/communes.geojson")
    found = {each["properties"]["code"]: each for each in json.loads(answer.text)["features"]}
    assert found.keys() == demonstration_territory().communes
    assert found["10323"]["properties"]["nom"] == "Romilly-sur-Seine"
    assert found["10323"]["properties"]["zoom"] < found["10353"]["properties"]["zoom"]
    again = browser.get("/carte/communes.geojson", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_territory_without_outlines_shows_its_communes_as_points(
    database: Database, clock: FixedClock, tmp_path: Path
) -> None:
    elsewhere = replace(demonstration_territory(), slug="pays-d-en-haut")
    room = Room(data_dir=tmp_path, database=database, clock=clock)
    browser = create_app(room, elsewhere, Opened(secret_key="k" * 64, hosts=("localhost",))).test_client()
    found = json.loads(browser.get("/carte/communes.geojson").text)["features"]
    assert {each["properties"]["code"] for each in found} == elsewhere.communes
    assert {each["geometry"]["type"] for each in found} == {"Point"}


def test_results_offer_the_map_and_know_where_they_stand(visit: Visit, town: Town) -> None:
    town.knows(serving("Crèche du Lavoir", concepts=("PE02",)), lambda build: build.a_service(title="Crèche du Bois"))
    page = visit("/recherche?quoi=crèche")
    lines = [line for line in page.root.findall(".//article[@data-lat]") if line.get("data-about") is None]
    assert [(line.get("data-lat"), line.get("data-lon")) for line in lines] == [("48.5187", "3.7215")]
    button = page.root.findall(".//button[@data-map]")[0]
    assert (button.get("hidden"), button.get("data-tiles")) == ("", None)


@pytest.mark.parametrize("territory", [demonstration_territory(), None], ids=["territory", "none"])
def test_tiles_are_let_in_only_where_they_are_set(
    database: Database, clock: FixedClock, tmp_path: Path, territory: Territory | None
) -> None:
    room = Room(data_dir=tmp_path, database=database, clock=clock)
    opened = Opened(secret_key="k" * 64, hosts=("localhost",), tiles_url=TILES, tiles_credit="© Cartographes")
    browser = create_app(room, territory, opened).test_client()
    policy = browser.get("/recherche").headers["Content-Security-Policy"]
    assert "img-src 'self' data: https://*.tiles.example;" in policy
    assert json.loads(browser.get("/carte/communes.geojson").text)["type"] == "FeatureCollection"


def test_names_that_would_cover_each_other_wait_for_a_nearer_map() -> None:
    known = communes().communes
    large, small, away = (known.at(known.row_of(code)) for code in ("10323", "10220", "10268"))
    scales = scales_of([large, small, away, replace(small, code="0", population=1)])
    assert scales[large.code] == min(scales.values())
    assert scales["0"] == max(scales.values()) > scales[small.code]


@pytest.mark.parametrize("values", [{"point": None}, {"precision": Precision.COMMUNE}])
def test_address_nobody_located_stands_roughly_in_its_commune(
    visit: Visit, town: Town, values: dict[str, object]
) -> None:
    def act(build: Builder) -> object:
        where = a_place_in(build, ROMILLY, address="18 rue de la Poterne", **values)
        return build.a_service(title="Maison de santé", concepts=("SA02",), at=where)

    town.knows(serving("Maison médicale", concepts=("SA02",)), act)
    page = visit("/recherche?quoi=maison+de+santé+romilly")
    about = [line.get("data-about") for line in page.root.findall(".//article[@data-lat]")]
    assert sorted(about, key=bool) == [None, " (position approximative)"]
    assert page.text.count("moins de 1 km") == 1
    assert "est au centre de sa commune" in page.text


def test_numbers_off_the_map_are_listed_in_few_words(visit: Visit, town: Town) -> None:
    def by_phone(build: Builder, title: str) -> None:
        service = build.a_draft(title=title)
        build.by_phone(service)
        publish_service(build.session, service=service, act=build.act)

    town.knows(serving("Écoute a"), *(partial(by_phone, title=f"Écoute {letter}") for letter in "bcde"))
    assert "Les numéros 2 à 5 ne sont pas sur la carte" in visit("/recherche?quoi=écoute&tri=nom").text


def test_place_asked_for_is_named_on_the_map_as_it_is_printed(visit: Visit, town: Town) -> None:
    town.knows(serving("Crèche du Lavoir", concepts=("PE02",)))
    page = visit("/recherche?quoi=crèche&ou=Plancy&rayon=50")
    assert [each.get("data-name") for each in page.root.iter() if each.get("data-name")] == ["Plancy-l’Abbaye (10)"]
