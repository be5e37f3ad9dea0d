"""What the tests of the directory stand on."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from portal.core.changes import read_parts
from portal.core.models import Change, ChangeValues
from portal.directory.models.identities import Identified
from tests.directory.builders import Builder


@pytest.fixture
def build(session: Session) -> Builder:
    """Give the builders, on a fresh database."""
    return Builder(session)


class CountQueries(Protocol):
    """Count the statements sent to the database within a block."""

    def __call__(self) -> AbstractContextManager[list[str]]: ...


@pytest.fixture
def count_queries(session: Session) -> CountQueries:
    """Give a block that lists the statements sent within it."""

    @contextmanager
    def counting() -> Iterator[list[str]]:
        session.flush()
        session.expire_all()
        sent: list[str] = []

        def hear(*told: object) -> None:
            sent.append(str(told[2]))

        engine = session.get_bind()
        event.listen(engine, "before_cursor_execute", hear)
        try:
            yield sent
        finally:
            event.remove(engine, "before_cursor_execute", hear)

    return counting


class Told(Protocol):
    """Give the last change of a row: its verb and its fields."""

    def __call__(self, row: Identified) -> tuple[str, dict[str, object]]: ...


@pytest.fixture
def told(session: Session) -> Told:
    """Give what the change log last said of a row."""

    def last(row: Identified) -> tuple[str, dict[str, object]]:
        session.flush()
        query = (
            select(Change, ChangeValues)
            .join(ChangeValues, ChangeValues.number == Change.number)
            .where(Change.subject_key == row.public_id)
            .order_by(Change.number.desc())
        )
        change, values = session.execute(query.limit(1)).one()
        parts = read_parts(values)
        return change.verb, {name.removeprefix("field."): pair for name, pair in parts.items() if "." in name}

    return last
