"""Makes the rows of new records ready beside the directory, so that only writing them keeps others waiting.

What is made ready stands on a footing: the numbers that come next, the structures and places that are there. Where the
footing has changed when the run's turn comes, the rows are made ready again, on the new one.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Dialect, func, select
from sqlalchemy.orm import Session

from portal.core.changes import Act
from portal.core.many_rows import ReadyRow, RowWriter, table_of
from portal.core.text import fold
from portal.directory.models.identities import Numbering
from portal.directory.models.places import Place
from portal.directory.models.structures import Structure
from portal.directory.operations.access_points import outline_access_point
from portal.directory.operations.batches import Batch, BatchMaker
from portal.directory.operations.places import outline_place
from portal.directory.operations.services import outline_service
from portal.directory.operations.structures import outline_structure
from portal.directory.rules.choices import AccessPointKind
from portal.directory.rules.public_ids import public_id
from portal.intake.models.sources import RunStep
from portal.intake.models.traces import OfficialId, Trace, TraceRow
from portal.intake.operations.tracing import ids_of, new_trace, row_of
from portal.intake.operations.writer import Verb
from portal.intake.planning import Neighbourhood, spot_to_link
from portal.intake.queries.traces import portions_of
from portal.intake.record import AccessRecord, PlaceRecord, StructureRecord
from portal.intake.rules.contents import access_values, place_values, service_values, structure_values
from portal.intake.rules.staged import LikeAnother, Planned
from portal.intake.rules.steps import Create

WITHIN_RUN = ("run_id",)
WITHIN_FEED = ("feed_id", "last_run_id")
"""Columns that are known only once the run has its row."""


def is_prepared(planned: Planned) -> bool:
    """Tell whether a step is one of those made ready; a tour is looked for while it is written."""
    kinds = {access.kind for access in planned.reading.record.access}
    return isinstance(planned.step, Create) and AccessPointKind.TOUR_STOP not in kinds


@dataclass(frozen=True, kw_only=True)
class Footing:
    """What rows made ready stand on."""

    last_number: int
    last_trace: int
    structures: frozenset[int]
    """Of those that records name, the ones that are there."""
    places: frozenset[int]
    """Of those that records are to be linked to, the ones that stand for themselves."""


def footing_of(session: Session, structures: Collection[int], places: Collection[int]) -> Footing:
    """Look at what new records are to stand on."""
    living = select(Structure.id).where(Structure.merged_into_id.is_(None))
    alone = select(Place.id).where(Place.linked_to_id.is_(None))
    return Footing(
        last_number=session.scalar(select(Numbering.last)) or 0,
        last_trace=session.scalar(select(func.max(Trace.id))) or 0,
        structures=frozenset(
            number
            for some in portions_of(sorted(structures))
            for number in session.scalars(living.where(Structure.id.in_(some)))
        ),
        places=frozenset(
            number
            for some in portions_of(sorted(places))
            for number in session.scalars(alone.where(Place.id.in_(some)))
        ),
    )


@dataclass(kw_only=True)
class Prepared:
    """New records made ready; plain values, which may wait in a file."""

    batch: Batch = field(default_factory=Batch)
    traces: list[ReadyRow] = field(default_factory=list)
    roles: list[ReadyRow] = field(default_factory=list)
    ids: list[ReadyRow] = field(default_factory=list)
    steps: list[ReadyRow] = field(default_factory=list)
    doors: list[int] = field(default_factory=list)
    """Access points whose dated openings are to be written out."""
    alike: list[LikeAnother] = field(default_factory=list)
    count: int = 0


class Preparer:
    """Makes new records ready, portion by portion, as `creating` makes them one by one."""

    def __init__(
        self, dialect: Dialect, act: Act, *, source: str, today: date, said_on: date, footing: Footing
    ) -> None:
        self._maker = BatchMaker(dialect, act)
        self._traces = RowWriter(dialect, table_of(Trace), apart=WITHIN_FEED)
        self._roles = RowWriter(dialect, table_of(TraceRow))
        self._ids = RowWriter(dialect, table_of(OfficialId))
        self._steps = RowWriter(dialect, table_of(RunStep), apart=WITHIN_RUN)
        self._imported = {"imported_on": today, "imported_from": source}
        self._today, self._said_on = today, said_on
        self._footing = footing
        self._number, self._trace = footing.last_number, footing.last_trace
        self.position = 0
        self.sirets: dict[str, int] = {}
        self.names: dict[str, int] = {}
        self.places = Neighbourhood()

    @property
    def taken(self) -> int:
        """Count the numbers that were given."""
        return self._number - self._footing.last_number

    def prepare(self, portion: Iterable[Planned]) -> Prepared:
        """Make some new records ready."""
        prepared = Prepared()
        for planned in portion:
            self._trace += 1
            self._record(prepared, planned)
            prepared.count += 1
        return prepared

    def _record(self, prepared: Prepared, planned: Planned) -> None:
        record = planned.reading.record
        structure = self._structure(prepared, planned)
        service = self._next()
        outline = outline_service(structure=public_id(structure), **service_values(record))
        self._maker.service(prepared.batch, service, outline, structure=structure, imported=self._imported)
        self._note(prepared, Verb.CREATE, service)
        roles = {"structure": structure, "service": service}
        for access in record.access:
            roles |= self._access(prepared, planned, access, service)
        self._maker.publication(prepared.batch, service)
        self._note(prepared, Verb.CHANGE, service, version=2, before={})
        self._remember(prepared, planned, roles)
        if planned.resembles is not None:
            alike = LikeAnother(
                trace=self._trace, service=service, title=outline.columns["title"], resembles=planned.resembles
            )
            prepared.alike.append(alike)

    def _structure(self, prepared: Prepared, planned: Planned) -> int:
        record = planned.reading.record.structure
        siret = record.official_ids.get("siret", "")
        known = planned.structure if planned.structure in self._footing.structures else None
        number = known or (self.sirets.get(siret) if siret else self.names.get(fold(record.name)))
        return number or self._make_structure(prepared, record, siret)

    def _make_structure(self, prepared: Prepared, record: StructureRecord, siret: str) -> int:
        number = self._next()
        self._maker.structure(prepared.batch, number, outline_structure(**structure_values(record)))
        self._note(prepared, Verb.CREATE, number)
        if siret:
            self.sirets[siret] = number
        else:
            self.names[fold(record.name)] = number
        return number

    def _access(self, prepared: Prepared, planned: Planned, access: AccessRecord, service: int) -> dict[str, int]:
        role = f"access.{access.key}"
        place = None if access.place is None else self._place(prepared, planned, access, access.place)
        number = self._next()
        at = None if place is None else public_id(place)
        outline = outline_access_point(kind=access.kind, service=public_id(service), at=at, **access_values(access))
        self._maker.access_point(prepared.batch, number, outline, service=service, place=place)
        self._note(prepared, Verb.CREATE, number)
        if outline.opening.slots or outline.opening.exceptions:
            prepared.doors.append(number)
        return {role: number} if place is None else {f"{role}.place": place, role: number}

    def _place(self, prepared: Prepared, planned: Planned, access: AccessRecord, record: PlaceRecord) -> int:
        owner, number = planned.reading.record, self._next()
        spot = spot_to_link(record, owner.concepts)
        other = planned.links.get(access.key) or (None if spot is None else self.places.same_as(spot))
        is_there = other is not None and (other > self._footing.last_number or other in self._footing.places)
        outline = outline_place(**place_values(record, owner))
        self._maker.place(prepared.batch, number, outline, linked_to=other if is_there else None)
        self._note(prepared, Verb.CREATE, number)
        if is_there:
            self._note(prepared, Verb.LINK, number, version=2)
        elif spot is not None:
            self.places.add(number, spot)
        return number

    def _next(self) -> int:
        self._number += 1
        return self._number

    def _note(
        self,
        prepared: Prepared,
        verb: Verb,
        row: int | None,
        *,
        version: int | None = 1,
        before: Any = None,  # noqa: ANN401 - JSON
    ) -> None:
        self.position += 1
        values = {"position": self.position, "trace_id": self._trace, "row_id": row, "verb": verb.value}
        prepared.steps.append(self._steps.ready(values | {"version": version, "before": before}))

    def _remember(self, prepared: Prepared, planned: Planned, roles: Mapping[str, int]) -> None:
        number, ready = self._trace, self._roles.ready
        trace = new_trace(planned, number, said_on=self._said_on, today=self._today)
        prepared.traces.append(self._traces.ready(trace))
        prepared.roles += [ready(row_of(number, role, row)) for role, row in roles.items()]
        prepared.ids += map(self._ids.ready, ids_of({number: planned.statement}))
        self._note(prepared, Verb.TRACE, None, version=None)
