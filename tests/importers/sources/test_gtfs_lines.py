"""Lines of a GTFS feed: named as at the stop, told by commune, with the hours of each kind of day, none invented."""

from datetime import date, datetime

import pytest

from portal.directory.rules.choices import ContactType, Cost
from portal.hours.calendar import Calendar
from portal.hours.layers import StateCode
from portal.hours.schedule import Schedule
from portal.hours.slots import Appointment, ExceptionKind, SchoolHolidays, TimeSpan
from portal.intake.record import Verdict
from tests.importers.sources.gtfs_feeds import (
    ROMILLY,
    a_calendar,
    a_feed,
    a_route,
    a_stop,
    a_trip,
    access_of,
    codes_of,
    lists_of,
    passings,
    record_of,
    records_of,
    rows_of,
)

LINE = "ligne:L1"


def test_line_names_its_communes_in_order() -> None:
    found = record_of(a_feed(), LINE)
    assert found.title == "Ligne 1 : Romilly – Nogent"
    assert found.summary == "Ligne de bus : Romilly-sur-Seine – Pont-sur-Seine – Nogent-sur-Seine."
    assert [area.code for area in found.competence or ()] == ["10268", "10298", "10323"]


def test_line_is_reached_at_one_stop_a_commune() -> None:
    found = record_of(a_feed(), LINE)
    places = [(each.key, each.place.name) for each in found.access if each.place]
    assert places == [("10323", "Gare"), ("10298", "Mairie"), ("10268", "Place de l’Église")]


def test_hours_are_those_of_the_stop() -> None:
    opening = access_of(record_of(a_feed(), LINE), "10298").opening
    assert opening is not None
    assert [slot.times for slot in opening.slots] == [(TimeSpan(7 * 60 + 20, 17 * 60 + 45),)]


def test_terminus_without_departure_shows_its_arrivals() -> None:
    access = access_of(record_of(a_feed(), LINE), "10268")
    assert access.opening is not None
    assert [slot.times for slot in access.opening.slots] == [(TimeSpan(7 * 60 + 35, 18 * 60),)]
    assert access.note == "Heures d’arrivée : ici on descend, on ne monte pas."


def test_few_departures_are_told_one_by_one() -> None:
    told = record_of(a_feed(), LINE).description or ""
    assert "Passe par Romilly-sur-Seine, Pont-sur-Seine et Nogent-sur-Seine." in told
    assert "– Du lundi au vendredi\u00a0: départs à 7\u00a0h\u00a005 et 17\u00a0h\u00a030." in told
    assert "Horaires publiés jusqu’au 5 juillet 2026." in told


def test_school_days_and_holidays_are_told_apart() -> None:
    calendar = Calendar.of_department("10")
    year = map(date.fromordinal, range(date(2025, 9, 1).toordinal(), date(2026, 7, 6).toordinal()))
    free = [day for day in year if day.weekday() < 5 and calendar.school_holiday(day)]
    changes = [
        {"service_id": service, "date": f"{day:%Y%m%d}", "exception_type": kind}
        for day in free
        for service, kind in (("ecole", "2"), ("vacances", "1"))
    ]
    feed = a_feed(
        calendar_dates=changes,
        trips=[a_trip("t1"), a_trip("t2"), a_trip("t3", service="vacances")],
        stop_times=[*a_feed()["stop_times"], *passings("t3", ("gare", "09:00:00"), ("nogent", "09:30:00"))],
    )
    opening = access_of(record_of(feed, LINE), "10323").opening
    assert opening is not None
    assert {slot.rule.school_holidays for slot in opening.slots} == {SchoolHolidays.EXCEPT, SchoolHolidays.ONLY}
    assert "pendant les vacances scolaires de la zone B\u00a0: un départ à 9\u00a0h." in (
        record_of(feed, LINE).description or ""
    )


def test_timetable_that_is_over_leaves_a_dated_notice_and_no_opening() -> None:
    found = record_of(a_feed(), LINE, today=date(2026, 7, 6))
    access = access_of(found, "10323")
    assert access.opening is not None
    assert access.opening.slots == ()
    assert [(each.kind, each.first) for each in access.opening.exceptions] == [
        (ExceptionKind.MESSAGE, date(2026, 7, 6))
    ]
    assert "5 juillet 2026" in (access.note or "")
    assert "7\u00a0h" not in (found.description or "")


def test_days_after_the_timetable_are_unknown_not_closed() -> None:
    opening = access_of(record_of(a_feed(), LINE), "10323").opening
    assert opening is not None
    schedule = Schedule(opening, Calendar.of_department("10"))
    codes = [schedule.state_at(_noon(day)).code for day in (date(2026, 7, 3), date(2026, 7, 5), date(2026, 7, 6))]
    assert codes == [StateCode.OPEN, StateCode.CLOSED, StateCode.UNKNOWN]


def test_days_before_the_timetable_are_unknown_too() -> None:
    opening = access_of(record_of(a_feed(), LINE, today=date(2025, 8, 20)), "10323").opening
    assert opening is not None
    schedule = Schedule(opening, Calendar.of_department("10"))
    codes = [schedule.state_at(_noon(day)).code for day in (date(2025, 8, 29), date(2025, 9, 1))]
    assert codes == [StateCode.UNKNOWN, StateCode.OPEN]


def test_agency_gives_its_telephone_and_site() -> None:
    contacts = record_of(a_feed(), LINE).contacts or ()
    assert [(each.type, each.value) for each in contacts] == [
        (ContactType.PHONE, "03 53 01 20 30"),
        (ContactType.SITE, "https://cars.example"),
    ]
    assert record_of(a_feed(), LINE).structure.name == "Cars de la Seine"


@pytest.mark.parametrize(
    ("fares", "cost", "note"),
    [
        ({}, None, "Tarifs : https://cars.example/tarifs"),
        ({"fare_attributes": [("a", "1.50")]}, Cost.PAID, "Ticket à 1,50\u00a0€. Tarifs : https://cars.example/tarifs"),
        (
            {"fare_attributes": [("a", "1"), ("b", "3.2")]},
            Cost.PAID,
            "De 1\u00a0€ à 3,20\u00a0€. Tarifs : https://cars.example/tarifs",
        ),
        ({"fare_attributes": [("a", "0.00")]}, Cost.FREE, "Tarifs : https://cars.example/tarifs"),
    ],
)
def test_fares_are_told(fares: dict[str, list[tuple[str, str]]], cost: Cost | None, note: str) -> None:
    tables = {
        name: [{"fare_id": fare, "price": price, "currency_type": "EUR"} for fare, price in rows]
        for name, rows in fares.items()
    }
    found = record_of(a_feed(**tables), LINE)
    assert (found.cost, found.cost_note) == (cost, note)


@pytest.mark.parametrize(
    ("short", "long", "title"),
    [
        ("1", "L1 Gare <> Mairie", "Ligne 1 : Gare – Mairie"),
        ("1", "Ligne 1 - Gare / Mairie", "Ligne 1 : Gare – Mairie"),
        ("N12", "GARE - MAIRIE", "Ligne N12 : Gare – Mairie"),
        ("1", "", "Ligne 1 : Romilly-sur-Seine – Nogent-sur-Seine"),
        ("", "Les Toupes", "Ligne : Les Toupes"),
        ("1", "1", "Ligne 1 : Romilly-sur-Seine – Nogent-sur-Seine"),
        ("1", "12 rue du Lavoir", "Ligne 1 : 12 rue du Lavoir"),
    ],
)
def test_title_is_what_stands_at_the_stop(short: str, long: str, title: str) -> None:
    assert record_of(a_feed(routes=[a_route(short=short, long=long)]), LINE).title == title


@pytest.mark.parametrize(
    ("type_", "concept", "noun"),
    [
        ("3", "MO01", "Ligne de bus"),
        ("2", "MO02", "Ligne de train"),
        ("202", "MO01", "Ligne de car"),
        ("106", "MO02", "Ligne de train"),
        ("712", "ED06", "Ligne de car scolaire"),
        ("6", "MO11", "Transport par câble"),
        ("99", "MO01", "Ligne de transport"),
        ("", "MO01", "Ligne de transport"),
    ],
)
def test_type_of_route_files_the_line(type_: str, concept: str, noun: str) -> None:
    found = record_of(a_feed(routes=[a_route(route_type=type_)]), LINE)
    assert found.concepts == (concept,)
    assert (found.summary or "").startswith(noun)


def test_unknown_type_is_said() -> None:
    assert "gtfs-type-inconnu" in codes_of(a_feed(routes=[a_route(route_type="99")]))


def test_version_dates_the_record() -> None:
    assert record_of(a_feed(), LINE).said_on == date(2025, 12, 20)
    undated = a_feed(feed_info=[{"feed_publisher_name": "Région", "feed_start_date": "20250901"}])
    assert record_of(undated, LINE).said_on == date(2025, 9, 1)
    assert record_of(a_feed(feed_info=[]), LINE).said_on is None


def test_line_without_trip_is_passed_over() -> None:
    found = rows_of(a_feed(routes=[a_route(), a_route("L2", "2", "Ailleurs")]))
    assert [(each.verdict, each.problems[0].code) for each in found if each.row.cells.get("route_id") == "L2"] == [
        (Verdict.SKIPPED, "gtfs-ligne-sans-voyage")
    ]


def test_each_agency_is_a_feed_of_its_own() -> None:
    agencies = [{"agency_id": name, "agency_name": f"Réseau {name}"} for name in ("A", "B")]
    feed = a_feed(
        agency=agencies,
        routes=[a_route(agency_id="A"), a_route("L2", "2", "Gare – Stade", agency_id="B")],
        trips=[*a_feed()["trips"], a_trip("u1", "L2")],
        stops=[*a_feed()["stops"], a_stop("stade", "Stade", **ROMILLY | {"stop_lat": "48.5250"})],
        stop_times=[*a_feed()["stop_times"], *passings("u1", ("gare", "08:00:00"), ("stade", "08:10:00"))],
    )
    assert [opened.source.feed for opened in lists_of(feed)] == ["gtfs-reseau-a", "gtfs-reseau-b"]
    assert {each.structure.name for key, each in records_of(feed).items() if key == "arret:stade"} == {"Réseau B"}
    assert len(rows_of(feed)) == 2 + 4


def test_line_without_agency_belongs_to_the_only_one() -> None:
    assert record_of(a_feed(routes=[a_route(agency_id="")]), LINE).structure.name == "Cars de la Seine"
    assert record_of(a_feed(agency=[]), LINE).structure.name == "Région"


def test_line_that_must_be_called_is_a_transport_on_demand() -> None:
    called = [row | {"pickup_type": "2"} for row in a_feed()["stop_times"]]
    found = record_of(a_feed(stop_times=called), LINE)
    assert found.concepts == ("MO03",)
    assert (found.summary or "").startswith("Transport sur réservation : Romilly-sur-Seine")
    opening = access_of(found, "10323").opening
    assert opening is not None
    assert {slot.appointment for slot in opening.slots} == {Appointment.REQUIRED}


def test_trip_that_must_be_called_is_told_apart() -> None:
    evening = passings("t3", ("gare", "20:00:00"), ("pont", "20:15:00"), pickup_type="2")
    feed = a_feed(trips=[*a_feed()["trips"], a_trip("t3")], stop_times=[*a_feed()["stop_times"], *evening])
    found = record_of(feed, LINE)
    assert ", sur réservation :\n– Du lundi au vendredi\u00a0: un départ à 20\u00a0h." in (found.description or "")
    opening = access_of(found, "10323").opening
    assert opening is not None
    assert [slot.times for slot in opening.slots] == [(TimeSpan(7 * 60 + 5, 17 * 60 + 30),)]


def test_stop_that_must_be_called_is_named() -> None:
    rows = [row | {"pickup_type": "2" if row["stop_id"] == "pont" else "0"} for row in a_feed()["stop_times"]]
    told = record_of(a_feed(stop_times=rows), LINE).description or ""
    assert "Sur réservation seulement, au moins à certaines heures : Mairie." in told


def test_frequencies_repeat_their_trip() -> None:
    frequencies = [{"trip_id": "t1", "start_time": "08:00:00", "end_time": "10:00:00", "headway_secs": "1800"}]
    told = record_of(a_feed(frequencies=frequencies), LINE).description or ""
    assert "départs à 8\u00a0h, 8\u00a0h\u00a030, 9\u00a0h, 9\u00a0h\u00a030 et 17\u00a0h\u00a030." in told


def test_times_left_out_are_set_in_proportion() -> None:
    times = passings("t1", ("gare", "07:00:00"), ("pont", ""), ("nogent", "07:30:00"))
    opening = access_of(record_of(a_feed(stop_times=times), LINE), "10298").opening
    assert opening is not None
    assert [slot.times for slot in opening.slots] == [(TimeSpan(435, 436),)]


def test_trip_past_midnight_stays_with_its_evening() -> None:
    times = passings("t1", ("gare", "23:50:00"), ("pont", "24:05:00"), ("nogent", "25:10:00"))
    found = record_of(a_feed(stop_times=times, calendar=[a_calendar(days="0000010")]), LINE)
    first, after = (access_of(found, code).opening for code in ("10323", "10298"))
    assert first is not None
    assert after is not None
    assert [(sorted(slot.rule.days), slot.times) for slot in first.slots] == [([5], (TimeSpan(1430, 1431),))]
    assert [(sorted(slot.rule.days), slot.times) for slot in after.slots] == [([6], (TimeSpan(5, 6),))]


def test_remarks_on_other_files_stand_with_the_first_line() -> None:
    trips = [*a_feed()["trips"], a_trip("t9", "L99"), a_trip("t8", service="jamais")]
    remarks = [
        problem
        for each in rows_of(a_feed(trips=trips))
        for problem in each.problems
        if problem.field == "routes.txt : trips.txt"
    ]
    assert [problem.text[:20] for problem in remarks] == ["trips.txt, ligne 4 :", "trips.txt, ligne 5 :"]


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12)
