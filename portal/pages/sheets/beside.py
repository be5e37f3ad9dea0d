"""What stands beside a service on its page: translations, sources and their licences, ways to come. One query.

The rows are of three kinds and few; they are asked together as rows of one table, because a page may ask four times.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Integer,
    Select,
    String,
    bindparam,
    case,
    cast,
    literal,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from portal.directory.models.access_points import AccessPoint
from portal.directory.models.contacts import Translation
from portal.directory.models.places import Place
from portal.directory.models.services import Service
from portal.directory.queries.shown import is_published, shows_its_address
from portal.directory.rules.choices import TranslationStatus
from portal.directory.rules.public_ids import public_id
from portal.intake.models.sources import Feed, Source
from portal.intake.models.traces import Trace, TraceRow


class Translated(NamedTuple):
    """What a sheet says in another language, and whether a machine wrote it."""

    text: str
    is_by_machine: bool


class SourceLine(NamedTuple):
    """Who publishes what a sheet says, and under which licence."""

    title: str
    owner: str
    licence: str
    url: str


class Way(NamedTuple):
    """A sheet that helps to come: of a line that stops near, of a transport that one calls."""

    public_id: str
    slug: str
    name: str
    stop: str


@dataclass(frozen=True)
class Beside:
    """What a service's page says beside the service itself."""

    translations: Mapping[str, Translated] = field(default_factory=dict)
    """By field of the service."""
    sources: tuple[SourceLine, ...] = ()
    ways: Mapping[int, Way] = field(default_factory=dict)
    """By the number that was asked for: of an access point, or of a service."""
    has_namesake: bool = False
    """Whether another published service bears its title."""


class _Row(NamedTuple):
    """A row of the common table."""

    tag: str
    key: int
    one: str
    two: str
    three: str
    four: str


def beside_service(
    session: Session, service: int, *, language: str, stops: Sequence[int], on_demand: Sequence[int]
) -> Beside:
    """Load what stands beside a service; `stops` are access points, `on_demand` services. One query."""
    asked = {"service": service, "language": language, "stops": list(stops), "on_demand": list(on_demand)}
    rows = [_Row(*row) for row in session.execute(_UNION, asked)]
    return Beside(
        translations={
            row.one: Translated(row.two, is_by_machine=row.three == TranslationStatus.MACHINE)
            for row in rows
            if row.tag == "translation"
        },
        sources=tuple(dict.fromkeys(_source(row) for row in rows if row.tag == "source")),
        ways={row.key: Way(public_id(int(row.one)), *row[3:]) for row in rows if row.tag == "way"},
        has_namesake=any(row.tag == "namesake" for row in rows),
    )


def _source(row: _Row) -> SourceLine:
    """Read a source; an address that is no page is left out."""
    is_page = row.four.startswith(("https://", "http://"))
    return SourceLine(row.one, row.two, row.three, row.four if is_page else "")


_NOTHING = literal("", String)
_SERVICE: BindParameter[int] = bindparam("service", type_=Integer)
_LANGUAGE: BindParameter[str] = bindparam("language", type_=String)
_STOPS: BindParameter[Any] = bindparam("stops", expanding=True)
_ON_DEMAND: BindParameter[Any] = bindparam("on_demand", expanding=True)


def _laid(tag: str, key: Any, *columns: Any) -> Select[Any]:  # noqa: ANN401 - any mapped column
    cells = (cast(column, String) for column in columns)
    return select(literal(tag, String), key, *cells)


def _translations() -> Select[Any]:
    row = Translation
    return _laid("translation", row.owner_id, row.field, row.text, row.status, _NOTHING).where(
        row.owner_id == _SERVICE, row.language == _LANGUAGE
    )


def _sources() -> Select[Any]:
    """List the lists in which a service stands; what a list says of itself counts before its source."""
    owner, licence = _or(Feed.owner, Source.owner), _or(Feed.licence, Source.licence)
    return (
        _laid("source", Trace.id, Source.title, owner, licence, Source.url)
        .select_from(TraceRow)
        .join(Trace, Trace.id == TraceRow.trace_id)
        .join(Feed, Feed.id == Trace.feed_id)
        .join(Source, Source.name == Feed.source_name)
        .where(TraceRow.row_id == _SERVICE, Trace.is_hidden.is_(False))
    )


def _stops() -> Select[Any]:
    return (
        _laid("way", AccessPoint.id, Service.id, Service.slug, Service.title, Place.name)
        .join(Service, Service.id == AccessPoint.service_id)
        .join(Place, Place.id == AccessPoint.place_id)
        .where(AccessPoint.id.in_(_STOPS), is_published(), shows_its_address())
    )


def _on_demand() -> Select[Any]:
    return _laid("way", Service.id, Service.id, Service.slug, Service.title, _NOTHING).where(
        Service.id.in_(_ON_DEMAND), is_published()
    )


def _namesakes() -> Select[Any]:
    title = select(Service.title).where(Service.id == _SERVICE).scalar_subquery()
    return _laid("namesake", Service.id, _NOTHING, _NOTHING, _NOTHING, _NOTHING).where(
        Service.title == title, Service.id != _SERVICE, is_published()
    )


def _or(first: Any, second: Any) -> ColumnElement[Any]:  # noqa: ANN401 - any mapped column
    return case((first != "", first), else_=second)


_UNION = union_all(_translations(), _sources(), _stops(), _on_demand(), _namesakes())
