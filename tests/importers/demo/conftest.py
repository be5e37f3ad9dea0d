"""The demonstration that has settled in, to be looked at."""

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from tests.tools.settled_demonstration import Settled


@pytest.fixture
def work(settled: Settled) -> Iterator[Session]:
    """Give a unit of work on the settled demonstration."""
    with settled.session() as session:
        yield session
