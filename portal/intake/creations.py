"""The new records of a run: made ready beside the directory, written in its one transaction."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Dialect
from sqlalchemy.orm import Session

from portal.core.changes import Act
from portal.directory.operations.recording import take_numbers
from portal.intake.operations.preparing import Footing, Prepared, Preparer, footing_of
from portal.intake.operations.writer import RunWriter
from portal.intake.operations.writing import PreparedWriter
from portal.intake.rules.staged import Planned
from portal.intake.sifting import PORTION
from portal.intake.spool import Spool

AT_HAND = 10_000
"""Steps that are held in memory while they are applied; more are read one portion after the other."""


@dataclass(kw_only=True)
class Creations:
    """Records to be made ready, and what of the directory they name."""

    steps: Spool[Planned]
    structures: set[int] = field(default_factory=set)
    places: set[int] = field(default_factory=set)

    def add(self, planned: Planned) -> None:
        """Add one record."""
        self.steps.add(planned)
        if planned.structure is not None:
            self.structures.add(planned.structure)
        self.places.update(planned.links.values())

    def footing(self, session: Session) -> Footing:
        """Look at what the records are to stand on."""
        return footing_of(session, self.structures, self.places)


@dataclass(frozen=True, kw_only=True)
class Circumstances:
    """What making records ready must know of the run."""

    dialect: Dialect
    act: Act
    source: str
    today: date
    said_on: date


@dataclass(frozen=True, kw_only=True)
class Ready:
    """Records made ready on a footing."""

    footing: Footing
    preparer: Preparer
    at_hand: list[Prepared]
    in_file: Spool[Prepared] | None

    def portions(self) -> Iterator[Prepared]:
        """Give what was made ready, some records at a time."""
        yield from self.at_hand
        for [prepared] in self.in_file.portions(1) if self.in_file is not None else ():
            yield prepared


def make_ready(creations: Creations, around: Circumstances, footing: Footing, files: ExitStack) -> Ready:
    """Make all new records ready; many wait in a file, which `files` closes."""
    preparer = Preparer(
        around.dialect,
        around.act,
        source=around.source,
        today=around.today,
        said_on=around.said_on,
        footing=footing,
    )
    portions = map(preparer.prepare, creations.steps.portions(PORTION))
    if creations.steps.count <= AT_HAND:
        return Ready(footing=footing, preparer=preparer, at_hand=list(portions), in_file=None)
    in_file: Spool[Prepared] = files.enter_context(Spool(together=1))
    for prepared in portions:
        in_file.add(prepared)
    return Ready(footing=footing, preparer=preparer, at_hand=[], in_file=in_file)


def write_ready(writer: RunWriter, ready: Ready) -> int:
    """Write what was made ready, and give how many records it were; what the run makes next leans on it."""
    preparer, count = ready.preparer, 0
    take_numbers(writer.session, preparer.taken)
    prepared_writer = PreparedWriter(writer)
    for prepared in ready.portions():
        prepared_writer.write(prepared)
        # What was asked of this portion is of no use to the next one.
        writer.session.flush()
        writer.session.expunge_all()
        count += prepared.count
    writer.position = preparer.position
    writer.sirets.update(preparer.sirets)
    writer.names.update(preparer.names)
    writer.places = preparer.places
    return count
