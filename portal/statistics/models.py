"""The table of the audience: how often each kind of page was seen, day by day."""

from datetime import date
from typing import ClassVar

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.database import Base
from portal.core.register import COUNTS


class AudienceCount(Base):
    """How often pages of a kind were seen on a day, by what they were about: no address, no words, no visitor."""

    __tablename__ = "audience_count"
    REGISTER: ClassVar = COUNTS

    day: Mapped[date] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40), primary_key=True)
    """First word of the address: recherche, services, communes …"""
    theme: Mapped[str] = mapped_column(String(80), primary_key=True)
    """Slug of a family of the thesaurus; empty when the page is about none, or several."""
    commune: Mapped[str] = mapped_column(String(5), primary_key=True)
    """INSEE code; empty when the page is about none, and always when a visitor gave their position."""
    found_nothing: Mapped[bool] = mapped_column(primary_key=True)
    times: Mapped[int]
