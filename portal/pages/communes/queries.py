"""What there is in a commune, what passes and what is nearest: quick questions to the index, whose answers are keys."""

from collections.abc import Mapping
from dataclasses import dataclass

from portal.geography.communes import Commune
from portal.geography.distances import great_circle
from portal.geography.lookup import communes
from portal.search.documents import ON_THE_SPOT, TRAVELLING
from portal.search.finding import areas_of, ask
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
    """Each with the kind it was found as."""

    @property
    def services(self) -> tuple[int, ...]:
        """List the numbers of all services met."""
        nearest = (found.nearest.group for found in self.families if found.nearest is not None)
        return (*(hit.group for hit in self.town_halls), *nearest, *(hit.group for _, hit in self.offices))


def commune_found(search: Search, commune: Commune) -> CommuneFound | None:
    """Look a commune over, some forty questions of a tenth of a millisecond; None while the index is lost."""
    try:
        return CommuneFound(
            town_halls=_town_halls(search, commune),
            families=_families(search, commune),
            offices=tuple(_offices(search, commune)),
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
    """Find the competent office of each kind, the nearest where several are; one office is told once."""
    areas = areas_of(search, commune.code)
    found: dict[int, tuple[str, Hit]] = {}
    for code in OFFICES:
        kind = {"main": frozenset({code})}
        hits = ask(search, Query(filters=kind, near=_near(commune), areas=areas, limit=1)).hits
        if hits and hits[0].is_competent:
            found.setdefault(hits[0].group, (code, hits[0]))
    return [*found.values()]


def _near(commune: Commune) -> Near:
    return Near(Spot(commune.point.lat, commune.point.lon))
