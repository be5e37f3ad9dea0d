"""Units of work: who may write, who waits, what survives."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError, IntegrityError, InvalidRequestError
from sqlalchemy.orm import Session
from sqlalchemy.pool import QueuePool

from portal.core import database as module
from portal.core.database import Database, UtcDateTime, open_database
from portal.core.errors import Busy, Invalid
from portal.core.models import Change, ChangeHead, ChangeValues, JobRow, JobState


def write_head(session: Session, length: int = 7) -> None:
    session.add(ChangeHead(id=1, length=length, digest=""))
    session.flush()


def heads(database: Database) -> list[int]:
    with database.reading() as session:
        return list(session.scalars(select(ChangeHead.length)))


def test_a_server_without_its_driver_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(Invalid, match=r"MAILLAGE_DATABASE_URL.*pip install"):
        open_database("postgresql://nobody@127.0.0.1:1/none")


def test_a_written_row_is_read_afterwards(database: Database) -> None:
    with database.writing() as session:
        write_head(session)
    assert heads(database) == [7]


def test_an_error_leaves_nothing_behind(database: Database) -> None:
    def fail() -> None:
        with database.writing() as session:
            write_head(session)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert heads(database) == []


def test_reading_refuses_to_flush_rows(database: Database) -> None:
    with database.reading() as session, pytest.raises(RuntimeError, match="cannot write"):
        write_head(session)


def test_reading_refuses_even_plain_statements(database: Database) -> None:
    with database.reading() as session, pytest.raises(DBAPIError, match=r"read-?only"):
        session.execute(text("DELETE FROM change_head"))


def test_reading_sees_one_state_to_its_end(database: Database) -> None:
    with database.reading() as early:
        before = early.scalars(select(ChangeHead.length)).all()
        with database.writing() as session:
            write_head(session)
        assert early.scalars(select(ChangeHead.length)).all() == before == []


def test_a_unit_of_work_commits_only_once(database: Database) -> None:
    with database.writing() as session:
        session.commit()
        with pytest.raises(InvalidRequestError):
            write_head(session)


def test_a_connection_that_read_can_write_again(database: Database) -> None:
    for length in (1, 2, 3):
        assert heads(database) == ([length - 1] if length > 1 else [])
        with database.writing() as session:
            session.merge(ChangeHead(id=1, length=length, digest=""))


def test_rows_must_point_to_existing_rows(database: Database) -> None:
    with pytest.raises(IntegrityError), database.writing() as session:
        session.add(ChangeValues(number=99, parts="{}"))


def test_a_writer_who_waits_too_long_is_told_in_french(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PATIENCE", 1)
    impatient = open_database(database.url.render_as_string(hide_password=False))
    with database.writing() as session:
        write_head(session)
        with pytest.raises(Busy, match="Réessayez"), impatient.writing():
            pass
    impatient.close()


@pytest.mark.parametrize(
    ("pragma", "value"), [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("busy_timeout", 20_000)]
)
def test_the_embedded_database_is_set_for_safety(database: Database, pragma: str, value: object) -> None:
    if database.is_sqlite:
        with database.reading() as session:
            assert session.execute(text(f"PRAGMA {pragma}")).scalar() == value


def test_no_connection_is_shared_by_two_processes(database: Database) -> None:
    assert heads(database) == []
    pool = database.engine.pool
    assert isinstance(pool, QueuePool)
    assert pool.checkedin() == 1
    child = os.fork()
    if child == 0:
        os._exit(int(isinstance(database.engine.pool, QueuePool) and database.engine.pool.checkedin()))
    assert os.waitpid(child, 0)[1] == 0
    with database.writing() as session:
        write_head(session)
    assert heads(database) == [7]


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "mysql://localhost/base"])
def test_only_a_file_or_postgresql_will_do(url: str) -> None:
    with pytest.raises(Invalid, match="MAILLAGE_DATABASE_URL"):
        open_database(url)


@pytest.mark.parametrize("hours", [-3, 0, 2])
def test_instants_come_back_in_utc(database: Database, hours: int) -> None:
    given = datetime(2026, 11, 21, 9, 30, 15, 123, tzinfo=timezone(timedelta(hours=hours)))
    with database.writing() as session:
        row = a_job(due=given)
        session.add(row)
    with database.reading() as session:
        read = session.scalars(select(JobRow.due)).one()
    assert (read, read.tzinfo) == (given, UTC)


def test_an_instant_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        UtcDateTime().process_bind_param(datetime(2026, 11, 21), None)  # type: ignore[arg-type]  # no dialect is asked


def test_errors_of_the_database_hide_their_parameters(database: Database) -> None:
    with pytest.raises(IntegrityError) as caught, database.writing() as session:
        session.add_all([ChangeHead(id=2, length=1, digest="0353010203")])
    assert "parameters hidden" in str(caught.value)


def a_job(due: datetime) -> JobRow:
    return JobRow(kind="k", payload="{}", state=JobState.WAITING, due=due, attempts=0, failure="")


def test_the_log_itself_refuses_alteration(database: Database) -> None:
    with database.writing() as session:
        session.add(a_change())
    for statement in ("UPDATE change SET verb = 'x'", "DELETE FROM change"):
        with pytest.raises(DBAPIError, match="append-only"), database.writing() as session:
            session.execute(text(statement))


def a_change() -> Change:
    return Change(
        number=1,
        at=datetime(2026, 11, 21, tzinfo=UTC),
        subject_kind="service",
        subject_key="1",
        verb="create",
        actor_kind="system",
        values_digest="",
        digest="",
    )


COUNTER = """
import sys
from portal.core.database import open_database
from portal.core.models import ChangeHead
database = open_database(sys.argv[1])
for _ in range(int(sys.argv[2])):
    with database.writing() as session:
        head = session.get_one(ChangeHead, 1)
        head.length = head.length + 1
"""


def test_many_processes_that_read_then_write_lose_nothing(database: Database) -> None:
    with database.writing() as session:
        write_head(session, length=0)
    url = database.url.render_as_string(hide_password=False)
    root = Path(__file__).resolve().parents[2]
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", COUNTER, url, "20"], env=os.environ | {"PYTHONPATH": str(root)}, cwd=root
        )
        for _ in range(4)
    ]
    assert [writer.wait() for writer in writers] == [0, 0, 0, 0]
    assert heads(database) == [80]
