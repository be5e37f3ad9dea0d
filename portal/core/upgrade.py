"""What `maillage init` does to the tables: create them, or back up what is there and bring it up to date."""

from datetime import datetime
from pathlib import Path

from portal.core.backup import back_up
from portal.core.database import Database
from portal.core.schema import SchemaState, SchemaTooNew, migrate, schema_state, schema_version


def upgrade(database: Database, *, backups: Path, now: datetime) -> Path | None:
    """Bring a database to this version and name the backup made first, if one was; a newer one is refused.

    On PostgreSQL the change of tables is one transaction, and backups are the server's own affair.
    """
    state = schema_state(database)
    if state is SchemaState.NEWER:
        raise SchemaTooNew
    if state is SchemaState.CURRENT:
        return None
    if database.file is not None:
        database.file.parent.mkdir(parents=True, exist_ok=True)
    backup = None
    if state is SchemaState.OLDER and database.is_sqlite:
        backup = backups / f"avant-mise-a-jour-{schema_version(database)}-{now:%Y%m%d-%H%M%S}.zip"
        back_up(database, backup, now=now)
    migrate(database)
    return backup
