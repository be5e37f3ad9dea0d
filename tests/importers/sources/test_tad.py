"""Transports on demand (GTFS-Flex): where one is taken, when, how and how long before to book; never shown as open."""

import json
from collections import Counter
from datetime import date, datetime

import pytest

from importers.pipeline.imports import import_list
from importers.pipeline.lists import open_lists, passages
from importers.pipeline.passages import Passage
from importers.reading import Unreadable
from importers.sources import SOURCES
from importers.sources.gtfs.booking import duration, notice_words
from portal.directory.rules.choices import AccessPointKind, ContactType
from portal.hours.calendar import Calendar
from portal.hours.layers import StateCode
from portal.hours.schedule import Schedule
from portal.hours.slots import Appointment, Mode, TimeSpan
from portal.intake.record import ServiceRecord, Verdict
from tests.importers.sources.builders import Desk, opened_all, real_file
from tests.importers.sources.gtfs_feeds import (
    TODAY,
    Feed,
    Table,
    a_feed,
    a_route,
    a_trip,
    access_of,
    asking,
    files_of,
    imports,
    lists_of,
    pieces_of_files,
    record_of,
    rows_of,
)

TAD = "tad:T1"
BOIS_LE_ROI = "mobilite/gtfs/gtfs-flex-tad-bois-le-roi"
AROUND_ROMILLY = [[3.70, 48.50], [3.80, 48.50], [3.80, 48.53], [3.70, 48.53], [3.70, 48.50]]
"""Holds the centres of Romilly and of Maizières."""


def a_window(
    place: str = "zone",
    column: str = "location_id",
    *,
    start: str = "08:00:00",
    end: str = "12:00:00",
    trip: str = "d1",
) -> dict[str, str]:
    """Write a stretch of time in which one is carried."""
    return {
        "trip_id": trip,
        "stop_id": "",
        column: place,
        "stop_sequence": "1",
        "start_pickup_drop_off_window": start,
        "end_pickup_drop_off_window": end,
        "pickup_booking_rule_id": "veille",
        "drop_off_booking_rule_id": "veille",
    }


def a_tad(*windows: dict[str, str], **tables: Table) -> Feed:
    """Give a feed with one line on demand beside its ordinary line."""
    rule = {
        "booking_rule_id": "veille",
        "booking_type": "2",
        "prior_notice_last_day": "1",
        "prior_notice_last_time": "17:00:00",
        "phone_number": "03 53 01 44 55",
        "booking_url": "https://tad.example/reserver?de={from_name}",
        "message": "Deux personnes au moins.",
    }
    return (
        a_feed(
            routes=[a_route(), a_route("T1", "", "Le Petit Bus")],
            trips=[*a_feed()["trips"], a_trip("d1", "T1")],
            stop_times=[
                *a_feed()["stop_times"],
                *(windows or (a_window(), a_window(start="14:00:00", end="18:00:00"))),
            ],
            booking_rules=[rule],
        )
        | tables
    )


def rows(feed: Feed, zones: object = None, *, today: date = TODAY, scope: set[str] | None = None) -> list[Passage]:
    """Take every row of a feed with zones through the stages."""
    written = zones if zones is not None else _collection(AROUND_ROMILLY)
    content = written if isinstance(written, bytes) else json.dumps(written).encode()
    opened = open_lists(SOURCES["mobilite"], pieces_of_files(files_of(feed) | {"locations.geojson": content}))
    assert not isinstance(opened, Unreadable), opened.problem
    found = [each for one in opened for each in passages(one, asking(today=today, scope=scope))]
    return [each for each in found if isinstance(each, Passage)]


def record(feed: Feed, zones: object = None, *, today: date = TODAY) -> ServiceRecord:
    (found,) = (each.record for each in rows(feed, zones, today=today) if each.key == TAD)
    assert found is not None
    return found


def _collection(ring: object, name: str = "zone") -> object:
    geometry = {"type": "Polygon", "coordinates": [ring]}
    return {"type": "FeatureCollection", "features": [{"type": "Feature", "id": name, "geometry": geometry}]}


def test_zones_are_the_communes_they_hold() -> None:
    found = record(a_tad())
    assert [area.code for area in found.competence or ()] == ["10220", "10323"]
    assert (
        found.summary == "Transport collectif sur réservation entre Maizières-la-Grande-Paroisse et Romilly-sur-Seine."
    )
    assert (found.title, found.concepts) == ("Transport à la demande : Le Petit Bus", ("MO03",))


def test_door_to_door_is_a_service_at_home_on_appointment() -> None:
    (access,) = record(a_tad()).access
    assert (access.key, access.kind, access.place) == ("domicile", AccessPointKind.HOME, None)
    assert access.opening is not None
    (slot,) = access.opening.slots
    assert slot.times == (TimeSpan(480, 720), TimeSpan(840, 1080))
    assert (slot.mode, slot.appointment) == (Mode.HOME, Appointment.REQUIRED)


def test_transport_to_be_booked_is_never_open() -> None:
    opening = record(a_tad()).access[0].opening
    assert opening is not None
    state = Schedule(opening, Calendar.of_department("10")).state_at(_at(date(2026, 1, 16), 9))
    assert state.code is StateCode.APPOINTMENT


def test_booking_stands_before_everything_else() -> None:
    found = record(a_tad())
    assert [(each.type, each.value) for each in (found.contacts or ())[:2]] == [
        (ContactType.PHONE, "03 53 01 44 55"),
        (ContactType.PHONE, "03 53 01 20 30"),
    ]
    assert found.online_url == "https://tad.example/reserver"
    told = (found.description or "").split("\n\n")
    assert told[:2] == ["Réservez au plus tard la veille avant 17\u00a0h.", "Deux personnes au moins."]
    assert "– Du lundi au vendredi\u00a0: de 8\u00a0h à 12\u00a0h et de 14\u00a0h à 18\u00a0h." in told[2]


def test_groups_of_stops_are_received_at_one_stop_a_commune() -> None:
    groups = [{"location_group_id": "bourgs", "stop_id": stop} for stop in ("gare", "pont")]
    feed = a_tad(a_window("bourgs", "location_group_id"), location_group_stops=groups)
    found = record_of(feed, TAD)
    places = [(each.key, each.kind, each.place.name) for each in found.access if each.place]
    assert places == [("10298", AccessPointKind.PLACE, "Mairie"), ("10323", AccessPointKind.PLACE, "Gare")]
    assert access_of(found, "10298").note == "Réservez au plus tard la veille avant 17\u00a0h."


def test_line_of_the_type_on_demand_needs_no_zone() -> None:
    found = record_of(a_feed(routes=[a_route(route_type="715")]), "tad:L1")
    assert found.concepts == ("MO03",)
    opening = found.access[0].opening
    assert opening is not None
    assert {slot.appointment for slot in opening.slots} == {Appointment.REQUIRED}


def test_lists_are_one_for_lines_and_one_for_what_is_booked() -> None:
    found = {opened.source.feed: opened for opened in lists_of(a_tad(a_window("gare", "stop_id")))}
    assert sorted(found) == ["gtfs-cars-de-la-seine", "tad-cars-de-la-seine"]
    assert len(rows_of(a_tad(a_window("gare", "stop_id")))) == 2 + 3


def test_timetable_on_demand_that_is_over_leaves_its_notice() -> None:
    found = record(a_tad(), today=date(2026, 7, 6))
    access = found.access[0]
    assert access.opening is not None
    assert access.opening.slots == ()
    assert "5 juillet 2026" in (access.note or "")
    assert "8\u00a0h" not in (found.description or "")


def test_zone_out_of_the_territory_is_passed_over() -> None:
    found = next(each for each in rows(a_tad(), scope={"10268"}) if each.row.cells.get("route_id") == "T1")
    assert (found.verdict, found.problems[0].code) == (Verdict.SKIPPED, "hors-perimetre")


@pytest.mark.parametrize(
    "zones",
    [
        b"",
        b"{",
        b"[]",
        {"features": None},
        {"features": [None, 3, {"id": "zone"}, {"id": "zone", "geometry": {"type": "Polygon", "coordinates": "x"}}]},
        _collection([[3.7, 48.5], [3.8, "nord"], [3.7, 48.6], [3.7, 48.5]]),
        _collection([[3.7, 48.5], [370.8, 48.5], [3.7, 48.6], [3.7, 48.5]]),
        _collection([[-20.0, 47.0], [-19.0, 47.0], [-19.0, 48.0], [-20.0, 47.0]]),
        _collection(AROUND_ROMILLY, name="autre"),
    ],
)
def test_zones_nobody_reads_leave_the_line_to_a_person(zones: object) -> None:
    (found,) = (each for each in rows(a_tad(), zones) if each.key == TAD)
    assert (found.verdict, found.record) == (Verdict.QUARANTINED, None)


@pytest.mark.parametrize(
    "window",
    [a_window(start="8h"), a_window(start="12:00:00", end="08:00:00"), a_window("")],
)
def test_stretch_nobody_understands_is_said(window: dict[str, str]) -> None:
    found = rows(a_tad(window, a_window()))
    assert "gtfs-plage" in {problem.code for each in found for problem in each.problems}


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"booking_type": "0"}, "Réservation possible au moment de partir."),
        ({"booking_type": "1", "prior_notice_duration_min": "30"}, "Réservez au moins 30 minutes avant de partir."),
        (
            {"booking_type": "1", "prior_notice_duration_min": "120", "prior_notice_duration_max": "4320"},
            "Réservez au moins 2 heures avant de partir, au plus tôt 3 jours avant.",
        ),
        (
            {"booking_type": "2", "prior_notice_last_day": "1", "prior_notice_last_time": "16:30:00"},
            "Réservez au plus tard la veille avant 16\u00a0h\u00a030.",
        ),
        (
            {"booking_type": "2", "prior_notice_last_day": "2", "prior_notice_start_day": "14"},
            "Réservez au plus tard l’avant-veille, au plus tôt 14 jours avant.",
        ),
        (
            {"booking_type": "2", "prior_notice_last_day": "3", "prior_notice_last_time": "12:00:00"},
            "Réservez au plus tard 3 jours avant le trajet, avant 12\u00a0h.",
        ),
        ({"booking_type": "2"}, ""),
        ({"booking_type": "9"}, ""),
        ({}, ""),
    ],
)
def test_notice_is_said_in_french(cells: dict[str, str], words: str) -> None:
    said, problems = notice_words(cells)
    assert said == words
    assert bool(problems) is not bool(words)


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (1, "1 minute"),
        (45, "45 minutes"),
        (60, "1 heure"),
        (90, "1\u00a0h\u00a030"),
        (1440, "1 jour"),
        (2880, "2 jours"),
    ],
)
def test_durations_are_said_in_french(minutes: int, words: str) -> None:
    assert duration(minutes) == words


def test_second_import_of_what_is_booked_changes_nothing(desk: Desk) -> None:
    feed = a_tad(a_window("gare", "stop_id"), a_window("pont", "stop_id"))
    imports(desk, feed)
    before = desk.content()
    again = imports(desk, feed | {"stop_times": list(reversed(feed["stop_times"]))})
    assert [{fate.value: n for fate, n in report.counts.items() if n} for report in again] == [
        {"unchanged": 4},
        {"unchanged": 1},
    ]
    assert desk.content() == before


@pytest.mark.parametrize("today", [date(2025, 4, 28), date(2026, 11, 28)])
def test_real_transport_on_demand_comes_in_once(desk: Desk, today: date) -> None:
    figures = []
    for _ in range(2):
        (opened,) = opened_all("mobilite", real_file(BOIS_LE_ROI))
        report = import_list(desk.database, desk.clock, opened, asking(today=today), options=desk.options)
        figures.append({fate.value: n for fate, n in report.counts.items() if n})
    assert figures == [{"created": 1, "skipped": 10}, {"unchanged": 1, "skipped": 10}]


def test_real_transport_says_how_to_book() -> None:
    (opened,) = opened_all("mobilite", real_file(BOIS_LE_ROI))
    found = [each for each in passages(opened, asking(today=date(2025, 4, 28))) if isinstance(each, Passage)]
    record = found[0].record
    assert record is not None
    assert record.online_url == "https://reservation-tad.idfmobilites.fr/search"
    assert [area.code for area in record.competence or ()] == ["77037"]
    assert Counter(problem.code for each in found for problem in each.problems) == {
        "gtfs-arret-sur-reservation": 9,
        "gtfs-arret-sans-voyage": 1,
        "adresse-web-illisible": 1,
    }


def _at(day: date, hour: int) -> datetime:
    return datetime(day.year, day.month, day.day, hour)
