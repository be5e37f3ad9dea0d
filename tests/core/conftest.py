"""What the core's own tests share: an installation in an empty directory, and its commands."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from portal.core.cli import audit, backup, content_hash, jobs, restore
from portal.core.clock import FixedClock
from portal.core.command import Doors, Room
from portal.core.database import Database, open_database

Maillage = Callable[..., Result]


@pytest.fixture
def room(database: Database, clock: FixedClock, tmp_path: Path) -> Room:
    """Give a migrated installation, on each engine in turn."""
    return Room(data_dir=tmp_path, database=database, clock=clock)


@pytest.fixture
def empty_room(clock: FixedClock, tmp_path: Path) -> Iterator[Room]:
    """Give an installation where nothing was done yet."""
    database = open_database(f"sqlite:///{tmp_path / 'vide' / 'maillage.sqlite'}")
    yield Room(data_dir=tmp_path / "vide", database=database, clock=clock)
    database.close()


@pytest.fixture
def maillage(room: Room) -> Maillage:
    """Run a command of the core as the composition root does."""

    def run(*arguments: str, **changes: object) -> Result:
        doors = Doors(name="maillage", commands=[audit, backup, content_hash, jobs, restore])
        return CliRunner().invoke(doors, [*arguments], obj=replace(room, **changes))  # type: ignore[arg-type] # any field

    return run
