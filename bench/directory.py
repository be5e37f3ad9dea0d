"""Measure the directory: a thousand services created, their occurrences refreshed, twenty of them shown.

Each figure is the median of several runs on a fresh SQLite file; the processor's time, since the disk is not ours.
"""

import random
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core.changes import SYSTEM, Act
from portal.core.content_hash import content_hash
from portal.core.database import Database, open_database
from portal.core.schema import migrate
from portal.directory.cards.services import service_card
from portal.directory.content import CONTENTS
from portal.directory.jobs import refresh_everything
from portal.directory.models.services import Service
from portal.directory.operations.access_points import create_access_point
from portal.directory.operations.lifecycle import publish_service
from portal.directory.operations.occurrences import refreshing_later
from portal.directory.operations.places import create_place
from portal.directory.operations.services import create_service
from portal.directory.operations.structures import create_structure
from portal.directory.queries.listings import services_by_ids
from portal.directory.rules.choices import AccessPointKind
from portal.geography.models import Commune
from portal.hours.osm import read_osm

SERVICES = 1000
SHOWN = 20
RUNS = 3
PAGES = 60
NOW = datetime(2026, 11, 23, 10, 30, tzinfo=ZoneInfo("Europe/Paris"))
HOURS = (
    "Mo-Fr 09:00-12:00,14:00-17:30",
    "Mo,We 08:30-12:00; Sa 09:00-12:00; PH off",
    "Tu[1] 14:00-16:00",
    "week 2-52/2 Th 09:00-12:00",
    "Mo-Fr 08:00-19:00; SH off",
    "Tu,Fr 10:00-12:00,15:00-18:00; PH off",
)
_LATER = {"nothing to do": timedelta(), "a day later": timedelta(days=1), "twenty weeks later": timedelta(weeks=20)}


def main() -> None:
    """Print every figure."""
    figures: dict[str, list[float]] = {}
    for _ in range(RUNS):
        with tempfile.TemporaryDirectory() as folder:
            _measure(Path(folder), figures)
    for name, values in figures.items():
        print(f"{name:44}{statistics.median(values) * 1000:10.1f} ms")


def _measure(folder: Path, figures: dict[str, list[float]]) -> None:
    database = open_database(f"sqlite:///{folder / 'bench.sqlite'}")
    migrate(database)

    def note(name: str, seconds: float) -> None:
        figures.setdefault(name, []).append(seconds)

    note(f"create {SERVICES} services with their hours", _timed(lambda: _create(database)))
    for words, later in _LATER.items():
        note(f"refresh occurrences, {words}", _timed(partial(refresh_everything, database, NOW + later)))
    note(f"load and show {SHOWN} services", _page(database))
    with database.reading() as session:
        note("content hash", _timed(lambda: content_hash(session, CONTENTS)))
    database.close()


def _create(database: Database) -> None:
    act = Act(by=SYSTEM, at=NOW)
    with database.writing() as session, refreshing_later(session, now=NOW):
        session.add(_commune())
        session.flush()
        structure = create_structure(session, act=act, name="Communauté de communes")
        for number in range(SERVICES):
            notation = HOURS[number % len(HOURS)]
            place = create_place(session, act=act, name=f"Lieu {number}", commune_code="10323")
            service = create_service(
                session, structure=structure, act=act, title=f"Service {number}", concepts=["AD03"]
            )
            create_access_point(
                session,
                service=service,
                kind=AccessPointKind.PLACE,
                at=place,
                act=act,
                opening=read_osm(notation)[0],
                opening_words=notation,
            )
            publish_service(session, service=service, act=act)


def _page(database: Database) -> float:
    draw = random.Random(2026)
    with database.reading() as session:
        numbers = list(session.scalars(select(Service.id).order_by(Service.id)))
        return statistics.median(_show(session, draw.sample(numbers, SHOWN)) for _ in range(PAGES))


def _show(session: Session, asked: list[int]) -> float:
    session.expunge_all()
    return _timed(lambda: [service_card(each, now=NOW) for each in services_by_ids(session, asked)])


def _commune() -> Commune:
    return Commune(
        code="10323",
        name="Romilly-sur-Seine",
        slug="10323-romilly-sur-seine",
        department="10",
        department_name="Aube",
        population=14_000,
        postal_codes="10100",
        lat=48.516,
        lon=3.727,
        radius=6000,
    )


def _timed(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


if __name__ == "__main__":
    main()
