"""What there is in a commune, what passes and what is nearest: quick questions to the index, whose answers are keys."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from portal.geography.communes import Commune
from portal.geography.distances import great_circle
from portal.geography.lookup import communes
from portal.pages.communes.rules import ANY_DESK, FRANCE_SERVICES
from portal.search.documents import ON_THE_SPOT, TRAVELLING
from portal.search.finding import areas_of, ask, served_areas_of
from portal.search.opening import Search
from portal.vocabulary.entries import Family
from portal.vocabulary.offices import OFFICES, TOWN_HALL
from search_index.documents import Spot
from search_index.engine import IndexDamaged
from search_index.queries import Near, Query, Sort
from search_index.results import Hit

_MOST_TOWN_HALLS = 3
_MOST_NEIGHBOURS = 8
_SITES = frozenset({ON_THE_SPOT, TRAVELLING})


@dataclass(frozen=True)
class FamilyFound:
    """What a family of services offers the people of a commune."""

    family: Family
    n_here: int
    n_passing: int
    nearest: Hit | None
    """Asked only where nothing is here and nothing passes."""


@dataclass(frozen=True)
class CommuneFound:
    """What the index knows of a commune."""

    town_halls: tuple[Hit, ...] = ()
    families: tuple[FamilyFound, ...] = ()
    offices: tuple[tuple[str, Hit], ...] = ()
    """Those that answer for a sector the commune lies in, each with the kind it was found as."""
    desks: tuple[tuple[str, Hit], ...] = ()
    """The nearest ones of the kinds that have no sector here, or that receive anybody."""

    @property
    def services(self) -> tuple[int, ...]:
        """List the numbers of all services met."""
        nearest = (found.nearest.group for found in self.families if found.nearest is not None)
        return (
            *(hit.group for hit in self.town_halls),
            *nearest,
            *(hit.group for _, hit in (*self.offices, *self.desks)),
        )


def commune_found(search: Search, commune: Commune) -> CommuneFound | None:
    """Look a commune over, some forty questions of a tenth of a millisecond; None while the index is lost."""
    try:
        offices = _offices(search, commune)
        return CommuneFound(
            town_halls=_town_halls(search, commune),
            families=_families(search, commune),
            offices=tuple(offices),
            desks=tuple(_desks(search, commune, offices)),
        )
    except IndexDamaged:
        search.indexing.ask_for_healing()
        return None


def neighbours_of(search: Search, commune: Commune) -> tuple[tuple[Commune, float], ...]:
    """List the nearest communes of the territory, each with its metres."""
    known, here = communes().communes, commune.point
    others = (each for code in search.book.home - {commune.code} if (each := known.get(code)) is not None)
    away = [(great_circle(here.lat, here.lon, each.point.lat, each.point.lon), each.code, each) for each in others]
    return tuple((each, metres) for metres, _, each in sorted(away, key=lambda one: one[:2])[:_MOST_NEIGHBOURS])


def _town_halls(search: Search, commune: Commune) -> tuple[Hit, ...]:
    mine = {"commune": frozenset({commune.code}), "main": frozenset({TOWN_HALL})}
    # The mairie stands in the middle of the town, its annexes do not.
    return ask(search, Query(filters=mine, near=_near(commune), sort=Sort.DISTANCE, limit=_MOST_TOWN_HALLS)).hits


def _families(search: Search, commune: Commune) -> tuple[FamilyFound, ...]:
    here, passing = _counts(search, commune, ON_THE_SPOT), _counts(search, commune, TRAVELLING)
    return tuple(
        FamilyFound(
            family=family,
            n_here=here.get(family.code, 0),
            n_passing=passing.get(family.code, 0),
            nearest=None if family.code in here or family.code in passing else _nearest(search, commune, family),
        )
        for family in search.vocabulary.shown_families
    )


def _counts(search: Search, commune: Commune, reach: str) -> Mapping[str, int]:
    mine = {"commune": frozenset({commune.code}), "reach": frozenset({reach})}
    counts = ask(search, Query(filters=mine, facets=("theme",), limit=0)).facets.get("theme", ())
    return {count.value: count.n_groups for count in counts}


def _nearest(search: Search, commune: Commune, family: Family) -> Hit | None:
    theirs = {"theme": frozenset({family.code}), "reach": _SITES}
    hits = ask(search, Query(filters=theirs, near=_near(commune), sort=Sort.DISTANCE, limit=1)).hits
    return hits[0] if hits and hits[0].distance is not None else None


def _offices(search: Search, commune: Commune) -> list[tuple[str, Hit]]:
    """Find the competent office of each kind, the nearest where several are; one office is told once.

    Who answers for the whole territory has no sector: the nearest of those is told among the desks.
    """
    areas = areas_of(search, commune.code) - {"territory:"}
    found: dict[int, tuple[str, Hit]] = {}
    for code in OFFICES:
        kind = {"main": frozenset({code})}
        hits = ask(search, Query(filters=kind, near=_near(commune), areas=areas, limit=1)).hits
        if hits and hits[0].is_competent:
            found.setdefault(hits[0].group, (code, hits[0]))
    return [*found.values()]


def _sites(search: Search, commune: Commune, tag: str, code: str, areas: frozenset[str]) -> Sequence[Hit]:
    """Find the nearest that one can go to: the desks of a body, or whatever is filed under its kind."""
    kind = {tag: frozenset({code}), "reach": _SITES}
    return ask(search, Query(filters=kind, near=_near(commune), areas=areas, sort=Sort.DISTANCE, limit=5)).hits


def _desks(search: Search, commune: Commune, offices: list[tuple[str, Hit]]) -> list[tuple[str, Hit]]:
    """Find the nearest desk of each kind that has no sector here, and those nearer than the one in charge."""
    areas, in_charge, found = served_areas_of(search, commune.code), dict(offices), dict[int, tuple[str, Hit]]()
    told = {hit.group for _, hit in offices}
    for code in (FRANCE_SERVICES, *OFFICES):
        if code in in_charge and code not in ANY_DESK:
            continue
        desks = _sites(search, commune, "desk", code, areas) if code in ANY_DESK else ()
        hits = desks or _sites(search, commune, "main", code, areas)
        nearest = next((hit for hit in hits if code in ANY_DESK or hit.is_competent is not False), None)
        if nearest is not None and nearest.group not in told and _is_nearer(nearest, in_charge.get(code)):
            found.setdefault(nearest.group, (code, nearest))
    return [*found.values()]


def _is_nearer(desk: Hit, office: Hit | None) -> bool:
    if desk.distance is None:
        return False
    return office is None or office.distance is None or desk.distance < office.distance


def _near(commune: Commune) -> Near:
    return Near(Spot(commune.point.lat, commune.point.lon))
