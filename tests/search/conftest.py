"""What the tests of the search stand on: the demonstration's territory, and one Saturday at noon."""

import pytest

from portal.geography.lookup import communes
from portal.geography.territories import demonstration_territory
from portal.search.understanding.question import Book, make_book
from portal.vocabulary.loading import load_vocabulary


@pytest.fixture(scope="session")
def book() -> Book:
    return make_book(load_vocabulary(), communes(), demonstration_territory().communes)
