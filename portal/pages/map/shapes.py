"""The outlines of communes as GeoJSON, with their names, as they ship with the territory."""

import gzip
import json
from functools import lru_cache
from typing import Any

from portal.geography.lookup import communes
from portal.geography.territories import contours_of


@lru_cache(maxsize=4)
def outlines(territory: str) -> bytes:
    """Write the outlines of a territory; a territory that ships none has an empty map, which tiles may fill."""
    shipped = contours_of(territory) if territory else None
    if shipped is None:
        return _written([])
    return _written([_named(feature) for feature in json.loads(gzip.decompress(shipped))["features"]])


def _named(feature: dict[str, Any]) -> dict[str, Any]:
    code = feature["properties"]["code"]
    commune = communes().communes.get(code)
    return {**feature, "properties": {"code": code, "nom": code if commune is None else commune.name}}


def _written(features: list[dict[str, Any]]) -> bytes:
    collection = {"type": "FeatureCollection", "features": features}
    return json.dumps(collection, ensure_ascii=False, separators=(",", ":")).encode()
