"""The tables of geography: communes, their aliases, EPCI, territories with their zonings and poles."""

from typing import ClassVar

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.database import Base, words
from portal.core.register import PLACES_AND_THINGS
from portal.geography.communes import AliasKind


class ReferenceEdition(Base):
    """Which edition of a reference file the tables hold, so that loading it again costs nothing."""

    __tablename__ = "reference_edition"
    REGISTER: ClassVar = PLACES_AND_THINGS

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))


class Epci(Base):
    """A grouping of communes: communauté de communes, d’agglomération, métropole."""

    __tablename__ = "epci"
    REGISTER: ClassVar = PLACES_AND_THINGS

    code: Mapped[str] = mapped_column(String(9), primary_key=True)
    name: Mapped[str] = mapped_column(Text)


class Commune(Base):
    """A commune; one that is gone stays, names its successor, and keeps what points to it."""

    __tablename__ = "commune"
    REGISTER: ClassVar = PLACES_AND_THINGS
    __table_args__ = (Index("ix_commune_department", "department"), Index("ix_commune_epci_code", "epci_code"))

    code: Mapped[str] = mapped_column(String(5), primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    slug: Mapped[str] = mapped_column(Text)
    """End of the page's address: code and name, `10323-romilly-sur-seine`."""
    department: Mapped[str] = mapped_column(String(3))
    department_name: Mapped[str] = mapped_column(Text)
    epci_code: Mapped[str | None] = mapped_column(ForeignKey("epci.code"))
    population: Mapped[int]
    postal_codes: Mapped[str] = mapped_column(Text)
    """Separated by spaces."""
    lat: Mapped[float]
    lon: Mapped[float]
    radius: Mapped[int]
    """Metres to the farthest corner."""
    successor_code: Mapped[str | None] = mapped_column(ForeignKey("commune.code"))


class CommuneAlias(Base):
    """Another name or an old code of a commune."""

    __tablename__ = "commune_alias"
    REGISTER: ClassVar = PLACES_AND_THINGS
    __table_args__ = (
        Index("ix_commune_alias_commune_code", "commune_code"),
        Index("ix_commune_alias_code", "code"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    commune_code: Mapped[str] = mapped_column(ForeignKey("commune.code"))
    kind: Mapped[AliasKind] = mapped_column(words(AliasKind))
    name: Mapped[str] = mapped_column(Text)
    code: Mapped[str] = mapped_column(String(5))
    lat: Mapped[float | None]
    lon: Mapped[float | None]


class Territory(Base):
    """A territory that runs a portal: a free list of communes, never assumed equal to EPCIs."""

    __tablename__ = "territory"
    REGISTER: ClassVar = PLACES_AND_THINGS

    slug: Mapped[str] = mapped_column(String(80), primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64))
    """Of the territory file, to know when it changed."""


class TerritoryCommune(Base):
    """A commune of a territory."""

    __tablename__ = "territory_commune"
    REGISTER: ClassVar = PLACES_AND_THINGS
    __table_args__ = (Index("ix_territory_commune_commune_code", "commune_code"),)

    territory_slug: Mapped[str] = mapped_column(ForeignKey("territory.slug"), primary_key=True)
    commune_code: Mapped[str] = mapped_column(ForeignKey("commune.code"), primary_key=True)


class Zoning(Base):
    """A way to cut a territory: EPCI, cantons, sectors of a service."""

    __tablename__ = "zoning"
    REGISTER: ClassVar = PLACES_AND_THINGS

    territory_slug: Mapped[str] = mapped_column(ForeignKey("territory.slug"), primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), primary_key=True)
    name: Mapped[str] = mapped_column(Text)


class Zone(Base):
    """One part of a zoning."""

    __tablename__ = "zone"
    REGISTER: ClassVar = PLACES_AND_THINGS
    __table_args__ = (
        ForeignKeyConstraint(["territory_slug", "zoning_slug"], ["zoning.territory_slug", "zoning.slug"]),
    )

    territory_slug: Mapped[str] = mapped_column(String(80), primary_key=True)
    zoning_slug: Mapped[str] = mapped_column(String(80), primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), primary_key=True)
    name: Mapped[str] = mapped_column(Text)


class ZoneCommune(Base):
    """A commune of a zone."""

    __tablename__ = "zone_commune"
    REGISTER: ClassVar = PLACES_AND_THINGS
    __table_args__ = (
        ForeignKeyConstraint(
            ["territory_slug", "zoning_slug", "zone_slug"],
            ["zone.territory_slug", "zone.zoning_slug", "zone.slug"],
        ),
    )

    territory_slug: Mapped[str] = mapped_column(String(80), primary_key=True)
    zoning_slug: Mapped[str] = mapped_column(String(80), primary_key=True)
    zone_slug: Mapped[str] = mapped_column(String(80), primary_key=True)
    commune_code: Mapped[str] = mapped_column(ForeignKey("commune.code"), primary_key=True)


class Pole(Base):
    """A commune others go to; level 1 is the town everybody goes to, 3 the village with the first services."""

    __tablename__ = "pole"
    REGISTER: ClassVar = PLACES_AND_THINGS

    territory_slug: Mapped[str] = mapped_column(ForeignKey("territory.slug"), primary_key=True)
    commune_code: Mapped[str] = mapped_column(ForeignKey("commune.code"), primary_key=True)
    level: Mapped[int]
