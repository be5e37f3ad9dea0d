"""Builders of the directory with readable defaults: a test says only what it is about."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Unpack
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from portal.core.changes import Act, Actor
from portal.core.models import ActorKind
from portal.directory.models.access_points import AccessPoint, Stop, Tour
from portal.directory.models.places import Place
from portal.directory.models.services import Service
from portal.directory.models.structures import Structure
from portal.directory.operations.access_points import NewAccessPointValues, create_access_point
from portal.directory.operations.lifecycle import publish_service
from portal.directory.operations.places import PlaceValues, create_place
from portal.directory.operations.services import ServiceValues, create_service
from portal.directory.operations.structures import StructureValues, create_structure
from portal.directory.operations.tours import StopValues, TourValues, add_stop, create_tour
from portal.directory.rules.choices import AccessPointKind
from portal.geography.models import Commune, Epci
from portal.hours.osm import read_osm
from portal.hours.slots import Opening

SECRETARY = Actor(kind=ActorKind.PERSON, name="secretariat")
NOON = datetime(2026, 11, 21, 12, tzinfo=ZoneInfo("Europe/Paris"))
"""Saturday 21 November 2026."""


def hours(notation: str) -> Opening:
    """Read an opening in the notation of OpenStreetMap, all of which must be understood."""
    opening, problems = read_osm(notation)
    assert not problems
    return opening


@dataclass
class Builder:
    """Make things in a session, at noon of one day, by the secretary of a mairie."""

    session: Session
    act: Act = field(default_factory=lambda: Act(by=SECRETARY, at=NOON, reason="essai"))

    def later(self, **length: float) -> Act:
        """Let time pass, and give the act of that moment."""
        self.act = replace(self.act, at=self.act.at + timedelta(**length))
        return self.act

    def a_commune(self, code: str = "10323", name: str = "Romilly-sur-Seine", department: str = "10") -> str:
        """Make a commune unless it is there."""
        if self.session.get(Commune, code) is None:
            if self.session.get(Epci, "200000545") is None:
                self.session.add(Epci(code="200000545", name="Portes de Romilly-sur-Seine"))
                self.session.flush()
            self.session.add(
                Commune(
                    code=code,
                    name=name,
                    slug=f"{code}-{name.lower()}",
                    department=department,
                    department_name="Aube",
                    epci_code="200000545",
                    population=14_000,
                    postal_codes=f"{code[:2]}100",
                    lat=48.516,
                    lon=3.727,
                    radius=6000,
                )
            )
            self.session.flush()
        return code

    def a_structure(self, **values: Unpack[StructureValues]) -> Structure:
        """Make a structure."""
        values.setdefault("name", "Communauté de communes")
        return create_structure(self.session, act=self.act, **values)

    def a_place(self, **values: Unpack[PlaceValues]) -> Place:
        """Make a place in Romilly-sur-Seine."""
        values.setdefault("name", "Maison commune")
        values.setdefault("address", "1 rue du Lavoir")
        values.setdefault("postal_code", "10100")
        if "commune_code" not in values:
            values["commune_code"] = self.a_commune()
        return create_place(self.session, act=self.act, **values)

    def a_draft(self, *, structure: Structure | None = None, **values: Unpack[ServiceValues]) -> Service:
        """Make a service nobody sees yet."""
        values.setdefault("title", "La Poste")
        values.setdefault("concepts", ("AD06",))
        return create_service(self.session, structure=structure or self.a_structure(), act=self.act, **values)

    def a_service(
        self,
        *,
        structure: Structure | None = None,
        at: Place | None = None,
        opens: str = "",
        **values: Unpack[ServiceValues],
    ) -> Service:
        """Make a published service with one access point."""
        service = self.a_draft(structure=structure, **values)
        self.an_access_point(service, at=at, opens=opens)
        publish_service(self.session, service=service, act=self.act)
        return service

    def an_access_point(
        self,
        service: Service,
        *,
        at: Place | Stop | None = None,
        opens: str = "",
        **values: Unpack[NewAccessPointValues],
    ) -> AccessPoint:
        """Open a service at a place or at a tour's stop."""
        if opens:
            values |= {"opening": hours(opens), "opening_words": opens}
        kind = AccessPointKind.TOUR_STOP if isinstance(at, Stop) else AccessPointKind.PLACE
        where = at or self.a_place()
        return create_access_point(self.session, service=service, kind=kind, at=where, act=self.act, **values)

    def by_phone(self, service: Service, **values: Unpack[NewAccessPointValues]) -> AccessPoint:
        """Open a service by telephone."""
        return create_access_point(self.session, service=service, kind=AccessPointKind.PHONE, act=self.act, **values)

    def a_tour(self, *, structure: Structure | None = None, **values: Unpack[TourValues]) -> Tour:
        """Make a tour."""
        values.setdefault("name", "Bus des services")
        return create_tour(self.session, structure=structure or self.a_structure(), act=self.act, **values)

    def a_stop(self, tour: Tour, *, place: Place | None = None, opens: str = "", **values: Unpack[StopValues]) -> Stop:
        """Add a stop to a tour."""
        if opens:
            values |= {"opening": hours(opens), "opening_words": opens}
        return add_stop(self.session, tour=tour, place=place or self.a_place(), act=self.act, **values)


def titles(services: Iterable[Service]) -> list[str]:
    """List services by their titles."""
    return [service.title for service in services]
