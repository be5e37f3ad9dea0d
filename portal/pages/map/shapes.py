"""The outlines of communes as GeoJSON, with their names, as they ship with the territory."""

import gzip
import json
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from portal.geography.communes import Commune
from portal.geography.lookup import communes
from portal.geography.territories import contours_of
from portal.pages.map.names import scales_of

Feature = dict[str, Any]


@lru_cache(maxsize=4)
def outlines(territory: str, members: frozenset[str]) -> bytes:
    """Write the outlines of a territory; one that ships none has a point for each of its communes."""
    shipped = contours_of(territory) if territory else None
    features = [*map(_centre, sorted(members))] if shipped is None else json.loads(gzip.decompress(shipped))["features"]
    return _written(_named(features))


def _named(features: Iterable[Feature]) -> list[Feature]:
    """Add the name of each commune, where it is written, and from which scale of the map on."""
    known = communes().communes
    told = [(feature, _commune(code)) for feature in features if (code := feature["properties"]["code"]) in known]
    scales = scales_of(commune for _, commune in told)
    return [{**feature, "properties": _properties(commune, scales[commune.code])} for feature, commune in told]


def _properties(commune: Commune, scale: int) -> Feature:
    at = commune.point
    return {"code": commune.code, "nom": commune.name, "zoom": scale, "lat": at.lat, "lon": at.lon}


def _commune(code: str) -> Commune:
    every = communes().communes
    return every.at(every.row_of(code))


def _centre(code: str) -> Feature:
    point = _commune(code).point
    place = {"type": "Point", "coordinates": [point.lon, point.lat]}
    return {"type": "Feature", "geometry": place, "properties": {"code": code}}


def _written(features: list[Feature]) -> bytes:
    collection = {"type": "FeatureCollection", "features": features}
    return json.dumps(collection, ensure_ascii=False, separators=(",", ":")).encode()
