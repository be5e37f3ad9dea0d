"""Saying hours in French: a line for the eye, a line for the ear, and back through the French reader."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.hours.canonical import canonical
from portal.hours.french import read_french
from portal.hours.osm import read_osm
from portal.hours.slots import (
    Appointment,
    DatedException,
    DayRule,
    ExceptionKind,
    Mode,
    MonthDay,
    Opening,
    PublicHolidays,
    SchoolHolidays,
    Season,
    Slot,
    TimeSpan,
    Unread,
    Weekday,
    Weeks,
)
from portal.hours.words import short, spoken

MORNING, AFTERNOON = TimeSpan(540, 720), TimeSpan(840, 1020)


def _plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


LINES = [
    ("Mo-Fr 09:00-12:00,14:00-17:00; Sa 09:00-12:00", "lun.–ven. 9 h–12 h, 14 h–17 h ; sam. 9 h–12 h"),
    ("Mo,We 08:30-12:00", "lun. et mer. 8 h 30–12 h"),
    ("Mo,We,Fr 08:30-12:00", "lun., mer. et ven. 8 h 30–12 h"),
    ("Sa,Su 10:00-12:00", "sam. et dim. 10 h–12 h"),
    ("24/7", "24 h/24, 7 j/7"),
    ("24/7; PH off", "tous les jours 24 h/24 (sauf jours fériés)"),
    ("Mo-Su 09:00-24:00", "tous les jours 9 h–minuit"),
    ("Mo-Su 09:00-12:00; PH unknown", "lun.–dim. 9 h–12 h"),
    ("Fr 22:00-02:00", "ven. 22 h–2 h"),
    ("Mo-Fr 09:00-12:00; PH off", "lun.–ven. 9 h–12 h (sauf jours fériés)"),
    ("Mo 09:00-12:00; Tu 14:00-16:00; PH off", "lun. 9 h–12 h ; mar. 14 h–16 h ; fermé les jours fériés"),
    ("Mo 09:00-12:00; PH Mo 09:00-12:00", "lun. 9 h–12 h (y compris jours fériés)"),
    ("PH 10:00-12:00", "jours fériés 10 h–12 h"),
    ("PH Mo 10:00-12:00", "jours fériés tombant le lun. 10 h–12 h"),
    ("We 09:00-12:00; SH off", "mer. 9 h–12 h (hors vacances scolaires)"),
    ("SH We 09:00-12:00", "mer. 9 h–12 h (pendant les vacances scolaires)"),
    ("week 2-53/2 Mo 09:00-12:00", "lun. 9 h–12 h (semaines paires)"),
    ("week 1-53/2 Mo 09:00-12:00", "lun. 9 h–12 h (semaines impaires)"),
    ("Sa[1,3] 09:00-12:00", "1er et 3e sam. du mois 9 h–12 h"),
    ("Th[-1] 09:00-12:00", "dernier jeu. du mois 9 h–12 h"),
    ("Jun 15-Sep 15 Mo 09:00-12:00", "lun. 9 h–12 h (du 15 juin au 15 septembre)"),
    ("Mo 09:00-12:00; Aug off", "lun. 9 h–12 h (sauf en août)"),
    ("Aug Mo 09:00-12:00", "lun. 9 h–12 h (en août)"),
    ("Feb Mo 09:00-12:00", "lun. 9 h–12 h (en février)"),
    ("Jun-Sep Mo 09:00-12:00", "lun. 9 h–12 h (de juin à septembre)"),
    ("Oct-Mar Mo 09:00-12:00", "lun. 9 h–12 h (d’octobre à mars)"),
    ("Jun 1-Sep 15 Mo 09:00-12:00", "lun. 9 h–12 h (du 1er juin au 15 septembre)"),
    ("Jun 15-Sep 30 Mo 09:00-12:00", "lun. 9 h–12 h (du 15 juin au 30 septembre)"),
    ("Mo 09:00-12:00; Aug 10-20 off", "lun. 9 h–12 h (sauf du 10 août au 20 août)"),
    ("Mo 09:00-12:00; Dec 25 off", "lun. 9 h–12 h (sauf le 25 décembre)"),
    ("Jul 14 10:00-12:00", "tous les jours 10 h–12 h (le 14 juillet)"),
    ("2026 Mo 09:00-12:00", "lun. 9 h–12 h (du 1er janvier au 31 décembre 2026)"),
    ("2026+ Mo 09:00-12:00", "lun. 9 h–12 h (à partir du 1er janvier 2026)"),
    ("2026 Dec 24 09:00-12:00", "le 24 décembre 2026 9 h–12 h"),
    ('Mo 09:00-12:00 "sur rendez-vous"', "lun. 9 h–12 h (sur rendez-vous)"),
    ('Mo 09:00-12:00 "par téléphone"', "lun. 9 h–12 h (par téléphone)"),
    ('Mo "sur rendez-vous"', "lun. : sur rendez-vous"),
    ('"sur rendez-vous"', "sur rendez-vous"),
    ("Mo 09:00-12:00; Sa matin", "lun. 9 h–12 h ; « Sa matin » (à vérifier)"),
    (
        'Mo 09:00-12:00; 2026 Dec 24-2027 Jan 3 off "congés"',
        "lun. 9 h–12 h ; fermé du 24 décembre 2026 au 3 janvier 2027 (congés)",
    ),
    ("Mo 09:00-12:00; 2026 Dec 1-8 off", "lun. 9 h–12 h ; fermé du 1er au 8 décembre 2026"),
    ("Mo 09:00-12:00; 2026 Nov 18-Dec 3 off", "lun. 9 h–12 h ; fermé du 18 novembre au 3 décembre 2026"),
    ("Mo 09:00-12:00, 2026 Dec 24 14:00-16:00", "lun. 9 h–12 h ; ouvert le 24 décembre 2026 14 h–16 h"),
    ("", "Horaires non connus"),
]


@pytest.mark.parametrize(("text", "words"), LINES, ids=[text for text, _ in LINES])
def test_opening_is_said_in_one_line(text: str, words: str) -> None:
    assert _plain(short(read_osm(text)[0])) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "Mo-Fr 09:00-12:00,14:00-17:00",
            "du lundi au vendredi, de 9 heures à 12 heures, puis de 14 heures à 17 heures",
        ),
        ("Sa,Su 08:30-12:00", "samedi et dimanche, de 8 heures 30 à 12 heures"),
        ("Mo 00:30-01:00", "lundi, de 0 heure 30 à 1 heure"),
        ("24/7", "24 heures sur 24, 7 jours sur 7"),
        ("Mo 00:00-24:00", "lundi, 24 heures sur 24"),
        ("Sa[1] 20:00-24:00", "1er samedi du mois, de 20 heures à minuit"),
    ],
)
def test_opening_is_said_for_the_ear(text: str, words: str) -> None:
    assert _plain(spoken(read_osm(text)[0])) == words


def test_typography_keeps_hours_together() -> None:
    assert short(read_osm("Mo 09:00-12:30; Tu 09:00-12:00")[0]) == (
        "lun. 9\u00a0h–12\u00a0h\u00a030\u202f; mar. 9\u00a0h–12\u00a0h"
    )


def test_zones_times_and_doubts_have_their_words() -> None:
    zones = DayRule(frozenset({Weekday.MONDAY}), school_holidays=SchoolHolidays.EXCEPT, zones=frozenset("AB"))
    opening = Opening((Slot((MORNING,), zones), Slot((), DayRule(frozenset({Weekday.TUESDAY})))))
    assert _plain(short(opening)) == (
        "mar. : horaires non précisés ; lun. 9 h–12 h (hors vacances scolaires des zones A et B)"
    )


def test_messages_and_loose_words_are_said() -> None:
    day = date(2026, 12, 24)
    opening = Opening((), (DatedException(day, day, ExceptionKind.MESSAGE, reason="Vœux"),), (Unread("parking"),))
    assert _plain(short(opening)) == "Vœux ; « parking » (à vérifier)"


MONTH_STARTS = st.sampled_from([MonthDay(2, 1), MonthDay(6, 1), MonthDay(6, 15), MonthDay(8, 1), MonthDay(10, 1)])
MONTH_ENDS = st.sampled_from([MonthDay(2, 29), MonthDay(8, 31), MonthDay(9, 15), MonthDay(10, 31), MonthDay(12, 31)])
READ_BACK_RULES = st.one_of(
    st.builds(DayRule, days=st.frozensets(st.sampled_from(Weekday), min_size=1, max_size=6)),
    st.builds(DayRule, days=st.frozensets(st.sampled_from(Weekday), min_size=1, max_size=1), nth=st.sampled_from(
        [frozenset({1}), frozenset({2, 4}), frozenset({-1})]
    )),
    st.builds(
        DayRule,
        days=st.frozensets(st.sampled_from(Weekday), min_size=1, max_size=6),
        weeks=st.sampled_from(Weeks),
        public_holidays=st.sampled_from([PublicHolidays.UNSTATED, PublicHolidays.CLOSED, PublicHolidays.OPEN]),
        school_holidays=st.sampled_from(SchoolHolidays),
    ),
    st.builds(
        DayRule,
        days=st.frozensets(st.sampled_from(Weekday), min_size=1, max_size=6),
        season=st.builds(Season, MONTH_STARTS, MONTH_ENDS),
    ),
    st.builds(
        DayRule,
        days=st.frozensets(st.sampled_from(Weekday), min_size=1, max_size=6),
        valid_from=st.sampled_from([date(2026, 11, 1), date(2026, 12, 18), date(2027, 1, 4)]),
        valid_to=st.sampled_from([date(2027, 1, 20), date(2027, 2, 1), date(2027, 12, 31)]),
    ),
)  # fmt: skip
READ_BACK_SLOTS = st.builds(
    Slot,
    times=st.sampled_from([(MORNING,), (AFTERNOON,), (MORNING, AFTERNOON), (TimeSpan(510, 1050),)]),
    rule=READ_BACK_RULES,
    mode=st.sampled_from([Mode.ON_SITE, Mode.PHONE]),
    appointment=st.sampled_from(Appointment),
)


@given(READ_BACK_SLOTS)
def test_what_is_said_is_read_back(slot: Slot) -> None:
    opening = canonical(Opening((slot,)))
    read, problems = read_french(short(opening))
    assert (canonical(read), list(problems)) == (opening, [])


WEEKS = st.dictionaries(
    st.sampled_from(Weekday), st.sampled_from([(MORNING,), (AFTERNOON,), (MORNING, AFTERNOON)]), min_size=1
)


@given(WEEKS, st.sampled_from([PublicHolidays.UNSTATED, PublicHolidays.CLOSED]))
def test_a_whole_week_is_read_back(week: dict[Weekday, tuple[TimeSpan, ...]], holidays: PublicHolidays) -> None:
    slots = [Slot(times, DayRule(days=frozenset({day}))) for day, times in week.items()]
    stated = [replace(slot, rule=replace(slot.rule, public_holidays=holidays)) for slot in slots]
    opening = canonical(Opening(tuple(stated)))
    read, problems = read_french(short(opening))
    assert (canonical(read), list(problems)) == (opening, [])
