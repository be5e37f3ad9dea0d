"""Open this installation: from its settings to what every command of the house is given."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

import click
from portal.directory.content import CONTENTS
from portal.directory.jobs import RECURRING_JOBS

from config import Settings
from portal.core.clock import SystemClock
from portal.core.command import Room
from portal.core.database import open_database
from portal.core.jobs import JobKinds

TERRITORY_FILE = "territoire.toml"
"""Where `maillage init` keeps the territory it was given, in the data directory."""
_KEY_FILE = "cle-secrete"


@dataclass(frozen=True, kw_only=True)
class Installation(Room):
    """A room with its settings: what the commands of the root itself are given."""

    settings: Settings


pass_installation = click.make_pass_decorator(Installation)
"""Give a command of the root the `Installation` as its first argument."""


def open_installation(settings: Settings) -> Installation:
    """Put together what the commands are given; nothing is read or written yet."""
    return Installation(
        settings=settings,
        data_dir=settings.data_dir,
        database=open_database(settings.database_url),
        clock=SystemClock(settings.time_zone),
        territory=territory_file(settings),
        contents=CONTENTS,
        jobs=JobKinds(recurring=RECURRING_JOBS),
    )


def territory_file(settings: Settings) -> Path | None:
    """Find the file of the installed territory; None when every commune of France is accepted."""
    if settings.territory:
        return Path(settings.territory).expanduser()
    kept = settings.data_dir / TERRITORY_FILE
    return kept if kept.is_file() else None


def secret_key(settings: Settings) -> str:
    """Give the key of the settings, or the one of the data directory, made the first time."""
    if settings.secret_key:
        return settings.secret_key
    file = settings.data_dir / _KEY_FILE
    try:
        with os.fdopen(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="ascii") as written:
            written.write(secrets.token_hex(32))
    except FileExistsError:
        pass
    return file.read_text(encoding="ascii")
