"""What the tests of sheets stand on: a directory to change, and the addresses of what it holds."""

from collections.abc import Callable
from typing import TypeVar

import pytest

from portal.core.database import Database
from portal.directory.models.identities import Addressed
from tests.directory.builders import Builder

Made = TypeVar("Made", bound=Addressed)
Make = Callable[[Callable[[Builder], Addressed]], str]
SHELVES = {"service": "services", "place": "lieux", "structure": "structures", "tour": "tournees"}


@pytest.fixture
def make(database: Database) -> Make:
    """Change the directory in one unit of work; give the address of what was made."""

    def change(act: Callable[[Builder], Addressed]) -> str:
        with database.writing() as session:
            row = act(Builder(session))
            session.flush()
            return address_of(row)

    return change


def address_of(row: Addressed) -> str:
    return f"/{SHELVES[row.KIND]}/{row.slug}-{row.public_id}"
