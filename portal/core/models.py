"""The tables of the core: the change log (links, values apart, head) and the jobs."""

from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.database import Base, words
from portal.core.register import LINKS, OfNobody
from portal.core.treatments import JOURNAL


class ActorKind(StrEnum):
    """Who acts: a person, a source of records, or the portal by itself."""

    PERSON = "person"
    SOURCE = "source"
    SYSTEM = "system"


class JobState(StrEnum):
    """Where a job stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Change(Base):
    """One act on one record: a link of the chain. It is never altered and holds no personal value."""

    __tablename__ = "change"
    REGISTER: ClassVar = JOURNAL
    __table_args__ = (Index("ix_change_subject_kind_subject_key_number", "subject_kind", "subject_key", "number"),)

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(index=True)
    subject_kind: Mapped[str] = mapped_column(String(40))
    subject_key: Mapped[str] = mapped_column(String(80))
    verb: Mapped[str] = mapped_column(String(40))
    actor_kind: Mapped[ActorKind] = mapped_column(words(ActorKind))
    values_digest: Mapped[str] = mapped_column(String(64))
    """Digest of the salted digests of every value that stands apart."""
    digest: Mapped[str] = mapped_column(String(64))
    """Digest of this row and of the digest of the row before it."""


class ChangeValues(Base):
    """What a change says of people and things: actor, reason, fields before and after; each part can be erased."""

    __tablename__ = "change_values"
    REGISTER: ClassVar = JOURNAL

    number: Mapped[int] = mapped_column(ForeignKey("change.number"), primary_key=True, autoincrement=False)
    parts: Mapped[str] = mapped_column(Text)
    """JSON: part -> [salt, value]; an erased part keeps only its digest."""


class ChangeHead(Base):
    """How long the chain is and how it ends: one row, so that a cut tail shows."""

    __tablename__ = "change_head"
    REGISTER: ClassVar = LINKS
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    length: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))


class JobRow(Base):
    """A piece of work to be done later, with what came of it."""

    __tablename__ = "job"
    REGISTER: ClassVar = OfNobody("what is to be done, by the numbers of rows")
    __table_args__ = (
        Index("ix_job_state_due", "state", "due"),
        Index(
            "uq_job_waiting",
            "kind",
            "unique_key",
            unique=True,
            sqlite_where=text("state = 'waiting'"),
            postgresql_where=text("state = 'waiting'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(80))
    payload: Mapped[str] = mapped_column(Text)
    unique_key: Mapped[str | None] = mapped_column(String(120))
    state: Mapped[JobState] = mapped_column(words(JobState))
    due: Mapped[datetime]
    attempts: Mapped[int]
    leased_until: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    failure: Mapped[str] = mapped_column(Text)
    """Class and place of the last error, without its message."""
