"""Numbers given for ever, the public ids they make, and the slugs a thing once had."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from portal.core.database import Base, words
from portal.core.register import LINKS
from portal.directory.rules.choices import Kind
from portal.directory.rules.public_ids import public_id

SLUG_LENGTH = 80


class Numbering(Base):
    """The last number given: one row, so that a number stays taken after what it named is deleted."""

    __tablename__ = "numbering"
    REGISTER: ClassVar = LINKS
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int]


class Identity(Base):
    """One thing of the directory, living, moved or gone; its row is never deleted."""

    __tablename__ = "identity"
    REGISTER: ClassVar = LINKS

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[Kind] = mapped_column(words(Kind))
    moved_to_id: Mapped[int | None] = mapped_column(ForeignKey("identity.id", ondelete="RESTRICT"), index=True)
    """What answers in its place, after a merge or a link."""
    gone_on: Mapped[date | None]


class FormerSlug(Base):
    """A slug a thing once had: its old addresses still lead to it."""

    __tablename__ = "former_slug"
    REGISTER: ClassVar = LINKS

    owner_id: Mapped[int] = mapped_column(ForeignKey("identity.id", ondelete="CASCADE"), primary_key=True)
    slug: Mapped[str] = mapped_column(String(SLUG_LENGTH), primary_key=True, index=True)
    left_on: Mapped[date]


class Identified:
    """Columns of everything that has a public id; `version` counts the changes, to notice two at once."""

    KIND: ClassVar[Kind]

    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]

    @declared_attr
    def id(cls) -> Mapped[int]:  # noqa: N805 - SQLAlchemy gives the class
        """Give the thing the number of its identity."""
        return mapped_column(
            ForeignKey("identity.id", ondelete="RESTRICT"), primary_key=True, autoincrement=False, sort_order=-1
        )

    @declared_attr
    def identity(cls) -> Mapped[Identity]:  # noqa: N805 - as above
        """Point to where the thing lives, or what it became."""
        return relationship(Identity, lazy="raise")

    @property
    def public_id(self) -> str:
        """Name the thing as addresses do."""
        return public_id(self.id)


class Addressed(Identified):
    """Columns of everything that has a page: the readable part of its address."""

    slug: Mapped[str] = mapped_column(String(SLUG_LENGTH))
