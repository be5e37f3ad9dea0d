"""Structures: who offers services."""

from typing import ClassVar

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.database import Base, words
from portal.core.register import PLACES_AND_THINGS
from portal.directory.models.identities import Addressed
from portal.directory.rules.choices import Kind, LegalNature


class Structure(Addressed, Base):
    """A body, public or private, that answers for services."""

    KIND: ClassVar = Kind.STRUCTURE
    __tablename__ = "structure"
    REGISTER: ClassVar = PLACES_AND_THINGS

    name: Mapped[str] = mapped_column(String(250))
    description: Mapped[str] = mapped_column(Text, default="")
    siret: Mapped[str] = mapped_column(String(14), default="", index=True)
    legal_nature: Mapped[LegalNature] = mapped_column(words(LegalNature), default=LegalNature.UNKNOWN)
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("structure.id", ondelete="RESTRICT"), index=True)
