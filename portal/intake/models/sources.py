"""Sources, their feeds, and the runs that brought them in."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.database import Base, words
from portal.core.register import LINKS, PLACES_AND_THINGS
from portal.intake.rules.treatments import RECEIVED_LISTS


class RunState(StrEnum):
    """What became of a run; one that stopped half-way left nothing."""

    DONE = "done"
    REFUSED = "refused"
    UNDONE = "undone"


class RunKind(StrEnum):
    """Whether a run brought a whole file, or one record that a person released."""

    FILE = "file"
    RELEASE = "release"


class Source(Base):
    """Who says it, under which licence, and how much its word weighs."""

    __tablename__ = "source"
    REGISTER: ClassVar = PLACES_AND_THINGS

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    title: Mapped[str] = mapped_column(String(250))
    owner: Mapped[str] = mapped_column(String(250), default="")
    licence: Mapped[str] = mapped_column(String(250), default="")
    url: Mapped[str] = mapped_column(String(2000), default="")
    frequency_days: Mapped[int | None]
    priority: Mapped[int] = mapped_column(default=0)
    """Among sources that contradict one another the highest wins."""


class Feed(Base):
    """One list of a source: losses and disappearances are counted within it."""

    __tablename__ = "feed"
    REGISTER: ClassVar = PLACES_AND_THINGS
    __table_args__ = (UniqueConstraint("source_name", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    source_name: Mapped[str] = mapped_column(ForeignKey("source.name", ondelete="RESTRICT"))
    name: Mapped[str] = mapped_column(String(80))
    owner: Mapped[str] = mapped_column(String(250), default="", server_default=text("''"))
    licence: Mapped[str] = mapped_column(String(250), default="", server_default=text("''"))
    """What every record of the list bears wherever it is shown or exported."""
    priority: Mapped[int | None]
    """How much its word weighs, where that is not what its source's does."""

    source: Mapped[Source] = relationship(Source, lazy="raise")


class Run(Base):
    """One import of one feed: what it brought, and what it was told to accept."""

    __tablename__ = "run"
    REGISTER: ClassVar = LINKS
    __table_args__ = (Index("ix_run_feed_id_id", "feed_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    feed_id: Mapped[int] = mapped_column(ForeignKey("feed.id", ondelete="RESTRICT"))
    kind: Mapped[RunKind] = mapped_column(words(RunKind), default=RunKind.FILE)
    state: Mapped[RunState] = mapped_column(words(RunState))
    at: Mapped[datetime]
    said_on: Mapped[date]
    """The day the file gives to itself, or that of the run."""
    accepts_loss: Mapped[bool] = mapped_column(default=False)
    counts: Mapped[dict[str, int]] = mapped_column(JSON)
    """The figures of its report."""
    undone_at: Mapped[datetime | None]

    feed: Mapped[Feed] = relationship(Feed, lazy="raise")


class RunProblem(Base):
    """A value that was not understood or not accepted, and why."""

    __tablename__ = "problem"
    REGISTER: ClassVar = RECEIVED_LISTS
    __table_args__ = (Index("ix_problem_run_id_line", "run_id", "line"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id", ondelete="CASCADE"))
    line: Mapped[int]
    field: Mapped[str] = mapped_column(String(250))
    code: Mapped[str] = mapped_column(String(80))
    message: Mapped[str] = mapped_column(Text)
    value: Mapped[str] = mapped_column(Text)


class RunStep(Base):
    """One act of a run on one row, with what undoes it."""

    __tablename__ = "run_step"
    REGISTER: ClassVar = RECEIVED_LISTS
    __table_args__ = (Index("ix_run_step_row_id", "row_id"),)

    run_id: Mapped[int] = mapped_column(ForeignKey("run.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    trace_id: Mapped[int]
    """The record it was done for; no foreign key, for the trace goes when its creation is undone."""
    row_id: Mapped[int | None] = mapped_column(ForeignKey("identity.id", ondelete="RESTRICT"))
    verb: Mapped[str] = mapped_column(String(40))
    version: Mapped[int | None]
    """What the row's version was afterwards: another one says that somebody touched it since."""
    before: Mapped[Any] = mapped_column(JSON)
    """What the act replaced, as JSON."""
