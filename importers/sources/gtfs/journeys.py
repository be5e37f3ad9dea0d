"""What the sheet of a line tells at length: its way, its vehicles, each direction with its days and departures."""

from collections import Counter
from collections.abc import Iterator

from importers.fields.cells import without_repeats
from importers.fields.names import read_name
from importers.sources.gtfs.agencies import Route
from importers.sources.gtfs.network import Network
from importers.sources.gtfs.sentences import kind_sentences, listed, until_words
from importers.sources.gtfs.serving import Way, calendar_at, hours_of, hours_of_ways, is_booked, of_line

_N_STOPS = 60
_N_ON_CALL = 8


def journeys(network: Network, route: Route) -> Iterator[str]:
    """Tell a line in paragraphs."""
    yield from _way(network, route)
    yield from _vehicles(network, route)
    yield from _directions(network, route)


def _way(network: Network, route: Route) -> Iterator[str]:
    communes = [commune.name for commune in network.communes_along(route.id)]
    if len(communes) > 1:
        yield f"Passe par {listed(communes)}."
    names = without_repeats([network.group(number).name for number in network.stops_along(route.id)])
    if names:
        shown = ", ".join(names[:_N_STOPS])
        yield f"Arrêts : {shown}{'…' if len(names) > _N_STOPS else '.'}"


def _directions(network: Network, route: Route) -> Iterator[str]:
    services = of_line(network, route.id)
    whole = hours_of_ways(network, services, calendar_at(_department(network, route)))
    if whole.is_over:
        yield whole.note or ""
        return
    horizon, calendar = network.services.horizon, calendar_at(_department(network, route))
    for way, service in sorted(services.items()):
        sentences = kind_sentences(hours_of(network, service, calendar).kinds, horizon, calendar)
        if sentences:
            goal = headsign(network, way)
            heading = f"Vers {goal}" if goal else "Départs"
            yield "\n".join((f"{heading}{booked_words(way)} :", *(f"– {sentence}" for sentence in sentences)))
    if whole.kinds:
        yield until_words(horizon.last)


def booked_words(way: Way) -> str:
    """Say that one must call before."""
    return ", sur réservation" if way.is_booked else ""


def headsign(network: Network, way: Way) -> str:
    """Say where a line goes in one direction: what its vehicles show, else their last stop."""
    return network.remembered(("headsign", way), lambda: _headsign(network, way))


def _headsign(network: Network, way: Way) -> str:
    timetable = network.timetable
    shown: Counter[str] = Counter()
    for trip in timetable.trips_of.get(way.route, ()):
        trip_said = timetable.trips[trip]
        if trip_said.direction == way.direction:
            last = network.group(int(timetable.passings.stop[timetable.of_trip(trip)][-1])).name
            shown[read_name(trip_said.headsign)[0] or last] += 1
    return min(shown, key=lambda words: (-shown[words], words), default="")


def _vehicles(network: Network, route: Route) -> Iterator[str]:
    timetable = network.timetable
    trips = timetable.trips_of.get(route.id, ())
    answers = {timetable.trips[trip].wheelchair or "0" for trip in trips}
    if answers == {"1"}:
        yield "Tous les véhicules sont accessibles en fauteuil roulant."
    elif answers == {"2"}:
        yield "Les véhicules ne sont pas accessibles en fauteuil roulant."
    elif "1" in answers:
        yield "Certains véhicules sont accessibles en fauteuil roulant : demandez lesquels."
    on_call = {
        int(stop)
        for where in (timetable.of_trip(trip) for trip in trips if not is_booked(network, trip))
        for stop in timetable.passings.stop[where][timetable.passings.on_call[where]]
    }
    if on_call:
        names = sorted({network.group(number).name for number in on_call})
        places = listed(names) if len(names) <= _N_ON_CALL else "certains arrêts"
        yield f"Sur réservation seulement, au moins à certaines heures : {places}."


def _department(network: Network, route: Route) -> str:
    communes = network.communes_along(route.id)
    return communes[0].department if communes else ""
