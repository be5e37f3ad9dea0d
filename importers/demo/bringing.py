"""Brings the demonstration lists in, the oldest first, as `maillage import` brings in any file.

What came in already is known by the instant of its run, which the reference day gives: an `init --demo` that was cut
short goes on where it stopped, and one that was complete changes nothing.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from importers.commands.imports import Order, Tell, import_all
from importers.demo.content import Content, read_content, read_timetable, shipped_content_texts
from importers.demo.deeds import Office, do_deeds
from importers.demo.timetable import Delivery, deliveries_of, read_me
from importers.opening import Installation
from importers.pipeline.lists import BrokenOff
from importers.pipeline.outcomes import Outcome
from importers.sources.column_maps import TABLEUR
from portal.core.clock import FixedClock
from portal.core.command import ExitCode
from portal.core.database import Database
from portal.intake.queries.reviews import runs_with_feeds

FOLDER = "demonstration"
"""Where the files lie in the data directory, for whoever is curious."""
_MAPS = "cartes"
_READ_ME = "LISEZ-MOI.txt"
_MOST_RUNS = 10_000
_FAULTY = frozenset({ExitCode.FAULT, ExitCode.USAGE, ExitCode.UNREADABLE})


def clock_of(here: Installation, delivery: Delivery, reference_day: date) -> FixedClock:
    """Stand the clock at the instant a list came in."""
    return FixedClock(delivery.at(reference_day), here.clock.zone)


@dataclass(frozen=True, kw_only=True)
class _Round:
    """The bringing in of what a content tells, from a reference day."""

    here: Installation
    content: Content
    reference_day: date

    def bring(self, delivery: Delivery) -> list[Outcome]:
        """Write a list and import it."""
        name = delivery.name(self.reference_day)
        file = _written(self.folder / name, delivery.written(self.content, self.reference_day))
        map_file = None
        if delivery.source == TABLEUR:
            map_file = _written(self.folder / _MAPS / f"{delivery.list_name}.toml", delivery.map_text().encode())
        order = Order(
            name=delivery.source,
            where=str(file),
            map_file=map_file,
            list_name=delivery.list_name,
            leaves_openings=True,
        )
        then = replace(self.here, clock=clock_of(self.here, delivery, self.reference_day))
        outcomes = import_all(then, order, tell=_to_nobody)
        for outcome in outcomes:
            if outcome.code in _FAULTY:
                # A file of ours is always one of its source: nothing a person could mend.
                raise BrokenOff(outcome.report.all_reasons()[0].problem)
        return outcomes

    @property
    def folder(self) -> Path:
        """Name the folder of the files."""
        return self.here.data_dir / FOLDER


def _to_nobody(_: str) -> None:
    pass


def bring_lists(here: Installation, *, reference_day: date, tell: Tell = _to_nobody) -> list[Outcome]:
    """Write and import the lists that did not come in yet; give the outcome of each.

    The last one comes in when people have done their part with the others: where it is, everything is.
    """
    deliveries = deliveries_of(read_timetable(reference_day=reference_day))
    known = _instants_of_runs(here.database)
    waiting = [each for each in deliveries if (each.source, clock_of(here, each, reference_day).now()) not in known]
    if not waiting:
        return []
    content = read_content(shipped_content_texts(), reference_day=reference_day)
    round_ = _Round(here=here, content=content, reference_day=reference_day)
    outcomes: list[Outcome] = []
    for rank, delivery in enumerate(deliveries, start=1):
        if delivery not in waiting:
            continue
        if delivery is deliveries[-1]:
            with here.database.writing() as session:
                do_deeds(session, content, Office(reference_day=reference_day, zone=here.clock.zone))
            _written(round_.folder / _READ_ME, read_me(deliveries, reference_day).encode())
        tell(f"Liste {rank} sur {len(deliveries)} : {delivery.name(reference_day)}")
        outcomes += round_.bring(delivery)
    return outcomes


def _written(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def _instants_of_runs(database: Database) -> set[tuple[str, datetime]]:
    with database.reading() as session:
        return {(feed.source_name, run.at) for run, feed in runs_with_feeds(session, _MOST_RUNS)}
