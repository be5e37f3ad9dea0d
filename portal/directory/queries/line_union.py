"""Everything that hangs on a list of services, in one query: codes, public contacts, the lines of their openings.

A page of results may cost three queries, and a service has nine kinds of lines. They are asked together as rows of one
wide table, whose unused columns are null, and read back as values. Equal rows are read once: most desks of a
territory share their hours with others.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import (
    BindParameter,
    Boolean,
    ColumnElement,
    Date,
    Integer,
    Select,
    String,
    Text,
    bindparam,
    cast,
    func,
    literal,
    null,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeEngine

from portal.directory.models.access_points import AccessPoint
from portal.directory.models.columns import Dates, Days, Ranks, Seasons, Times, Zones
from portal.directory.models.contacts import Contact
from portal.directory.models.identities import Identity
from portal.directory.models.openings import ExceptionRow, SlotRow, UnreadRow
from portal.directory.models.services import (
    Service,
    ServiceAudience,
    ServiceCompetence,
    ServiceConcept,
    ServiceLanguage,
    ServiceMode,
)
from portal.directory.rules.choices import CompetenceKind, ContactAudience, ContactType
from portal.directory.rules.competence import CompetenceArea
from portal.directory.rules.contact_lines import ContactLine
from portal.hours.slots import (
    Appointment,
    DatedException,
    DayRule,
    ExceptionKind,
    Mode,
    PublicHolidays,
    SchoolHolidays,
    Slot,
    Unread,
    Weeks,
)
from portal.vocabulary.audiences import Audience


class Tag(StrEnum):
    """Which kind of line a row is."""

    CONCEPT = "concept"
    AUDIENCE = "audience"
    MODE = "mode"
    LANGUAGE = "language"
    COMPETENCE = "competence"
    CONTACT = "contact"
    SLOT = "slot"
    EXCEPTION = "exception"
    UNREAD = "unread"


class Line(NamedTuple):
    """A line read back, with its place among those of its kind."""

    position: int
    value: Any


class _Wide(NamedTuple):
    """A row of the wide table, as texts and dates; a text that says nothing is empty."""

    kind: str
    text: str
    label: str
    times: str
    mode: str
    appointment: str
    first: date | None
    last: date | None
    touches: bool | None
    days: str
    dates: str
    weeks: str
    nth: str
    valid_from: date | None
    valid_to: date | None
    season: str
    public_holidays: str
    school_holidays: str
    zones: str


_DATES = {"first", "last", "valid_from", "valid_to"}
_RULE = (
    "days",
    "dates",
    "weeks",
    "nth",
    "valid_from",
    "valid_to",
    "season",
    "public_holidays",
    "school_holidays",
    "zones",
)


Lines = Mapping[tuple[Tag, int], Sequence[Line]]


def lines_of_services(session: Session, services: Sequence[int], *, also: Sequence[int] = ()) -> Lines:
    """Gather the lines of services, of their structures, access points, stops and places, in order. One query.

    `also` names other owners of contacts and openings, whose own page is being made.
    """
    found: dict[tuple[Tag, int], list[Line]] = defaultdict(list)
    asked = {"services": list(services)} | ({"also": list(also)} if also else {})
    for tag, owner, position, *wide in session.execute(_UNION_WITH_OTHERS if also else _UNION, asked):
        found[Tag(tag), owner].append(Line(position, _read(tag, *wide)))
    for lines in found.values():
        lines.sort(key=lambda line: (line.position, str(line.value)))
    return found


def _type_of(name: str) -> TypeEngine[Any]:
    if name in _DATES:
        return Date()
    return Boolean() if name == "touches" else Text()


def _nothing(name: str) -> ColumnElement[Any]:
    kind = _type_of(name)
    return literal("", kind) if isinstance(kind, Text) else cast(null(), kind)


def _branch(tag: Tag, owner: Any, position: Any, **columns: Any) -> Select[Any]:  # noqa: ANN401 - any mapped column
    """Lay the columns of one table into the wide one."""
    cells = [
        (type_coerce(columns[name], _type_of(name)) if name in columns else _nothing(name)).label(name)
        for name in _Wide._fields
    ]
    place = cast(literal(0), Integer) if position is None else position
    return select(literal(tag.value, String).label("tag"), owner.label("owner"), place.label("position"), *cells)


_SERVICES: BindParameter[Any] = bindparam("services", expanding=True)
_ALSO: BindParameter[Any] = bindparam("also", expanding=True)


def _of_services(tag: Tag, table: Any, position: Any = None, **columns: Any) -> Select[Any]:  # noqa: ANN401 - as above
    return _branch(tag, table.service_id, position, **columns).where(table.service_id.in_(_SERVICES))


def _owners(*others: Select[Any]) -> Select[Any]:
    """List the numbers of whatever has lines: services, their structures, access points, stops and places."""
    reached = AccessPoint.service_id.in_(_SERVICES)
    ids = union_all(
        *others,
        select(Service.id).where(Service.id.in_(_SERVICES)),
        select(Service.structure_id).where(Service.id.in_(_SERVICES)),
        select(AccessPoint.id).where(reached),
        select(AccessPoint.stop_id).where(reached, AccessPoint.stop_id.is_not(None)),
        select(AccessPoint.place_id).where(reached, AccessPoint.place_id.is_not(None)),
    ).subquery()
    return select(ids.c[0])


def _ruled(table: Any) -> dict[str, Any]:  # noqa: ANN401 - as above
    columns = {name: getattr(table, name) for name in (*_RULE, "times")}
    return columns | {"season": func.coalesce(type_coerce(table.season, Text), "")}


def _union(*others: Select[Any]) -> Any:  # noqa: ANN401 - SQLAlchemy's own compound type says nothing more
    owned = _owners(*others)
    return union_all(
        _of_services(Tag.CONCEPT, ServiceConcept, ServiceConcept.position, text=ServiceConcept.code),
        _of_services(Tag.AUDIENCE, ServiceAudience, text=ServiceAudience.audience),
        _of_services(Tag.MODE, ServiceMode, text=ServiceMode.mode),
        _of_services(Tag.LANGUAGE, ServiceLanguage, text=ServiceLanguage.language),
        _of_services(Tag.COMPETENCE, ServiceCompetence, kind=ServiceCompetence.kind, text=ServiceCompetence.code),
        _branch(
            Tag.CONTACT, Contact.owner_id, Contact.position, kind=Contact.type, text=Contact.value, label=Contact.label
        ).where(Contact.owner_id.in_(owned), Contact.audience == ContactAudience.PUBLIC),
        _branch(
            Tag.SLOT,
            SlotRow.owner_id,
            SlotRow.position,
            text=SlotRow.note,
            mode=SlotRow.mode,
            appointment=SlotRow.appointment,
            **_ruled(SlotRow),
        ).where(SlotRow.owner_id.in_(owned)),
        _branch(
            Tag.EXCEPTION,
            ExceptionRow.owner_id,
            ExceptionRow.position,
            kind=ExceptionRow.kind,
            text=ExceptionRow.reason,
            times=ExceptionRow.times,
            mode=ExceptionRow.mode,
            appointment=ExceptionRow.appointment,
            first=ExceptionRow.first,
            last=ExceptionRow.last,
        ).where(ExceptionRow.owner_id.in_(owned)),
        _branch(
            Tag.UNREAD,
            UnreadRow.owner_id,
            UnreadRow.position,
            text=UnreadRow.text,
            touches=UnreadRow.touches,
            **_ruled(UnreadRow),
        ).where(UnreadRow.owner_id.in_(owned)),
    )


_UNION = _union()
_UNION_WITH_OTHERS = _union(select(Identity.id).where(Identity.id.in_(_ALSO)))


@lru_cache(maxsize=8192)
def _read(tag: str, *cells: Any) -> Any:  # noqa: ANN401 - a value of the kind the tag says
    return _READERS[Tag(tag)](_Wide(*cells))


def _rule(row: _Wide) -> DayRule:
    return DayRule(
        days=Days.read(row.days),
        dates=Dates.read(row.dates),
        weeks=Weeks(row.weeks),
        nth=Ranks.read(row.nth),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        season=Seasons.read(row.season) if row.season else None,
        public_holidays=PublicHolidays(row.public_holidays),
        school_holidays=SchoolHolidays(row.school_holidays),
        zones=Zones.read(row.zones),
    )


def _slot(row: _Wide) -> Slot:
    return Slot(
        times=Times.read(row.times),
        rule=_rule(row),
        mode=Mode(row.mode),
        appointment=Appointment(row.appointment),
        note=row.text,
    )


def _exception(row: _Wide) -> DatedException:
    return DatedException(
        first=row.first or date.min,
        last=row.last or date.min,
        kind=ExceptionKind(row.kind),
        times=Times.read(row.times),
        reason=row.text,
        mode=Mode(row.mode),
        appointment=Appointment(row.appointment),
    )


def _unread(row: _Wide) -> Unread:
    touches = _rule(row) if row.touches else None
    return Unread(text=row.text, touches=touches, times=Times.read(row.times))


def _contact(row: _Wide) -> ContactLine:
    return ContactLine(type=ContactType(row.kind), value=row.text, label=row.label)


_READERS: Mapping[Tag, Callable[[_Wide], Any]] = {
    Tag.CONCEPT: lambda row: row.text,
    Tag.AUDIENCE: lambda row: Audience(row.text),
    Tag.MODE: lambda row: Mode(row.text),
    Tag.LANGUAGE: lambda row: row.text,
    Tag.COMPETENCE: lambda row: CompetenceArea(CompetenceKind(row.kind), row.text),
    Tag.CONTACT: _contact,
    Tag.SLOT: _slot,
    Tag.EXCEPTION: _exception,
    Tag.UNREAD: _unread,
}
