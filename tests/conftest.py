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


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in one line that half of the database tests did not run."""
    if not POSTGRES:
        terminalreporter.write_line("PostgreSQL was not tested: MAILLAGE_TEST_POSTGRES_URL names no server")


@pytest.fixture
def clock() -> FixedClock:
    """Saturday 21 November 2026, nine in the morning in Paris."""
    return FixedClock(datetime(2026, 11, 21, 9))


MakeDatabase = Callable[[], Database]
ENGINES = ["sqlite", "postgresql"] if POSTGRES or REQUIRE_ALL else ["sqlite"]


@pytest.fixture(scope="session")
def new_sqlite(tmp_path_factory: pytest.TempPathFactory) -> MakeDatabase:
    """Copy a database migrated once."""
    folder = tmp_path_factory.mktemp("sqlite")
    template = open_database(f"sqlite:///{folder / 'template.sqlite'}")
    migrate(template)
    # Closing the last connection folds the write-ahead log into the file, which can then be copied.
    template.close()

    def make() -> Database:
        copy = folder / uuid.uuid4().hex / "maillage.sqlite"
        copy.parent.mkdir()
        shutil.copyfile(folder / "template.sqlite", copy)
        return open_database(f"sqlite:///{copy}")

    return make


@pytest.fixture(scope="session")
def new_postgresql() -> Iterator[MakeDatabase]:
    """Copy a database migrated once, on the server that is named."""
    if not POSTGRES:
        pytest.skip("needs a PostgreSQL server: MAILLAGE_TEST_POSTGRES_URL names none")
    template = _new_on_server("TEMPLATE template0 ENCODING 'UTF8'")
    migrate(template)
    template.close()
    yield lambda: _new_on_server(f"TEMPLATE {template.url.database}")
    _discard(template)


def _new_on_server(options: str) -> Database:
    name = f"maillage_test_{uuid.uuid4().hex}"
    _on_server(f"CREATE DATABASE {name} {options}")
    return open_database(make_url(POSTGRES).set(database=name).render_as_string(hide_password=False))


def _on_server(statement: str) -> None:
    server = create_engine(make_url(POSTGRES).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.exec_driver_sql(statement)
    server.dispose()


def _discard(database: Database) -> None:
    database.close()
    if database.file:
        shutil.rmtree(database.file.parent)
    else:
        _on_server(f"DROP DATABASE {database.url.database} WITH (FORCE)")


@pytest.fixture(params=ENGINES)
def database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """Give a fresh migrated database, on each engine in turn."""
    fresh: Database = request.getfixturevalue(f"new_{request.param}")()
    yield fresh
    _discard(fresh)


@pytest.fixture(scope="session", params=ENGINES)
def shared_database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """Give the database of the tests that undo what they do."""
    shared: Database = request.getfixturevalue(f"new_{request.param}")()
    yield shared
    _discard(shared)


@pytest.fixture
def session(shared_database: Database) -> Iterator[Session]:
    """Give a unit of work that writes into an empty database and is undone at the end; quicker than `database`."""
    with Session(shared_database.engine) as work, work.begin() as transaction:
        yield work
        transaction.rollback()
