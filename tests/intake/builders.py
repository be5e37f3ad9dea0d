"""Builders of records with readable defaults, and a source whose files a test reads one after the other."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core.clock import FixedClock
from portal.core.content_hash import content_hash
from portal.core.database import Database
from portal.directory.content import CONTENTS
from portal.directory.models.services import Service
from portal.directory.rules.choices import ContactType
from portal.directory.rules.contact_lines import ContactLine
from portal.geography.models import Commune
from portal.geography.points import Point
from portal.hours.osm import read_osm
from portal.intake.record import AccessRecord, PlaceRecord, ServiceRecord, StructureRecord, Submission
from portal.intake.report import Report
from portal.intake.rules.declarations import FeedDeclaration, RunOptions, SourceDeclaration
from portal.intake.running import run_records

ROMILLY, NOGENT = "10323", "10268"


def a_place(**values: Any) -> PlaceRecord:  # noqa: ANN401 - the fields of a record
    """Make the record of a place in Romilly-sur-Seine."""
    return PlaceRecord(**{"commune_code": ROMILLY, "address": "1 rue du Lavoir", "postal_code": "10100", **values})


def an_access(key: str = "1", *, opens: str = "", **values: Any) -> AccessRecord:  # noqa: ANN401 - the fields of a record
    """Make the record of a way of access at a place."""
    if opens:
        values |= {"opening": read_osm(opens)[0], "opening_words": opens}
    values.setdefault("place", a_place())
    return AccessRecord(key=key, **values)


def a_record(key: str = "1", **values: Any) -> ServiceRecord:  # noqa: ANN401 - the fields of a record
    """Make the record of a service; `structure` may be just a name."""
    body = values.pop("structure", "Communauté de communes")
    structure = StructureRecord(name=body) if isinstance(body, str) else body
    given = {"title": f"Relais petite enfance {key}", "concepts": ("PE01",), "access": (an_access(),), "line": 1}
    return ServiceRecord(key=key, structure=structure, **{**given, **values})


BOTH = StructureRecord(name="Communauté de communes", official_ids={"siret": "98205098100017"})
"""A body that two sources know by its SIRET."""


def phone(number: str = "03 53 01 00 01") -> ContactLine:
    """Make a telephone number."""
    return ContactLine(ContactType.PHONE, number)


def submissions(records: Iterable[ServiceRecord | Submission]) -> list[Submission]:
    """Hand records in as the lines of a file."""
    return [
        each
        if isinstance(each, Submission)
        else Submission(line=line, key=each.key, raw=f"{each.key};{each.title}", record=replace(each, line=line))
        for line, each in enumerate(records, start=2)
    ]


@dataclass
class Sender:
    """A source with one feed, whose files arrive day after day."""

    database: Database
    clock: FixedClock
    name: str = "ram"
    feed: str = "liste"
    priority: int = 0
    feed_priority: int | None = None
    reports: list[Report] = field(default_factory=list)

    @property
    def declaration(self) -> FeedDeclaration:
        """Declare the feed."""
        source = SourceDeclaration(name=self.name, title=f"Source {self.name}", priority=self.priority)
        return FeedDeclaration(source=source, name=self.feed, priority=self.feed_priority)

    def send(self, *records: ServiceRecord | Submission, days: int = 0, **options: Any) -> Report:  # noqa: ANN401 - the options of a run
        """Import a file, some days later."""
        self.clock.advance(timedelta(days=days))
        report = run_records(
            self.database, self.clock, self.declaration, submissions(records), options=RunOptions(**options)
        )
        self.reports.append(report)
        return report

    def figures(self, *records: ServiceRecord | Submission, days: int = 0, **options: Any) -> dict[str, int]:  # noqa: ANN401 - the options of a run
        """Import a file, and give its figures that are not zero."""
        report = self.send(*records, days=days, **options)
        assert report.read == len(records)
        return {name: n for name, n in report.figures().items() if n and name != "read"}


def services(database: Database) -> dict[str, Service]:
    """Give every service by its title."""
    with database.reading() as session:
        return {each.title: each for each in session.scalars(select(Service).order_by(Service.id))}


def directory_hash(database: Database) -> str:
    """Digest what the directory publishes."""
    with database.reading() as session:
        return content_hash(session, CONTENTS)


def add_communes(session: Session) -> None:
    """Make the two communes the tests speak of."""
    for code, name in ((ROMILLY, "Romilly-sur-Seine"), (NOGENT, "Nogent-sur-Seine")):
        session.add(
            Commune(
                code=code,
                name=name,
                slug=f"{code}-{name.lower()}",
                department="10",
                department_name="Aube",
                population=14_000,
                postal_codes=f"{code[:2]}100",
                lat=48.516,
                lon=3.727,
                radius=6000,
            )
        )


SQUARE = "Place Aristide Briand"
DESK = Point(48.492768, 3.501831)
POST = Point(48.49346, 3.502828)
"""The France services of Nogent-sur-Seine and its post office, 105 m apart on one square."""
A_DAY = date(2026, 11, 21)
