"""The database: one engine, sessions that read and sessions that write, on SQLite or PostgreSQL alike.

Writers take turns. With SQLite's defaults, two units that read before they write lose updates without an error, so
every unit that may write begins with BEGIN IMMEDIATE; on PostgreSQL an advisory lock makes the same promise. A unit
that reads sees one state from beginning to end and cannot write.
"""

import os
import sqlite3
import time
import weakref
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, ClassVar

from sqlalchemy import URL, Connection, DateTime, Dialect, Engine, Enum, MetaData, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.orm import DeclarativeBase, Session, UOWTransaction
from sqlalchemy.types import TypeDecorator

from portal.core.database_faults import fault_of
from portal.core.errors import Invalid
from portal.core.events import EventType, Subscribers, queued
from portal.core.register import Kept

PATIENCE = 20
"""Seconds a writer waits for its turn before it says that the portal is busy."""
_WRITERS_LOCK = 0x4D61696C
"""Number of the advisory lock that writers take in turn on PostgreSQL."""

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """Store instants: aware datetimes go in, aware UTC ones come out, on every engine."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - the signature of the library
        """Turn an aware datetime to UTC; a naive one is a mistake of ours."""
        if value is None:
            return None
        if value.tzinfo is None:
            message = "an instant needs its time zone"
            raise ValueError(message)
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - the signature of the library
        """Give back UTC; SQLite forgets the zone, PostgreSQL may answer in another."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def words(kind: type[StrEnum]) -> Enum:
    """Store an enumeration as its words, so that a new member needs no change of the table."""
    return Enum(
        kind,
        native_enum=False,
        length=32,
        create_constraint=False,
        values_callable=lambda each: [w.value for w in each],
    )


class Base(DeclarativeBase):
    """Gather the tables of every room; relationships are declared with `lazy="raise"`."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: UtcDateTime}
    REGISTER: ClassVar[Kept]
    """What the table keeps of people; every table says it."""


class _ReadingSession(Session):
    """A session of a unit of work that reads; what it refuses is said once for all of them, not at each opening."""


class Database:
    """Open units of work that read or write; one object per process."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._reading = engine.execution_options(
            maillage_access="read", **({} if self.is_sqlite else _ONE_READ_ONLY_STATE)
        )
        self._writing = engine.execution_options(maillage_access="write")
        self._subscribers = Subscribers()
        _close_before_forks(engine)

    @property
    def url(self) -> URL:
        """Tell where the database is."""
        return self.engine.url

    @property
    def is_sqlite(self) -> bool:
        """Tell whether the database is the embedded one."""
        return self.engine.dialect.name == "sqlite"

    @property
    def file(self) -> Path | None:
        """Name the file of an embedded database."""
        return Path(self.url.database) if self.is_sqlite and self.url.database else None

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Open a unit of work that sees one state and cannot write."""
        with _ReadingSession(self._reading) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Open a unit of work that is alone in writing: committed at the end, or nothing happened."""
        with Session(self._writing, expire_on_commit=False) as session:
            with session.begin():
                _take_turn(session)
                yield session
                session.flush()
            facts = queued(session)
        self._subscribers.deliver(facts)

    @contextmanager
    def changing_tables(self) -> Iterator[Connection]:
        """Open a transaction that may change tables, alone in writing; rows must agree with each other at its end."""
        with self.engine.execution_options(maillage_access="tables").connect() as connection:
            # A connection of its own, closed afterwards: foreign keys are off while tables are rebuilt.
            connection.detach()
            with connection.begin():
                yield connection
                if self.is_sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                    message = "rows do not agree after the change of tables"
                    raise RuntimeError(message)

    def subscribe(self, kind: type[EventType], subscriber: Callable[[EventType], None]) -> None:
        """Ask to hear, after the commit, of every event of a kind."""
        self._subscribers.subscribe(kind, subscriber)

    def fold_log(self) -> None:
        """Fold SQLite's write-ahead log into its file, so that nothing old is left to be read there."""
        if self.is_sqlite:
            # Outside any unit of work: the log cannot be folded from within a transaction.
            with closing(self.engine.raw_connection()) as connection:
                for pragma in ("query_only = OFF", "wal_checkpoint(TRUNCATE)"):
                    connection.cursor().execute(f"PRAGMA {pragma}")

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()


def open_database(url: str) -> Database:
    """Prepare a database; nothing is read or created before the first unit of work."""
    try:
        address = make_url(url)
    except (ArgumentError, ValueError):
        raise Invalid(_NO_ADDRESS) from None
    # Whatever driver is named, there is one for each engine.
    backend, _, _driver = address.drivername.partition("+")
    if backend == "sqlite":
        return Database(_sqlite(address.set(drivername="sqlite")))
    if backend == "postgresql":
        return Database(_postgresql(address.set(drivername="postgresql+psycopg")))
    raise Invalid(_NO_ADDRESS)


_NO_ADDRESS = (
    "MAILLAGE_DATABASE_URL n’est pas l’adresse d’une base. Elle commence par sqlite:/// ou par postgresql://, par "
    "exemple sqlite:////var/lib/maillage/base.db ou postgresql://maillage@localhost:5432/maillage."
)


_NO_DRIVER = (
    "MAILLAGE_DATABASE_URL nomme un serveur PostgreSQL, et il manque ici de quoi lui parler. Installez-le avec : "
    '.venv/bin/pip install "psycopg[binary]" ; ou retirez ce réglage pour garder la base dans un fichier SQLite.'
)


def _close_before_forks(engine: Engine) -> None:
    """Let go of idle connections before a process divides: neither engine bears to be shared by two."""
    known = weakref.ref(engine)

    def close() -> None:
        living = known()
        if living is not None:
            living.dispose()

    os.register_at_fork(before=close)


_ONE_READ_ONLY_STATE: dict[str, Any] = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}


def _sqlite(address: URL) -> Engine:
    if not address.database or address.database == ":memory:":
        raise Invalid("MAILLAGE_DATABASE_URL doit nommer un fichier, par exemple sqlite:////var/lib/maillage/base.db.")
    engine = create_engine(
        address,
        hide_parameters=True,
        # The driver must open no transaction by itself: the "begin" event below says how each one begins.
        connect_args={"isolation_level": None, "timeout": PATIENCE},
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: DBAPIConnection, _record: object) -> None:
    cursor = connection.cursor()
    # What is deleted is overwritten too: a person who was erased must not linger in free pages.
    settings = (f"busy_timeout = {PATIENCE * 1000}", "synchronous = FULL", "foreign_keys = ON", "secure_delete = ON")
    for pragma in settings:
        cursor.execute(f"PRAGMA {pragma}")
    _make_wal(cursor.execute)
    cursor.close()


def _make_wal(execute: Callable[[str], Any]) -> None:
    """Ask for a write-ahead log; the very first processes may meet, and SQLite does not wait here by itself."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            if execute("PRAGMA journal_mode").fetchone() != ("wal",):
                execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.02)
        else:
            return


def _begin_sqlite(connection: Connection) -> None:
    access = connection.get_execution_options().get("maillage_access")
    connection.exec_driver_sql(f"PRAGMA query_only = {int(access == 'read')}")
    if access == "tables":
        connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
    connection.exec_driver_sql("BEGIN DEFERRED" if access == "read" else "BEGIN IMMEDIATE")


def _postgresql(address: URL) -> Engine:
    try:
        engine = create_engine(address, hide_parameters=True, pool_pre_ping=True)
    except ModuleNotFoundError:
        # Most installations keep their base in a file: the driver of the server comes with no other.
        raise Invalid(_NO_DRIVER) from None
    event.listen(engine, "begin", _begin_postgresql)
    return engine


def _begin_postgresql(connection: Connection) -> None:
    if connection.get_execution_options().get("maillage_access") != "read":
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{PATIENCE}s'")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITERS_LOCK})")


def _take_turn(session: Session) -> None:
    """Wait for the write lock before anything is read, and say so in French when it does not come."""
    try:
        session.connection()
    except DBAPIError as error:
        fault = fault_of(error)
        if fault is None:
            raise
        raise fault from error


@event.listens_for(_ReadingSession, "before_flush")
def _refuse_flush(session: Session, _context: UOWTransaction, _instances: object) -> None:
    if session.new or session.dirty or session.deleted:
        message = "a reading unit of work cannot write: open it with writing()"
        raise RuntimeError(message)
