"""Reads the two demonstration files for a reference day: what is well-formed becomes entries, the rest is said."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import TypeVar

from importers.demo.checks import check_demonstration
from importers.demo.entries import Context, read_place, read_service, read_structure, read_tour
from importers.demo.schema import SERVICES, STRUCTURES
from importers.demo.sheets import Demonstration
from portal.vocabulary.checks import Page
from portal.vocabulary.faults import Fault, errors_of, in_reading_order
from portal.vocabulary.loading import load_vocabulary, well_formed
from portal.vocabulary.marks import Table, grow
from portal.vocabulary.shapes import Fields, check_shape

STRUCTURES_FILE = "structures.yaml"
SERVICES_FILE = "services.yaml"
Entry = TypeVar("Entry")


@dataclass(frozen=True)
class Reading:
    """What the files say, and what is wrong with them; hours kept in doubt on purpose are warnings."""

    demonstration: Demonstration
    faults: tuple[Fault, ...] = ()

    @property
    def errors(self) -> tuple[Fault, ...]:
        """The faults that must be mended."""
        return errors_of(self.faults)


@cache
def shipped_text(name: str) -> str:
    """Return the text of a demonstration file."""
    return files("importers.demo").joinpath(name).read_text(encoding="utf-8")


def read_shipped(*, reference_day: date) -> Reading:
    """Read the files that ship with the portal."""
    return read_demonstration(shipped_text(STRUCTURES_FILE), shipped_text(SERVICES_FILE), reference_day=reference_day)


def read_demonstration(structures: str, services: str, *, reference_day: date) -> Reading:
    """Read both files; days in them count from the reference day."""
    bodies, unread_bodies = grow(structures, file=STRUCTURES_FILE)
    offers, unread_offers = grow(services, file=SERVICES_FILE)
    if unread_bodies or unread_offers:
        return Reading(Demonstration(), in_reading_order((*unread_bodies, *unread_offers)))
    here = Context(STRUCTURES_FILE, reference_day)
    there = Context(SERVICES_FILE, reference_day)
    demonstration = Demonstration(
        structures=_entries(bodies, "structures", STRUCTURES, read_structure, here),
        places=_entries(bodies, "lieux", STRUCTURES, read_place, here),
        tours=_entries(bodies, "tournees", STRUCTURES, read_tour, here),
        services=_entries(offers, "services", SERVICES, read_service, there),
    )
    found = (*_faults(bodies, offers), *here.faults, *there.faults)
    return Reading(demonstration, in_reading_order(found))


def _entries(
    tree: Table, name: str, shape: Fields, read: Callable[[Table, Context], Entry], context: Context
) -> tuple[Entry, ...]:
    return tuple(read(table, context) for table in well_formed(tree, name, shape))


def _faults(bodies: Table, offers: Table) -> Iterator[Fault]:
    yield from check_shape(bodies, STRUCTURES, file=STRUCTURES_FILE)
    yield from check_shape(offers, SERVICES, file=SERVICES_FILE)
    pages = Page(STRUCTURES_FILE, bodies), Page(SERVICES_FILE, offers)
    yield from check_demonstration(*pages, vocabulary=load_vocabulary())
