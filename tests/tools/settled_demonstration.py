"""The demonstration as `init --demo` makes it, on a fixed day, with the real importers."""

import pickle
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from config import read_settings
from importers.demo.bringing import bring_lists
from importers.demo.loading import load_shipped
from importers.opening import TERRITORY_FILE, Installation, open_installation
from importers.pipeline.outcomes import Outcome
from portal.core.clock import FixedClock
from portal.core.database import Database, open_database
from portal.core.locks import file_lock
from portal.core.schema import migrate
from portal.directory.operations.occurrences import refresh_occurrences
from portal.geography.operations import install_territory, load_reference
from portal.geography.territories import DEMONSTRATION, demonstration_territory, written_territory
from tests.tools.golden_demonstration import REFERENCE_DAY

CLOCK = FixedClock(datetime(2026, 11, 21, 9))


@dataclass(frozen=True)
class Settled:
    """A demonstration that has settled in."""

    here: Installation
    outcomes: list[Outcome]

    def session(self) -> Session:
        """Open a unit of work that only looks."""
        return Session(self.here.database.engine)


def opened(database: Database, data_dir: Path) -> Installation:
    """Open a prepared installation, on its day."""
    here = open_installation(read_settings({"MAILLAGE_DATA_DIR": str(data_dir)}))
    return replace(here, database=database, clock=CLOCK)


def prepare(database: Database, data_dir: Path) -> Installation:
    """Install the territory of the demonstration in an empty database."""
    data_dir.mkdir(exist_ok=True)
    (data_dir / TERRITORY_FILE).write_bytes(written_territory(DEMONSTRATION))
    with database.writing() as session:
        load_reference(session)
        install_territory(session, demonstration_territory())
    return opened(database, data_dir)


def settle(here: Installation) -> Settled:
    """Bring in what is missing of the demonstration."""
    outcomes = bring_lists(here, reference_day=REFERENCE_DAY)
    with here.database.writing() as session:
        load_shipped(session, reference_day=REFERENCE_DAY, now=CLOCK.now())
        refresh_occurrences(session, now=CLOCK.now())
    return Settled(here, outcomes)


@contextmanager
def settled_copy(shared: Path, own: Path) -> Iterator[Settled]:
    """Give this process its own copy of one demonstration, which the first process that comes makes for all."""
    made = shared / "made"
    with file_lock(shared / "lock", patience=600) as is_alone:
        assert is_alone
        if not (made / OUTCOMES).exists():
            _make(made)
    shutil.copytree(made, own)
    database = open_database(f"sqlite:///{own / BASE}")
    outcomes = pickle.loads((own / OUTCOMES).read_bytes())  # noqa: S301 - a process of the same run wrote it
    yield Settled(opened(database, own / "data"), outcomes)
    database.close()


BASE, OUTCOMES = "maillage.sqlite", "outcomes"


def _make(folder: Path) -> None:
    folder.mkdir()
    database = open_database(f"sqlite:///{folder / BASE}")
    migrate(database)
    outcomes = settle(prepare(database, folder / "data")).outcomes
    database.close()
    # Written last: what is there is whole.
    (folder / OUTCOMES).write_bytes(pickle.dumps(outcomes))
