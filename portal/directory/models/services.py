"""Services: what is offered, for whom, at what cost, and for whose communes."""

from datetime import date
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from portal.core.database import Base, words
from portal.core.register import PLACES_AND_THINGS
from portal.directory.models.columns import codes
from portal.directory.models.identities import Addressed
from portal.directory.models.structures import Structure
from portal.directory.rules.choices import (
    REVIEW_RHYTHMS,
    SUMMARY_LENGTH,
    CompetenceKind,
    Cost,
    Kind,
    LegalNature,
    Status,
)
from portal.directory.rules.freshness import DEFAULT_RHYTHM, Provenance
from portal.hours.slots import Mode
from portal.vocabulary.audiences import Audience


class Service(Addressed, Base):
    """What a structure offers; reached through its access points."""

    KIND: ClassVar = Kind.SERVICE
    __tablename__ = "service"
    REGISTER: ClassVar = PLACES_AND_THINGS
    __table_args__ = (
        CheckConstraint(f"length(summary) <= {SUMMARY_LENGTH}", name="summary_length"),
        CheckConstraint("age_min >= 0 AND age_max <= 130 AND age_min <= age_max", name="ages"),
        CheckConstraint(f"review_months IN {REVIEW_RHYTHMS}", name="review_rhythm"),
        CheckConstraint("(status = 'closed') = (closed_on IS NOT NULL)", name="closed_on"),
        CheckConstraint("successor_id <> id AND merged_into_id <> id", name="not_its_own_heir"),
        Index("ix_service_status_title_id", "status", "title", "id"),
        Index("ix_service_structure_id_status", "structure_id", "status"),
    )

    structure_id: Mapped[int] = mapped_column(ForeignKey("structure.id", ondelete="RESTRICT"))
    title: Mapped[str] = mapped_column(String(250))
    summary: Mapped[str] = mapped_column(String(SUMMARY_LENGTH), default="")
    description: Mapped[str] = mapped_column(Text, default="")
    age_min: Mapped[int | None]
    age_max: Mapped[int | None]
    cost: Mapped[Cost] = mapped_column(words(Cost), default=Cost.UNKNOWN)
    cost_note: Mapped[str] = mapped_column(Text, default="")
    documents: Mapped[str] = mapped_column(Text, default="")
    eligibility: Mapped[str] = mapped_column(Text, default="")
    legal_nature: Mapped[LegalNature] = mapped_column(words(LegalNature), default=LegalNature.UNKNOWN)
    online_url: Mapped[str] = mapped_column(String(2000), default="")
    status: Mapped[Status] = mapped_column(words(Status), default=Status.DRAFT)
    closed_on: Mapped[date | None]
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("service.id", ondelete="SET NULL"), index=True)
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("service.id", ondelete="RESTRICT"), index=True)
    verified_on: Mapped[date | None]
    verified_by: Mapped[str] = mapped_column(String(250), default="")
    review_months: Mapped[int] = mapped_column(default=DEFAULT_RHYTHM)
    imported_on: Mapped[date | None]
    imported_from: Mapped[str] = mapped_column(String(250), default="")

    structure: Mapped[Structure] = relationship(Structure, lazy="raise")

    @property
    def provenance(self) -> Provenance:
        """Say since when the sheet is held true, and on whose word."""
        return Provenance(
            verified_on=self.verified_on,
            verified_by=self.verified_by,
            imported_on=self.imported_on,
            imported_from=self.imported_from,
            review_months=self.review_months,
        )


class _OfService:
    """A code that a service bears."""

    @declared_attr
    def service_id(cls) -> Mapped[int]:  # noqa: N805 - SQLAlchemy gives the class
        """Name the service by its number."""
        return mapped_column(ForeignKey("service.id", ondelete="CASCADE"), primary_key=True, sort_order=-1)

    @declared_attr
    def service(cls) -> Mapped[Service]:  # noqa: N805 - as above
        """Name the service as an object."""
        return relationship(Service, lazy="raise")


class ServiceConcept(_OfService, Base):
    """A service answers to a concept of the thesaurus; the first is the one it is filed under."""

    __tablename__ = "service_concept"
    REGISTER: ClassVar = PLACES_AND_THINGS
    __table_args__ = (Index("ix_service_concept_code_service_id", "code", "service_id"),)

    code: Mapped[str] = mapped_column(String(8), primary_key=True)
    position: Mapped[int]


class ServiceAudience(_OfService, Base):
    """A service is meant for an audience."""

    __tablename__ = "service_audience"
    REGISTER: ClassVar = PLACES_AND_THINGS

    audience: Mapped[Audience] = mapped_column(codes(Audience, length=60), primary_key=True)


class ServiceMode(_OfService, Base):
    """A service receives people in a mode."""

    __tablename__ = "service_mode"
    REGISTER: ClassVar = PLACES_AND_THINGS

    mode: Mapped[Mode] = mapped_column(words(Mode), primary_key=True)


class ServiceLanguage(_OfService, Base):
    """A service speaks a language (ISO 639 code, or `fsl` for French sign language)."""

    __tablename__ = "service_language"
    REGISTER: ClassVar = PLACES_AND_THINGS

    language: Mapped[str] = mapped_column(String(8), primary_key=True)


class ServiceCompetence(_OfService, Base):
    """A service answers for an area; a commune or an EPCI carries its code, the others an empty one."""

    __tablename__ = "service_competence"
    REGISTER: ClassVar = PLACES_AND_THINGS
    __table_args__ = (CheckConstraint("(kind IN ('commune', 'epci')) = (code <> '')", name="code"),)

    kind: Mapped[CompetenceKind] = mapped_column(words(CompetenceKind), primary_key=True)
    code: Mapped[str] = mapped_column(String(9), primary_key=True, default="")
