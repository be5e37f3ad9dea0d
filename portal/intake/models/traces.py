"""Traces: what each record said last, where it stood, and which rows of the directory it became."""

from datetime import date
from typing import Any, ClassVar

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.database import Base
from portal.core.register import LINKS, PLACES_AND_THINGS
from portal.intake.rules.treatments import RECEIVED_LISTS


class Trace(Base):
    """One record of one feed, as it was last read."""

    __tablename__ = "trace"
    REGISTER: ClassVar = RECEIVED_LISTS
    __table_args__ = (
        UniqueConstraint("feed_id", "key"),
        Index("ix_trace_feed_id_last_run_id", "feed_id", "last_run_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    feed_id: Mapped[int] = mapped_column(ForeignKey("feed.id", ondelete="RESTRICT"))
    key: Mapped[str] = mapped_column(String(250))
    line: Mapped[int]
    raw: Mapped[str] = mapped_column(Text)
    fingerprint: Mapped[str] = mapped_column(String(64))
    imprint: Mapped[str] = mapped_column(String(64), default="", server_default=text("''"))
    """Digest of the line and of all that reading it depends on; empty when it must be read again."""
    said: Mapped[dict[str, Any]] = mapped_column(JSON)
    """Path -> what the source said there."""
    said_on: Mapped[date]
    last_run_id: Mapped[int]
    """The last run in whose file it stood."""
    last_seen_on: Mapped[date]
    missing_runs: Mapped[int] = mapped_column(default=0)
    missing_since: Mapped[date | None]
    is_hidden: Mapped[bool] = mapped_column(default=False)


class TraceRow(Base):
    """A row of the directory that stands for a part of a record."""

    __tablename__ = "trace_row"
    REGISTER: ClassVar = LINKS
    __table_args__ = (Index("ix_trace_row_row_id_role", "row_id", "role"),)

    trace_id: Mapped[int] = mapped_column(ForeignKey("trace.id", ondelete="CASCADE"), primary_key=True)
    role: Mapped[str] = mapped_column(String(300), primary_key=True)
    row_id: Mapped[int] = mapped_column(ForeignKey("identity.id", ondelete="RESTRICT"))


class OfficialId(Base):
    """The identifier of a row in a national register, on the word of a record."""

    __tablename__ = "official_id"
    REGISTER: ClassVar = PLACES_AND_THINGS
    __table_args__ = (Index("ix_official_id_register_value", "register", "value"),)

    trace_id: Mapped[int] = mapped_column(ForeignKey("trace.id", ondelete="CASCADE"), primary_key=True)
    role: Mapped[str] = mapped_column(String(300), primary_key=True)
    register: Mapped[str] = mapped_column(String(80), primary_key=True)
    value: Mapped[str] = mapped_column(String(250))
