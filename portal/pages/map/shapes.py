"""The outlines of communes as GeoJSON, with their names, as they ship with the territory."""

import gzip
import json
from functools import lru_cache
from typing import Any

from portal.geography.lookup import communes
from portal.geography.territories import contours_of


@lru_cache(maxsize=4)
def outlines(territory: str, members: frozenset[str]) -> bytes:
    """Write the outlines of a territory; one that ships none has a point for each of its communes."""
    shipped = contours_of(territory) if territory else None
    if shipped is None:
        return _written([_centre(code) for code in sorted(members)])
    return _written([_named(feature) for feature in json.loads(gzip.decompress(shipped))["features"]])


def _named(feature: dict[str, Any]) -> dict[str, Any]:
    code = feature["properties"]["code"]
    commune = communes().communes.get(code)
    return {**feature, "properties": {"code": code, "nom": code if commune is None else commune.name}}


def _centre(code: str) -> dict[str, Any]:
    every = communes().communes
    point = every.at(every.row_of(code)).point
    place = {"type": "Point", "coordinates": [point.lon, point.lat]}
    return _named({"type": "Feature", "geometry": place, "properties": {"code": code}})


def _written(features: list[dict[str, Any]]) -> bytes:
    collection = {"type": "FeatureCollection", "features": features}
    return json.dumps(collection, ensure_ascii=False, separators=(",", ":")).encode()
