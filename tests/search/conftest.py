"""What the tests of the search stand on: the demonstration's territory, and one Saturday at noon."""

from pathlib import Path

import pytest

from portal.core.clock import FixedClock
from portal.core.database import Database
from portal.geography.lookup import communes
from portal.geography.territories import demonstration_territory
from portal.search.understanding.question import Book, make_book
from portal.vocabulary.loading import load_vocabulary
from tests.search.towns import Town, open_town


@pytest.fixture(scope="session")
def book() -> Book:
    return make_book(load_vocabulary(), communes(), demonstration_territory().communes)


@pytest.fixture
def town(database: Database, clock: FixedClock, tmp_path: Path) -> Town:
    """Give an empty directory; it is Saturday 21 November 2026, nine in the morning."""
    return open_town(database, clock, tmp_path)
