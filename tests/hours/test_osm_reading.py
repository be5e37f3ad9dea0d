"""Reading `opening_hours`: each rule of the notation as a line of a table."""

import csv
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
from tests.tools.claims import every

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
MORNING = (TimeSpan(540, 720),)
WEEK = frozenset(list(Weekday)[:5])
CLOSED, OPEN, ONLY = PublicHolidays.CLOSED, PublicHolidays.OPEN, PublicHolidays.ONLY


def _slot(times: tuple[TimeSpan, ...] = MORNING, days: str = "0123456", **rule: object) -> Slot:
    return Slot(times, DayRule(days=frozenset(Weekday(int(n)) for n in days), **rule))  # type: ignore[arg-type]  # a table


READ = [
    ("Mo-Fr 09:00-12:00", [_slot(days="01234")]),
    ("mo-fr 9:00 - 12:00", [_slot(days="01234")]),
    ("Mo–Fr: 09:00–12:00", [_slot(days="01234")]),
    (
        "Mo-Fr 09:00-12:00,14:00-18:30; Sa 08:30-12:00",
        [_slot((TimeSpan(540, 720), TimeSpan(840, 1110)), "01234"), _slot((TimeSpan(510, 720),), "5")],
    ),
    ("Fr-Mo 09:00-12:00", [_slot(days="4560")]),
    ("24/7", [_slot((TimeSpan(0, 1440),), public_holidays=OPEN)]),
    ("Mo-Su 09:00-12:00", [_slot(public_holidays=OPEN)]),
    ("09:00-12:00", [_slot(public_holidays=OPEN)]),
    ("Fr 22:00-02:00", [_slot((TimeSpan(1320, 1560),), "4")]),
    ("Fr 22:00-26:00", [_slot((TimeSpan(1320, 1560),), "4")]),
    ("Mo-Fr 09:00-12:00; We off", [_slot(days="0134")]),
    ("Mo-Fr 09:00-12:00; We closed", [_slot(days="0134")]),
    ("Mo-Fr 09:00-12:00; We 10:00-12:00", [_slot(days="0134"), _slot((TimeSpan(600, 720),), "2")]),
    (
        "Mo-Tu 09:00-12:00, Tu 14:00-16:00",
        [_slot(days="0"), _slot((TimeSpan(540, 720), TimeSpan(840, 960)), "1")],
    ),
    ("Mo 09:00-12:00; Mo 10:00-11:00 off", [_slot((TimeSpan(540, 600), TimeSpan(660, 720)), "0")]),
    ("Mo-Fr 09:00-12:00; PH off", [_slot(days="01234", public_holidays=CLOSED)]),
    ("PH off; Mo-Fr 09:00-12:00", [_slot(days="01234")]),
    ("Mo-Fr 09:00-12:00; PH unknown", [_slot(days="01234")]),
    ("Mo-Su 09:00-12:00; PH unknown", [_slot()]),
    ("PH 09:00-12:00", [_slot(public_holidays=ONLY)]),
    (
        "Mo-Sa,PH 09:00-12:00",
        [_slot(days="012345", public_holidays=OPEN), _slot(days="6", public_holidays=ONLY)],
    ),
    ("Mo 09:00-12:00; PH Mo 09:00-12:00", [_slot(days="0", public_holidays=OPEN)]),
    ("We 09:00-12:00; SH off", [_slot(days="2", school_holidays=SchoolHolidays.EXCEPT)]),
    ("SH We 09:00-12:00", [_slot(days="2", school_holidays=SchoolHolidays.ONLY)]),
    (
        "We 09:00-12:00; PH,SH off",
        [_slot(days="2", school_holidays=SchoolHolidays.EXCEPT, public_holidays=CLOSED)],
    ),
    ("week 1-53/2 Mo 09:00-12:00", [_slot(days="0", weeks=Weeks.ODD)]),
    ("week 2-53/2 Mo 09:00-12:00", [_slot(days="0", weeks=Weeks.EVEN)]),
    ("week 02-52/2 Mo 09:00-12:00", [_slot(days="0", weeks=Weeks.EVEN)]),
    ("Mo 09:00-12:00; week 2-53/2 Mo off", [_slot(days="0", weeks=Weeks.ODD)]),
    ("Th[1] 09:00-12:00", [_slot(days="3", nth=frozenset({1}))]),
    ("Th[-1] 09:00-12:00", [_slot(days="3", nth=frozenset({-1}))]),
    ("Sa[1,3] 09:00-12:00", [_slot(days="5", nth=frozenset({1, 3}))]),
    ("Sa[2-4] 09:00-12:00", [_slot(days="5", nth=frozenset({2, 3, 4}))]),
    ("Sa 09:00-12:00; Sa[1] off", [_slot(days="5", nth=frozenset({2, 3, 4, 5}))]),
    (
        "Jun-Sep Mo 09:00-12:00",
        [_slot(days="0", season=Season(MonthDay(6, 1), MonthDay(9, 30)))],
    ),
    (
        "Nov-Feb Mo 09:00-12:00",
        [_slot(days="0", season=Season(MonthDay(11, 1), MonthDay(2, 29)))],
    ),
    (
        "Jun 15-Sep 15 09:00-12:00",
        [_slot(season=Season(MonthDay(6, 15), MonthDay(9, 15)), public_holidays=OPEN)],
    ),
    ("Jun 15-20 Mo 09:00-12:00", [_slot(days="0", season=Season(MonthDay(6, 15), MonthDay(6, 20)))]),
    (
        "Mo 09:00-12:00; Dec 25 off",
        [_slot(days="0", season=Season(MonthDay(12, 26), MonthDay(12, 24)))],
    ),
    ("Mo 09:00-12:00; Aug off", [_slot(days="0", season=Season(MonthDay(9, 1), MonthDay(7, 31)))]),
    ("2026 Mo 09:00-12:00", [_slot(days="0", valid_from=date(2026, 1, 1), valid_to=date(2026, 12, 31))]),
    ("2026+ Mo 09:00-12:00", [_slot(days="0", valid_from=date(2026, 1, 1))]),
    ("2026 Feb Mo 09:00-12:00", [_slot(days="0", valid_from=date(2026, 2, 1), valid_to=date(2026, 2, 28))]),
    ("2026 Dec 24 09:00-12:00", [_slot(dates=frozenset({date(2026, 12, 24)}))]),
    ("2026 Dec 24,2026 Dec 31 09:00-12:00", [_slot(dates=frozenset({date(2026, 12, 24), date(2026, 12, 31)}))]),
]


@pytest.mark.parametrize(("text", "slots"), READ, ids=[text for text, _ in READ])
def test_rules_of_the_notation_become_slots(text: str, slots: list[Slot]) -> None:
    opening, problems = read_osm(text)
    assert problems == ()
    assert set(opening.slots) == set(slots)


def test_dated_closure_becomes_an_exception() -> None:
    opening, problems = read_osm('Mo-Fr 09:00-12:00; 2026 Dec 28-2027 Jan 3 off "congés"')
    closure = DatedException(date(2026, 12, 28), date(2027, 1, 3), ExceptionKind.CLOSED, reason="congés")
    assert (opening.exceptions, problems) == ((closure,), ())


def test_dated_hours_replace_those_of_the_week() -> None:
    opening, _ = read_osm("Mo-Fr 09:00-17:00; 2026 Dec 24 09:00-12:00")
    day = date(2026, 12, 24)
    assert opening.exceptions == (
        DatedException(day, day, ExceptionKind.CLOSED),
        DatedException(day, day, ExceptionKind.EXTRA, MORNING),
    )


@pytest.mark.parametrize(
    ("comment", "appointment", "mode", "note"),
    [
        ("sur rendez-vous", Appointment.REQUIRED, Mode.ON_SITE, ""),
        ("uniquement sur RDV", Appointment.REQUIRED, Mode.ON_SITE, ""),
        ("avec ou sans rendez-vous", Appointment.POSSIBLE, Mode.ON_SITE, ""),
        ("sans rendez-vous", Appointment.NONE, Mode.ON_SITE, ""),
        ("par téléphone", Appointment.NONE, Mode.PHONE, ""),
        ("à domicile, sur rendez-vous", Appointment.REQUIRED, Mode.HOME, ""),
        ("entrée par la cour", Appointment.NONE, Mode.ON_SITE, "entrée par la cour"),
    ],
)
def test_comments_say_appointment_mode_or_note(comment: str, appointment: Appointment, mode: Mode, note: str) -> None:
    opening, problems = read_osm(f'Mo 09:00-12:00 "{comment}"')
    slot = opening.slots[0]
    assert (slot.appointment, slot.mode, slot.note, problems) == (appointment, mode, note, ())


def test_appointment_alone_opens_nothing() -> None:
    opening, problems = read_osm('"sur rendez-vous"')
    assert (opening.slots, problems) == ((Slot((), appointment=Appointment.REQUIRED),), ())


DOUBTFUL = [
    ("Mo 17:00+", "osm-fin-ouverte", "0", [(1020, 1440)]),
    ("Mo 10:00-17:00+", "osm-fin-ouverte", "0", [(1020, 1440)]),
    ("Mo 10:00", "osm-heure-seule", "0", [(600, 1440)]),
    ("Mo 10:00-sunset", "osm-soleil", "0", [(600, 1440)]),
    ("Mo (sunrise+01:00)-12:00", "osm-soleil", "0", [(0, 720)]),
    ("week 10-20 Mo 09:00-12:00", "osm-semaines", "0", [(540, 720)]),
    ("Mo", "osm-sans-heures", "0", []),
    ("Mo 09:00-12:00 unknown", "osm-inconnu", "0", [(540, 720)]),
    ('Mo 09:00-12:00 "semaines paires"', "osm-commentaire", "0", [(540, 720)]),
    ('Mo 09:00-12:00 "sauf rendez-vous"', "osm-commentaire", "0", [(540, 720)]),
    ("Mo 09:00-12:00 Tu 09:00-12:00", "osm-illisible", "01", []),
    ("Mo-We matin", "osm-illisible", "012", []),
    ("Mo 00:00-00:00", "osm-illisible", "0", []),
    ("Mo 25:00-26:00", "osm-illisible", "0", []),
    ("lundi 9h", "osm-illisible", "0123456", []),
    ("PH -1 day 09:00-12:00", "osm-decalage-de-jour", "0123456", [(540, 720)]),
    ("2020-2030/2 Mo 09:00-12:00", "osm-annees", "0", [(540, 720)]),
    ("Mo 09:00-12:00 || Mo 14:00-16:00", "osm-repli", "0", [(0, 540), (720, 1440)]),
]


@pytest.mark.parametrize(("text", "code", "days", "times"), DOUBTFUL, ids=[line[0] for line in DOUBTFUL])
def test_doubtful_words_touch_only_their_days(text: str, code: str, days: str, times: list[tuple[int, int]]) -> None:
    opening, problems = read_osm(text)
    (unread,) = opening.unread
    assert [problem.code for problem in problems] == [code]
    assert unread.touches is not None
    assert {int(day) for day in unread.touches.days} == {int(day) for day in days}
    assert unread.times == tuple(TimeSpan(*span) for span in times)


def test_the_rest_is_read_beside_doubtful_words() -> None:
    opening, problems = read_osm("Mo 09:00-12:00; Sa matin")
    assert opening.slots == (_slot(days="0"),)
    assert [problem.value for problem in problems] == ["Sa matin"]


def test_easter_is_in_doubt_on_the_days_it_can_fall() -> None:
    opening, problems = read_osm("Mo 09:00-12:00; easter +1 day off")
    season = Season(MonthDay(3, 23), MonthDay(4, 26))
    rule = DayRule(days=frozenset({Weekday.MONDAY}), season=season, public_holidays=OPEN)
    assert opening.unread == (Unread("easter +1 day off", rule),)
    assert [problem.code for problem in problems] == ["osm-paques"]


@pytest.mark.parametrize("later", ["; Mo-Fr 09:00-12:00", ", Th 14:00-16:00", "; 2026 Dec 20-2026 Dec 31 10:00-12:00"])
def test_closure_overridden_by_a_later_rule_is_in_doubt(later: str) -> None:
    opening, problems = read_osm(f"Mo 09:00-12:00; 2026 Dec 24 off{later}")
    assert opening.exceptions == () or opening.exceptions[0].first != date(2026, 12, 24)
    assert [problem.code for problem in problems] == ["osm-regles-melees"]


def test_closure_stands_beside_rules_of_other_days() -> None:
    opening, problems = read_osm("Mo 09:00-12:00; 2026 Dec 24 off; Sa 10:00-12:00; PH off")
    assert (len(opening.exceptions), problems) == (1, ())


def test_dated_hours_give_way_to_a_later_closure() -> None:
    opening, problems = read_osm("Mo 09:00-12:00; 2026 Jul 13-2026 Jul 18 10:00-16:00; We off")
    days = {day for slot in opening.slots if slot.rule.valid_from == date(2026, 7, 13) for day in slot.rule.days}
    assert (days, opening.exceptions, problems) == (set(Weekday) - {Weekday.WEDNESDAY}, (), ())


def test_named_holiday_is_closed_by_the_holidays() -> None:
    opening, _ = read_osm("2026 Jul 14,2026 Dec 24 10:00-12:00; PH off")
    assert [slot.rule.dates for slot in opening.slots] == [frozenset({date(2026, 12, 24)})]


@pytest.mark.parametrize(("text", "code"), [("", "osm-vide"), ("  ", "osm-vide"), ("off", "osm-toujours-ferme")])
def test_text_without_any_opening_says_so(text: str, code: str) -> None:
    opening, problems = read_osm(text)
    assert opening.slots == ()
    assert [problem.code for problem in problems] == [code]


@pytest.mark.parametrize("text", ["Mo 09:00-12:00;" * 70, "Mo 09:00-12:00; " + "x" * 3000])
def test_endless_text_is_refused_whole(text: str) -> None:
    opening, problems = read_osm(text)
    assert opening == Opening(unread=(Unread(text.strip(), DayRule(public_holidays=OPEN)),))
    assert [problem.code for problem in problems] == ["osm-trop-long"]


PIECES = st.sampled_from(
    [
        *("Mo", "Tu", "Sa", "Su", "PH", "SH", "[1]", "[-1]", "[9]", "week", "1-53/2", "2026", "Jun", "Dec", "24", "99"),
        *("09:00-12:00", "10:00", "22:00-02:00", "17:00+", "24/7", "sunrise", "easter", "+1", "-1", "day", "off"),
        *(",", ";", "||", "-", "(", ")", ":", "unknown", '"sur rendez-vous"', '"note"', '"', "lundi", "2-3"),
    ]
)


@given(st.one_of(st.text(), st.lists(PIECES, max_size=12).map(" ".join)))
def test_any_text_is_read_without_raising(text: str) -> None:
    opening, problems = read_osm(text)
    assert opening.is_complete or problems


def test_hours_of_a_real_mednum_place_are_read() -> None:
    path = SHARED / "data" / "inclusion" / "mednum" / "exemple-valide.csv"
    if not path.exists():
        pytest.skip("The real file of médiation numérique places lies beside the checkout, not in it.")
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    assert rows
    assert every(read_osm(row["horaires"])[1] == () for row in rows)
