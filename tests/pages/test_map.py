"""What the map of a list stands on."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from portal.app import Opened, create_app
from portal.core.clock import FixedClock
from portal.core.command import Room
from portal.core.database import Database
from portal.geography.territories import demonstration_territory
from portal.geography.territory import Territory
from tests.pages.conftest import Visit
from tests.search.towns import Town, serving

TILES = "https://{s}.tiles.example/{z}/{x}/{y}.png"


def test_every_commune_of_the_territory_has_its_outline_and_name(browser: FlaskClient) -> None:
    answer = browser.get("/carte/communes.geojson")
    found = {each["properties"]["code"]: each for each in json.loads(answer.text)["features"]}
    assert found.keys() == demonstration_territory().communes
    assert found["10323"]["properties"]["nom"] == "Romilly-sur-Seine"
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
    lines = page.root.findall(".//article[@data-lat]")
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
