"""Measure a run: a first file, the same again, every record changed; above all how long the write lock is held.

Each figure is the median of several runs on a fresh SQLite file. Say `python bench/intake.py 100000` for the size of
the national health register.
"""

import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from portal.core.clock import FixedClock
from portal.core.database import Database, open_database
from portal.core.schema import migrate
from portal.directory.rules.choices import ContactType
from portal.directory.rules.contact_lines import ContactLine
from portal.geography.models import Commune
from portal.geography.points import Point
from portal.hours.osm import read_osm
from portal.intake.record import AccessRecord, PlaceRecord, ServiceRecord, StructureRecord, Submission
from portal.intake.rules.declarations import FeedDeclaration, SourceDeclaration
from portal.intake.running import run_records

ROWS = 5000
RUNS = 3
COMMUNES = 500
HOURS = tuple(read_osm(text)[0] for text in ("Mo-Fr 09:00-12:00,14:00-17:30", "Mo,We 08:30-12:00; Sa 09:00-12:00"))
FEED = FeedDeclaration(source=SourceDeclaration(name="sante", title="Registre de santé"), name="etablissements")


class Watched(Database):
    """A database that says how long it was being written to."""

    held = 0.0

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Open a writing unit of work under a stopwatch."""
        with super().writing() as session:
            start = time.process_time()
            yield session
            session.flush()
            self.held = max(self.held, time.process_time() - start)


def main() -> None:
    """Print every figure."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    figures: dict[str, list[tuple[float, float]]] = {}
    for _ in range(RUNS if rows <= ROWS else 1):
        with tempfile.TemporaryDirectory() as folder:
            _measure(Path(folder), rows, figures)
    for name, values in figures.items():
        whole, held = (statistics.median(each) for each in zip(*values, strict=True))
        print(f"{name:42}{whole:8.2f} s, the lock held at most {held:6.2f} s")
    print(f"{'peak memory':42}{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:8.0f} MB")


def _measure(folder: Path, rows: int, figures: dict[str, list[tuple[float, float]]]) -> None:
    database = Watched(open_database(f"sqlite:///{folder / 'bench.sqlite'}").engine)
    migrate(database)
    with database.writing() as session:
        session.add_all(_communes())
    clock = FixedClock(datetime(2026, 11, 21, 9))  # noqa: DTZ001 - territory time
    for name, changed in ((f"{rows} new records", ()), (f"{rows} records unchanged", ()), *_CHANGES):
        database.held, start = 0.0, time.process_time()
        report = run_records(database, clock, FEED, _file(rows, changed))
        figures.setdefault(name, []).append((time.process_time() - start, database.held))
        assert report.exit_code == 0, report.as_json()  # noqa: S101 - a bench that measured nothing would lie
    database.close()


_CHANGES = (
    ("every title and text changed", ("summary", "title")),
    ("every telephone changed", ("summary", "title", "phone")),
    ("every address changed", ("summary", "title", "phone", "address")),
    ("every opening changed", ("summary", "title", "phone", "address", "opening")),
)


def _communes() -> list[Commune]:
    return [
        Commune(
            code=f"{10000 + number}",
            name=f"Commune {number}",
            slug=f"commune-{number}",
            department="10",
            department_name="Aube",
            population=900,
            postal_codes="10100",
            lat=48.5,
            lon=3.7,
            radius=6000,
        )
        for number in range(COMMUNES)
    ]


def _file(rows: int, changed: tuple[str, ...]) -> Iterator[Submission]:
    draw = random.Random(2026)
    for number in range(rows):
        record = _record(number, draw, changed)
        yield Submission(line=number + 2, key=record.key, raw=f"structureet;{record.key};{record.title}", record=record)


def _record(number: int, draw: random.Random, changed: tuple[str, ...]) -> ServiceRecord:
    street = f"{draw.randrange(1, 200)} rue {'Neuve' if 'address' in changed else 'Haute'} {number % 97}"
    line = ContactLine(ContactType.PHONE, f"03 53 01 {number % 100:02} {'01' if 'phone' in changed else '02'}")
    opening = HOURS[(number + ("opening" in changed)) % len(HOURS)] if number % 2 else None
    record = ServiceRecord(
        key=f"{100000000 + number}",
        line=number + 2,
        structure=StructureRecord(
            name=f"Organisme {number // 3}", official_ids={"siret": f"{26100000000000 + number // 3}"}
        ),
        title=f"Pharmacie {number}",
        concepts=("SA03",),
        official_ids={"finess": f"{100000000 + number}"},
        contacts=(line,),
        access=(
            AccessRecord(
                opening=opening,
                place=PlaceRecord(
                    commune_code=f"{10000 + number % COMMUNES}",
                    address=street,
                    postal_code="10100",
                    point=Point(48 + draw.random(), 3 + draw.random()),
                ),
            ),
        ),
    )
    if "title" in changed:
        record = replace(record, title=f"Officine {number}", summary=f"Pharmacie de garde {number}")
    return record


if __name__ == "__main__":
    main()
