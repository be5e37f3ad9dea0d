"""Units of work: who may write, who waits, what survives."""

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from portal.core.database import Database
from portal.core.models import ChangeHead


def test_a_written_row_is_read_afterwards(database: Database) -> None:
    with database.writing() as session:
        session.add(ChangeHead(id=1, length=7, digest=""))
    with database.reading() as session:
        assert session.scalars(select(ChangeHead.length)).all() == [7]


def test_an_error_leaves_nothing_behind(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.writing() as session:
        session.add(ChangeHead(id=1, length=7, digest=""))
        session.flush()
        raise ZeroDivisionError
    with database.reading() as session:
        assert session.scalars(select(ChangeHead)).all() == []


def test_reading_refuses_to_flush_rows(database: Database) -> None:
    with pytest.raises(RuntimeError, match="cannot write"), database.reading() as session:
        session.add(ChangeHead(id=1, length=7, digest=""))
        session.flush()


def test_reading_refuses_even_plain_statements(database: Database) -> None:
    with pytest.raises(DBAPIError, match="read.?only"), database.reading() as session:
        session.connection().exec_driver_sql("DELETE FROM change_head")
