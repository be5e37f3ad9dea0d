"""Brings the demonstration lists in, the oldest first, as `maillage import` brings in any file.

What came in already is known by the instant of its run, which the reference day gives: an `init --demo` that was cut
short goes on where it stopped, and one that was complete changes nothing.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from importers.demo.content import Content, read_content, shipped_content_texts
from importers.demo.deeds import Office, do_deeds
from importers.demo.timetable import Delivery, deliveries_of
from importers.pipeline.declaration import Reference
from importers.pipeline.imports import import_list
from importers.pipeline.lists import BrokenOff, open_lists
from importers.reading import Unreadable, pieces_of
from importers.sources import SOURCES
from portal.core.clock import FixedClock
from portal.core.database import Database
from portal.geography.lookup import communes
from portal.intake.queries.reviews import runs_with_feeds
from portal.intake.report import Report
from portal.intake.rules.declarations import RunOptions
from portal.vocabulary.loading import load_vocabulary

FOLDER = "demonstration"
"""Where the files lie in the data directory, for whoever is curious."""
_MOST_RUNS = 10_000
Tell = Callable[[str], None]


@dataclass(frozen=True, kw_only=True)
class Household:
    """What bringing lists in needs of the installation."""

    database: Database
    data_dir: Path
    reference_day: date
    zone: ZoneInfo
    scope: Collection[str] | None

    def clock_of(self, delivery: Delivery) -> FixedClock:
        """Stand the clock at the instant a list came in."""
        return FixedClock(delivery.at(self.reference_day), self.zone)


def bring_lists(household: Household, *, tell: Tell = lambda _: None) -> list[Report]:
    """Write and import the lists that did not come in yet; give the report of each.

    The last one comes in when people have done their part with the others: where it is, everything is.
    """
    content = read_content(shipped_content_texts(), reference_day=household.reference_day)
    deliveries = deliveries_of(content)
    known = _instants_of_runs(household.database)
    reports = []
    for rank, delivery in enumerate(deliveries, start=1):
        if (delivery.source, household.clock_of(delivery).now()) in known:
            continue
        if delivery is deliveries[-1]:
            with household.database.writing() as session:
                do_deeds(session, content, Office(reference_day=household.reference_day, zone=household.zone))
        tell(f"Liste {rank} sur {len(deliveries)} : {delivery.name(household.reference_day)}")
        reports += _bring(household, delivery, content)
    return reports


def _bring(household: Household, delivery: Delivery, content: Content) -> list[Report]:
    path = household.data_dir / FOLDER / delivery.name(household.reference_day)
    _write(path, delivery.written(content, household.reference_day))
    pieces = pieces_of(path)
    lists = pieces if isinstance(pieces, Unreadable) else open_lists(SOURCES[delivery.source], pieces)
    if isinstance(lists, Unreadable):
        # A file of ours is always one of its source: nothing a person could mend.
        raise BrokenOff(lists.problem)
    clock, options = household.clock_of(delivery), RunOptions(scope=household.scope)
    known = _reference(clock.today())
    return [import_list(household.database, clock, opened, known, options=options) for opened in lists]


def _write(path: Path, written: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(written)


def _instants_of_runs(database: Database) -> set[tuple[str, datetime]]:
    with database.reading() as session:
        return {(feed.source_name, run.at) for run, feed in runs_with_feeds(session, _MOST_RUNS)}


def _reference(today: date) -> Reference:
    return Reference(communes(), load_vocabulary(), today=today)
