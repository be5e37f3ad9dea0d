"""Saying hours in English: the same openings and states as in French, one by one."""

from datetime import date, datetime

import pytest
from hypothesis import given

from portal.hours.calendar import PARIS, Calendar
from portal.hours.osm import read_osm
from portal.hours.schedule import Schedule
from portal.hours.slots import DatedException, ExceptionKind, Opening
from portal.hours.words import date_in_words, instant_in_words, short, spoken, state_sentence, week_of
from portal.hours.words.english import IN_ENGLISH
from tests.hours.openings import instants, openings

ZONE_B = Calendar(school_zone="B")


def _plain(text: str) -> str:
    return text.replace("\u00a0", " ")


LINES = [
    ("Mo-Fr 09:00-12:00,14:00-17:00; Sa 09:00-12:00", "Mon–Fri 9 am–midday, 2 pm–5 pm; Sat 9 am–midday"),
    ("Mo,We 08:30-12:00", "Mon and Wed 8:30 am–midday"),
    ("Sa,Su 10:00-12:00", "Sat and Sun 10 am–midday"),
    ("24/7", "24 hours a day, 7 days a week"),
    ("24/7; PH off", "every day 24 hours (except public holidays)"),
    ("Mo-Su 09:00-24:00", "every day 9 am–midnight"),
    ("Mo-Su 09:00-12:00; PH unknown", "Mon–Sun 9 am–midday"),
    ("Fr 22:00-02:00", "Fri 10 pm–2 am"),
    ("Mo 09:00-12:00; Tu 14:00-16:00; PH off", "Mon 9 am–midday; Tue 2 pm–4 pm; closed on public holidays"),
    ("Mo 09:00-12:00; PH Mo 09:00-12:00", "Mon 9 am–midday (including public holidays)"),
    ("PH 10:00-12:00", "public holidays 10 am–midday"),
    ("PH Mo 10:00-12:00", "public holidays that fall on Mon 10 am–midday"),
    ("We 09:00-12:00; SH off", "Wed 9 am–midday (not during school holidays)"),
    ("SH We 09:00-12:00", "Wed 9 am–midday (during school holidays)"),
    ("week 2-53/2 Mo 09:00-12:00", "Mon 9 am–midday (even-numbered weeks)"),
    ("week 1-53/2 Mo 09:00-12:00", "Mon 9 am–midday (odd-numbered weeks)"),
    ("Sa[1,3] 09:00-12:00", "1st and 3rd Sat of the month 9 am–midday"),
    ("Th[-1] 09:00-12:00", "last Thu of the month 9 am–midday"),
    ("Jun 15-Sep 15 Mo 09:00-12:00", "Mon 9 am–midday (from 15 June to 15 September)"),
    ("Mo 09:00-12:00; Aug off", "Mon 9 am–midday (except in August)"),
    ("Aug Mo 09:00-12:00", "Mon 9 am–midday (in August)"),
    ("Jun-Sep Mo 09:00-12:00", "Mon 9 am–midday (from June to September)"),
    ("Jun 1-Sep 15 Mo 09:00-12:00", "Mon 9 am–midday (from 1 June to 15 September)"),
    ("Mo 09:00-12:00; Aug 10-20 off", "Mon 9 am–midday (except from 10 August to 20 August)"),
    ("Mo 09:00-12:00; Dec 25 off", "Mon 9 am–midday (except on 25 December)"),
    ("Jul 14 10:00-12:00", "every day 10 am–midday (on 14 July)"),
    ("2026 Mo 09:00-12:00", "Mon 9 am–midday (from 1 January to 31 December 2026)"),
    ("2026+ Mo 09:00-12:00", "Mon 9 am–midday (from 1 January 2026)"),
    ("2026 Dec 24 09:00-12:00", "on 24 December 2026, 9 am–midday"),
    ('Mo 09:00-12:00 "sur rendez-vous"', "Mon 9 am–midday (by appointment)"),
    ('Mo 09:00-12:00 "par téléphone"', "Mon 9 am–midday (by phone)"),
    ('Mo "sur rendez-vous"', "Mon: by appointment"),
    ('"sur rendez-vous"', "by appointment"),
    ("Mo 09:00-12:00; Sa matin", "Mon 9 am–midday; “Sa matin” (not confirmed)"),
    (
        'Mo 09:00-12:00; 2026 Dec 24-2027 Jan 3 off "congés"',
        "Mon 9 am–midday; closed from 24 December 2026 to 3 January 2027 (congés)",
    ),
    ("Mo 09:00-12:00; 2026 Dec 1-8 off", "Mon 9 am–midday; closed from 1 to 8 December 2026"),
    ("Mo 09:00-12:00, 2026 Dec 24 14:00-16:00", "Mon 9 am–midday; open on 24 December 2026, 2 pm–4 pm"),
    ("", "Opening hours not known"),
]


@pytest.mark.parametrize(("text", "words"), LINES, ids=[text for text, _ in LINES])
def test_opening_is_said_in_one_line(text: str, words: str) -> None:
    assert _plain(short(read_osm(text)[0], "en")) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Mo-Fr 09:00-12:00,14:00-17:00", "Monday to Friday, from 9 am to midday, then from 2 pm to 5 pm"),
        ("Sa,Su 08:30-12:00", "Saturday and Sunday, from 8:30 am to midday"),
        ("Mo 00:30-01:00", "Monday, from 12:30 am to 1 am"),
        ("24/7", "24 hours a day, 7 days a week"),
        ("Mo 00:00-24:00", "Monday, 24 hours a day"),
        ("Sa[1] 20:00-24:00", "1st Saturday of the month, from 8 pm to midnight"),
    ],
)
def test_opening_is_said_for_the_ear(text: str, words: str) -> None:
    assert _plain(spoken(read_osm(text)[0], "en")) == words


SENTENCES = [
    ("Mo-Fr 09:00-12:00,14:00-17:00; PH off", "2026-11-23T10:00", "Open until midday"),
    ("Mo-Fr 09:00-12:00,14:00-17:00; PH off", "2026-11-23T08:00", "Closed, opens at 9 am"),
    ("Mo-Fr 09:00-12:00,14:00-17:00; PH off", "2026-11-23T12:30", "Closed, opens at 2 pm"),
    ("Mo-Fr 09:00-12:00,14:00-17:00; PH off", "2026-11-23T18:00", "Closed, opens tomorrow at 9 am"),
    ("Mo-Fr 09:00-12:00,14:00-17:00; PH off", "2026-11-27T18:00", "Closed, opens Monday at 9 am"),
    ("Mo-Fr 09:00-12:00,14:00-17:00; PH off", "2026-11-10T18:00", "Closed, opens Thursday at 9 am"),
    ("Mo 09:00-12:00; PH off", "2026-11-23T13:00", "Closed, opens on Monday 30 November at 9 am"),
    ("2028 Jan 5 09:00-12:00; PH off", "2026-11-23T13:00", "Closed, opens on Wednesday 5 January 2028 at 9 am"),
    ("24/7", "2026-11-23T13:00", "Open"),
    ("Mo 20:00-24:00", "2026-11-23T21:00", "Open until midnight"),
    ("Mo 20:00-02:00", "2026-11-23T21:00", "Open until tomorrow at 2 am"),
    ("Mo-Su 00:00-24:00; 2026 Dec 1 off", "2026-11-23T21:00", "Open until Monday 30 November at midnight"),
    ('Mo 09:00-12:00 "par téléphone"', "2026-11-23T10:00", "Phone line open until midday"),
    ('Mo 09:00-12:00 "sur rendez-vous"', "2026-11-23T10:00", "By appointment until midday"),
    ('Mo 09:00-12:00 "sur rendez-vous"', "2026-11-22T10:00", "Closed, by appointment tomorrow at 9 am"),
    (
        'Mo 09:00-12:00 "sur rendez-vous"; Tu 14:00-17:00; PH off',
        "2026-11-22T10:00",
        "Closed, by appointment tomorrow at 9 am, opens Tuesday at 2 pm",
    ),
    (
        'Mo 09:00-12:00 "sur rendez-vous"; Tu 14:00-17:00; PH off',
        "2026-11-23T10:00",
        "By appointment until midday, no appointment needed tomorrow at 2 pm",
    ),
    ('Mo 09:00-12:00 "sur rendez-vous"; Tu 14:00-17:00; PH off', "2026-11-24T13:00", "Closed, opens at 2 pm"),
    (
        'Mo 09:00-12:00 "sur rendez-vous", Mo 12:00-14:00',
        "2026-11-23T10:00",
        "By appointment until midday, then no appointment needed",
    ),
    ('"sur rendez-vous"', "2026-11-21T10:00", "By appointment"),
    ('Mo 09:00-12:00 "par téléphone"', "2026-11-22T10:00", "Closed, phone line opens tomorrow at 9 am"),
    ('Mo 09:00-12:00 "par visio"', "2026-11-22T10:00", "Closed, video calls tomorrow at 9 am"),
    ('Mo 09:00-12:00 "à domicile"', "2026-11-22T10:00", "Closed, home visits tomorrow at 9 am"),
    (
        "Mo-Fr 09:00-12:00",
        "2026-11-10T18:00",
        "Closed, opens Thursday at 9 am (tomorrow, public holiday: not confirmed)",
    ),
    ("Mo-Fr 09:00-12:00", "2026-11-11T08:00", "Closed, opens tomorrow at 9 am (today, public holiday: not confirmed)"),
    ("Mo-Fr 09:00-12:00", "2026-11-12T08:00", "Closed, opens at 9 am"),
    ("Mo 17:00+", "2026-11-22T10:00", "Closed (tomorrow: not confirmed)"),
    (
        "We 09:00-12:00; SH off; PH off",
        "2028-07-03T10:00",
        "Closed (on Wednesday 6 September, school holidays not yet known: not confirmed)",
    ),
    ("2026 Mo 09:00-12:00", "2027-01-02T10:00", "No more openings planned"),
    (
        'Mo-Fr 09:00-12:00; 2026 Nov 26-2026 Dec 3 off "travaux"; PH off',
        "2026-11-26T10:00",
        "Temporarily closed until 3 December (travaux), opens on Friday 4 December at 9 am",
    ),
    (
        'Mo-Fr 09:00-12:00; 2026 Nov 26-2026 Dec 3 off "travaux"; PH off',
        "2026-12-03T10:00",
        "Temporarily closed today (travaux), opens tomorrow at 9 am",
    ),
    (
        "Mo-Fr 09:00-17:00; PH off; 2026 Nov 23 16:00-20:00 off",
        "2026-11-23T19:30",
        "Temporarily closed until 8 pm, opens tomorrow at 9 am",
    ),
    ("Mo 09:00-17:00; 2026 Nov 23 12:00-14:00 off", "2026-11-23T13:00", "Temporarily closed until 2 pm"),
    ("Jun 15-Sep 15 10:00-12:00", "2026-11-23T10:00", "Closed for the season, back on 15 June"),
    ("Jun 15-Sep 15 10:00-12:00", "2026-09-20T10:00", "Closed for the season, back on 15 June"),
    ("We 09:00-12:00", "2026-11-11T10:00", "Public holiday: not confirmed"),
    ("SH We 09:00-12:00", "2031-11-12T10:00", "School holidays not yet known: not confirmed"),
    ("Mo 17:00+", "2026-11-23T18:00", "Opening hours not confirmed"),
    ("", "2026-11-23T18:00", "Opening hours not confirmed"),
]


@pytest.mark.parametrize(("text", "at", "sentence"), SENTENCES)
def test_state_is_said_in_a_sentence(text: str, at: str, sentence: str) -> None:
    now = datetime.fromisoformat(at).replace(tzinfo=PARIS)
    state = Schedule(read_osm(text)[0], ZONE_B).state_at(now)
    assert _plain(state_sentence(state, now, "en")) == sentence


def test_week_names_its_days_and_holidays() -> None:
    line = week_of(Schedule(read_osm("Mo-Fr 09:00-12:00")[0], ZONE_B), date(2026, 11, 10), language="en").days[2]
    assert (line.name, line.public_holiday) == ("Wednesday 11 November", "Armistice Day (11 November)")
    assert _plain(line.words) == "9 am–midday (public holiday: not confirmed)"


def test_two_holidays_on_one_day_are_both_named() -> None:
    martinique = Calendar.of_department("972")
    both = next(
        day for year in range(2024, 2040) for day, name in martinique.public_holidays(year).items() if " et " in name
    )
    line = week_of(Schedule(Opening(), martinique), both, first=both, language="en").days[0]
    assert line.public_holiday in {
        "Whit Monday and Abolition of Slavery Day",
        "Ascension Day and Abolition of Slavery Day",
    }


def test_exceptions_of_the_week_are_said() -> None:
    message = DatedException(date(2026, 11, 13), date(2026, 11, 13), ExceptionKind.MESSAGE, reason="Collecte")
    opening = read_osm('Mo-Fr 09:00-12:00; 2026 Nov 12 off "travaux"')[0]
    week = week_of(
        Schedule(Opening(opening.slots, (*opening.exceptions, message)), ZONE_B), date(2026, 11, 10), language="en"
    )
    assert week.exceptions == ("closed on 12 November 2026 (travaux)", "on 13 November 2026: Collecte")


def test_dates_and_instants_are_said_whole() -> None:
    instant = datetime(2026, 12, 1, 18, 30, tzinfo=PARIS)
    assert _plain(instant_in_words(instant, "en")) == "Tuesday 1 December 2026 at 6:30 pm"
    assert date_in_words(instant.date(), "en") == "1 December 2026"


@pytest.mark.parametrize("department", ["10", "67", "971", "974"])
def test_every_holiday_has_an_english_name(department: str) -> None:
    calendar = Calendar.of_department(department)
    names = {name for year in range(2024, 2035) for name in calendar.public_holidays(year).values()}
    assert {part for name in names for part in name.split(" et ")} <= IN_ENGLISH.holidays.keys()


@given(openings, instants)
def test_no_french_is_left_in_a_state(opening: Opening, instant: datetime) -> None:
    sentence = state_sentence(Schedule(opening, ZONE_B).state_at(instant), instant, "en")
    told = sentence.partition("(")[0]
    assert told[0].isupper()
    assert not {"à", "le", "jusqu’à", "Fermé", "Ouvert", "h"} & set(told.replace("\u00a0", " ").split())
