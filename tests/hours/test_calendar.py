"""Public and school holidays of a place: what the tables say, and where they stop."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from dateutil.easter import easter

from portal.hours.calendar import ZONES, Answer, Calendar, SchoolPeriod
from portal.hours.departments import holiday_region, school_zone, time_zone_name
from portal.hours.regions import HolidayRegion

AUBE = Calendar.of_department("10")
SUMMER_2029 = SchoolPeriod(date(2029, 7, 7), date(2029, 9, 2), "Vacances d'été")
METROPOLE = {f"{number:02}" for number in range(1, 96) if number != 20} | {"2A", "2B"}


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("2026-01-01", "1er janvier"),
        ("2026-04-06", "Lundi de Pâques"),
        ("2026-05-14", "Ascension"),
        ("2026-05-25", "Lundi de Pentecôte"),
        ("2026-11-11", "11 novembre"),
        ("2026-12-25", "Jour de Noël"),
        ("2008-05-01", "1er mai et Ascension"),
        ("2026-04-05", ""),
        ("2026-12-26", ""),
    ],
)
def test_public_holidays_bear_their_french_names(day: str, name: str) -> None:
    assert AUBE.public_holiday(date.fromisoformat(day)) == name


def test_movable_holidays_follow_another_easter() -> None:
    for year in range(1990, 2151):
        movable = {easter(year) + timedelta(days=shift) for shift in (1, 39, 50)}
        fixed = {date(year, *day) for day in ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))}
        assert set(AUBE.public_holidays(year)) == movable | fixed


def test_alsace_and_moselle_keep_two_more_days() -> None:
    moselle = Calendar.of_department("57")
    more = set(moselle.public_holidays(2027)) - set(AUBE.public_holidays(2027))
    assert (moselle.is_alsace_moselle, AUBE.is_alsace_moselle) == (True, False)
    assert more == {date(2027, 3, 26), date(2027, 12, 26)}
    assert [moselle.public_holiday(day) for day in sorted(more)] == ["Vendredi saint", "2e jour de Noël"]


@pytest.mark.parametrize(
    ("department", "day"),
    [("971", "05-27"), ("972", "05-22"), ("973", "06-10"), ("974", "12-20"), ("976", "04-27"), ("978", "05-28")],
)
def test_overseas_keeps_the_day_of_abolition(department: str, day: str) -> None:
    calendar = Calendar.of_department(department)
    assert calendar.public_holiday(date.fromisoformat(f"2026-{day}")) == "Abolition de l’esclavage"
    assert AUBE.public_holiday(date.fromisoformat(f"2026-{day}")) == ""


@pytest.mark.parametrize(
    ("day", "a", "b", "c"),
    [
        ("2026-10-16", 0, 0, 0),
        ("2026-10-17", 1, 1, 1),
        ("2026-11-01", 1, 1, 1),
        ("2026-11-02", 0, 0, 0),
        ("2027-02-08", 0, 0, 1),
        ("2027-02-15", 1, 0, 1),
        ("2027-02-24", 1, 1, 0),
        ("2027-03-04", 0, 1, 0),
        ("2028-08-31", 1, 1, 1),
        ("2028-09-01", 2, 2, 2),
        ("2028-12-25", 2, 2, 2),
        ("2031-07-20", 2, 2, 2),
        ("1990-10-26", 2, 2, 2),
        ("1990-10-27", 1, 1, 1),
    ],
)
def test_school_holidays_are_known_as_far_as_published(day: str, a: int, b: int, c: int) -> None:
    answers = [Calendar(school_zone=zone).school_holiday(date.fromisoformat(day)) for zone in ZONES]
    assert answers == [Answer(a), Answer(b), Answer(c)]


ZONE_B_OF_2026_2027 = [
    ("2026-10-17", "2026-11-01", "Vacances de la Toussaint"),
    ("2026-12-19", "2027-01-03", "Vacances de Noël"),
    ("2027-02-20", "2027-03-07", "Vacances d’hiver"),
    ("2027-04-17", "2027-05-02", "Vacances de printemps"),
    ("2027-07-03", "2027-08-31", "Vacances d’été"),
]


@pytest.mark.parametrize(("first", "last", "name"), ZONE_B_OF_2026_2027)
def test_school_year_of_zone_b_is_the_official_one(first: str, last: str, name: str) -> None:
    """From the Saturday after the last lesson to the eve of the return, both included."""
    begin, end = date.fromisoformat(first), date.fromisoformat(last)
    inside = [begin + timedelta(days=n) for n in range((end - begin).days + 1)]
    assert {AUBE.school_holiday_name(day) for day in inside} == {name}
    assert {AUBE.school_holiday(day) for day in (begin - timedelta(1), end + timedelta(1))} == {Answer.NO}


@pytest.mark.parametrize(
    ("zones", "day", "answer"),
    [
        ("AB", "2027-02-08", Answer.NO),
        ("AC", "2027-02-08", Answer.YES),
        ("B", "2027-02-15", Answer.NO),
        ("ABC", "2028-09-15", Answer.UNKNOWN),
    ],
)
def test_any_of_several_zones_is_enough(zones: str, day: str, answer: Answer) -> None:
    assert AUBE.school_holiday(date.fromisoformat(day), frozenset(zones)) is answer


@pytest.mark.parametrize(
    ("day", "answer"), [("2026-12-25", Answer.YES), ("2026-11-21", Answer.NO), ("2027-02-08", Answer.UNKNOWN)]
)
def test_unsaid_zone_is_known_when_all_agree(day: str, answer: Answer) -> None:
    assert Calendar().school_holiday(date.fromisoformat(day)) is answer


@pytest.mark.parametrize("department", ["2A", "2B", "971", "974", "976"])
def test_corsica_and_overseas_have_calendars_nobody_gave(department: str) -> None:
    assert Calendar.of_department(department).school_holiday(date(2026, 12, 25)) is Answer.UNKNOWN


def test_a_table_of_ours_goes_beyond_the_national_one() -> None:
    calendar = Calendar.of_department("2A", periods=(SUMMER_2029,))
    assert calendar.school_holiday(date(2029, 7, 14)) is Answer.YES
    assert calendar.school_holiday_name(date(2029, 7, 14)) == "Vacances d'été"
    ends = [calendar.school_holiday(date(2029, *day)) for day in ((7, 6), (7, 7), (9, 2), (9, 3))]
    assert ends == [Answer.UNKNOWN, Answer.YES, Answer.YES, Answer.UNKNOWN]


def test_a_name_is_that_of_the_zone_asked_for() -> None:
    back = SchoolPeriod(date(2026, 12, 21), date(2026, 12, 21), "reprise", is_holiday=False, zones=frozenset("B"))
    feast = SchoolPeriod(date(2026, 12, 22), date(2026, 12, 22), "fête", zones=frozenset("B"))
    calendar = Calendar(school_zone="B", periods=(back, feast))
    names = [calendar.school_holiday_name(date(2026, 12, day), frozenset(zone)) for day in (21, 22) for zone in "AB"]
    assert names == ["Vacances de Noël", "", "Vacances de Noël", "fête"]


@pytest.mark.parametrize(("day", "answer"), [("2027-05-09", Answer.YES), ("2027-05-10", Answer.NO)])
def test_bridge_of_ascension_lasts_until_lessons_begin(day: str, answer: Answer) -> None:
    assert AUBE.school_holiday(date.fromisoformat(day)) is answer


def test_zones_of_a_rule_need_no_zone_of_the_place() -> None:
    assert Calendar().school_holiday(date(2027, 2, 8), frozenset("C")) is Answer.YES


def test_the_last_period_given_wins_in_its_zones() -> None:
    back = SchoolPeriod(date(2026, 12, 21), date(2026, 12, 22), is_holiday=False, zones=frozenset("B"))
    bridge = SchoolPeriod(date(2026, 12, 22), date(2026, 12, 22), "pont")
    calendar = Calendar(school_zone="B", periods=(back, bridge))
    days = [date(2026, 12, number) for number in (20, 21, 22)]
    assert [calendar.school_holiday(day) for day in days] == [Answer.YES, Answer.NO, Answer.YES]
    assert calendar.school_holiday(date(2026, 12, 21), frozenset("A")) is Answer.YES
    assert calendar.school_holiday_name(date(2026, 12, 22)) == "pont"


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("2026-10-20", "Vacances de la Toussaint"),
        ("2027-03-04", "Vacances d’hiver"),
        ("2027-05-07", "Pont de l’Ascension"),
        ("2027-05-09", "Pont de l’Ascension"),
        ("2027-02-08", ""),
        ("2030-07-20", ""),
    ],
)
def test_school_holidays_bear_names_in_their_zone(day: str, name: str) -> None:
    assert AUBE.school_holiday_name(date.fromisoformat(day)) == name


@pytest.mark.parametrize(
    ("department", "zone"),
    [
        ("10", "B"),
        ("58", "A"),
        ("73", "A"),
        ("75", "C"),
        ("31", "C"),
        ("13", "B"),
        ("14", "B"),
        ("67", "B"),
        ("2B", ""),
    ],
)
def test_departments_lie_in_the_zone_of_their_academie(department: str, zone: str) -> None:
    assert school_zone(department) == zone or (not zone and school_zone(department) not in ZONES)


def test_every_department_of_the_mainland_has_a_zone() -> None:
    zones = [school_zone(department) for department in sorted(METROPOLE)]
    assert {zone: zones.count(zone) for zone in ZONES} == {"A": 32, "B": 41, "C": 21}
    assert school_zone("") == ""


def test_overseas_departments_live_by_their_own_clock() -> None:
    names = {department: time_zone_name(department) for department in ("971", "973", "974", "975", "978", "10")}
    assert set(names.values()) <= available_timezones()
    assert Calendar.of_department("974").time_zone == ZoneInfo("Indian/Reunion")
    assert (names["10"], holiday_region("10")) == ("Europe/Paris", HolidayRegion.METROPOLE)
