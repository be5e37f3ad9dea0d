"""Transport on demand as GTFS-Flex: groups of stops, stretches of time, and how one books."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from importers.demo.placing import commune_of, point_of
from importers.demo.writers.edition import Edition
from importers.demo.writers.networks import AGENCY, FEED_INFO, ROUTES, STOPS, Cells, agency, clock, feed, feed_info
from importers.demo.writers.service_days import CALENDAR, DATES, Span, calendar_rows, span_around
from portal.hours.calendar import Calendar
from portal.hours.french import read_french
from portal.hours.schedule import Schedule
from portal.vocabulary.marks import Table

_TRIPS = ("route_id", "service_id", "trip_id", "trip_headsign", "wheelchair_accessible")
_STOP_TIMES = (
    "trip_id", "stop_sequence", "stop_id", "location_group_id", "start_pickup_drop_off_window",
    "end_pickup_drop_off_window", "pickup_type", "drop_off_type", "pickup_booking_rule_id", "drop_off_booking_rule_id",
)  # fmt: skip
_BOOKING = (
    "booking_rule_id", "booking_type", "prior_notice_last_day", "prior_notice_last_time", "message", "phone_number",
    "info_url",
)  # fmt: skip
_GROUPS, _GROUP_STOPS = ("location_group_id", "location_group_name"), ("location_group_id", "stop_id")
_AGENCY_KEY = "plaine-a-la-demande"
_ON_DEMAND = "715"
_BOOKED, _NONE, _DAYS_BEFORE = "2", "1", "2"
_HOUR = re.compile(r"avant (\d{1,2}) h")
_DAYS = {"deux": "2", "trois": "3"}
_WHEELCHAIR = {"oui": "1", "non": "2"}
_DEPARTMENT = "10"


def write(entries: Sequence[Table], edition: Edition) -> bytes:
    """Write the transports on demand of a network."""
    (network,) = entries
    span, offers = span_around(edition.said_on), network.tables("tad")
    runs = [(offer, run, days) for offer in offers for run, days in _runs(offer, span).items()]
    weekly, dated = calendar_rows({run.service: days for _, run, days in runs}, span)
    tables = {
        "agency.txt": (AGENCY, [agency(network, _AGENCY_KEY, " – à la demande")]),
        "stops.txt": (STOPS, _without_repeats(stop for offer in offers for stop in _stops(offer))),
        "location_groups.txt": (_GROUPS, [_group(offer) for offer in offers]),
        "location_group_stops.txt": (_GROUP_STOPS, [row for offer in offers for row in _group_stops(offer)]),
        "routes.txt": (ROUTES, [_route(offer) for offer in offers]),
        "trips.txt": (_TRIPS, [_trip(offer, run) for offer, run, _ in runs]),
        "stop_times.txt": (_STOP_TIMES, [row for offer, run, _ in runs for row in _times(offer, run)]),
        "calendar.txt": (CALENDAR, weekly),
        "calendar_dates.txt": (DATES, dated),
        "booking_rules.txt": (_BOOKING, [_rule(offer) for offer in offers]),
        "feed_info.txt": (FEED_INFO, [feed_info(network, edition)]),
    }
    return feed(tables, edition)


class _Run(NamedTuple):
    """A service and its stretch of the day, in minutes."""

    service: str
    start: int
    end: int


def _runs(offer: Table, span: Span) -> dict[_Run, list[date]]:
    """List the stretches of time of an offer, each with its days."""
    opening, _ = read_french(offer.text("horaires"))
    schedule = Schedule(opening, Calendar.of_department(_DEPARTMENT))
    found: dict[_Run, list[date]] = {}
    for one in schedule.occurrences(span.first, span.last):
        start, end = (at.hour * 60 + at.minute for at in (one.start, one.end))
        run = _Run(f"{offer.text('cle')}-{start:04}-{end:04}", start, end)
        found.setdefault(run, []).append(one.start.date())
    return dict(sorted(found.items()))


def _stops(offer: Table) -> Iterator[Cells]:
    for leaf in offer.leaves("communes"):
        yield _stop(leaf.text, "Mairie")
    for place in offer.tables("destinations"):
        yield _stop(place.text("commune"), place.text("lieu"))


def _stop(code: str, name: str) -> Cells:
    point, commune = point_of(code, name), commune_of(code)
    town = commune.name if commune else ""
    return {
        "stop_id": _stop_key(code, name),
        "stop_name": f"{town} – {name}",
        "stop_desc": "",
        "stop_lat": str(point.lat) if point else "",
        "stop_lon": str(point.lon) if point else "",
    }


def _stop_key(code: str, name: str) -> str:
    return f"{code}-{'mairie' if name == 'Mairie' else 'destination'}"


def _group(offer: Table) -> Cells:
    return {"location_group_id": offer.text("cle"), "location_group_name": offer.text("nom")}


def _group_stops(offer: Table) -> Iterator[Cells]:
    for leaf in offer.leaves("communes"):
        yield {"location_group_id": offer.text("cle"), "stop_id": _stop_key(leaf.text, "Mairie")}


def _route(offer: Table) -> Cells:
    return {
        "route_id": offer.text("cle"),
        "agency_id": _AGENCY_KEY,
        "route_long_name": offer.text("nom"),
        "route_desc": f"{offer.text('resume')} {offer.text('description')}",
        "route_type": _ON_DEMAND,
    }


def _trip(offer: Table, run: _Run) -> Cells:
    return {
        "route_id": offer.text("cle"),
        "service_id": run.service,
        "trip_id": run.service,
        "wheelchair_accessible": _WHEELCHAIR.get(offer.text("fauteuil"), "0"),
    }


def _times(offer: Table, run: _Run) -> Iterator[Cells]:
    """Write where one is fetched, then where one may be set down."""
    shared = {
        "trip_id": run.service,
        "start_pickup_drop_off_window": clock(run.start),
        "end_pickup_drop_off_window": clock(run.end),
        "pickup_booking_rule_id": offer.text("cle"),
        "drop_off_booking_rule_id": offer.text("cle"),
    }
    yield {
        **shared,
        "stop_sequence": "0",
        "location_group_id": offer.text("cle"),
        "pickup_type": _BOOKED,
        "drop_off_type": _NONE,
    }
    for rank, place in enumerate(offer.tables("destinations"), start=1):
        stop = _stop_key(place.text("commune"), place.text("lieu"))
        yield {
            **shared,
            "stop_sequence": str(rank),
            "stop_id": stop,
            "pickup_type": _NONE,
            "drop_off_type": _BOOKED,
        }


def _rule(offer: Table) -> Cells:
    words = offer.text("delai")
    hour = _HOUR.search(words)
    last = "12:00:00" if "avant midi" in words else f"{int(hour[1]):02}:00:00" if hour else "23:59:00"
    told = (offer.text("reservation"), f"Tarif : {offer.text('tarif')}.", offer.text("conditions"))
    return {
        "booking_rule_id": offer.text("cle"),
        "booking_type": _DAYS_BEFORE,
        "prior_notice_last_day": _DAYS.get(words.split(" ", maxsplit=1)[0], "1"),
        "prior_notice_last_time": last,
        "message": " ".join(filter(None, told)),
        "phone_number": offer.text("telephone"),
        "info_url": offer.text("site"),
    }


def _without_repeats(rows: Iterator[Cells]) -> list[Cells]:
    return list({row["stop_id"]: row for row in rows}.values())
