"""What the tests of sources stand on: a directory that knows communes, and somebody who imports lists into it."""

import pytest
from sqlalchemy import insert

from portal.core.clock import FixedClock
from portal.core.database import Database
from portal.geography.models import Commune
from tests.importers.sources.builders import Desk, commune_rows


@pytest.fixture
def desk(database: Database, clock: FixedClock) -> Desk:
    """Give a directory that knows the communes of some départements."""
    with database.writing() as session:
        session.execute(insert(Commune), [*commune_rows()])
    return Desk(database, clock)
