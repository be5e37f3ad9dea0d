"""The hand of a run: what it writes with, and the steps it notes so that it can be undone."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, cast

from sqlalchemy import Table, insert
from sqlalchemy.orm import Session

from portal.core.changes import Act
from portal.directory.models.identities import Identified
from portal.directory.models.structures import Structure
from portal.intake.models.sources import RunStep
from portal.intake.operations.altering import Alterations
from portal.intake.planning import Neighbourhood
from portal.intake.rules.values import Json


class Verb(StrEnum):
    """What a step of a run did."""

    CREATE = "create"
    CHANGE = "change"
    REMOVE = "remove"
    """A way of access that its record names no more."""
    LINK = "link"
    CLOSE = "close"
    REOPEN = "reopen"
    TRACE = "trace"
    """What is remembered of the record itself."""
    ABSENCE = "absence"


@dataclass(kw_only=True)
class RunWriter:
    """What the operations of one run share."""

    session: Session
    act: Act
    run: int
    feed: int
    source: str
    today: date
    versions: dict[int, int] = field(default_factory=dict)
    """Rows this run has touched, with the version it left."""
    bases: dict[int, int] = field(default_factory=dict)
    """Rows this run has looked at, with the version they had before it."""
    sirets: dict[str, int] = field(default_factory=dict)
    names: dict[str, int] = field(default_factory=dict)
    """Structures this run has made, by SIRET and by folded name."""
    bodies: dict[int, Structure] = field(default_factory=dict)
    """Structures at hand in this portion: asking the session for a new one would make it write first."""
    places: Neighbourhood = field(default_factory=Neighbourhood)
    """Places this run has made."""
    alterations: Alterations = field(init=False)
    position: int = 0
    _waiting: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.alterations = Alterations(session=self.session, act=self.act)

    def note(self, verb: Verb, *, trace: int, row: Identified | None = None, before: Json = None) -> None:
        """Note a step, with what undoes it."""
        self.position += 1
        version = None
        if row is not None:
            version = self.versions[row.id] = row.version
        self._waiting.append(
            {
                "run_id": self.run,
                "position": self.position,
                "trace_id": trace,
                "row_id": None if row is None else row.id,
                "verb": verb.value,
                "version": version,
                "before": before,
            }
        )

    def write_notes(self) -> None:
        """Write what waits and the steps noted so far; their rows come first."""
        self.alterations.write()
        self.session.flush()
        if self._waiting:
            # Asked of the table itself: the mapper would send one statement for each row that leaves something out.
            self.session.connection().execute(insert(cast("Table", RunStep.__table__)), self._waiting)
            self._waiting.clear()
