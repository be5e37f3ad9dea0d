"""The table of the search: what was asked for in vain."""

from datetime import date
from typing import ClassVar

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.database import Base
from portal.core.register import COUNTS


class UnmetNeed(Base):
    """How often a kind of service was asked for in vain on a day: no word, no place, no visitor."""

    __tablename__ = "unmet_need"
    REGISTER: ClassVar = COUNTS

    day: Mapped[date] = mapped_column(primary_key=True)
    concept: Mapped[str] = mapped_column(String(8), primary_key=True)
    """Code of the thesaurus; empty when none was recognised in the question."""
    times: Mapped[int]
