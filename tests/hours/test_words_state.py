"""Saying the state now, and the week with its dates."""

from datetime import date, datetime

import pytest
from hypothesis import given

from portal.hours.calendar import PARIS, Calendar
from portal.hours.layers import StateCode
from portal.hours.osm import read_osm
from portal.hours.schedule import Schedule, State
from portal.hours.slots import Appointment, DatedException, ExceptionKind, Mode, Opening
from portal.hours.words import DayLine, state_sentence, week_of
from tests.hours.openings import days, instants, openings
from tests.tools.claims import every

ZONE_B = Calendar(school_zone="B")
USUAL = "Mo-Fr 09:00-12:00,14:00-17:00; PH off"
TRAVAUX = 'Mo-Fr 09:00-12:00; 2026 Nov 26-2026 Dec 3 off "travaux"; PH off'
EVENING = "Mo-Fr 09:00-17:00; PH off; 2026 Nov 23 16:00-20:00 off"
ASKED = 'Mo 09:00-12:00 "sur rendez-vous"; Tu 14:00-17:00; PH off'
UNSTATED = "Mo-Fr 09:00-12:00"
SEASON = "Jun 15-Sep 15 10:00-12:00"


def _plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


SENTENCES = [
    (USUAL, "2026-11-23T10:00", "Ouvert jusqu’à 12 h"),
    (USUAL, "2026-11-23T08:00", "Fermé, ouvre à 9 h"),
    (USUAL, "2026-11-23T12:30", "Fermé, ouvre à 14 h"),
    (USUAL, "2026-11-23T18:00", "Fermé, ouvre demain à 9 h"),
    (USUAL, "2026-11-27T18:00", "Fermé, ouvre lundi à 9 h"),
    (USUAL, "2026-11-10T18:00", "Fermé, ouvre jeudi à 9 h"),
    ("Mo 09:00-12:00; PH off", "2026-11-23T13:00", "Fermé, ouvre le lundi 30 novembre à 9 h"),
    ("2028 Jan 5 09:00-12:00; PH off", "2026-11-23T13:00", "Fermé, ouvre le mercredi 5 janvier 2028 à 9 h"),
    ("24/7", "2026-11-23T13:00", "Ouvert"),
    ("Mo 20:00-24:00", "2026-11-23T21:00", "Ouvert jusqu’à minuit"),
    ("Mo 20:00-02:00", "2026-11-23T21:00", "Ouvert jusqu’à demain à 2 h"),
    ("Mo-Su 00:00-24:00; 2026 Dec 1 off", "2026-11-23T21:00", "Ouvert jusqu’au lundi 30 novembre à minuit"),
    ('Mo 09:00-12:00 "par téléphone"', "2026-11-23T10:00", "Joignable par téléphone jusqu’à 12 h"),
    ('Mo 09:00-12:00 "sur rendez-vous"', "2026-11-23T10:00", "Sur rendez-vous jusqu’à 12 h"),
    ('Mo 09:00-12:00 "sur rendez-vous"', "2026-11-22T10:00", "Fermé, sur rendez-vous demain à 9 h"),
    (ASKED, "2026-11-22T10:00", "Fermé, sur rendez-vous demain à 9 h, ouvre mardi à 14 h"),
    (ASKED, "2026-11-23T10:00", "Sur rendez-vous jusqu’à 12 h, sans rendez-vous demain à 14 h"),
    (ASKED, "2026-11-24T13:00", "Fermé, ouvre à 14 h"),
    (
        'Mo 09:00-12:00 "sur rendez-vous", Mo 12:00-14:00',
        "2026-11-23T10:00",
        "Sur rendez-vous jusqu’à 12 h, puis sans rendez-vous",
    ),
    ('"sur rendez-vous"', "2026-11-21T10:00", "Sur rendez-vous"),
    ('Mo 09:00-12:00 "par téléphone"', "2026-11-22T10:00", "Fermé, joignable par téléphone demain à 9 h"),
    ('Mo 09:00-12:00 "par visio"', "2026-11-22T10:00", "Fermé, en visioconférence demain à 9 h"),
    ('Mo 09:00-12:00 "à domicile"', "2026-11-22T10:00", "Fermé, visites à domicile demain à 9 h"),
    (UNSTATED, "2026-11-10T18:00", "Fermé, ouvre jeudi à 9 h (demain, jour férié : à vérifier)"),
    (UNSTATED, "2026-11-11T08:00", "Fermé, ouvre demain à 9 h (aujourd’hui, jour férié : à vérifier)"),
    (UNSTATED, "2026-11-12T08:00", "Fermé, ouvre à 9 h"),
    ("Mo 17:00+", "2026-11-22T10:00", "Fermé (demain : à vérifier)"),
    (
        "We 09:00-12:00; SH off; PH off",
        "2028-07-03T10:00",
        "Fermé (le mercredi 6 septembre, vacances scolaires pas encore connues : à vérifier)",
    ),
    ("2026 Mo 09:00-12:00", "2027-01-02T10:00", "Plus d’ouverture prévue"),
    (
        TRAVAUX,
        "2026-11-26T10:00",
        "Fermé exceptionnellement jusqu’au 3 décembre (travaux), ouvre le vendredi 4 décembre à 9 h",
    ),
    (TRAVAUX, "2026-12-03T10:00", "Fermé exceptionnellement aujourd’hui (travaux), ouvre demain à 9 h"),
    (EVENING, "2026-11-23T19:30", "Fermé exceptionnellement jusqu’à 20 h, ouvre demain à 9 h"),
    ("Mo 09:00-17:00; 2026 Nov 23 12:00-14:00 off", "2026-11-23T13:00", "Fermé exceptionnellement jusqu’à 14 h"),
    (SEASON, "2026-11-23T10:00", "Saison terminée, de retour le 15 juin"),
    (SEASON, "2026-09-20T10:00", "Saison terminée, de retour le 15 juin"),
    ("We 09:00-12:00", "2026-11-11T10:00", "Jour férié : à vérifier"),
    ("SH We 09:00-12:00", "2031-11-12T10:00", "Vacances scolaires pas encore connues : à vérifier"),
    ("Mo 17:00+", "2026-11-23T18:00", "Horaires à vérifier"),
    ("", "2026-11-23T18:00", "Horaires à vérifier"),
]


@pytest.mark.parametrize(("text", "at", "sentence"), SENTENCES)
def test_state_is_said_in_a_sentence(text: str, at: str, sentence: str) -> None:
    now = datetime.fromisoformat(at).replace(tzinfo=PARIS)
    state = Schedule(read_osm(text)[0], ZONE_B).state_at(now)
    assert _plain(state_sentence(state, now)) == sentence


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        (StateCode.CLOSED, "Fermé"),
        (StateCode.APPOINTMENT, "Sur rendez-vous"),
        (StateCode.EXCEPTIONAL, "Fermé exceptionnellement"),
        (StateCode.SEASON_OVER, "Plus d’ouverture prévue"),
    ],
)
def test_state_without_end_or_return_is_said(code: StateCode, sentence: str) -> None:
    assert state_sentence(State(code), datetime(2026, 11, 23, tzinfo=PARIS)) == sentence


@given(openings, instants)
def test_every_state_has_a_sentence(opening: Opening, instant: datetime) -> None:
    state = Schedule(opening, ZONE_B).state_at(instant)
    sentence = state_sentence(state, instant)
    assert sentence[0].isupper()
    assert ("Ouvert" in sentence) <= (state.code is StateCode.OPEN)


def _week(text: str, today: date = date(2026, 11, 10)) -> tuple[DayLine, ...]:
    return week_of(Schedule(read_osm(text)[0], ZONE_B), today).days


def test_week_begins_on_monday_and_marks_today() -> None:
    lines = _week(USUAL)
    assert [line.day.day for line in lines] == [9, 10, 11, 12, 13, 14, 15]
    assert [line.name for line in lines if line.is_today] == ["mardi 10 novembre"]


def test_week_may_begin_today() -> None:
    week = week_of(Schedule(read_osm(USUAL)[0], ZONE_B), date(2026, 11, 10), first=date(2026, 11, 10))
    assert (week.days[0].is_today, len(week.days)) == (True, 7)


def test_closed_days_in_a_row_are_one_line() -> None:
    week = week_of(Schedule(read_osm("Tu 09:00-12:00; PH off")[0], ZONE_B), date(2026, 11, 16))
    assert [line.short for line in week.lines] == ["lundi 16", "mardi 17", "du mer. 18 au dim. 22"]
    assert week.lines[2].name == "du mercredi 18 novembre au dimanche 22 novembre"
    assert _plain(week.lines[2].words) == "fermé"


def test_closed_day_that_is_a_holiday_keeps_its_line() -> None:
    week = week_of(Schedule(read_osm("Fr 09:00-12:00; PH off")[0], ZONE_B), date(2026, 11, 9))
    assert [line.day.day for line in week.lines] == [9, 10, 11, 12, 13, 14]


def test_day_line_says_its_times_twice() -> None:
    line = _week(USUAL)[0]
    assert _plain(line.words) == "9 h–12 h, 14 h–17 h"
    assert _plain(line.spoken) == "de 9 heures à 12 heures, puis de 14 heures à 17 heures"
    assert not line.is_closed


@pytest.mark.parametrize(
    ("text", "words", "uncertain", "closed"),
    [
        (USUAL, "fermé", False, True),
        ("Mo-Fr 09:00-12:00", "9 h–12 h (jour férié : à vérifier)", True, False),
        ('Mo-Fr 09:00-12:00; We unknown "peut-être"', "9 h–12 h (à vérifier)", True, False),
        ('PH Mo-Su 09:00-12:00, PH Mo-Su "sur rendez-vous"', "9 h–12 h ; sur rendez-vous", False, False),
        ('Tu 22:00-02:00 "sur rendez-vous"; PH off', "fermé", False, False),
        ("We 17:00+", "à vérifier", True, False),
        ('We "sur rendez-vous"; PH Mo-Su "sur rendez-vous"', "sur rendez-vous", False, False),
        ('We 09:00-12:00 "par téléphone"; PH We 09:00-12:00 "par téléphone"', "9 h–12 h par téléphone", False, False),
        ("Jun-Sep 10:00-12:00", "hors saison", False, True),
        ("Mo-Fr 09:00-12:00; 2026 Nov 11 off", "fermé exceptionnellement", False, True),
        ("Tu 22:00-02:00; PH off", "fermé", False, False),
    ],
)
def test_a_holiday_is_named_and_said(text: str, words: str, *, uncertain: bool, closed: bool) -> None:
    line = _week(text)[2]
    assert line.public_holiday
    assert (_plain(line.words), line.is_uncertain, line.is_closed) == (words, uncertain, closed)


def test_exceptions_of_the_week_come_first() -> None:
    opening = read_osm('Mo-Fr 09:00-12:00; 2026 Nov 12 off "travaux"; 2026 Dec 24 off')[0]
    message = DatedException(date(2026, 11, 13), date(2026, 11, 13), ExceptionKind.MESSAGE, reason="Collecte de jouets")
    schedule = Schedule(Opening(opening.slots, (*opening.exceptions, message)), ZONE_B)
    week = week_of(schedule, date(2026, 11, 10))
    assert [_plain(words) for words in week.exceptions] == [
        "fermé le 12 novembre 2026 (travaux)",
        "le 13 novembre 2026 : Collecte de jouets",
    ]
    assert (week.days[3].exception, week.days[4].messages) == ("travaux", ("Collecte de jouets",))


def test_extra_opening_says_how_one_is_received() -> None:
    day = date(2026, 11, 12)
    extra = DatedException(day, day, ExceptionKind.EXTRA, mode=Mode.PHONE, appointment=Appointment.REQUIRED)
    week = week_of(Schedule(Opening(exceptions=(extra,)), ZONE_B), day)
    assert week.exceptions == ("ouvert le 12 novembre 2026 (par téléphone, sur rendez-vous)",)
    assert week.days[3].words == "sur rendez-vous"


def test_school_holidays_are_named() -> None:
    assert every(line.school_holiday for line in _week(USUAL, date(2026, 12, 23)))


@given(openings, days)
def test_any_week_can_be_said(opening: Opening, today: date) -> None:
    schedule = Schedule(opening, ZONE_B)
    for line in week_of(schedule, today).days:
        surely = any(one.is_certain for one in schedule.occurrences(line.day, line.day))
        assert line.words
        assert not (line.is_closed and surely)
