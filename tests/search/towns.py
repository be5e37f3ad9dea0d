"""A small directory with its search, for tests of what a visitor finds."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from portal.core.clock import FixedClock
from portal.core.command import Room
from portal.core.database import Database
from portal.directory.models.places import Place
from portal.directory.models.services import Service
from portal.geography.models import Commune, Epci
from portal.geography.points import Point
from portal.geography.territories import demonstration_territory
from portal.search.answers import Answer
from portal.search.finder import find
from portal.search.opening import Search, open_search
from portal.search.requests import SearchRequest
from tests.directory.builders import Builder

ROMILLY, NOGENT, TRAINEL = "10323", "10268", "10382"
POINTS = {ROMILLY: (48.5187, 3.7215), NOGENT: (48.4966, 3.4999), TRAINEL: (48.4139, 3.4566)}
NAMES = {ROMILLY: "Romilly-sur-Seine", NOGENT: "Nogent-sur-Seine", TRAINEL: "Traînel"}
Change = Callable[[Builder], object]


@dataclass
class Town:
    """A directory, its index, and what a visitor asks of it."""

    database: Database
    clock: FixedClock
    search: Search

    def change(self, act: Change) -> None:
        """Change the directory in one unit of work; the index is not told."""
        with self.database.writing() as session:
            act(Builder(session))

    def knows(self, *acts: Change) -> None:
        """Make a directory and its index."""
        for act in acts:
            self.change(act)
        self.search.indexing.rebuild()

    def ask(self, words: str = "", **values: object) -> Answer:
        """Ask as a visitor does."""
        request = SearchRequest().but(words=words, **values)
        with self.database.reading() as session:
            return find(self.search, session, request, now=self.clock.now())

    def titles(self, words: str = "", **values: object) -> list[str]:
        """List the titles found, in order."""
        return [hit.card.title for hit in self.ask(words, **values).hits]


def open_town(database: Database, clock: FixedClock, folder: Path) -> Town:
    """Open an empty directory in the territory of the demonstration."""
    room = Room(data_dir=folder, database=database, clock=clock)
    return settle_town(database, clock, open_search(room, demonstration_territory()))


def settle_town(database: Database, clock: FixedClock, search: Search) -> Town:
    """Put the communes of a town into an empty directory that a search already looks at."""
    with database.writing() as session:
        _add_communes(session)
    return Town(database, clock, search)


def a_place_in(build: Builder, commune: str, **values: object) -> Place:
    """Make a place at the centre of a commune of the territory."""
    lat, lon = POINTS[commune]
    settled = {"name": f"Maison de {NAMES[commune]}", "commune_code": commune, "point": Point(lat, lon)} | values
    return build.a_place(**settled)  # type: ignore[arg-type]  # the builder's keywords are given by name


def serving(title: str, commune: str = ROMILLY, *, opens: str = "", **values: object) -> Change:
    """Say that a commune has a service."""

    def act(build: Builder) -> Service:
        where = a_place_in(build, commune)
        return build.a_service(title=title, at=where, opens=opens, **values)  # type: ignore[arg-type]  # as above

    return act


def _add_communes(session: Session) -> None:
    session.add(Epci(code="200000545", name="Portes de Romilly-sur-Seine"))
    session.flush()
    for code, (lat, lon) in POINTS.items():
        name = NAMES[code]
        session.add(
            Commune(
                code=code,
                name=name,
                slug=f"{code}-{name.lower()}",
                department="10",
                department_name="Aube",
                epci_code="200000545",
                population=1000,
                postal_codes="10100",
                lat=lat,
                lon=lon,
                radius=4000,
            )
        )
