"""What every room's tests stand on: a fixed clock, a migrated database on each engine, property tests that repeat."""

import os
import shutil
import uuid
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import create_engine, make_url
from sqlalchemy.orm import Session

from portal.core.clock import FixedClock
from portal.core.database import Database, open_database
from portal.core.schema import migrate

settings.register_profile(
    "suite",
    derandomize=True,
    deadline=None,
    max_examples=60,
    # The engines below are given by fixtures that are as good as new for each example.
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
settings.load_profile("suite")

POSTGRES = os.environ.get("MAILLAGE_TEST_POSTGRES_URL", "")
REQUIRE_ALL = os.environ.get("MAILLAGE_TEST_REQUIRE_ALL") == "1"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:  # noqa: ARG001, ANN401
    """Fail a test that is skipped because it "needs" something, where everything is said to be there."""
    report = yield
    reason = report.longrepr[2] if report.skipped and isinstance(report.longrepr, tuple) else ""
    if REQUIRE_ALL and reason.startswith("Skipped: needs"):
        report.outcome = "failed"
        report.longrepr = f"{reason} (MAILLAGE_TEST_REQUIRE_ALL=1)"
    return report


@pytest.fixture
def clock() -> FixedClock:
    """Saturday 21 November 2026, nine in the morning in Paris."""
    return FixedClock(datetime(2026, 11, 21, 9))  # noqa: DTZ001 - a naive instant is territory time


MakeDatabase = Callable[[], Database]


@pytest.fixture(scope="session")
def new_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MakeDatabase]:
    """Copy a database migrated once."""
    folder = tmp_path_factory.mktemp("sqlite")
    template = open_database(f"sqlite:///{folder / 'template.sqlite'}")
    migrate(template)
    # Closing the last connection folds the write-ahead log into the file, which can then be copied.
    template.close()

    def make() -> Database:
        copy = tmp_path_factory.mktemp("base") / "maillage.sqlite"
        shutil.copyfile(folder / "template.sqlite", copy)
        return open_database(f"sqlite:///{copy}")

    yield make
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def new_postgresql() -> Iterator[MakeDatabase]:
    """Copy a database migrated once, on the server that is named."""
    if not POSTGRES:
        pytest.skip("needs a PostgreSQL server: MAILLAGE_TEST_POSTGRES_URL names none")
    made: list[str] = []

    def name() -> str:
        made.append(f"maillage_test_{uuid.uuid4().hex}")
        return made[-1]

    def url(database: str) -> str:
        return make_url(POSTGRES).set(database=database).render_as_string(hide_password=False)

    template = name()
    on_server(f"CREATE DATABASE {template} ENCODING 'UTF8' TEMPLATE template0")
    database = open_database(url(template))
    migrate(database)
    database.close()

    def make() -> Database:
        copy = name()
        on_server(f"CREATE DATABASE {copy} TEMPLATE {template}")
        return open_database(url(copy))

    yield make
    for each in made:
        on_server(f"DROP DATABASE IF EXISTS {each} WITH (FORCE)")


def on_server(statement: str) -> None:
    """Run a statement that concerns the whole PostgreSQL server."""
    server = create_engine(make_url(POSTGRES).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.exec_driver_sql(statement)
    server.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """Give a fresh migrated database, on each engine in turn."""
    fresh: Database = request.getfixturevalue(f"new_{request.param}")()
    yield fresh
    fresh.close()


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """Give a unit of work that writes into a fresh database and is thrown away at the end."""
    with Session(database.engine) as work, work.begin() as transaction:
        yield work
        transaction.rollback()
