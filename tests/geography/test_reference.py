"""The shipped reference data is whole, dated, attributed and small."""

import csv
import gzip
import hashlib
import json
from pathlib import Path

import pytest

from portal.geography.communes import REFERENCE, Communes, edition
from portal.geography.distances import great_circle, metres_outside
from portal.geography.points import Point
from portal.geography.territories import contours_of
from portal.geography.territory import Territory
from tests.tools.claims import every


def test_all_communes_of_france_are_there(france: Communes) -> None:
    assert len(france) == len(set(france.codes)) == 34_969
    assert every(commune.postal_codes for commune in france if not commune.code.startswith("984"))


def test_a_commune_is_known_in_full(france: Communes) -> None:
    romilly = france.get("10323")
    assert romilly is not None
    assert (romilly.name, romilly.department_name, romilly.epci) == ("Romilly-sur-Seine", "Aube", "200000545")
    assert (romilly.population, romilly.postal_codes, romilly.slug) == (14_959, ("10100",), "10323-romilly-sur-seine")


def test_every_commune_has_a_department_a_point_and_a_radius(france: Communes) -> None:
    assert {commune.department_name for commune in france} == set(france.departments.values())
    assert min(commune.radius for commune in france) >= 200


def test_every_alias_leads_to_a_commune_of_today(france: Communes) -> None:
    assert [alias for alias in france.aliases() if alias.commune not in france] == []
    assert [alias for alias in france.aliases() if alias.code in france] == []


@pytest.mark.parametrize(
    ("old", "today"),
    [
        ("10323", "10323"),  # still in use
        ("75115", "75056"),  # arrondissement of Paris
        ("69383", "69123"),  # of Lyon
        ("13208", "13055"),  # of Marseille
        ("23023", "23149"),  # merged in 2025
        ("10322", "10314"),  # merged in 1973, no delegated commune since
        ("00000", None),
    ],
)
def test_any_code_translates_to_todays(france: Communes, old: str, today: str | None) -> None:
    assert france.todays_code(old) == today


def test_files_are_the_ones_the_edition_describes() -> None:
    digests = {name: hashlib.sha256((REFERENCE / name).read_bytes()).hexdigest() for name in edition()["files"]}
    assert digests == edition()["files"]
    assert edition()["edition"] == "2026-01-01"
    assert every(source["licence"] == "Licence Ouverte 2.0" for source in edition()["sources"])


def test_files_are_small_and_bear_no_date_of_building() -> None:
    packed = (REFERENCE / "communes.csv.gz").read_bytes()
    assert len(packed) < 800_000
    assert packed[4:8] == b"\0\0\0\0"


def test_contours_cover_the_territory_and_share_their_borders(territory: Territory) -> None:
    packed = contours_of("petr-seine-en-plaine-champenoise") or b""
    features = json.loads(gzip.decompress(packed))["features"]
    assert {feature["properties"]["code"] for feature in features} == territory.communes
    assert len(packed) <= 150_000
    corners = [tuple(pair) for feature in features for ring in feature["geometry"]["coordinates"] for pair in ring[0]]
    assert len(set(corners)) < 0.6 * len(corners)


def test_contours_lie_within_the_radius_of_their_commune(france: Communes) -> None:
    packed = contours_of("petr-seine-en-plaine-champenoise") or b""
    for feature in json.loads(gzip.decompress(packed))["features"]:
        commune = france.get(feature["properties"]["code"])
        assert commune is not None
        for ring in feature["geometry"]["coordinates"]:
            corners = [Point(lat, lon) for lon, lat in ring[0]]
            assert {metres_outside(each, centre=commune.point, radius=commune.radius - 1950) for each in corners} == {0}


def test_a_territory_without_contours_has_none() -> None:
    assert contours_of("../communes") is None


def test_points_lie_near_the_mean_of_the_corners(shared_communes: Path, france: Communes) -> None:
    lines = (shared_communes / "territoires-derives.csv").read_text(encoding="utf-8").splitlines()
    far = []
    for row in csv.DictReader(lines):
        commune = france.get(row["code_insee"])
        assert commune is not None
        point = commune.point
        away = great_circle(point.lat, point.lon, float(row["latitude"]), float(row["longitude"]))
        if away > commune.radius / 2:
            far.append(row["nom"])
    assert far == []
