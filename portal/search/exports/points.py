"""A list as points for a map (RFC 7946): only those whose exact place is known and may be."""

import json
from typing import Any

from portal.geography.points import Point
from portal.search.exports.listing import Listed, WholeList
from portal.search.shapes import Telling, hit_shape


def points_of(found: WholeList, *, telling: Telling) -> str:
    """Write a list as GeoJSON; how many services have no point of their own is told beside them."""
    placed = [(each, point) for each in found.items if (point := exact_point(each)) is not None]
    collection = {
        "type": "FeatureCollection",
        "total": found.total,
        "sans_point": len(found.items) - len(placed),
        "features": [_feature(each, point, telling) for each, point in placed],
    }
    return json.dumps(collection, ensure_ascii=False, separators=(",", ":"))


def exact_point(listed: Listed) -> Point | None:
    """Give where a service is, where that is known and may be told."""
    desk = listed.hit.access_point
    return None if desk is None or desk.location is None else desk.location.own_point


def _feature(listed: Listed, point: Point, telling: Telling) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": listed.hit.card.public_id,
        "geometry": {"type": "Point", "coordinates": [point.lon, point.lat]},
        "properties": hit_shape(listed.hit, telling=telling),
    }
