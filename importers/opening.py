"""Open this installation: from its settings to what every command of the house is given."""

import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import available_timezones

import click

from config import Settings
from portal.core.clock import SystemClock
from portal.core.command import Room
from portal.core.database import open_database
from portal.core.errors import Invalid
from portal.core.jobs import JobKinds
from portal.core.toml import read_toml
from portal.directory import jobs as directory_jobs
from portal.directory.content import CONTENTS
from portal.geography.territories import read_territory
from portal.geography.territory import Territory
from portal.intake import jobs as intake_jobs
from portal.statistics import jobs as statistics_jobs

TERRITORY_FILE = "territoire.toml"
"""Where `maillage init` keeps the territory it was given, in the data directory."""
LISTS_FILE = "listes.toml"
"""Where the maps of the territory's own spreadsheets are kept, in the data directory."""
SOURCES_FILE = "sources.toml"
"""Where a person writes the addresses of the lists, in the data directory."""
VISITS_FILE = "visites.json"
"""Where it is remembered what each address gave last, in the data directory."""
REFERENCE_DAY_FILE = "jour-de-demonstration"
"""Where the day that the demonstration counts from is kept, in the data directory."""
_KEY_FILE = "cle-secrete"
_COMPANIONS = (TERRITORY_FILE, REFERENCE_DAY_FILE, LISTS_FILE, SOURCES_FILE, VISITS_FILE)


@dataclass(frozen=True, kw_only=True)
class Installation(Room):
    """A room with its settings: what the commands of the root itself are given."""

    settings: Settings


pass_installation = click.make_pass_decorator(Installation)
"""Give a command of the root the `Installation` as its first argument."""


def open_installation(settings: Settings) -> Installation:
    """Put together what the commands are given; nothing is written yet."""
    territory = territory_file(settings)
    return Installation(
        settings=settings,
        data_dir=settings.data_dir,
        database=open_database(settings.database_url),
        clock=SystemClock(settings.time_zone or _zone_of(territory)),
        territory=territory,
        contents=CONTENTS,
        companions=tuple(settings.data_dir / name for name in _COMPANIONS),
        search_engine=settings.search_engine,
        base_url=settings.base_url,
        jobs=JobKinds(
            jobs=(*directory_jobs.JOBS, *intake_jobs.JOBS, *statistics_jobs.JOBS),
            recurring=(
                *directory_jobs.RECURRING_JOBS,
                *intake_jobs.RECURRING_JOBS,
                *statistics_jobs.RECURRING_JOBS,
            ),
        ),
    )


def territory_file(settings: Settings) -> Path | None:
    """Find the file of the installed territory; None when every commune of France is accepted."""
    if settings.territory:
        return Path(settings.territory).expanduser()
    kept = settings.data_dir / TERRITORY_FILE
    return kept if kept.is_file() else None


def installed_territory(here: Installation) -> Territory | None:
    """Read the installed territory; None when every commune of France is accepted."""
    return None if here.territory is None else required_territory(here.territory)


def required_territory(where: Path | str) -> Territory:
    """Read a territory, or say what to mend in its file."""
    territory, problems = read_territory(where)
    if territory is None:
        raise Invalid("\n".join(problem.text for problem in problems))
    return territory


def _zone_of(territory: Path | None) -> str:
    """Read the time zone alone: every command needs it, few need the whole territory."""
    try:
        table, _ = read_toml(territory.read_bytes(), file=territory.name) if territory else (None, ())
    except OSError:
        # Whoever needs the territory itself will say what is wrong with its file.
        table = None
    zone = (table or {}).get("time_zone")
    return zone if isinstance(zone, str) and zone in available_timezones() else "Europe/Paris"


def secret_key(settings: Settings) -> str:
    """Give the key of the settings, or the one of the data directory, made the first time."""
    if settings.secret_key:
        return settings.secret_key
    file = settings.data_dir / _KEY_FILE
    if not file.exists():
        # Written whole under a name of its own: of two programs that begin together, neither reads half a key.
        draft = file.with_name(f"{_KEY_FILE}.{secrets.token_hex(4)}")
        with os.fdopen(os.open(draft, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "w", encoding="ascii") as written:
            written.write(secrets.token_hex(32))
        with suppress(FileExistsError):
            file.hardlink_to(draft)
        draft.unlink()
    return file.read_text(encoding="ascii")
