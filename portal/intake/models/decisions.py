"""What people decide: corrections of what a source says, and the queue of what waits for an answer."""

from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.database import Base, words
from portal.intake.rules.treatments import DECISIONS


class ReviewKind(StrEnum):
    """What a person is asked."""

    DUPLICATE = "duplicate"
    """Are these two services, or structures, one?"""
    CORRECTION = "correction"
    """The source now contradicts a correction: which one is right?"""
    QUARANTINE = "quarantine"
    """A check failed: does the record come in all the same?"""
    REPORT = "report"
    """A visitor says that a sheet is wrong: is it?"""


STRUCTURE = "structure"
"""What the content of a question about two structures says it is about; others are about two services."""


class ReviewState(StrEnum):
    """Where a question stands."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REFUSED = "refused"


class Correction(Base):
    """A person's word over a source's, with author and reason; it stands until withdrawn."""

    __tablename__ = "correction"
    REGISTER: ClassVar = DECISIONS
    __table_args__ = (
        Index(
            "uq_correction_standing",
            "row_id",
            "field",
            unique=True,
            sqlite_where=text("withdrawn_at IS NULL"),
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    row_id: Mapped[int] = mapped_column(ForeignKey("identity.id", ondelete="RESTRICT"))
    field: Mapped[str] = mapped_column(String(80))
    value: Mapped[Any] = mapped_column(JSON)
    replaced: Mapped[Any] = mapped_column(JSON)
    """What stood there before."""
    sources_said: Mapped[dict[str, Any]] = mapped_column(JSON)
    """Trace -> what it said of the field when it was corrected."""
    author: Mapped[str] = mapped_column(String(250))
    reason: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


class ReviewItem(Base):
    """A question that waits for a person, or was answered."""

    __tablename__ = "review_item"
    REGISTER: ClassVar = DECISIONS
    __table_args__ = (UniqueConstraint("kind", "key"), Index("ix_review_item_state_id", "state", "id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[ReviewKind] = mapped_column(words(ReviewKind))
    key: Mapped[str] = mapped_column(String(400))
    """What the question is about, so that it is asked once."""
    state: Mapped[ReviewState] = mapped_column(words(ReviewState))
    run_id: Mapped[int | None] = mapped_column(ForeignKey("run.id", ondelete="CASCADE"), index=True)
    """The import that asks; None when a visitor does."""
    trace_id: Mapped[int | None]
    score: Mapped[int | None]
    reasons: Mapped[list[str]] = mapped_column(JSON)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    """What an answer needs: rows, values, or the record in quarantine."""
    asked_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str] = mapped_column(String(250), default="")
    decision_reason: Mapped[str] = mapped_column(Text, default="")
