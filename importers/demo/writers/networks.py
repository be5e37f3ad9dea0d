"""A network of coach lines as a GTFS feed: stops, routes, trips and days, in one zip."""

import re
from collections.abc import Iterator, Mapping, Sequence

from importers.demo.placing import commune_of, point_of
from importers.demo.writers.archives import archive
from importers.demo.writers.delimited import Dialect, delimited
from importers.demo.writers.edition import Edition
from importers.demo.writers.service_days import CALENDAR, DATES, calendar_rows, days_of, span_around
from portal.vocabulary.marks import Table

Cells = dict[str, str]
AGENCY = ("agency_id", "agency_name", "agency_url", "agency_timezone", "agency_lang", "agency_phone", "agency_email")
STOPS = ("stop_id", "stop_name", "stop_desc", "stop_lat", "stop_lon")
ROUTES = (
    "route_id", "agency_id", "route_short_name", "route_long_name", "route_desc", "route_type", "route_color",
)  # fmt: skip
FEED_INFO = (
    "feed_publisher_name", "feed_publisher_url", "feed_lang", "feed_start_date", "feed_end_date", "feed_version",
)  # fmt: skip
_TRIPS = ("route_id", "service_id", "trip_id", "trip_headsign", "direction_id", "wheelchair_accessible")
_STOP_TIMES = ("trip_id", "arrival_time", "departure_time", "stop_id", "stop_sequence")
_FARES = ("fare_id", "price", "currency_type", "payment_method", "transfers")
_FARE_RULES = ("fare_id", "route_id")
_COACH = "3"
_WHEELCHAIR = {"oui": "1", "non": "2"}
_PRICE = re.compile(r"(\d+)(?:,(\d{2}))?\s€")
_AGENCY_KEY = "cars-de-la-plaine"


def write(entries: Sequence[Table], edition: Edition) -> bytes:
    """Write the network that a content file holds."""
    (network,) = entries
    span = span_around(edition.said_on)
    rules = network.table("jours")
    weekly, dated = calendar_rows({name: days_of(rules.table(name), span) for name in rules.members}, span)
    lines = network.tables("lignes")
    trips = [trip for line in lines for trip in _trips(line)]
    tables = {
        "agency.txt": (AGENCY, [agency(network, _AGENCY_KEY, "")]),
        "stops.txt": (STOPS, [_stop(stop) for stop in network.tables("arrets")]),
        "routes.txt": (ROUTES, [_route(line) for line in lines]),
        "trips.txt": (_TRIPS, [trip for trip, _ in trips]),
        "stop_times.txt": (_STOP_TIMES, [time for _, times in trips for time in times]),
        "calendar.txt": (CALENDAR, weekly),
        "calendar_dates.txt": (DATES, dated),
        "fare_attributes.txt": (_FARES, [_fare(line) for line in lines]),
        "fare_rules.txt": (_FARE_RULES, [{"fare_id": line.text("code"), "route_id": _key(line)} for line in lines]),
        "feed_info.txt": (FEED_INFO, [feed_info(network, edition)]),
    }
    return feed(tables, edition)


def feed(tables: Mapping[str, tuple[tuple[str, ...], list[Cells]]], edition: Edition) -> bytes:
    """Put the files of a feed together."""
    members = {name: delimited(header, rows, Dialect()) for name, (header, rows) in tables.items()}
    return archive(members, edition.said_on)


def agency(network: Table, key: str, more: str) -> Cells:
    """Write who runs a network."""
    body = network.table("reseau")
    return {
        "agency_id": key,
        "agency_name": f"{body.text('nom')}{more}",
        "agency_url": body.text("site"),
        "agency_timezone": "Europe/Paris",
        "agency_lang": "fr",
        "agency_phone": body.text("telephone"),
        "agency_email": body.text("courriel"),
    }


def feed_info(network: Table, edition: Edition) -> Cells:
    """Write who publishes a feed, and for which days."""
    span = span_around(edition.said_on)
    return {
        "feed_publisher_name": network.table("reseau").text("nom"),
        "feed_publisher_url": network.table("reseau").text("site"),
        "feed_lang": "fr",
        "feed_start_date": f"{span.first:%Y%m%d}",
        "feed_end_date": f"{span.last:%Y%m%d}",
        "feed_version": edition.said_on.isoformat(),
    }


def _stop(stop: Table) -> Cells:
    code, point = stop.text("commune"), point_of(stop.text("commune"), stop.text("lieu"))
    commune = commune_of(code)
    return {
        "stop_id": stop.text("cle"),
        "stop_name": f"{commune.name} – {stop.text('nom')}" if commune else stop.text("nom"),
        "stop_desc": stop.text("lieu"),
        "stop_lat": str(point.lat) if point else "",
        "stop_lon": str(point.lon) if point else "",
    }


def _key(line: Table) -> str:
    return f"ligne-{line.text('code')}"


def _route(line: Table) -> Cells:
    return {
        "route_id": _key(line),
        "agency_id": _AGENCY_KEY,
        "route_short_name": line.text("code"),
        "route_long_name": line.text("nom"),
        "route_desc": line.text("resume"),
        "route_type": _COACH,
        "route_color": line.text("couleur"),
    }


def _fare(line: Table) -> Cells:
    found = _PRICE.search(line.text("tarif"))
    price = f"{found[1]}.{found[2] or '00'}" if found else "0.00"
    key = line.text("code")
    return {"fare_id": key, "price": price, "currency_type": "EUR", "payment_method": "0", "transfers": ""}


def _trips(line: Table) -> Iterator[tuple[Cells, list[Cells]]]:
    """Write the trips of a line there and back; the way back takes the same time."""
    stops = [leaf.text for leaf in line.leaves("arrets")]
    minutes = [int(leaf.text) for leaf in line.leaves("temps")]
    back = [minutes[-1] - minute for minute in reversed(minutes)]
    for direction, word, along, times in (("0", "aller", stops, minutes), ("1", "retour", stops[::-1], back)):
        for way in line.tables(word):
            for leaf in way.leaves("departs"):
                key = f"{_key(line)}-{word}-{way.text('jours')}-{leaf.text.replace(':', '')}"
                trip = {
                    "route_id": _key(line),
                    "service_id": way.text("jours"),
                    "trip_id": key,
                    "direction_id": direction,
                    "wheelchair_accessible": _WHEELCHAIR.get(line.text("fauteuil"), "0"),
                }
                yield trip, _passages(key, leaf.text, along, times)


def _passages(trip: str, departure: str, stops: Sequence[str], minutes: Sequence[int]) -> list[Cells]:
    hour, minute = departure.split(":")
    start = int(hour) * 60 + int(minute)
    return [
        {
            "trip_id": trip,
            "arrival_time": clock(start + passed),
            "departure_time": clock(start + passed),
            "stop_id": stop,
            "stop_sequence": str(rank),
        }
        for rank, (stop, passed) in enumerate(zip(stops, minutes, strict=True))
    ]


def clock(minute: int) -> str:
    """Write a minute of the day as timetables do."""
    return f"{minute // 60:02}:{minute % 60:02}:00"
