"""The national address service (Base Adresse Nationale), asked only where a setting names it.

geopy's own default host is retired; the service answers under `data.geopf.fr/geocodage`.
"""

from typing import Any

from geopy.exc import GeopyError
from geopy.geocoders import BANFrance

from portal.core.clock import Clock
from portal.geography.geocoding import (
    Address,
    ChainedGeocoder,
    Geocoder,
    GeocoderUnavailable,
    GuardedGeocoder,
    LocalGeocoder,
    Place,
    Precision,
    RememberingGeocoder,
)
from portal.geography.lookup import communes
from portal.geography.points import Point

NATIONAL_SERVICE = "data.geopf.fr/geocodage"
TIMEOUT = 3.0
_LEAST_SCORE = 0.5
_LONGEST_QUESTION = 200
"""Letters the service accepts."""
_PRECISIONS = {
    "housenumber": Precision.ADDRESS,
    "street": Precision.STREET,
    "locality": Precision.LOCALITY,
    "municipality": Precision.COMMUNE,
}


def open_geocoder(*, domain: str, clock: Clock, timeout: float = TIMEOUT) -> Geocoder:
    """Make the geocoder of an installation; with an empty `domain` nothing ever leaves the machine."""
    local = LocalGeocoder(communes())
    if not domain:
        return local
    outside = RememberingGeocoder(GuardedGeocoder(BanGeocoder(domain=domain, timeout=timeout), clock=clock))
    return ChainedGeocoder(local, outside=outside)


class BanGeocoder:
    """Ask the national service, or one that speaks like it; `domain` may bear a scheme, https without one."""

    def __init__(self, *, domain: str = NATIONAL_SERVICE, timeout: float = TIMEOUT) -> None:
        scheme, _, bare = domain.rpartition("://")
        self._service = BANFrance(domain=bare, scheme=scheme or "https", timeout=timeout, user_agent="maillage")

    def locate(self, address: Address) -> Place | None:
        """Place an address; an answer the service itself doubts is none."""
        question = address.line[:_LONGEST_QUESTION]
        if not question:
            return None
        try:
            answers = self._service.geocode(question, exactly_one=False, limit=5) or ()
            places = [_place(answer) for answer in answers]
        except (GeopyError, OSError, ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
            # A broken answer is as good as none: the service is at fault, whatever shape the fault has.
            raise GeocoderUnavailable from error
        likely = [place for place in places if place and (not address.commune or place.commune == address.commune)]
        return likely[0] if likely else None


def _place(answer: Any) -> Place | None:  # noqa: ANN401 - geopy ships no types
    said = answer.raw.get("properties", {})
    precision = _PRECISIONS.get(str(said.get("type")))
    score = said.get("score")
    if precision is None or not isinstance(score, int | float) or score < _LEAST_SCORE:
        return None
    return Place(
        point=Point(float(answer.latitude), float(answer.longitude)),
        precision=precision,
        confidence=min(1.0, float(score)),
        commune=str(said.get("citycode", "")),
        label=str(said.get("label", "")),
    )
