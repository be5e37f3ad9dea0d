"""What every room's tests stand on: a fixed clock, a migrated database on each engine, property tests that repeat."""

import gc
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from sqlalchemy.orm import Session

from portal.core.clock import FixedClock
from portal.core.database import Database
from tests.tools.compiled import CompiledTemplates
from tests.tools.examples import TIMES
from tests.tools.shelf import FileShelf, ServerShelf

if TYPE_CHECKING:
    from tests.tools.settled_demonstration import Settled

settings.register_profile(
    "suite",
    derandomize=True,
    deadline=None,
    max_examples=30 * TIMES,
    # The engines below are given by fixtures that are as good as new for each example.
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
settings.load_profile("suite")
Flask.jinja_options = {"bytecode_cache": CompiledTemplates()}

POSTGRES = os.environ.get("MAILLAGE_TEST_POSTGRES_URL", "")
REQUIRE_ALL = os.environ.get("MAILLAGE_TEST_REQUIRE_ALL") == "1"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:  # noqa: ARG001, ANN401 - the signature of the hook
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


def pytest_collection_finish() -> None:
    """Let the collector of garbage leave aside what lives as long as the process: modules, communes, the tests."""
    gc.collect()
    gc.freeze()


MEMORY, ROOMY = Path("/dev/shm"), 2**30  # noqa: S108 - the folder inside is ours alone


@pytest.fixture(scope="session")
def shelf_folder() -> Iterator[Path]:
    """Give a folder for databases, for each worker its own: in memory where there is room, as durable as ever."""
    in_memory = MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOMY
    with tempfile.TemporaryDirectory(prefix="maillage-shelf-", dir=MEMORY if in_memory else None) as folder:
        yield Path(folder)


@pytest.fixture(scope="session")
def sqlite_shelf(shelf_folder: Path) -> FileShelf:
    """Keep fresh databases in files."""
    return FileShelf(shelf_folder)


@pytest.fixture(scope="session")
def new_sqlite(sqlite_shelf: FileShelf) -> MakeDatabase:
    """Make fresh embedded databases, for fixtures that live longer than a test; they close what they take."""
    return sqlite_shelf.lend


@pytest.fixture(scope="session")
def common_folder(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """Give the folder that all processes of one run of the suite share."""
    own = tmp_path_factory.getbasetemp()
    return own if worker_id == "master" else own.parent


@pytest.fixture(scope="session")
def settled(common_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator["Settled"]:
    """Give a demonstration that nobody may change: made once per run, for all that only look at it."""
    # Importing the importers takes a moment, and few tests need them.
    from tests.tools.settled_demonstration import settled_copy  # noqa: PLC0415 - as said

    with settled_copy(common_folder / "settled", tmp_path_factory.mktemp("settled") / "copy") as copy:
        yield copy


@pytest.fixture(scope="session")
def postgresql_shelf() -> Iterator[ServerShelf]:
    """Keep fresh databases on the server that is named, for each worker its own."""
    if not POSTGRES:
        pytest.skip("needs a PostgreSQL server: MAILLAGE_TEST_POSTGRES_URL names none")
    shelf = ServerShelf(POSTGRES)
    yield shelf
    shelf.close()


@pytest.fixture(params=ENGINES)
def database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """Give a fresh migrated database, on each engine in turn."""
    shelf: FileShelf | ServerShelf = request.getfixturevalue(f"{request.param}_shelf")
    fresh = shelf.lend()
    yield fresh
    shelf.take_back(fresh)


@pytest.fixture(scope="session", params=ENGINES)
def shared_database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """Give the database of the tests that undo what they do."""
    shelf: FileShelf | ServerShelf = request.getfixturevalue(f"{request.param}_shelf")
    shared = shelf.lend()
    yield shared
    shelf.take_back(shared)


@pytest.fixture
def session(shared_database: Database) -> Iterator[Session]:
    """Give a unit of work that writes into an empty database and is undone at the end; quicker than `database`."""
    with Session(shared_database.engine) as work, work.begin() as transaction:
        yield work
        transaction.rollback()
