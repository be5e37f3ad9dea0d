"""What the map of a list asks for."""

from flask import Blueprint, Response

from portal.pages.map.shapes import outlines
from portal.search.serving import current_search

maps = Blueprint("maps", __name__)
_A_DAY = "public, max-age=86400"
"""Communes merge on the first of January, and with a release."""


@maps.get("/carte/communes.geojson")
def communes() -> Response:
    """Give the outlines of the communes of the territory."""
    territory = current_search().territory
    drawn = outlines("", frozenset()) if territory is None else outlines(territory.slug, territory.communes)
    return Response(drawn, headers={"Cache-Control": _A_DAY}, content_type="application/geo+json")
