"""What visitors say is wrong on a sheet. Nothing is kept of who said it."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.database import Base
from portal.intake.rules.reports import LONGEST_RECEIPT
from portal.intake.rules.treatments import REPORTS


class ErrorReport(Base):
    """A visitor's word about a service; the question it asks stands in the queue under its receipt."""

    __tablename__ = "error_report"
    REGISTER: ClassVar = REPORTS

    id: Mapped[int] = mapped_column(primary_key=True)
    receipt: Mapped[str] = mapped_column(String(LONGEST_RECEIPT), unique=True)
    """What the visitor was given, and the key of the question."""
    subject_id: Mapped[int] = mapped_column(ForeignKey("identity.id", ondelete="RESTRICT"), index=True)
    wrong: Mapped[list[str]] = mapped_column(JSON)
    """What was ticked."""
    words: Mapped[str] = mapped_column(Text, default="")
    """What was written; empty once its time is over."""
    at: Mapped[datetime]
