"""Places: where one goes, and what a disabled person finds there."""

from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.database import Base, words
from portal.core.register import PLACES_AND_THINGS
from portal.directory.models.identities import Addressed
from portal.directory.rules.choices import AccessFeature, AddressShown, Answer, Kind, Precision
from portal.geography.models import Commune


def _answer() -> Mapped[Answer]:
    return mapped_column(words(Answer), default=Answer.UNKNOWN)


class Place(Addressed, Base):
    """An address in a commune, with its point when it is known."""

    KIND: ClassVar = Kind.PLACE
    __tablename__ = "place"
    REGISTER: ClassVar = PLACES_AND_THINGS
    __table_args__ = (
        CheckConstraint("(lat IS NULL) = (lon IS NULL)", name="whole_point"),
        CheckConstraint("lat BETWEEN -90 AND 90", name="latitude"),
        CheckConstraint("lon BETWEEN -180 AND 180", name="longitude"),
        Index("ix_place_commune_code_name", "commune_code", "name"),
    )

    name: Mapped[str] = mapped_column(String(250))
    address: Mapped[str] = mapped_column(String(250), default="")
    address_extra: Mapped[str] = mapped_column(String(250), default="")
    postal_code: Mapped[str] = mapped_column(String(5), default="")
    commune_code: Mapped[str] = mapped_column(ForeignKey("commune.code", ondelete="RESTRICT"))
    lat: Mapped[float | None]
    lon: Mapped[float | None]
    precision: Mapped[Precision] = mapped_column(words(Precision), default=Precision.UNKNOWN)
    address_shown: Mapped[AddressShown | None] = mapped_column(words(AddressShown))
    """What a person decided; None leaves it to the rule of `rules/sensitive.py`."""
    access_wheelchair: Mapped[Answer] = _answer()
    access_step_free: Mapped[Answer] = _answer()
    access_toilets: Mapped[Answer] = _answer()
    access_parking: Mapped[Answer] = _answer()
    access_lift: Mapped[Answer] = _answer()
    access_hearing_loop: Mapped[Answer] = _answer()
    access_guidance: Mapped[Answer] = _answer()
    access_sign_language: Mapped[Answer] = _answer()
    access_note: Mapped[str] = mapped_column(Text, default="")
    linked_to_id: Mapped[int | None] = mapped_column(ForeignKey("place.id", ondelete="RESTRICT"), index=True)
    """The place that stands for this one, when several sources describe the same."""

    commune: Mapped[Commune] = relationship(Commune, lazy="raise")

    @property
    def access(self) -> dict[AccessFeature, Answer]:
        """List the answers of the place, feature by feature."""
        return {feature: getattr(self, f"access_{feature}") for feature in AccessFeature}
