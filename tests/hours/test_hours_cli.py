"""The `maillage hours` command, as a person or a program meets it."""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from portal.core.clock import FixedClock
from portal.core.command import Doors, Room
from portal.core.database import open_database
from portal.hours.cli import hours

Maillage = Callable[..., Result]
MONDAY_MORNING = datetime(2026, 11, 23, 10, 0)
GTFS = """service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date
s,1,1,1,1,1,0,0,20260101,20261231

service_id,date,exception_type
s,20261225,2"""
DILA = json.dumps(
    [
        {
            "nom_jour_debut": "Lundi",
            "nom_jour_fin": "Vendredi",
            "valeur_heure_debut_1": "09:00:00",
            "valeur_heure_fin_1": "12:00:00",
            "valeur_heure_debut_2": "",
            "valeur_heure_fin_2": "",
            "commentaire": "",
        }
    ]
)


@pytest.fixture
def maillage(tmp_path: Path) -> Maillage:
    def run(*arguments: str) -> Result:
        database = open_database(f"sqlite:///{tmp_path / 'maillage.sqlite'}")
        room = Room(data_dir=tmp_path, database=database, clock=FixedClock(MONDAY_MORNING))
        result = CliRunner().invoke(Doors(name="maillage", commands=[hours]), ["hours", *arguments], obj=room)
        database.close()
        return result

    return run


def _answer(result: Result) -> Any:  # noqa: ANN401 - whatever JSON holds
    return json.loads(result.stdout)


def test_json_answer_has_the_published_shape(maillage: Maillage) -> None:
    result = maillage("du lundi au vendredi 9h-12h", "--at", "2026-11-23T10:00", "--json")
    assert result.exit_code == 0
    assert _answer(result) == {
        "words": "lun.–ven. 9\u00a0h–12\u00a0h",
        "osm": "Mo-Fr 09:00-12:00",
        "problems": [],
        "state": {
            "code": "open",
            "text": "Ouvert jusqu’à 12\u00a0h",
            "until": "2026-11-23T12:00:00+01:00",
            "next": "2026-11-24T09:00:00+01:00",
        },
        "complete": True,
    }


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("french", "lundi 9h-12h"),
        ("osm", "Mo 09:00-12:00"),
        ("france-services", "lundi=09:00 - 12:00; mardi=00:00 - 00:00"),
        ("france-services", '{"h_lundi": "09:00 - 12:00", "h_mardi": "", "comment_horaires": null}'),
        ("dila", DILA),
        ("dila", json.dumps({"plage_ouverture": DILA})),
    ],
)
def test_every_format_is_understood(maillage: Maillage, written: str, text: str) -> None:
    result = maillage(text, "--format", written, "--json")
    assert (result.exit_code, _answer(result)["state"]["code"]) == (0, "open")


def test_transport_calendar_shows_its_days(maillage: Maillage) -> None:
    answer = _answer(maillage(GTFS, "--format", "gtfs", "--json"))
    assert answer["words"].startswith("lun.–ven.")
    assert "25 décembre 2026" in answer["words"]


@pytest.mark.parametrize("written", ["french", "osm", "france-services", "dila", "gtfs"])
@pytest.mark.parametrize("text", ["", "   "])
def test_empty_hours_are_a_problem(maillage: Maillage, written: str, text: str) -> None:
    result = maillage(text, "--format", written, "--json")
    assert (result.exit_code, _answer(result)["complete"]) == (3, False)
    assert [problem["code"] for problem in _answer(result)["problems"]] == ["horaires-vides"]


def test_unreadable_words_end_with_problems(maillage: Maillage) -> None:
    result = maillage("Mo 09:00-12:00; Sa matin", "--format", "osm", "--json")
    assert result.exit_code == 3
    assert (_answer(result)["complete"], _answer(result)["state"]["code"]) == (False, "open")


@pytest.mark.parametrize("value", ["hier", "2026-13-01", "2026-11-23T25:00", "0001-01-01T00:00+14:00", "9999-12-31"])
def test_unreadable_instant_is_a_usage_error(maillage: Maillage, value: str) -> None:
    result = maillage("lundi 9h-12h", "--at", value)
    assert result.exit_code == 2
    assert "instant" in result.stderr


@pytest.mark.parametrize(
    ("at", "code"),
    [
        ("2026-11-23T09:30", "open"),
        ("2026-11-23T09:30+00:00", "open"),
        ("2026-11-23T12:30", "closed"),
        ("2026-11-23T12:30+01:00", "closed"),
        ("2026-11-23T11:30Z", "closed"),
        ("2026-11-23", "closed"),
    ],
)
def test_instant_without_offset_is_territory_time(maillage: Maillage, at: str, code: str) -> None:
    assert _answer(maillage("lundi 9h-12h", "--at", at, "--json"))["state"]["code"] == code


@pytest.mark.parametrize(("zone", "code"), [("A", "open"), ("B", "closed")])
def test_school_zone_decides_of_the_holidays(maillage: Maillage, zone: str, code: str) -> None:
    # On Tuesday 16 February 2027 zone A is on holiday, zone B is not yet.
    text = "mardi 9h-12h pendant les vacances scolaires"
    answer = _answer(maillage(text, "--at", "2027-02-16T10:00", "--zone", zone, "--json"))
    assert answer["state"]["code"] == code


def test_text_answer_speaks_french(maillage: Maillage) -> None:
    result = maillage("Mo-Fr 09:00-12:00 || Sa 09:00-12:00", "--format", "osm")
    lines = result.stdout.replace("\u00a0", " ").splitlines()
    assert result.exit_code == 3
    assert lines[2] == "lundi 23 novembre 2026 à 10 h : Ouvert jusqu’à 12 h"
    assert any("osm-repli" in line for line in lines)


def test_text_answer_names_the_next_appointment(maillage: Maillage) -> None:
    result = maillage("lundi 9h-12h ; mardi 14h-16h sur rendez-vous")
    assert "Prochain accueil sur rendez-vous : mardi 24 novembre 2026 à 14" in result.stdout


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("2026-03-29T02:30", "3 h 30 : Fermé"),
        ("2026-10-25T02:30", "2 h 30 : Ouvert"),
        ("2026-10-25T02:30+02:00", "2 h 30 : Ouvert"),
        ("2026-10-25T02:30+01:00", "2 h 30 : Ouvert"),
        ("2026-10-25T03:00+01:00", "3 h : Fermé"),
    ],
)
def test_nights_when_the_clock_jumps_are_told(maillage: Maillage, at: str, said: str) -> None:
    stdout = maillage("dimanche 2h-3h", "--at", at).stdout.replace("\u00a0", " ")
    assert f"2026 à {said}" in stdout


def test_whole_row_of_a_list_is_understood(maillage: Maillage) -> None:
    row = {"id_fs": "1", "lib_com": "Romilly", "h_lundi": "09:00 - 12:00", "prise_rdv": "non", "commentaire": ""}
    result = maillage(json.dumps(row), "--format", "france-services", "--json")
    assert (result.exit_code, _answer(result)["osm"]) == (0, "Mo 09:00-12:00")


def test_help_lists_each_format_on_its_line(maillage: Maillage) -> None:
    lines = [line.strip() for line in maillage("--help").stdout.splitlines()]
    assert [line.split()[0] for line in lines if line.startswith(("french ", "dila ", "osm ", "gtfs "))] == [
        *("french", "dila", "osm", "gtfs")
    ]


def test_unknown_column_is_named(maillage: Maillage) -> None:
    result = maillage("lundi=09:00 - 12:00; couleur=bleu", "--format", "france-services")
    assert result.exit_code == 3
    assert "« couleur »" in result.stdout
