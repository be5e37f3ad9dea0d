"""The story of the tables: what the models say is what the migrations make, from any earlier step."""

import importlib
import importlib.util
import pkgutil
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text
from sqlalchemy.orm import Session

import portal
from portal.core.audit import verify_chain
from portal.core.backup import back_up, restore
from portal.core.changes import SYSTEM, Act, Subject, record_change
from portal.core.clock import FixedClock
from portal.core.database import Base, Database, open_database
from portal.core.errors import Refused
from portal.core.schema import SchemaState, SchemaTooNew, known_versions, migrate, require_current, schema_state
from portal.core.upgrade import upgrade
from tests.tools.shelf import FileShelf

EARLIER = known_versions()[:-1]
RELEASES = sorted((Path(__file__).parent / "releases").glob("*.zip"))
"""One backup of each release, made with `maillage backup` on the day it was published."""


@pytest.fixture(scope="module", autouse=True)
def every_room() -> None:
    """Load the models of every room, present and future, in one file or several."""
    for room in pkgutil.iter_modules(portal.__path__, "portal."):
        if room.ispkg and importlib.util.find_spec(f"{room.name}.models"):
            models = importlib.import_module(f"{room.name}.models")
            for part in pkgutil.iter_modules(getattr(models, "__path__", []), f"{models.__name__}."):
                importlib.import_module(part.name)


@pytest.fixture
def unmade(database: Database) -> Database:
    """Give a database without any table, on each engine in turn."""
    if database.file:
        database.close()
        database.file.unlink()
    else:
        with database.changing_tables() as connection:
            connection.exec_driver_sql("DROP SCHEMA public CASCADE")
            connection.exec_driver_sql("CREATE SCHEMA public")
    return database


def test_migrations_make_what_the_models_say(session: Session) -> None:
    options = {"compare_type": True, "compare_server_default": True}
    context = MigrationContext.configure(session.connection(), opts=options)
    assert compare_metadata(context, Base.metadata) == []


def test_no_relationship_loads_by_surprise() -> None:
    lazy = {
        f"{mapper.class_.__name__}.{relation.key}"
        for mapper in Base.registry.mappers
        for relation in mapper.relationships
        if relation.lazy not in {"raise", "raise_on_sql", "write_only", "noload"}
    }
    assert lazy == set()


def test_each_step_has_a_number_and_a_story() -> None:
    folder = Path(portal.__path__[0]) / "core" / "migrations" / "versions"
    for path in sorted(folder.glob("[0-9]*.py")):
        spec = importlib.util.spec_from_file_location(path.stem, path)
        assert spec is not None
        assert spec.loader is not None
        step = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(step)
        assert path.stem.startswith(f"{step.revision}_")
        assert len(step.__doc__ or "") > 100
    assert [*known_versions()] == sorted(path.name[:4] for path in folder.glob("[0-9]*.py"))


def test_looking_at_nothing_creates_nothing(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'maillage.sqlite'}")
    assert schema_state(database) is SchemaState.FRESH
    assert list(tmp_path.iterdir()) == []


def test_a_fresh_database_is_made_current(unmade: Database) -> None:
    migrate(unmade)
    assert schema_state(unmade) is SchemaState.CURRENT


def test_a_fresh_directory_is_made_with_its_folder(tmp_path: Path, clock: FixedClock) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'a' / 'b' / 'maillage.sqlite'}")
    assert upgrade(database, backups=tmp_path / "sauvegardes", now=clock.now()) is None
    assert schema_state(database) is SchemaState.CURRENT
    assert upgrade(database, backups=tmp_path / "sauvegardes", now=clock.now()) is None
    database.close()


def test_a_newer_database_is_refused_untouched(database: Database, tmp_path: Path, clock: FixedClock) -> None:
    stamp(database, "9999")
    with pytest.raises(SchemaTooNew, match="plus récente"):
        migrate(database)
    with pytest.raises(SchemaTooNew):
        require_current(database)
    with pytest.raises(SchemaTooNew):
        upgrade(database, backups=tmp_path, now=clock.now())
    assert schema_state(database) is SchemaState.NEWER


def stamp(database: Database, version: str) -> None:
    with database.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = :version"), {"version": version})


def test_rows_that_disagree_stop_a_migration(sqlite_shelf: FileShelf) -> None:
    database = sqlite_shelf.lend()
    with pytest.raises(RuntimeError, match="do not agree"), database.changing_tables() as connection:
        connection.exec_driver_sql("INSERT INTO change_values VALUES (99, '{}')")
    with database.reading() as session:
        assert session.execute(text("SELECT count(*) FROM change_values")).scalar() == 0
    sqlite_shelf.take_back(database)


def test_foreign_keys_are_on_again_after_a_migration(database: Database) -> None:
    migrate(database)
    with database.reading() as session:
        if database.is_sqlite:
            assert session.execute(text("PRAGMA foreign_keys")).scalar() == 1


@pytest.mark.parametrize("version", EARLIER)
def test_a_directory_of_any_earlier_step_is_brought_up(
    unmade: Database, tmp_path: Path, clock: FixedClock, version: str
) -> None:
    migrate(unmade, to=version)
    with unmade.writing() as session:
        act = Act(by=SYSTEM, at=clock.now())
        record_change(session, subject=Subject("service", "1"), verb="create", fields={"t": (None, 1)}, act=act)
    with pytest.raises(Refused, match="maillage init"):
        require_current(unmade)
    backup = upgrade(unmade, backups=tmp_path / "sauvegardes", now=clock.now())
    assert (schema_state(unmade), backup is not None) == (SchemaState.CURRENT, unmade.is_sqlite)
    with unmade.reading() as session:
        assert verify_chain(session) is None
    if backup:
        restored = open_database(f"sqlite:///{tmp_path / 'autre' / 'maillage.sqlite'}")
        restore(restored, backup, replace=False, now=clock.now())
        assert schema_state(restored) is SchemaState.CURRENT
        restored.close()


@pytest.mark.parametrize("release", [path.stem for path in RELEASES] or [None])
def test_a_directory_of_each_release_is_brought_up(release: str | None, tmp_path: Path, clock: FixedClock) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'maillage.sqlite'}")
    restore(database, stored(release, tmp_path, clock), replace=False, now=clock.now())
    with database.reading() as session:
        assert verify_chain(session) is None
    assert schema_state(database) is SchemaState.CURRENT
    database.close()


def stored(release: str | None, folder: Path, clock: FixedClock) -> Path:
    """Find the stored backup of a release; before the first one, make one of the first step."""
    if release:
        return next(path for path in RELEASES if path.stem == release)
    first = open_database(f"sqlite:///{folder / 'premier.sqlite'}")
    migrate(first, to=known_versions()[0])
    back_up(first, folder / "premier.zip", now=clock.now())
    first.close()
    return folder / "premier.zip"
