"""From an address to a point: what is known here first, and an outside service only where one is configured.

Without configuration nothing leaves the machine: an address gets its commune's or locality's point, and says so.
With it, the outside service is asked with a timeout, its answers are remembered, and after repeated failures it is
left alone for a while: a page never waits for a service that is down.
"""

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from portal.core.clock import Clock
from portal.geography.communes import AliasKind, Commune
from portal.geography.lookup import Found, Lookup, Match
from portal.geography.names import loose_key, plain_key, spelled_out
from portal.geography.points import Point


class Precision(StrEnum):
    """How exactly a point stands for an address, the best first."""

    ADDRESS = "address"
    STREET = "street"
    LOCALITY = "locality"
    COMMUNE = "commune"


@dataclass(frozen=True)
class Address:
    """What is known of an address; `commune` is an INSEE code."""

    street: str = ""
    locality: str = ""
    postal_code: str = ""
    town: str = ""
    commune: str = ""

    @property
    def line(self) -> str:
        """Write the address on one line."""
        return " ".join(f"{self.street} {self.locality} {self.postal_code} {self.town}".split())


@dataclass(frozen=True)
class Place:
    """A point for an address, how exact it is, and how sure (0 to 1) the geocoder is of it."""

    point: Point
    precision: Precision
    confidence: float
    commune: str
    label: str


class GeocoderUnavailable(Exception):  # noqa: N818 - a state of the world, not a mistake
    """Say that the outside service did not answer."""


class Geocoder(Protocol):
    """Anything that places addresses."""

    def locate(self, address: Address) -> Place | None:
        """Place an address; None when it is not known. May raise `GeocoderUnavailable`."""
        ...


class LocalGeocoder:
    """Place an address by its locality or its commune, from the reference data."""

    def __init__(self, lookup: Lookup) -> None:
        self._lookup = lookup

    def locate(self, address: Address) -> Place | None:
        """Place an address at its locality where one is known, else at its commune's point."""
        found = self._commune(address)
        if found is None:
            return None
        return self._locality(address, found.commune) or _at_commune(found)

    def _commune(self, address: Address) -> Found | None:
        code = self._lookup.communes.todays_code(address.commune)
        commune = self._lookup.communes.get(code) if code else None
        if commune is not None:
            return Found(commune, Match.CODE)
        found = self._lookup.find(f"{address.town} {address.postal_code}")
        # Several communes of one rank (a postal code alone, homonyms): none is the right one.
        if not found or (len(found) > 1 and found[1].match == found[0].match):
            return None
        return found[0]

    def _locality(self, address: Address, commune: Commune) -> Place | None:
        wanted = {_name_key(name) for name in (address.locality, address.street, address.town) if name}
        for alias in self._lookup.communes.aliases_of(commune.code):
            if alias.point and alias.kind is not AliasKind.FORMER and _name_key(alias.name) in wanted:
                label = f"{alias.name}, {commune.name}"
                return Place(alias.point, Precision.LOCALITY, 1.0, commune.code, label)
        return None


class RememberingGeocoder:
    """Ask a geocoder once per address; the oldest answers are forgotten first."""

    def __init__(self, inner: Geocoder, *, size: int = 5000) -> None:
        self._inner, self._size = inner, size
        self._answers: OrderedDict[Address, Place | None] = OrderedDict()

    def locate(self, address: Address) -> Place | None:
        """Give the remembered answer, or ask."""
        if address not in self._answers:
            self._answers[address] = self._inner.locate(address)
        self._answers.move_to_end(address)
        while len(self._answers) > self._size:
            self._answers.popitem(last=False)
        return self._answers.get(address)


class GuardedGeocoder:
    """Leave a geocoder alone for a while once it has failed several times in a row (a circuit breaker)."""

    def __init__(
        self, inner: Geocoder, *, clock: Clock, failures: int = 3, pause: timedelta = timedelta(minutes=5)
    ) -> None:
        self._inner, self._clock, self._allowed, self._pause = inner, clock, failures, pause
        self._failed = 0
        self._closed_until: datetime | None = None

    def locate(self, address: Address) -> Place | None:
        """Ask, unless the service is being left alone."""
        now = self._clock.now()
        if self._closed_until is not None and now < self._closed_until:
            raise GeocoderUnavailable
        try:
            place = self._inner.locate(address)
        except GeocoderUnavailable:
            self._failed += 1
            # After the pause one question is let through: if it fails too, the pause begins anew.
            if self._failed >= self._allowed:
                self._closed_until = now + self._pause
            raise
        self._failed, self._closed_until = 0, None
        return place


class ChainedGeocoder:
    """Keep the most exact answer: what is known here, or what an outside service adds to it."""

    def __init__(self, local: Geocoder, *, outside: Geocoder | None = None) -> None:
        self._local, self._outside = local, outside

    def locate(self, address: Address) -> Place | None:
        """Place an address; a service that is down or contradicts the commune changes nothing."""
        here = self._local.locate(address)
        if self._outside is None or not address.street:
            return here
        try:
            there = self._outside.locate(address)
        except GeocoderUnavailable:
            return here
        if there is None or (here is not None and there.commune != here.commune):
            return here
        return there


class KnownPlaces:
    """A geocoder that knows what it was told: for tests, and for addresses placed by hand."""

    def __init__(self, places: Iterable[tuple[Address, Place]] = ()) -> None:
        self._places = dict(places)
        self.asked = 0
        self.is_down = False

    def locate(self, address: Address) -> Place | None:
        """Give the place it was told, unless it is down."""
        self.asked += 1
        if self.is_down:
            raise GeocoderUnavailable
        return self._places.get(address)


def _at_commune(found: Found) -> Place:
    commune = found.commune
    # A name that had to be corrected is less sure than one that was written right.
    confidence = 1.0 if found.match <= Match.VARIANT else 0.5
    return Place(commune.point, Precision.COMMUNE, confidence, commune.code, commune.name)


def _name_key(name: str) -> str:
    return loose_key(spelled_out(plain_key(name)))
