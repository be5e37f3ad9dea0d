"""Fresh migrated databases for tests: copies of a file, or PostgreSQL databases emptied and lent again."""

import shutil
import uuid
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, inspect, make_url
from sqlalchemy.orm import Session

from portal.core.database import Database, open_database
from portal.core.schema import SchemaState, migrate, schema_state

Furnish = Callable[[Session], None]


def left_empty(_session: Session) -> None:
    """Put nothing in a fresh database."""


class FileShelf:
    """Copy a file that was migrated once; an engine that comes back is lent again, with the statements it compiled."""

    def __init__(self, folder: Path, *, furnish: Furnish = left_empty) -> None:
        self._folder = folder
        self._template = folder / "template.sqlite"
        self._free: list[Engine] = []
        template = open_database(f"sqlite:///{self._template}")
        migrate(template)
        with template.writing() as session:
            furnish(session)
        # Closing the last connection folds the write-ahead log into the file, which can then be copied.
        template.close()

    def lend(self) -> Database:
        """Give a fresh database."""
        if self._free:
            database = Database(self._free.pop())
        else:
            database = open_database(f"sqlite:///{self._folder / uuid.uuid4().hex / 'maillage.sqlite'}")
        assert database.file is not None
        database.file.parent.mkdir()
        shutil.copyfile(self._template, database.file)
        return database

    def take_back(self, database: Database) -> None:
        """Remove the files of a database."""
        database.close()
        assert database.file is not None
        shutil.rmtree(database.file.parent)
        self._free.append(database.engine)


class ServerShelf:
    """Lend databases of a server; emptying one is fifty times quicker there than making one.

    What a database was furnished with stays there: the tables named are not emptied. One whose furniture was added to
    is not lent again.
    """

    def __init__(self, server: str, *, furnish: Furnish = left_empty, kept: frozenset[str] = frozenset()) -> None:
        self._server, self._furnish = make_url(server), furnish
        self._kept = kept | {"alembic_version"}
        self._free: list[Engine] = []
        first = self._make()
        with first.reading() as session:
            self._tables = _tables(session.connection())
            self._furniture = self._count(session.connection())
        self._free.append(first.engine)

    def lend(self) -> Database:
        """Give an empty migrated database, to which nobody has subscribed."""
        return Database(self._free.pop()) if self._free else self._make()

    def take_back(self, database: Database) -> None:
        """Empty a database, or drop it when its tables are no longer what they were."""
        if schema_state(database) is SchemaState.CURRENT and self._empty(database):
            database.close()
            self._free.append(database.engine)
        else:
            self._drop(database)

    def close(self) -> None:
        """Drop everything."""
        for engine in self._free:
            self._drop(Database(engine))

    def _make(self) -> Database:
        name = f"maillage_test_{uuid.uuid4().hex}"
        self._say(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")
        database = open_database(self._server.set(database=name).render_as_string(hide_password=False))
        migrate(database)
        with database.writing() as session:
            self._furnish(session)
        return database

    def _empty(self, database: Database) -> bool:
        with database.writing() as session:
            connection = session.connection()
            if _tables(connection) != self._tables or self._count(connection) != self._furniture:
                return False
            # Foreign keys and triggers rest meanwhile; only this connection is concerned.
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
            for table in self._tables - self._kept:
                connection.exec_driver_sql(f'DELETE FROM "{table}"')  # noqa: S608 - a name the database itself gave
            connection.exec_driver_sql(
                "SELECT setval(format('%%I.%%I', schemaname, sequencename)::regclass, 1, false) FROM pg_sequences"
            )
        return True

    def _count(self, connection: Connection) -> list[int]:
        counted = (f'SELECT count(*) FROM "{table}"' for table in sorted(self._kept))  # noqa: S608 - names of our own
        return [connection.exec_driver_sql(each).scalar_one() for each in counted]

    def _drop(self, database: Database) -> None:
        database.close()
        self._say(f"DROP DATABASE {database.url.database} WITH (FORCE)")

    def _say(self, statement: str) -> None:
        server = create_engine(self._server.set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
        with server.connect() as connection:
            connection.exec_driver_sql(statement)
        server.dispose()


def _tables(connection: Connection) -> frozenset[str]:
    return frozenset(inspect(connection).get_table_names())
