"""Which lines serve which stops, and when: the timetable asked as sheets need it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from importers.sources.gtfs.network import Network
from importers.sources.gtfs.offers import KindOfDay, Offer, kinds_of_days
from importers.sources.gtfs.passings import NO_TIME
from importers.sources.gtfs.sentences import from_words, over_words, until_words
from portal.hours.calendar import Calendar
from portal.hours.gtfs import opening_that_is_over
from portal.hours.service_days import opening_of, unknown_after, unknown_before
from portal.hours.slots import Appointment, DayRule, Mode, Opening, TimeSpan, Unread

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ONLY_OUT = "Heures d’arrivée : ici on descend, on ne monte pas."
UNREADABLE_DAYS = "Des jours de circulation n’ont pas pu être lus : demandez-les à l’exploitant."


class Way(NamedTuple):
    """A line in one of its directions, by vehicles that come or by those that must be called."""

    route: str
    direction: str
    is_booked: bool = False
    is_end: bool = False
    """Whether its vehicles only let people out here."""


class _Stop(NamedTuple):
    """A vehicle that stops somewhere."""

    trip: int
    boards: bool
    departure: int
    arrival: int
    on_call: bool


@dataclass(frozen=True)
class Service:
    """What runs somewhere: offers, and whether some of their days are in doubt."""

    offers: tuple[Offer, ...]
    is_doubtful: bool = False
    until: date = date.min
    """The day the last of its calendars ends."""

    def and_also(self, other: "Service") -> "Service":
        """Put two together."""
        return Service(self.offers + other.offers, self.is_doubtful or other.is_doubtful, max(self.until, other.until))


NOTHING = Service(())


def together(services: Iterable[Service]) -> Service:
    """Put many together."""
    found = NOTHING
    for each in services:
        found = found.and_also(each)
    return found


def at_stop(network: Network, number: int) -> Mapping[Way, Service]:
    """Give the departures at a group of stops by line and direction; of a line that nobody boards here, arrivals."""
    return network.remembered(("stop", number), lambda: _at_stop(network, number))


def _at_stop(network: Network, number: int) -> Mapping[Way, Service]:
    timetable = network.timetable
    rows, passings = timetable.at_stop(number), timetable.passings
    columns = (passings.trip, passings.boards, passings.departure, passings.arrival, passings.on_call)
    stops = [_Stop(*values) for values in zip(*(column[rows].tolist() for column in columns), strict=True)]
    boarded = {timetable.trips[stop.trip].route for stop in stops if stop.boards}
    minutes: dict[tuple[Way, str], set[int]] = defaultdict(set)
    for stop in stops:
        said = timetable.trips[stop.trip]
        is_end = said.route not in boarded
        if said.route not in network.on_demand_routes and (stop.boards or is_end):
            way = Way(said.route, said.direction, is_booked=stop.on_call and not is_end, is_end=is_end)
            minutes[way, said.service] |= {stop.arrival if is_end else stop.departure} - {NO_TIME}
    found: dict[Way, Service] = defaultdict(lambda: NOTHING)
    for (way, service), times in minutes.items():
        found[way] = found[way].and_also(_service(network, service, sorted(times)))
    return dict(found)


def of_line(network: Network, route: str) -> Mapping[Way, Service]:
    """Give the departures of a line from where its trips begin, by direction."""
    return network.remembered(("line", route), lambda: _of_line(network, route))


def _of_line(network: Network, route: str) -> Mapping[Way, Service]:
    minutes: dict[tuple[Way, str], list[tuple[int, int]]] = defaultdict(list)
    for trip, start, end in trips_of_line(network, route):
        said = network.timetable.trips[trip]
        minutes[Way(route, said.direction, is_booked(network, trip)), said.service].append((start, end))
    found: dict[Way, Service] = defaultdict(lambda: NOTHING)
    for (way, service), trips in minutes.items():
        departures = sorted({start for start, _ in trips})
        found[way] = found[way].and_also(_service(network, service, departures, end=max(end for _, end in trips)))
    return dict(found)


def is_booked(network: Network, trip: int) -> bool:
    """Tell whether a vehicle stops nowhere but for those who called."""
    where, passings = network.timetable.of_trip(trip), network.timetable.passings
    return bool(passings.on_call[where][passings.boards[where]].all()) and bool(passings.boards[where].any())


def trips_of_line(network: Network, route: str) -> Iterator[tuple[int, int, int]]:
    """Give the trips of a line that have times: their number, first departure and last arrival."""
    timetable = network.timetable
    for trip in timetable.trips_of.get(route, ()):
        where = timetable.of_trip(trip)
        starts, ends = (_known(getattr(timetable.passings, name)[where]) for name in ("departure", "arrival"))
        if len(starts) and len(ends):
            yield trip, int(starts[0]), int(max(ends))


def _known(times: "NDArray[np.int32]") -> "NDArray[np.int32]":
    known: NDArray[np.int32] = times[times != NO_TIME]
    return known


def _service(network: Network, service: str, departures: list[int], *, end: int | None = None) -> Service:
    days = network.services.days.get(service, 0)
    offer = Offer(days, tuple(departures), departures[-1] if departures and end is None else end or 0)
    until = network.services.ends.get(service, date.min)
    return Service((offer,) if departures else (), service in network.services.doubtful, until)


@dataclass(frozen=True)
class Hours:
    """When something runs, as a sheet says it."""

    opening: Opening | None
    kinds: tuple[KindOfDay, ...]
    """Empty where the timetable is over: what was is no promise."""
    note: str | None
    is_over: bool = False
    until: date = date.min
    """The day the timetable ends."""


def hours_of_ways(network: Network, ways: Mapping[Way, Service], calendar: Calendar) -> Hours:
    """Say when one can get in; where that takes a call, when one may call; else when vehicles arrive, with a note."""
    coming = [service for way, service in ways.items() if not (way.is_booked or way.is_end)]
    called = [service for way, service in ways.items() if way.is_booked]
    if coming:
        return hours_of(network, together(coming), calendar)
    if called:
        hours = hours_of(network, together(called), calendar)
        return hours if hours.opening is None else replace(hours, opening=on_appointment(hours.opening))
    hours = hours_of(network, together(ways.values()), calendar)
    return replace(hours, note=hours.note or ONLY_OUT) if hours.kinds else hours


def on_appointment(opening: Opening, mode: Mode = Mode.ON_SITE) -> Opening:
    """Ask for an appointment at every time: what must be booked is never open."""
    slots = (replace(slot, mode=mode, appointment=Appointment.REQUIRED) for slot in opening.slots)
    return replace(opening, slots=tuple(slots))


def hours_of(network: Network, service: Service, calendar: Calendar) -> Hours:
    """Say when something runs; a timetable that is over leaves its notice and no opening."""
    return network.remembered((service, calendar, network.today), lambda: _hours_of(network, service, calendar))


def _hours_of(network: Network, service: Service, calendar: Calendar) -> Hours:
    horizon, today = network.services.horizon, network.today
    kinds = kinds_of_days(service.offers, horizon)
    doubts: tuple[Unread, ...] = (Unread(UNREADABLE_DAYS, DayRule()),) if service.is_doubtful else ()
    if not kinds:
        return Hours(Opening(unread=doubts) if doubts else None, (), None)
    if today is not None and service.until < today:
        return Hours(
            opening_that_is_over(service.until), (), over_words(service.until), is_over=True, until=service.until
        )
    opening = opening_of(_spans(kinds), horizon, calendar)
    doubts += (unknown_after(horizon.last, until_words(horizon.last)),)
    if today is not None and today < horizon.first:
        doubts += (unknown_before(horizon.first, from_words(horizon.first)),)
    return Hours(Opening(opening.slots, opening.exceptions, doubts), kinds, None)


def _spans(kinds: Iterable[KindOfDay]) -> list[tuple[int, tuple[TimeSpan, ...]]]:
    same: dict[tuple[TimeSpan, ...], int] = defaultdict(int)
    for kind in kinds:
        same[kind.spans] |= kind.days
    return [(days, spans) for spans, days in same.items()]


@cache
def calendar_at(department: str) -> Calendar:
    """Give the calendar of a département, made once for all its stops."""
    return Calendar.of_department(department)
