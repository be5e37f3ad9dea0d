"""What holds for every commune and for any text."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.geography.communes import Commune
from portal.geography.distances import great_circles
from portal.geography.lookup import Lookup, Match
from portal.geography.lookup import communes as all_communes
from portal.geography.points import Point

SOME = random.Random(2026).sample(range(34_969), 400)


@pytest.fixture(scope="module")
def some_communes(lookup: Lookup) -> list[Commune]:
    """Give communes drawn over all of France."""
    return [lookup.communes.at(row) for row in SOME]


def test_every_name_finds_its_commune_exactly(lookup: Lookup, some_communes: list[Commune]) -> None:
    lost = []
    for commune in some_communes:
        exact = {each.commune.code for each in lookup.find(commune.name) if each.match is Match.EXACT}
        if commune.code not in exact:
            lost.append(commune.name)
    assert lost == []


def test_every_name_with_its_department_comes_first(lookup: Lookup, some_communes: list[Commune]) -> None:
    firsts = {commune.code: lookup.find(f"{commune.name} {commune.department}")[0] for commune in some_communes}
    assert [c.name for c in some_communes if firsts[c.code].commune.name.lower() != c.name.lower()] == []
    assert {each.match for each in firsts.values()} == {Match.EXACT}


def test_every_code_finds_its_commune(lookup: Lookup, some_communes: list[Commune]) -> None:
    answers = {commune.code: lookup.find(commune.code) for commune in some_communes}
    by_code = {code: [each for each in found if each.match is Match.CODE] for code, found in answers.items()}
    # The digits may be a postal code too, and then mean a place there first; Match.CODE is still given.
    served = {code for code, found in answers.items() if any(e.match is Match.POSTAL_CODE for e in found)}
    assert [code for code, found in by_code.items() if not found and code not in served] == []
    assert [code for code, found in by_code.items() if found and found[0].commune.code != code] == []


def test_every_commune_is_listed_at_its_postal_codes(lookup: Lookup, some_communes: list[Commune]) -> None:
    lost = [
        (commune.code, postal)
        for commune in some_communes
        for postal in commune.postal_codes
        if commune.code not in {each.commune.code for each in lookup.find(postal)}
    ]
    assert lost == []


def test_a_dropped_letter_still_finds_long_names(lookup: Lookup, some_communes: list[Commune]) -> None:
    lost = []
    for commune in some_communes:
        middle = len(commune.name) // 2
        slipped = commune.name[:middle] + commune.name[middle + 1 :]
        if len(commune.name) > 14 and commune.code not in {e.commune.code for e in lookup.find(slipped, limit=50)}:
            lost.append(slipped)
    assert lost == []


@given(st.text(max_size=60))
def test_any_text_is_answered(text: str) -> None:
    found = all_communes().find(text)
    assert len({each.commune.code for each in found}) == len(found)


@given(st.text(alphabet="saintdelro -'10", min_size=2, max_size=20), st.integers(1, 30))
def test_answers_come_in_the_order_of_their_classes(text: str, limit: int) -> None:
    found = all_communes().find(text, limit=limit)
    assert [each.match for each in found] == sorted(each.match for each in found)
    assert found == all_communes().find(text, limit=limit)


def test_the_commune_nearest_to_a_point_is_found_by_its_latitude(lookup: Lookup) -> None:
    known, draw = lookup.communes, random.Random(2026)
    seas = [Point(0, 0), Point(46.2, -9.0), Point(89, 0), Point(-21.1, 55.5), Point(48.5, 180)]
    points = seas + [Point(draw.uniform(42, 51), draw.uniform(-5, 8)) for _ in range(200)]
    wrong = []
    for point in points:
        away = great_circles(point.lat, point.lon, known.lats, known.lons)
        if away[known.row_near(point)] > away.min():
            wrong.append(point)
    assert wrong == []


@pytest.mark.parametrize("metres", [5_000, 20_000, 150_000])
def test_the_communes_within_a_distance_are_found_by_their_latitude(lookup: Lookup, metres: int) -> None:
    known, draw = lookup.communes, random.Random(metres)
    for _ in range(40):
        point = Point(draw.uniform(42, 51), draw.uniform(-5, 8))
        away = great_circles(point.lat, point.lon, known.lats, known.lons)
        assert known.rows_within(point, metres) == (away <= metres).nonzero()[0].tolist()
