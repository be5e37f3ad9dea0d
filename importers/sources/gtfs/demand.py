"""Transports on demand as services: where one is taken, when, how to book and how long before.

A line runs on demand when it has zones, stretches of time or the type of such lines. At the door, in zones on the map,
it is a service at home; between stops, it is received at one stop a commune. Booking is always asked for.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from importers.fields.cells import Problems, fault, without_repeats
from importers.fields.names import LONGEST_NAME
from importers.fields.texts import read_text
from importers.pipeline.declaration import Need, Part, Reference
from importers.pipeline.lines import Line
from importers.sources.gtfs import lines
from importers.sources.gtfs.booking import BookingRule
from importers.sources.gtfs.network import Network
from importers.sources.gtfs.places import place_of
from importers.sources.gtfs.sentences import day_words, listed, over_words, until_words
from importers.sources.gtfs.serving import calendar_at, on_appointment, trips_of_line
from importers.sources.gtfs.zones import communes_of
from portal.core.problems import Problem
from portal.core.text import cut, fold
from portal.directory.rules.choices import SUMMARY_LENGTH, AccessPointKind, CompetenceKind
from portal.directory.rules.competence import CompetenceArea
from portal.directory.rules.contact_lines import ContactLine
from portal.geography.communes import Commune
from portal.hours.canonical import glued
from portal.hours.gtfs import opening_that_is_over
from portal.hours.service_days import cut_days, opening_of, unknown_after
from portal.hours.slots import DAY, Mode, Opening, TimeSpan
from portal.hours.words.french import IN_FRENCH
from portal.hours.words.moments import clock
from portal.intake.record import AccessRecord, Verdict
from portal.intake.rules.scope import OUTSIDE

_ON_DEMAND = "MO03"
"""What the thesaurus files it under."""
_TITLE = "Transport à la demande"
COLUMNS = lines.COLUMNS
NEEDS = {
    "key": lines.NEEDS["key"],
    "title": lines.NEEDS["title"],
    "competence": Need(
        verdict=Verdict.QUARANTINED, sentence="Aucune commune desservie n’est comprise : vérifiez zones et arrêts."
    ),
}


def parts(network: Network) -> Mapping[str, Part]:
    """Give the functions that make a record of a line on demand."""
    return {
        "title": _title,
        "structure": partial(lines.structure, network),
        "concepts": lambda _line, _reference: ((_ON_DEMAND,), ()),
        "summary": partial(_summary, network),
        "description": partial(_description, network),
        "access": partial(_access, network),
        "competence": partial(_competence, network),
        "contacts": partial(_contacts, network),
        "online_url": partial(_online_url, network),
        "cost": partial(lines.cost, network),
        "cost_note": partial(lines.cost_note, network),
        "official_ids": partial(lines.official_ids, network),
        "said_on": lambda _line, _reference: (network.said_on, ()),
    }


@dataclass(frozen=True)
class _Demand:
    """What the files say of one line on demand."""

    runs: tuple[tuple[int, tuple[TimeSpan, ...]], ...]
    """Days, and the stretches of time in which one is carried."""
    stops: frozenset[int]
    at_home: tuple[Commune, ...]
    """Communes of the zones within which one is carried from door to door."""
    communes: tuple[Commune, ...]
    rules: tuple[BookingRule, ...]
    until: date | None
    """The day the last of its calendars ends."""


def _demand(network: Network, line: Line) -> _Demand:
    route = lines.ident_of(line)
    return network.remembered(("demand", route), lambda: _read_demand(network, route))


def _read_demand(network: Network, route: str) -> _Demand:
    stretches = network.timetable.on_demand_of.get(route, ())
    places = {each.place for each in stretches}
    stops = {number for place in places for number in _stops_of(network, place)} | set(network.passages_by_stop(route))
    polygons = [network.zones[name] for place in sorted(places) if (name := _zone_of(place)) in network.zones]
    at_home = {commune for zone in polygons for commune in communes_of(zone)}
    at_stops = {commune for number in stops if (commune := network.commune_of(number)) is not None}
    services = {service for service, _, _ in _stretches(network, route)}
    ends = [network.services.ends[service] for service in services if service in network.services.ends]
    rules = sorted({rule for each in stretches for rule in each.rules if rule in network.booking_rules})
    return _Demand(
        runs=_runs(network, route),
        stops=frozenset(stops),
        at_home=_by_name(at_home),
        communes=_by_name(at_home | at_stops),
        rules=tuple(network.booking_rules[rule] for rule in rules),
        until=max(ends, default=None),
    )


def _zone_of(place: str) -> str:
    kind, _, name = place.partition(":")
    return name if kind == "location" else ""


def _stops_of(network: Network, place: str) -> Iterable[int]:
    kind, _, name = place.partition(":")
    number = network.stops.numbers.get(name)
    if kind == "stop" and number is not None:
        return (number,)
    # Feeds of the years before 2024 name a group of stops where others name a stop.
    return network.stops_of_groups.get(name, ())


def _by_name(communes: Iterable[Commune]) -> tuple[Commune, ...]:
    return tuple(sorted(communes, key=lambda commune: (commune.name, commune.code)))


def _runs(network: Network, route: str) -> tuple[tuple[int, tuple[TimeSpan, ...]], ...]:
    """Give the days and stretches of a line; those that begin past midnight belong to the day after."""
    horizon = network.services.horizon
    found: dict[int, set[tuple[int, int]]] = defaultdict(set)
    for service, start, end in _stretches(network, route):
        late = start // DAY
        days = (network.services.days.get(service, 0) << late) & horizon.whole
        found[days].add((start - late * DAY, min(end - late * DAY, start - late * DAY + DAY)))
    listed = sorted((days, stretches) for days, stretches in found.items() if days)
    same: dict[tuple[TimeSpan, ...], int] = defaultdict(int)
    for held, at in cut_days([days for days, _ in listed], horizon):
        same[glued(stretch for place in at for stretch in listed[place][1])] |= held
    return tuple(sorted(((days, spans) for spans, days in same.items()), key=lambda run: (-run[0].bit_count(), run[1])))


def _stretches(network: Network, route: str) -> Iterable[tuple[str, int, int]]:
    """Give service, start and end of each stretch; of a line with departures only, from the first to the last."""
    timetable = network.timetable
    stretches = timetable.on_demand_of.get(route, ())
    if stretches:
        return ((timetable.trips[each.trip].service, each.start, each.end) for each in stretches)
    return (
        (timetable.trips[trip].service, start, max(end, start + 1))
        for trip, start, end in trips_of_line(network, route)
    )


def key(network: Network, line: Line, reference: Reference) -> tuple[str, Problems]:
    """Know a line on demand by its `route_id`."""
    ident = lines.ident_of(line)
    is_first = ident == next(iter(sorted(network.on_demand_routes)), None)
    is_one = ident and outside(network, line, reference) is None
    return (f"tad:{ident}" if ident else ""), network.remarks() if is_one and is_first else ()


def outside(network: Network, line: Line, reference: Reference) -> Problem | None:
    """Pass over the lines that serve no commune of the territory."""
    if reference.scope is None or not lines.ident_of(line):
        return None
    communes = {commune.code for commune in _demand(network, line).communes}
    if not communes or communes & set(reference.scope):
        return None
    sentence = "Ce transport ne dessert aucune commune du territoire ni de ses voisines : il est passé."
    return fault(OUTSIDE, sentence, lines.ident_of(line))


def _title(line: Line, _reference: Reference) -> tuple[str | None, Problems]:
    name, problems = line.read("long_name", lambda text: lines.long_name(text, ""))
    name = name or line.text("short_name").strip()
    is_told = "demande" in fold(name) or fold(name).startswith("tad")
    return (name if is_told else f"{_TITLE} : {name}" if name else _TITLE)[:LONGEST_NAME], problems


def _summary(network: Network, line: Line, _reference: Reference) -> tuple[str | None, Problems]:
    names = [commune.name for commune in _demand(network, line).communes]
    where = f" à {names[0]}" if len(names) == 1 else f" entre {listed(names)}" if names else ""
    return cut(f"Transport collectif sur réservation{where}.", SUMMARY_LENGTH), ()


def _description(network: Network, line: Line, _reference: Reference) -> tuple[str | None, Problems]:
    """Tell how to book, then the days and hours, then where."""
    demand = _demand(network, line)
    own, problems = line.read("description", read_text)
    rules = [words for rule in demand.rules for words in (rule.notice, *rule.messages)]
    paragraphs = [own or "", *without_repeats(rules), *_days(network, demand), *_places(network, demand)]
    return "\n\n".join(filter(None, paragraphs)) or None, problems


def _days(network: Network, demand: _Demand) -> Iterable[str]:
    horizon = network.services.horizon
    if demand.until is None or not demand.runs:
        return
    if network.today is not None and demand.until < network.today:
        yield over_words(demand.until)
        return
    idle = horizon.whole & ~_all_days(demand)
    department = demand.communes[0].department if demand.communes else ""
    said = []
    for days, spans in demand.runs:
        words = day_words(days, idle, horizon, calendar_at(department))
        times = listed([f"de {clock(span.start, IN_FRENCH)} à {clock(span.end, IN_FRENCH)}" for span in spans])
        said.append(f"– {words[:1].upper()}{words[1:]}{IN_FRENCH.colon}{times}.")
    yield "\n".join(("Jours et heures, sur réservation :", *said))
    yield until_words(horizon.last)


def _all_days(demand: _Demand) -> int:
    days = 0
    for each, _ in demand.runs:
        days |= each
    return days


def _places(network: Network, demand: _Demand) -> Iterable[str]:
    if demand.at_home:
        yield f"De porte à porte dans {listed([commune.name for commune in demand.at_home])}."
    names = sorted({network.group(number).name for number in demand.stops})
    if names:
        yield f"Points d’arrêt : {', '.join(names)}."


def _access(network: Network, line: Line, reference: Reference) -> tuple[tuple[AccessRecord, ...] | None, Problems]:
    """Receive at home in the zones on the map, and at one stop a commune between stops."""
    demand = _demand(network, line)
    problems = [problem for rule in demand.rules for problem in line.named("booking_rules.txt", rule.problems)]
    if network.today is not None and demand.until is not None and demand.until < network.today:
        problems += lines.ended(demand.until)
    found = [_at_home(network, demand)] if demand.at_home else []
    for commune in demand.communes:
        if reference.scope is None or commune.code in reference.scope:
            access, of_access = _at_stop(network, demand, commune)
            problems += of_access
            found += [access] if access else []
    return tuple(found) or None, tuple(dict.fromkeys(problems))


def _at_home(network: Network, demand: _Demand) -> AccessRecord:
    opening, note = _opening(network, demand, demand.at_home[0], Mode.HOME)
    return AccessRecord(key="domicile", kind=AccessPointKind.HOME, opening=opening, note=note, url=_url(demand))


def _at_stop(network: Network, demand: _Demand, commune: Commune) -> tuple[AccessRecord | None, Problems]:
    there = [number for number in demand.stops if network.commune_of(number) == commune]
    if not there:
        return None, ()
    place, problems = place_of(network, min(there, key=lambda number: network.group(number).main.id))
    if place is None:
        return None, problems
    opening, note = _opening(network, demand, commune, Mode.ON_SITE)
    return AccessRecord(key=commune.code, place=place, opening=opening, note=note, url=_url(demand)), problems


def _opening(network: Network, demand: _Demand, commune: Commune, mode: Mode) -> tuple[Opening | None, str | None]:
    """Say when one is carried, always on appointment; what is over leaves its notice."""
    horizon = network.services.horizon
    notice = next((rule.notice for rule in demand.rules if rule.notice), None)
    if demand.until is None or not demand.runs:
        return None, notice
    if network.today is not None and demand.until < network.today:
        return opening_that_is_over(demand.until), over_words(demand.until)
    found = opening_of(demand.runs, horizon, calendar_at(commune.department))
    doubt = unknown_after(horizon.last, until_words(horizon.last))
    return on_appointment(replace(found, unread=(doubt,)), mode), notice


def _url(demand: _Demand) -> str | None:
    return next((rule.url for rule in demand.rules if rule.url), None)


def _competence(
    network: Network, line: Line, _reference: Reference
) -> tuple[tuple[CompetenceArea, ...] | None, Problems]:
    codes = sorted(commune.code for commune in _demand(network, line).communes)
    return tuple(CompetenceArea(CompetenceKind.COMMUNE, code) for code in codes) or None, ()


def _contacts(network: Network, line: Line, reference: Reference) -> tuple[tuple[ContactLine, ...] | None, Problems]:
    """Give where to book before who runs it."""
    of_agency, problems = lines.contacts(network, line, reference)
    booking = [contact for rule in _demand(network, line).rules for contact in rule.contacts]
    return without_repeats([*booking, *(of_agency or ())]) or None, problems


def _online_url(network: Network, line: Line, _reference: Reference) -> tuple[str | None, Problems]:
    return _url(_demand(network, line)), ()
