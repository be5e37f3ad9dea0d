"""Lines of a GTFS feed as services: where they go, in order, on which days, from when to when, and who runs them."""

import re
from collections.abc import Mapping
from datetime import date
from functools import partial

from importers.fields.cells import Problems, fault, said, without_repeats
from importers.fields.contacts import read_mail_lines, read_phone_lines, read_site_lines
from importers.fields.names import LONGEST_NAME, read_name
from importers.fields.texts import read_text
from importers.pipeline.declaration import Need, Part, Reference
from importers.pipeline.lines import Line
from importers.sources.gtfs.agencies import Route
from importers.sources.gtfs.fares import Fare
from importers.sources.gtfs.journeys import journeys
from importers.sources.gtfs.kinds import BOOKED, LineKind, kind_of
from importers.sources.gtfs.network import Network
from importers.sources.gtfs.places import place_of
from importers.sources.gtfs.serving import at_stop, calendar_at, hours_of_ways, of_line
from portal.core.problems import Problem
from portal.core.text import cut, slug
from portal.directory.rules.choices import SUMMARY_LENGTH, CompetenceKind, Cost
from portal.directory.rules.competence import CompetenceArea
from portal.directory.rules.contact_lines import ContactLine
from portal.geography.communes import Commune
from portal.hours.gtfs import sentence_of_end
from portal.intake.record import AccessRecord, StructureRecord, Verdict
from portal.intake.rules.scope import OUTSIDE

COLUMNS = {
    "key": ("route_id",),
    "short_name": ("route_short_name",),
    "long_name": ("route_long_name",),
    "description": ("route_desc",),
    "type": ("route_type",),
    "site": ("route_url",),
    "agency": ("agency_id",),
}
NEEDS = {
    "key": Need(verdict=Verdict.REFUSED, sentence="Cette ligne n’a pas d’identifiant : indiquez « route_id »."),
    "title": Need(verdict=Verdict.REFUSED, sentence="Cette ligne de transport n’a pas de nom : indiquez le sien."),
    "access": Need(
        verdict=Verdict.QUARANTINED, sentence="Aucun arrêt de cette ligne n’a de commune : donnez leurs points."
    ),
}
_BETWEEN = re.compile(r"\s*(?:<\s*-*\s*>|<=+>|[↔⇔⇄→⟷]|-+>|=>|\s>\s|\s<\s|\s/\s|\s[-–—]\s)\s*")
_NEARLY_ALL = 0.8
"""Share of the vehicles of a line that its best served stops see."""


def parts(network: Network) -> Mapping[str, Part]:
    """Give the functions that make a record of a row of routes.txt."""
    return {
        "title": partial(_title, network),
        "structure": partial(structure, network),
        "concepts": partial(_concepts, network),
        "summary": partial(_summary, network),
        "description": partial(_description, network),
        "access": partial(_access, network),
        "competence": partial(competence, network),
        "contacts": partial(contacts, network),
        "cost": partial(cost, network),
        "cost_note": partial(cost_note, network),
        "official_ids": partial(official_ids, network),
        "said_on": lambda _line, _reference: (network.said_on, ()),
    }


def ident_of(line: Line) -> str:
    """Give the identifier of a line as other files name it."""
    return line.text("key").strip()


def key(network: Network, line: Line, reference: Reference) -> tuple[str, Problems]:
    """Know a line by its `route_id`; the first line of the file bears the remarks on the files beside it."""
    ident = said(line.text("key"))
    if not ident or outside(network, line, reference) is not None:
        return (f"ligne:{ident}" if ident else ""), ()
    first = next((route.id for route in network.routes.values() if network.passages_by_stop(route.id)), None)
    return f"ligne:{ident}", network.remarks() if first == ident else ()


def outside(network: Network, line: Line, reference: Reference) -> Problem | None:
    """Pass over the lines that never stop within the territory, and those that no trip serves."""
    route = network.routes.get(ident_of(line))
    if route is None:
        return None
    near = None if reference.scope is None else network.near(reference.scope)
    if near is not None and not near:
        return _far(route)
    groups = network.passages_by_stop(route.id)
    if not groups:
        sentence = "Aucun voyage de cette ligne n’est dans le fichier : elle est passée."
        return fault("gtfs-ligne-sans-voyage", sentence, route.id)
    communes = {commune.code for number in groups if (commune := network.commune_of(number))}
    # A line whose stops have no commune at all is left to a person.
    return _far(route) if reference.scope is not None and communes and not communes & set(reference.scope) else None


def _far(route: Route) -> Problem:
    sentence = "Cette ligne ne s’arrête dans aucune commune du territoire ni de ses voisines : elle est passée."
    return fault(OUTSIDE, sentence, route.id)


def _route(network: Network, line: Line) -> Route | None:
    return network.routes.get(ident_of(line))


def _title(network: Network, line: Line, _reference: Reference) -> tuple[str | None, Problems]:
    """Name a line as its stops do: its number, then where it goes."""
    kind, _ = kind_of(line.text("type").strip())
    number = said(line.text("short_name"))
    ends, problems = line.read("long_name", lambda text: long_name(text, number))
    ends = ends or _ends(network, line)
    if not (number or ends):
        return None, problems
    name = f"{kind.title} {number}" if number else kind.title
    return (f"{name} : {ends}" if ends else name)[:LONGEST_NAME], problems


def long_name(text: str, number: str) -> tuple[str | None, Problems]:
    """Read where a line goes, without its number said twice and with one sign between its ends."""
    name, problems = read_name(_BETWEEN.sub(" – ", said(text)))
    if name and number:
        name = re.sub(rf"^(?:ligne\s+|l)?{re.escape(number)}(?!\w)[\s:–-]*", "", name, flags=re.IGNORECASE)
    return name or None, problems


def _ends(network: Network, line: Line) -> str:
    """Name the ends of a line that has no long name: its communes, or its stops within one."""
    communes = network.communes_along(ident_of(line))
    if len(communes) > 1:
        return f"{communes[0].name} – {communes[-1].name}"
    names = without_repeats([network.group(number).name for number in network.stops_along(ident_of(line))])
    return f"{names[0]} – {names[-1]}" if len(names) > 1 else ""


def structure(network: Network, line: Line, _reference: Reference) -> tuple[StructureRecord | None, Problems]:
    """Name who runs a line."""
    route = _route(network, line)
    return (StructureRecord(name=route.agency.name), ()) if route else (None, ())


def _concepts(network: Network, line: Line, _reference: Reference) -> tuple[tuple[str, ...], Problems]:
    kind, problems = _kind(network, line)
    return (kind.concept,), line.named("type", problems)


def _kind(network: Network, line: Line) -> tuple[LineKind, Problems]:
    """Tell what a line is; one that never comes without a call is a transport on demand, whatever its type."""
    kind, problems = kind_of(line.text("type").strip())
    ways = of_line(network, ident_of(line))
    return (BOOKED if ways and all(way.is_booked for way in ways) else kind), problems


def _summary(network: Network, line: Line, _reference: Reference) -> tuple[str | None, Problems]:
    kind, _ = _kind(network, line)
    names = [commune.name for commune in network.communes_along(ident_of(line))]
    if not names:
        return None, ()
    where = f" : {' – '.join(names)}." if len(names) > 1 else f" dans {names[0]}."
    return cut(f"{kind.noun}{where}", SUMMARY_LENGTH), ()


def _description(network: Network, line: Line, _reference: Reference) -> tuple[str | None, Problems]:
    route = _route(network, line)
    if route is None:
        return None, ()
    words, problems = line.read("description", read_text)
    own = words if words and slug(words) not in {slug(route.long_name), slug(route.short_name)} else ""
    return "\n\n".join(filter(None, (own, *journeys(network, route)))) or None, problems


def _access(network: Network, line: Line, reference: Reference) -> tuple[tuple[AccessRecord, ...] | None, Problems]:
    """Make one access a commune: the stop of the line that most of its vehicles serve there."""
    ident = ident_of(line)
    found: list[AccessRecord] = []
    problems: list[Problem] = []
    for commune in network.communes_along(ident):
        if reference.scope is not None and commune.code not in reference.scope:
            continue
        access, of_access = _access_in(network, ident, commune)
        problems += of_access
        found += [access] if access else []
    return tuple(found) or None, tuple(dict.fromkeys(problems))


def _access_in(network: Network, route: str, commune: Commune) -> tuple[AccessRecord | None, Problems]:
    number = main_stop(network, route, commune)
    place, problems = place_of(network, number)
    if place is None:
        return None, problems
    served = {way: service for way, service in at_stop(network, number).items() if way.route == route}
    hours = hours_of_ways(network, served, calendar_at(commune.department))
    access = AccessRecord(key=commune.code, place=place, opening=hours.opening, note=hours.note)
    return access, (*problems, *(ended(hours.until) if hours.is_over else ()))


def ended(until: date) -> Problems:
    """Say in the report that a timetable is over."""
    return (fault("gtfs-expire", sentence_of_end(until), until.isoformat()),)


def main_stop(network: Network, route: str, commune: Commune) -> int:
    """Choose the stop of a line in a commune: of those nearly all its vehicles serve, the one with most others."""
    served = network.passages_by_stop(route)
    there = [number for number in served if network.commune_of(number) == commune]
    enough = max(served[number] for number in there) * _NEARLY_ALL
    well_served = (number for number in there if served[number] >= enough)
    return min(well_served, key=lambda number: (-len(network.timetable.at_stop(number)), network.group(number).main.id))


def competence(
    network: Network, line: Line, _reference: Reference
) -> tuple[tuple[CompetenceArea, ...] | None, Problems]:
    """Answer for the communes that are served."""
    codes = sorted({commune.code for commune in network.communes_along(ident_of(line))})
    return tuple(CompetenceArea(CompetenceKind.COMMUNE, code) for code in codes) or None, ()


def contacts(network: Network, line: Line, _reference: Reference) -> tuple[tuple[ContactLine, ...] | None, Problems]:
    """Give the telephone, mail and sites of the line and of who runs it."""
    route = _route(network, line)
    cells = route.agency.cells if route else {}
    phones, of_phones = read_phone_lines(cells.get("agency_phone", ""))
    mails, of_mails = read_mail_lines(cells.get("agency_email", ""))
    own, of_own = line.read("site", read_site_lines)
    sites, of_sites = read_site_lines(cells.get("agency_url", ""))
    found = without_repeats([*(phones or ()), *(mails or ()), *(own or ()), *(sites or ())])
    of_agency = ((of_phones, "agency_phone"), (of_mails, "agency_email"), (of_sites, "agency_url"))
    problems = [problem for doubts, name in of_agency for problem in line.named(name, doubts)]
    return found or None, (*of_own, *problems)


def _fare(network: Network, line: Line) -> Fare:
    route = _route(network, line)
    return network.fares.of(route.id, route.agency.cells.get("agency_fare_url", "")) if route else Fare()


def cost(network: Network, line: Line, _reference: Reference) -> tuple[Cost | None, Problems]:
    """Tell whether one pays."""
    return _fare(network, line).cost, ()


def cost_note(network: Network, line: Line, _reference: Reference) -> tuple[str | None, Problems]:
    """Tell the prices, and where to find them all."""
    return _fare(network, line).note, ()


def official_ids(network: Network, line: Line, _reference: Reference) -> tuple[dict[str, str], Problems]:
    """Know a line again when its producer renumbers it: by its network, its number and its name."""
    route = _route(network, line)
    if route is None:
        return {}, ()
    name = natural_name(route)
    alone = (
        sum(1 for each in network.routes.values() if each.agency == route.agency and natural_name(each) == name) == 1
    )
    return ({"gtfs": f"{route.agency.key}:ligne:{name}"[:LONGEST_NAME]} if alone and name else {}), ()


def natural_name(route: Route) -> str:
    """Write what people know a line by."""
    return slug(f"{route.short_name} {route.long_name}")
