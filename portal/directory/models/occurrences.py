"""Occurrences: the openings of the next thirteen weeks, written out so that SQL can ask for a day."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.database import Base, words
from portal.core.register import PLACES_AND_THINGS
from portal.hours.slots import Appointment, Mode


class Occurrence(Base):
    """A slot of an access point on a date; `day` is the territory's date on which it begins."""

    __tablename__ = "occurrence"
    REGISTER: ClassVar = PLACES_AND_THINGS
    __table_args__ = (
        CheckConstraint("starts_at < ends_at", name="in_order"),
        Index("ix_occurrence_day_access_point_id", "day", "access_point_id"),
    )

    access_point_id: Mapped[int] = mapped_column(
        ForeignKey("access_point.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    starts_at: Mapped[datetime] = mapped_column(primary_key=True)
    ends_at: Mapped[datetime] = mapped_column(primary_key=True)
    mode: Mapped[Mode] = mapped_column(words(Mode), primary_key=True)
    appointment: Mapped[Appointment] = mapped_column(words(Appointment), primary_key=True)
    day: Mapped[date]
    is_certain: Mapped[bool]
    """False when a holiday or words nobody could read leave it in doubt."""
