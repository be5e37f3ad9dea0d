"""The shape of the database: which step of its story it stands at, and how it gets to the last one."""

import re
from enum import StrEnum
from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from portal.core.database import Database
from portal.core.errors import Refused


class SchemaState(StrEnum):
    """How a database compares with this version of the portal."""

    FRESH = "fresh"
    CURRENT = "current"
    OLDER = "older"
    NEWER = "newer"


class SchemaTooNew(Refused):
    """Refuse a database written by a later version."""

    def __init__(self) -> None:
        super().__init__(
            "Cette base a été écrite par une version plus récente de Maillage : rien n’a été modifié. "
            "Installez la version la plus récente, puis recommencez."
        )


class NotPrepared(Refused):
    """Refuse to work on a database that does not have its tables yet, or not all of them."""

    def __init__(self, state: SchemaState) -> None:
        older = state is SchemaState.OLDER
        super().__init__(
            "La base vient d’une version précédente de Maillage. Mettez-la à jour (une sauvegarde est faite d’abord) "
            "avec : maillage init"
            if older
            else "La base n’est pas encore créée. Créez-la avec : maillage init"
        )


def is_current(database: Database) -> bool:
    """Tell whether the tables are those this version of the portal knows."""
    return schema_state(database) is SchemaState.CURRENT


def require_current(database: Database) -> None:
    """Refuse a database whose tables are not those of this version, with what to do."""
    state = schema_state(database)
    if state is SchemaState.NEWER:
        raise SchemaTooNew
    if state is not SchemaState.CURRENT:
        raise NotPrepared(state)


def schema_state(database: Database) -> SchemaState:
    """Compare a database with the tables this version knows."""
    return state_of(schema_version(database))


def schema_version(database: Database) -> str | None:
    """Tell the number of the last migration a database went through; None when it is empty."""
    if database.file is not None and not database.file.exists():
        # Looking must not create an empty file.
        return None
    with database.reading() as session:
        return MigrationContext.configure(session.connection()).get_current_revision()


def state_of(version: str | None) -> SchemaState:
    """Compare a migration number with those this version knows."""
    known = known_versions()
    if version is None:
        return SchemaState.FRESH
    if version not in known:
        return SchemaState.NEWER
    return SchemaState.CURRENT if version == known[-1] else SchemaState.OLDER


@cache
def known_versions() -> tuple[str, ...]:
    """List the migrations of this version, the first one first; their files are read once per process."""
    return tuple(reversed([step.revision for step in ScriptDirectory.from_config(_config()).walk_revisions()]))


def migrate(database: Database, *, to: str = "head") -> None:
    """Bring a database up to this version, whole or not at all; a newer one is refused."""
    with database.changing_tables() as connection:
        version = MigrationContext.configure(connection).get_current_revision()
        if state_of(version) is SchemaState.NEWER:
            raise SchemaTooNew
        command.upgrade(_config(connection), to)


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    # The folder is found beside this file, so that a wheel works as a checkout does.
    config.set_main_option("script_location", re.sub("%", "%%", str(Path(__file__).with_name("migrations"))))
    config.attributes["connection"] = connection
    return config
