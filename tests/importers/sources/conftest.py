"""What the tests of sources stand on: a directory that knows communes, and somebody who imports lists into it."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp

import pytest
from sqlalchemy import insert
from sqlalchemy.orm import Session

from portal.core.clock import FixedClock
from portal.core.database import Database
from portal.geography.models import Commune
from tests.conftest import POSTGRES
from tests.importers.sources.builders import Desk, commune_rows
from tests.tools.shelf import FileShelf, ServerShelf


@pytest.fixture(scope="session")
def sqlite_shelf(shelf_folder: Path) -> FileShelf:
    """Keep databases that know the communes of some départements, written once."""
    return FileShelf(Path(mkdtemp(dir=shelf_folder)), furnish=_know_communes)


@pytest.fixture(scope="session")
def postgresql_shelf() -> Iterator[ServerShelf]:
    """Keep such databases on the server that is named."""
    if not POSTGRES:
        pytest.skip("needs a PostgreSQL server: MAILLAGE_TEST_POSTGRES_URL names none")
    shelf = ServerShelf(POSTGRES, furnish=_know_communes, kept=frozenset({Commune.__tablename__}))
    yield shelf
    shelf.close()


@pytest.fixture
def desk(database: Database, clock: FixedClock) -> Desk:
    """Give a directory that knows communes, and somebody who imports lists into it."""
    return Desk(database, clock)


def _know_communes(session: Session) -> None:
    session.execute(insert(Commune), [*commune_rows()])
