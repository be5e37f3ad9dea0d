"""What the directory tells upwards once it is committed: which sheet to look at again."""

from dataclasses import dataclass

from portal.core.events import Event


@dataclass(frozen=True)
class SheetChanged(Event):
    """Something a sheet shows was changed; the derived class says which sheet."""

    public_id: str


@dataclass(frozen=True)
class PersonErased(Event):
    """A person's name has left the base: what was made of the base before may hold it still."""


@dataclass(frozen=True)
class StructureChanged(SheetChanged):
    """A structure was created, changed, merged or deleted."""


@dataclass(frozen=True)
class PlaceChanged(SheetChanged):
    """A place was created, changed, linked or deleted."""


@dataclass(frozen=True)
class ServiceChanged(SheetChanged):
    """A service, or one of its access points, was created, changed, merged or deleted."""


@dataclass(frozen=True)
class TourChanged(SheetChanged):
    """A tour, or one of its stops, was created, changed or deleted."""
