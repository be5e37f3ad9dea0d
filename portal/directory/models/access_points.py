"""Access points, and the tours that bring some of them: how one reaches a service."""

from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.database import Base, words
from portal.core.register import PLACES_AND_THINGS
from portal.directory.models.identities import Addressed, Identified
from portal.directory.models.places import Place
from portal.directory.models.services import Service
from portal.directory.models.structures import Structure
from portal.directory.rules.choices import AccessPointKind, AddressShown, Kind


class Tour(Addressed, Base):
    """A vehicle or a team that stops in several communes."""

    KIND: ClassVar = Kind.TOUR
    __tablename__ = "tour"
    REGISTER: ClassVar = PLACES_AND_THINGS

    structure_id: Mapped[int] = mapped_column(ForeignKey("structure.id", ondelete="RESTRICT"), index=True)
    name: Mapped[str] = mapped_column(String(250))
    description: Mapped[str] = mapped_column(Text, default="")

    structure: Mapped[Structure] = relationship(Structure, lazy="raise")


class Stop(Identified, Base):
    """A stop of a tour at a place; its opening holds for every service that the tour brings there."""

    KIND: ClassVar = Kind.STOP
    __tablename__ = "stop"
    REGISTER: ClassVar = PLACES_AND_THINGS
    __table_args__ = (UniqueConstraint("tour_id", "position"),)

    tour_id: Mapped[int] = mapped_column(ForeignKey("tour.id", ondelete="CASCADE"))
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id", ondelete="RESTRICT"), index=True)
    position: Mapped[int]
    note: Mapped[str] = mapped_column(Text, default="")
    opening_words: Mapped[str] = mapped_column(Text, default="")

    tour: Mapped[Tour] = relationship(Tour, lazy="raise")
    place: Mapped[Place] = relationship(Place, lazy="raise")


class AccessPoint(Identified, Base):
    """A service at a place, by phone, by video, at home or at a tour's stop, with its own opening and contacts."""

    KIND: ClassVar = Kind.ACCESS_POINT
    __tablename__ = "access_point"
    REGISTER: ClassVar = PLACES_AND_THINGS
    __table_args__ = (
        CheckConstraint("(kind IN ('place', 'tour_stop')) = (place_id IS NOT NULL)", name="place"),
        CheckConstraint("(kind = 'tour_stop') = (stop_id IS NOT NULL)", name="stop"),
        Index("ix_access_point_service_id_id", "service_id", "id"),
    )

    service_id: Mapped[int] = mapped_column(ForeignKey("service.id", ondelete="RESTRICT"))
    kind: Mapped[AccessPointKind] = mapped_column(words(AccessPointKind))
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id", ondelete="RESTRICT"), index=True)
    """Where one goes; for a tour's stop, the place of the stop."""
    stop_id: Mapped[int | None] = mapped_column(ForeignKey("stop.id", ondelete="RESTRICT"), index=True)
    note: Mapped[str] = mapped_column(Text, default="")
    url: Mapped[str] = mapped_column(String(2000), default="")
    address_shown: Mapped[AddressShown | None] = mapped_column(words(AddressShown))
    """What a person decided for this service here; None leaves it to the place and to the rule."""
    opening_words: Mapped[str] = mapped_column(Text, default="")
    """The words the opening was read from, as they stood."""

    service: Mapped[Service] = relationship(Service, lazy="raise")
    place: Mapped[Place | None] = relationship(Place, lazy="raise")
    stop: Mapped[Stop | None] = relationship(Stop, lazy="raise")
