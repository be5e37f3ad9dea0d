"""What a person is told when the database itself fails: a sentence, and never "our fault"."""

import errno
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from sqlalchemy import text

from portal.core.command import Doors, Room, pass_room
from portal.core.database import Database, open_database
from portal.core.database_faults import Closed, Damaged, NoRoom, OutOfReach, fault_of
from portal.core.errors import Busy, Invalid, MaillageError

Run = Callable[[str], Result]


@click.command("look")
@pass_room
def look(room: Room) -> None:
    with room.database.reading() as session:
        session.execute(text("SELECT count(*) FROM change"))


@pytest.fixture
def look_at(empty_room: Room) -> Run:
    """Run a command on the database of an address."""

    def run(url: str) -> Result:
        database = open_database(url)
        try:
            return CliRunner().invoke(Doors(commands=[look]), ["look"], obj=replace(empty_room, database=database))
        finally:
            database.close()

    return run


def test_a_spoilt_file_sends_to_the_last_backup(look_at: Run, tmp_path: Path) -> None:
    spoilt = tmp_path / "spoilt.sqlite"
    spoilt.write_bytes(b"not a database " * 1000)
    result = look_at(f"sqlite:///{spoilt}")
    assert (result.exit_code, "maillage restore" in result.stderr) == (5, True)


def test_a_folder_in_the_place_of_the_file_is_said(look_at: Run, tmp_path: Path) -> None:
    result = look_at(f"sqlite:///{tmp_path}")
    assert (result.exit_code, "MAILLAGE_DATA_DIR" in result.stderr) == (4, True)


def test_a_server_that_is_down_is_said(look_at: Run) -> None:
    result = look_at("postgresql://maillage@127.0.0.1:1/maillage")
    assert (result.exit_code, "MAILLAGE_DATABASE_URL" in result.stderr) == (5, True)


def test_a_mistake_of_ours_keeps_its_name(database: Database) -> None:
    with pytest.raises(Exception, match="nowhere") as raised, database.reading() as session:
        session.execute(text("SELECT 1 FROM nowhere"))
    assert fault_of(raised.value) is None


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (sqlite3.SQLITE_FULL, NoRoom),
        (sqlite3.SQLITE_IOERR_WRITE, NoRoom),
        (sqlite3.SQLITE_BUSY, Busy),
        (sqlite3.SQLITE_READONLY, Closed),
        (sqlite3.SQLITE_CORRUPT, Damaged),
        (sqlite3.SQLITE_CONSTRAINT, type(None)),
    ],
)
def test_failures_of_the_file_have_their_kinds(code: int, kind: type[MaillageError]) -> None:
    error = sqlite3.OperationalError("as it comes")
    error.sqlite_errorcode = code
    assert type(fault_of(error)) is kind


@pytest.mark.parametrize(("state", "kind"), [("57P01", OutOfReach), ("53100", NoRoom), ("42P01", type(None))])
def test_failures_of_the_server_have_their_kinds(state: str, kind: type[MaillageError]) -> None:
    import psycopg.errors  # noqa: PLC0415 - the driver is loaded only where a server is meant

    assert type(fault_of(psycopg.errors.lookup(state)("as it comes"))) is kind


@pytest.mark.parametrize(
    "url", ["nonsense", "://", "", "http://x", "postgresql://x@localhost:abc/y", "postgresql://a:b@[::/x"]
)
def test_an_address_that_is_none_is_said(url: str) -> None:
    with pytest.raises(Invalid, match="MAILLAGE_DATABASE_URL"):
        open_database(url)


def test_an_unknown_driver_gives_way_to_ours(tmp_path: Path) -> None:
    database = open_database(f"sqlite+aiosqlite:///{tmp_path / 'base.sqlite'}")
    with database.reading() as session:
        assert session.execute(text("SELECT 1")).scalar() == 1
    database.close()


@pytest.mark.parametrize(
    ("number", "said"),
    [(errno.ENOSPC, "le disque est plein"), (errno.EACCES, "droits"), (errno.EROFS, "choisissez un autre dossier")],
)
def test_a_file_that_cannot_be_used_is_named(number: int, said: str) -> None:
    @click.command("write")
    def write() -> None:
        raise OSError(number, "as it comes", "/srv/maillage")

    result = CliRunner().invoke(Doors(commands=[write]), ["write"])
    assert (result.exit_code, "/srv/maillage" in result.stderr, said in result.stderr) == (4, True, True)


def test_any_other_failure_of_the_machine_is_ours() -> None:
    @click.command("write")
    def write() -> None:
        raise OSError(errno.EBADF, "as it comes")

    result = CliRunner().invoke(Doors(commands=[write]), ["write"])
    assert isinstance(result.exception, OSError)
