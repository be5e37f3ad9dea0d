"""Every cell and comment of the real France services lists has an expected reading; none is read otherwise."""

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from portal.hours.france_services import read_days
from portal.hours.slots import Appointment, Opening, Weekday
from tests.hours.french_notation import dump, table

HERE = Path(__file__).resolve().parent
LISTS = HERE.parents[1].parent / "shared" / "data" / "france-services"
CELLS = table(HERE / "france_services_cells.txt")
COMMENTS = table(HERE / "france_services_comments.txt")
COLUMNS = ("h_lundi", "h_mardi", "h_mercredi", "h_jeudi", "h_vendredi", "h_samedi")
WEEK = dict.fromkeys((Weekday(number) for number in range(5)), "09:00 - 12:00 / 14:00 - 17:00")
PHONE = re.compile(r"(?<!\d)0\d(?:[ .]?\d{2}){4}(?!\d)")
MAIL = re.compile(r"[\w.-]+@[\w.-]+\w")


def test_the_table_of_cells_covers_both_generations() -> None:
    assert len(CELLS) > 130
    assert len(COMMENTS) == 27


@pytest.mark.parametrize(("cell", "expected"), CELLS.items())
def test_cell_of_a_day_is_read_as_written(cell: str, expected: str) -> None:
    assert reading_of_cell(cell) == expected


@pytest.mark.parametrize(("comment", "expected"), COMMENTS.items())
def test_comment_amends_the_days_or_stands_beside(comment: str, expected: str) -> None:
    opening, problems = read_days(WEEK, comment)
    assert dump(opening) == expected
    assert bool(problems) is not opening.is_complete


def test_no_cell_of_the_real_lists_is_read_wrongly(record_property: Callable[[str, object], None]) -> None:
    found = Counter(_verdict(reading_of_cell(cell), CELLS.get(cell)) for cell in _real_cells())
    record_property("cells", str(dict(found)))
    assert found["wrong"] == 0
    assert found["read"] > 1000 * found["flagged"] / 100


def test_no_comment_of_the_real_lists_is_read_wrongly(record_property: Callable[[str, object], None]) -> None:
    found = Counter(_verdict(dump(read_days(WEEK, said)[0]), COMMENTS.get(said)) for said in _real_comments())
    record_property("comments", str(dict(found)))
    assert found["wrong"] == 0
    assert found["read"] >= 6


def test_empty_cell_among_others_is_a_closed_day() -> None:
    opening, problems = read_days({Weekday.MONDAY: "09:00 - 12:00", Weekday.TUESDAY: ""})
    assert (dump(opening), problems) == ("lu 9h-12h", [])


@pytest.mark.parametrize("cell", ["", "-", "00:00 - 00:00"])
def test_week_without_hours_says_nothing(cell: str) -> None:
    assert read_days(dict.fromkeys(Weekday, cell)) == (Opening(), [])


def test_zero_hours_close_the_half_day_only() -> None:
    opening, _ = read_days({Weekday.MONDAY: "00:00 - 00:00 / 13:45 - 16:30"})
    assert dump(opening) == "lu 13h45-16h30"


def test_overlapping_intervals_are_joined_and_reported() -> None:
    cell = "09:00 - 12:00 / 10:00 - 12:30 / 14:00 - 16:00 / 15:00 - 17:00 / 14:30 - 16:30"
    opening, problems = read_days({Weekday.MONDAY: cell})
    assert dump(opening) == "lu 9h-12h30,14h-17h"
    assert [(problem.code, problem.field) for problem in problems] == [("plages-chevauchantes", "lundi")]


@pytest.mark.parametrize("cell", ["17:00 - 09:00", "09:00 - 25:00", "09:00 - 12:75", "9h - 12h - 14h", "à voir"])
def test_faulty_cell_leaves_its_day_in_doubt(cell: str) -> None:
    opening, problems = read_days({Weekday.MONDAY: cell, Weekday.TUESDAY: "09:00 - 12:00"})
    assert dump(opening).startswith("ma 9h-12h ; ? lu")
    assert problems[0].field == "lundi"


def test_contradictory_seasons_put_the_whole_row_in_doubt() -> None:
    cells = {
        Weekday.FRIDAY: "Juin à septembre :14h-17h30 Été : 10h-12h30",
        Weekday.SATURDAY: "Juin à septembre : 9h-12h",
    }
    opening, problems = read_days(cells)
    assert dump(opening) == "? sa ; ? ve"
    assert [problem.code for problem in problems] == ["saison-sans-dates", "ligne-a-verifier"]


@pytest.mark.parametrize(
    ("said", "expected"), [("Oui", Appointment.POSSIBLE), ("Non", Appointment.NONE), ("", Appointment.NONE)]
)
def test_appointment_column_says_whether_one_may_ask(said: str, expected: Appointment) -> None:
    opening, problems = read_days(WEEK, appointment=said)
    assert ({slot.appointment for slot in opening.slots}, problems) == ({expected}, [])


def test_strange_appointment_column_is_reported() -> None:
    _, problems = read_days(WEEK, appointment="peut-être")
    assert [(problem.code, problem.field) for problem in problems] == [("rendez-vous-inconnu", "rendez-vous")]


def test_comment_wins_over_the_appointment_column() -> None:
    opening, _ = read_days(WEEK, "L'après-midi sur rendez-vous", "Non")
    assert dump(opening) == "lu-ve 9h-12h ; lu-ve 14h-17h rdv"


def reading_of_cell(cell: str) -> str:
    """Read a cell as that of a Monday beside a filled Sunday, so that an empty one means closed."""
    opening, _ = read_days({Weekday.MONDAY: "" if cell == "(vide)" else cell, Weekday.SUNDAY: "10:00 - 11:00"})
    return "fermé" if dump(opening) == "di 10h-11h" else dump(opening).replace("di 10h-11h", "").strip(" ;")


def _verdict(reading: str, expected: str | None) -> str:
    if reading != expected:
        return "wrong"
    return "flagged" if "?" in reading else "read"


def _rows() -> Iterator[dict[str, str]]:
    if not LISTS.is_dir():
        pytest.skip("Les listes France services ne sont pas à côté du dépôt.")
    for path in sorted(LISTS.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            yield from csv.DictReader(lines)


def _real_cells() -> Iterator[str]:
    for row in _rows():
        for column in COLUMNS:
            yield " ".join(row[column].split()) or "(vide)"


def _real_comments() -> Iterator[str]:
    said = (" ".join(row.get("commentaire", "").split()) for row in _rows())
    return (MAIL.sub("contact@exemple.example", PHONE.sub("03 53 01 00 00", words)) for words in said if words)
