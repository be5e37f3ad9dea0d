"""Stops of a GTFS feed as services: which lines serve them, on which days, from when to when.

A row is a stop where it stands for its group; the other platforms, directions and entrances of the same stop are
passed over with a reason that names the one they belong to.
"""

from collections import Counter
from collections.abc import Mapping
from functools import partial

from importers.fields.cells import Problems, fault, said, without_repeats
from importers.fields.names import LONGEST_NAME
from importers.pipeline.declaration import Need, Part, Reference
from importers.pipeline.lines import Line
from importers.sources.gtfs.agencies import NOBODY, Agency, Route
from importers.sources.gtfs.journeys import booked_words, headsign
from importers.sources.gtfs.kinds import STATION, kind_of
from importers.sources.gtfs.network import Network
from importers.sources.gtfs.places import place_of
from importers.sources.gtfs.sentences import ARRIVAL, DEPARTURE, kind_sentences, listed, until_words
from importers.sources.gtfs.serving import Service, Way, at_stop, calendar_at, hours_of, hours_of_ways
from importers.sources.gtfs.stops import StopGroup
from portal.core.problems import Problem
from portal.core.text import cut, fold, slug
from portal.directory.rules.choices import SUMMARY_LENGTH
from portal.hours.calendar import Calendar
from portal.intake.record import AccessRecord, StructureRecord, Verdict
from portal.intake.rules.scope import OUTSIDE

COLUMNS = {
    "key": ("stop_id",),
    "title": ("stop_name",),
    "lat": ("stop_lat",),
    "lon": ("stop_lon",),
    "kind": ("location_type",),
    "parent": ("parent_station",),
    "wheelchair": ("wheelchair_boarding",),
}
NEEDS = {
    "key": Need(verdict=Verdict.REFUSED, sentence="Cet arrêt n’a pas d’identifiant : indiquez « stop_id »."),
    "title": Need(verdict=Verdict.REFUSED, sentence="Cet arrêt n’a pas de nom : indiquez le sien."),
    "access": Need(verdict=Verdict.QUARANTINED, sentence="Le point de cet arrêt manque : donnez-le."),
}
_STATION_WORDS = ("gare", "halte")


def parts(network: Network) -> Mapping[str, Part]:
    """Give the functions that make a record of a row of stops.txt."""
    return {
        "title": partial(_title, network),
        "structure": partial(_structure, network),
        "concepts": partial(_concepts, network),
        "summary": partial(_summary, network),
        "description": partial(_description, network),
        "access": partial(_access, network),
        "official_ids": partial(_official_ids, network),
        "said_on": lambda _line, _reference: (network.said_on, ()),
    }


def key(network: Network, line: Line, reference: Reference) -> tuple[str, Problems]:
    """Know a stop by the `stop_id` of the row that stands for it."""
    ident = said(line.text("key"))
    is_one = ident and outside(network, line, reference) is None
    return (f"arret:{ident}" if is_one else ""), ()


def outside(network: Network, line: Line, reference: Reference) -> Problem | None:
    """Pass over the rows that are part of another stop, those far away, and those that nothing serves."""
    ident = line.text("key").strip()
    number = network.stops.numbers.get(ident)
    if number is None:
        return None
    group = network.group(number)
    if group.main.id != ident:
        return _part_of(group, ident)
    if reference.scope is not None and not _is_near(network, number, reference):
        sentence = "Cet arrêt n’est dans aucune commune du territoire ni de ses voisines : il est passé."
        return fault(OUTSIDE, sentence, ident)
    if not at_stop(network, number):
        return _unserved(network, number, ident)
    return None


def _is_near(network: Network, number: int, reference: Reference) -> bool:
    scope = reference.scope or frozenset()
    if network.group(number).point is None:
        # Somebody must say where it is before anyone can say that it is elsewhere.
        return bool(network.near(scope))
    commune = network.commune_of(number) if number in network.near(scope) else None
    return commune is not None and commune.code in scope


def _part_of(group: StopGroup, ident: str) -> Problem:
    place = f"« {group.name} » (ligne {group.main.line} du fichier)"
    sentence = f"Cette ligne est une partie de l’arrêt {place} : elle y est jointe."
    return fault("gtfs-arret-joint", sentence, ident)


def _unserved(network: Network, number: int, ident: str) -> Problem:
    if len(network.timetable.at_stop(number)) or network.is_on_demand(number):
        sentence = "Cet arrêt n’est desservi que sur réservation : voyez la fiche du transport à la demande."
        return fault("gtfs-arret-sur-reservation", sentence, ident)
    sentence = "Aucun voyage du fichier ne s’arrête ici : l’arrêt est passé."
    return fault("gtfs-arret-sans-voyage", sentence, ident)


def _number(network: Network, line: Line) -> int:
    return network.stops.numbers[line.text("key").strip()]


def _is_read(network: Network, line: Line) -> bool:
    return line.text("key").strip() in network.stops.numbers


def _routes(network: Network, number: int) -> list[Route]:
    """List the lines of a stop as people count: 2 before 10."""
    found = {network.routes[way.route] for way in at_stop(network, number)}
    return sorted(found, key=lambda route: (_rank(route.short_name), route.short_name, route.id))


def _rank(name: str) -> tuple[bool, int]:
    figures = "".join(sign for sign in name if sign.isdigit())
    return not figures, int(figures[:9] or 0)


def feed_agency(network: Network, number: int) -> Agency | None:
    """Name the first of those who serve a stop: who serves it most may change with the season."""
    agencies = {network.routes[way.route].agency for way in at_stop(network, number)}
    return min(agencies, key=lambda agency: agency.key, default=None)


def _agency_of(network: Network, number: int) -> Agency:
    """Name who serves a stop most often."""
    served: Counter[Agency] = Counter()
    for way, service in at_stop(network, number).items():
        served[network.routes[way.route].agency] += sum(len(offer.departures) for offer in service.offers) + 1
    return min(served, key=lambda agency: (-served[agency], agency.name), default=Agency("", NOBODY))


def _title(network: Network, line: Line, _reference: Reference) -> tuple[str | None, Problems]:
    """Name a stop with its commune: there is a stop "Mairie" in each."""
    if not _is_read(network, line):
        return None, ()
    number = _number(network, line)
    name = network.group(number).name
    if not name:
        return None, ()
    commune = network.commune_of(number)
    is_station = _concept(network, number) == STATION
    told = (
        name if fold(name).startswith(_STATION_WORDS) and is_station else f"{'Gare' if is_station else 'Arrêt'} {name}"
    )
    is_said = commune is None or slug(commune.name) in slug(name)
    return (told if is_said or commune is None else f"{told} ({commune.name})")[:LONGEST_NAME], ()


def _structure(network: Network, line: Line, _reference: Reference) -> tuple[StructureRecord | None, Problems]:
    if not _is_read(network, line):
        return None, ()
    return StructureRecord(name=_agency_of(network, _number(network, line)).name), ()


def _concept(network: Network, number: int) -> str:
    """File a stop under its trains, if any stop there, else under its most frequent line."""
    concepts = Counter(kind_of(route.type)[0].concept for route in _routes(network, number))
    if STATION in concepts:
        return STATION
    return min(concepts, key=lambda code: (-concepts[code], code))


def _concepts(network: Network, line: Line, _reference: Reference) -> tuple[tuple[str, ...], Problems]:
    return ((_concept(network, _number(network, line)),) if _is_read(network, line) else ()), ()


def _summary(network: Network, line: Line, _reference: Reference) -> tuple[str | None, Problems]:
    if not _is_read(network, line):
        return None, ()
    routes = _routes(network, _number(network, line))
    names = without_repeats([route.short_name or route.long_name for route in routes])
    words = f"Arrêt {'de la ligne' if len(names) == 1 else 'des lignes'} {listed(names)}."
    return cut(words, SUMMARY_LENGTH), ()


def _description(network: Network, line: Line, _reference: Reference) -> tuple[str | None, Problems]:
    """Tell each line and direction with its days and departures."""
    if not _is_read(network, line):
        return None, ()
    number = _number(network, line)
    served = at_stop(network, number)
    whole = hours_of_ways(network, served, _calendar(network, number))
    if whole.is_over:
        return whole.note, ()
    order = {route.id: place for place, route in enumerate(_routes(network, number))}
    paragraphs = [
        _way(network, number, way, service)
        for way, service in sorted(served.items(), key=lambda each: (order[each[0].route], each[0]))
    ]
    told = [words for words in paragraphs if words]
    if told:
        told.append(until_words(network.services.horizon.last))
    return "\n\n".join(told) or None, ()


def _way(network: Network, number: int, way: Way, service: Service) -> str:
    calendar = _calendar(network, number)
    hours = hours_of(network, service, calendar)
    event = ARRIVAL if way.is_end else DEPARTURE
    sentences = kind_sentences(hours.kinds, network.services.horizon, calendar, event)
    if not sentences:
        return ""
    route, goal = network.routes[way.route], headsign(network, way)
    name = f"Ligne {route.short_name}" if route.short_name else route.long_name
    heading = f"{name}, terminus" if way.is_end else f"{name} vers {goal}" if goal else name
    return "\n".join((f"{heading}{booked_words(way)} :", *(f"– {sentence}" for sentence in sentences)))


def _calendar(network: Network, number: int) -> Calendar:
    commune = network.commune_of(number)
    return calendar_at(commune.department if commune else "")


def _access(network: Network, line: Line, _reference: Reference) -> tuple[tuple[AccessRecord, ...] | None, Problems]:
    if not _is_read(network, line):
        return None, ()
    number = _number(network, line)
    place, problems = place_of(network, number)
    if place is None:
        return None, line.named("lat", problems)
    hours = hours_of_ways(network, at_stop(network, number), _calendar(network, number))
    access = AccessRecord(place=place, opening=hours.opening, note=hours.note)
    return (access,), line.named("lat", problems)


def _official_ids(network: Network, line: Line, _reference: Reference) -> tuple[dict[str, str], Problems]:
    """Know a stop again when its producer renumbers it: by its network, its commune and its name."""
    if not _is_read(network, line):
        return {}, ()
    number = _number(network, line)
    name = network.natural_name(number)
    agency = feed_agency(network, number)
    if not name or agency is None or not network.is_alone_with_its_name(number):
        return {}, ()
    return {"gtfs": f"{agency.key}:arret:{name}"[:LONGEST_NAME]}, ()
