"""What programs read of a commune: the same shape from the command, the API and the exports."""

from collections.abc import Mapping
from typing import Any

from portal.geography.communes import Commune


def commune_shape(commune: Commune) -> Mapping[str, Any]:
    """Write a commune as the published formats do."""
    return {
        "code": commune.code,
        "nom": commune.name,
        "departement": commune.department,
        "codes_postaux": list(commune.postal_codes),
        "population": commune.population,
        "lat": commune.point.lat,
        "lon": commune.point.lon,
    }
