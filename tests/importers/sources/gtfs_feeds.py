"""Small GTFS feeds of our own: two lines between Romilly and Nogent, of which a test changes what it is about."""

import io
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from importers.pipeline.declaration import OpenedList, Reference
from importers.pipeline.imports import import_list
from importers.pipeline.lists import open_lists, passages
from importers.pipeline.passages import Passage
from importers.reading import Piece, Refusal, Unreadable, piece_of_bytes, pieces_within
from importers.sources import SOURCES
from portal.intake.record import AccessRecord, ServiceRecord
from portal.intake.report import Report
from tests.importers.sources.builders import Desk, reference
from tests.tools.claims import none_of

TODAY = date(2026, 1, 15)
Table = list[dict[str, str]]
Feed = dict[str, Table]
WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
ROMILLY = {"stop_lat": "48.5150", "stop_lon": "3.7270"}
PONT = {"stop_lat": "48.5087", "stop_lon": "3.5975"}
NOGENT = {"stop_lat": "48.4935", "stop_lon": "3.4995"}


def a_calendar(
    service: str = "ecole", days: str = "1111100", *, first: str = "20250901", last: str = "20260705"
) -> dict[str, str]:
    """Write the weekdays on which a service runs."""
    return {"service_id": service, **dict(zip(WEEK, days, strict=True)), "start_date": first, "end_date": last}


def a_stop(stop: str, name: str, **more: str) -> dict[str, str]:
    """Write a stop."""
    return {
        "stop_id": stop,
        "stop_name": name,
        "location_type": "",
        "parent_station": "",
        "wheelchair_boarding": "",
    } | more


def a_trip(trip: str, route: str = "L1", service: str = "ecole", **more: str) -> dict[str, str]:
    """Write a trip."""
    return {"route_id": route, "service_id": service, "trip_id": trip, "direction_id": "0", "trip_headsign": ""} | more


def passings(trip: str, *times: tuple[str, str], **more: str) -> Table:
    """Write the stops and times of a trip, in order."""
    return [
        {"trip_id": trip, "arrival_time": time, "departure_time": time, "stop_id": stop, "stop_sequence": str(rank)}
        | more
        for rank, (stop, time) in enumerate(times, start=1)
    ]


def a_feed(**tables: Table) -> Feed:
    """Give a feed of one line, Romilly to Nogent through Pont, of which some files are others."""
    return {
        "agency": [
            {
                "agency_id": "1",
                "agency_name": "Cars de la Seine",
                "agency_url": "https://cars.example",
                "agency_timezone": "Europe/Paris",
                "agency_phone": "03 53 01 20 30",
                "agency_fare_url": "https://cars.example/tarifs",
            }
        ],
        "routes": [a_route()],
        "stops": [
            a_stop("gare", "Gare", **ROMILLY),
            a_stop("pont", "Mairie", **PONT),
            a_stop("nogent", "Place de l’Église", **NOGENT),
        ],
        "trips": [a_trip("t1"), a_trip("t2")],
        "stop_times": [
            *passings("t1", ("gare", "07:05:00"), ("pont", "07:20:00"), ("nogent", "07:35:00")),
            *passings("t2", ("gare", "17:30:00"), ("pont", "17:45:00"), ("nogent", "18:00:00")),
        ],
        "calendar": [a_calendar()],
        "feed_info": [{"feed_publisher_name": "Région", "feed_start_date": "20250901", "feed_version": "20251220-1"}],
    } | tables


def a_route(route: str = "L1", short: str = "1", long: str = "Romilly <> Nogent", **more: str) -> dict[str, str]:
    """Write a line."""
    return {
        "route_id": route,
        "agency_id": "1",
        "route_short_name": short,
        "route_long_name": long,
        "route_type": "3",
    } | more


def text_of(rows: Table, *, mark: str = "") -> bytes:
    """Write rows as a file; the first names the columns."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    lines = [names, *([row.get(name, "") for name in names] for row in rows)]
    return (mark + "\r\n".join(",".join(f'"{cell}"' for cell in line) for line in lines) + "\r\n").encode()


def files_of(feed: Feed) -> dict[str, bytes]:
    """Write a feed as files."""
    return {f"{name}.txt": text_of(rows) for name, rows in feed.items() if rows}


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Pack files as a zip."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def pieces_of_files(files: Mapping[str, bytes]) -> tuple[Piece, ...]:
    """Give files as they lie in a zip."""
    pieces = pieces_within(piece_of_bytes(zipped(files), "reseau.zip"))
    assert not isinstance(pieces, Unreadable), pieces.problem
    return pieces


def lists_of(feed: Feed) -> tuple[OpenedList, ...]:
    """Open a feed that can be."""
    found = open_lists(SOURCES["mobilite"], pieces_of_files(files_of(feed)))
    assert not isinstance(found, Unreadable), found.problem
    return found


def asking(*, today: date | None = TODAY, scope: Iterable[str] | None = None) -> Reference:
    """Give what reading may look up on a day, within some communes."""
    return replace(reference(), today=today, scope=None if scope is None else frozenset(scope))


def rows_of(feed: Feed, *, today: date | None = TODAY, scope: Iterable[str] | None = None) -> list[Passage]:
    """Take every row of a feed through the stages."""
    known = asking(today=today, scope=scope)
    found = [each for opened in lists_of(feed) for each in passages(opened, known)]
    assert none_of(isinstance(each, Refusal) for each in found)
    return [each for each in found if isinstance(each, Passage)]


def records_of(feed: Feed, *, today: date | None = TODAY) -> dict[str, ServiceRecord]:
    """Give the records of a feed by key."""
    return {each.key: each.record for each in rows_of(feed, today=today) if each.record is not None}


def record_of(feed: Feed, key: str, *, today: date | None = TODAY) -> ServiceRecord:
    """Give one record of a feed."""
    return records_of(feed, today=today)[key]


def access_of(record: ServiceRecord, key: str) -> AccessRecord:
    """Give one access of a record."""
    return next(each for each in record.access if each.key == key)


def codes_of(feed: Feed) -> set[str]:
    """List the codes of all problems of a feed."""
    return {problem.code for each in rows_of(feed) for problem in each.problems}


def imports(desk: Desk, feed: Feed, *, today: date = TODAY) -> list[Report]:
    """Import every list of a feed."""
    return [
        import_list(desk.database, desk.clock, opened, asking(today=today), options=desk.options)
        for opened in lists_of(feed)
    ]
