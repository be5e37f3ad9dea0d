"""Merges: what one moved, kept so that it can be undone exactly."""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.database import Base
from portal.core.register import LINKS


class Merge(Base):
    """Two things made one; the row goes when the merge is undone (the change log keeps both acts)."""

    __tablename__ = "merge"
    REGISTER: ClassVar = LINKS
    __table_args__ = (CheckConstraint("kept_id <> dropped_id", name="two_things"),)

    dropped_id: Mapped[int] = mapped_column(
        ForeignKey("identity.id", ondelete="RESTRICT"), primary_key=True, autoincrement=False
    )
    kept_id: Mapped[int] = mapped_column(ForeignKey("identity.id", ondelete="RESTRICT"), index=True)
    merged_at: Mapped[datetime]
    moved: Mapped[dict[str, Any]] = mapped_column(JSON)
    """What went over to the kept one: numbers of rows, and codes it did not have before."""
