"""What the tests of the intake stand on."""

from collections.abc import Callable

import pytest

from portal.core.clock import FixedClock
from portal.core.database import Database
from tests.intake.builders import Sender, add_communes

MakeSender = Callable[..., Sender]


@pytest.fixture
def directory(database: Database) -> Database:
    """Give a database that knows two communes."""
    with database.writing() as session:
        add_communes(session)
    return database


@pytest.fixture
def sender(directory: Database, clock: FixedClock) -> Sender:
    """Give a source that sends its files."""
    return Sender(directory, clock)


@pytest.fixture
def another(directory: Database, clock: FixedClock) -> MakeSender:
    """Make further sources on the same directory and clock."""
    return lambda name, **values: Sender(directory, clock, name=name, **values)
