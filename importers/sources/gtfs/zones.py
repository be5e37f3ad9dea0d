"""Zones of a transport on demand as communes: polygons of locations.geojson, groups of stops, single stops."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from importers.fields.cells import fault
from importers.sources.gtfs.tables import GEOGRAPHY, FeedFiles
from portal.geography.communes import Commune
from portal.geography.points import LATITUDES, LONGITUDES, Point
from portal.geography.whereabouts import Ring, whereabouts

_LARGEST = 16 * 1024 * 1024
"""Bytes of a file of zones: those of a whole département weigh less than one million."""

_GROUPINGS = (
    ("location_group_stops", "location_group_id", "stop_id"),
    ("location_groups", "location_group_id", "location_id"),
    ("stop_areas", "area_id", "stop_id"),
)
"""Files of groups, their column and that of their members; the second is how drafts of the format wrote them."""
Polygon = Sequence[Ring]


def read_groups(files: FeedFiles) -> Mapping[str, frozenset[str]]:
    """Give the stops of each group, under the names of both generations of the format."""
    found: dict[str, set[str]] = defaultdict(set)
    for table, column, member in _GROUPINGS:
        for _, cells in files.rows(table):
            found[cells.get(column, "").strip()].add(cells.get(member, "").strip())
    return {name: frozenset(stops) for name, stops in found.items()}


def read_zones(files: FeedFiles) -> Mapping[str, tuple[Polygon, ...]]:
    """Give the polygons of each zone; one that is none is left out with a remark."""
    if GEOGRAPHY not in files.pieces:
        return {}
    try:
        collection = json.loads(files.head(GEOGRAPHY, _LARGEST).decode("utf-8-sig"))
        features = collection["features"]
    except (ValueError, KeyError, TypeError, RecursionError):
        sentence = "Ce fichier de zones n’est pas compris : redemandez-le à son producteur."
        files.remark(GEOGRAPHY, 0, fault("gtfs-zones-illisibles", sentence, ""))
        return {}
    found: dict[str, tuple[Polygon, ...]] = {}
    for feature in features if isinstance(features, list) else ():
        polygons = tuple(_polygons(feature)) if isinstance(feature, dict) else ()
        if polygons:
            found.setdefault(str(feature.get("id", "")), polygons)
        else:
            name = str(feature.get("id", "")) if isinstance(feature, dict) else ""
            files.remark(GEOGRAPHY, 0, fault("gtfs-zone", "Cette zone n’a pas de contour lisible : corrigez-la.", name))
    return found


def communes_of(polygons: Sequence[Polygon]) -> tuple[Commune, ...]:
    """List the communes whose centre lies in a zone; of a zone that holds none, the one it lies in."""
    found = [commune for polygon in polygons for commune in whereabouts().communes_within(polygon)]
    if not found:
        at_middle = (whereabouts().commune_at(_middle(polygon)) for polygon in polygons)
        found = [commune for commune in at_middle if commune is not None]
    return tuple(dict.fromkeys(found))


def _polygons(feature: dict[str, Any]) -> Iterator[Polygon]:
    geometry = feature.get("geometry")
    written = geometry.get("coordinates") if isinstance(geometry, dict) else None
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    listed = [written] if kind == "Polygon" else written if kind == "MultiPolygon" else []
    for polygon in listed if isinstance(listed, list) else ():
        if isinstance(polygon, list) and polygon and all(_is_ring(ring) for ring in polygon):
            yield polygon


def _is_ring(ring: object) -> bool:
    return isinstance(ring, list) and len(ring) > 3 and all(_is_position(each) for each in ring)  # noqa: PLR2004 - a triangle, closed


def _is_position(position: object) -> bool:
    return (
        isinstance(position, list)
        and len(position) > 1
        and all(isinstance(each, int | float) and not isinstance(each, bool) for each in position[:2])
        and abs(position[0]) <= LONGITUDES
        and abs(position[1]) <= LATITUDES
    )


def _middle(polygon: Polygon) -> Point:
    ring = polygon[0]
    return Point(sum(each[1] for each in ring) / len(ring), sum(each[0] for each in ring) / len(ring))
