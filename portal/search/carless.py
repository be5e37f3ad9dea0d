"""How somebody without a car gets to what was found: the stop nearby, or the bus on call that serves both ends."""

from collections.abc import Collection, Iterator

from portal.directory.cards.values import AccessPointCard
from portal.directory.rules.choices import AccessPointKind
from portal.geography.lookup import communes
from portal.search.answers import WayThere
from portal.search.documents import ON_DEMAND, STOP
from portal.search.lifts import A_WALK
from portal.search.opening import Search
from search_index.documents import Spot
from search_index.engine import IndexDamaged
from search_index.queries import Alternative, Clause, Near, Query, Sort

COMMUNE, _EPCI = "commune:", "epci:"


def served_from(search: Search, areas: Collection[str]) -> frozenset[str]:
    """List the communes to which a bus on call brings who lives in these areas; where nobody said, all it serves."""
    query = Query(
        filters={"concept": ON_DEMAND},
        clauses=(_serving(areas),) if areas else (),
        facets=("serves",),
        limit=0,
    )
    try:
        served = {count.value for count in search.indexing.engine.search(query).facets["serves"]}
    except IndexDamaged:
        return frozenset()
    return frozenset(_communes_in(served, search.book.home))


def way_to(search: Search, door: AccessPointCard | None, areas: Collection[str]) -> WayThere | None:
    """Find what brings somebody to a desk: the nearest stop, or else what serves its commune and theirs."""
    if door is None or door.kind is not AccessPointKind.PLACE or door.location is None:
        return None
    commune = communes().communes.get(door.location.commune.code)
    spot = door.location.own_point or door.location.point or (None if commune is None else commune.point)
    is_known = door.location.own_point is not None
    stop = None if spot is None else _stop_near(search, Spot(spot.lat, spot.lon), is_known=is_known)
    return stop or _on_call(search, door.location.commune.code, areas)


def _stop_near(search: Search, spot: Spot, *, is_known: bool) -> WayThere | None:
    near = Query(filters={"stop": frozenset({STOP})}, near=Near(spot, A_WALK), sort=Sort.DISTANCE, limit=1)
    hit = next(iter(search.indexing.engine.search(near).hits), None)
    if hit is None or hit.distance is None:
        return None
    # Only the nearest stands within its own distance.
    there = Query(filters=near.filters, near=Near(spot, hit.distance), facets=("way",), limit=0)
    names = search.indexing.engine.search(there).facets["way"]
    return WayThere(names[0].value, metres=hit.distance if is_known else None) if names else None


def _on_call(search: Search, commune: str, areas: Collection[str]) -> WayThere | None:
    """Name the bus on call that knows the commune best: one of its own before one of the whole territory."""
    known = communes().communes.get(commune)
    there = [f"{COMMUNE}{commune}", f"{_EPCI}{known.epci}" if known is not None else "", "territory:"]
    for area in there:
        clauses = (_serving([area]), *([_serving(areas)] if areas else []))
        query = Query(filters={"concept": ON_DEMAND}, clauses=clauses, facets=("way",), limit=0)
        if names := search.indexing.engine.search(query).facets["way"]:
            return WayThere(names[0].value, is_on_call=True)
    return None


def _serving(areas: Collection[str]) -> Clause:
    return Clause(tuple(Alternative(tag=("serves", area)) for area in sorted(areas)))


def _communes_in(areas: Collection[str], home: Collection[str]) -> Iterator[str]:
    """Name the communes of areas; beyond the territory only those that were named one by one."""
    yield from (area[len(COMMUNE) :] for area in areas if area.startswith(COMMUNE))
    known = communes().communes
    for code in home:
        commune = known.get(code)
        if "territory:" in areas or (commune is not None and f"{_EPCI}{commune.epci}" in areas):
            yield code
