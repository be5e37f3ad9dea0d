"""What a command of any room is given, how it ends, and how a broken rule becomes a sentence and an exit code."""

import errno
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from getpass import getuser
from pathlib import Path
from typing import Any, NoReturn

import click

from portal.core.clock import Clock
from portal.core.content_hash import Content
from portal.core.database import Database
from portal.core.database_faults import fault_of
from portal.core.errors import MaillageError
from portal.core.jobs import JobKinds


class ExitCode(IntEnum):
    """How a command ended, for scripts and cron."""

    DONE = 0
    FAULT = 1
    USAGE = 2
    PROBLEMS = 3
    REFUSED = 4
    UNREADABLE = 5


@dataclass(frozen=True)
class Room:
    """What this installation is made of; the composition root builds it once per command."""

    data_dir: Path
    database: Database
    clock: Clock
    territory: Path | None = None
    contents: tuple[Content, ...] = ()
    """What the rooms publish, for the content hash."""
    companions: tuple[Path, ...] = ()
    """The files that travel with the backups of the database."""
    search_engine: str = "memoire"
    """Which engine answers searches; the room of the search knows their names."""
    base_url: str = ""
    """The public address of the portal; empty for one that only this machine sees."""
    jobs: JobKinds = field(default_factory=JobKinds)
    """What the rooms do later."""


pass_room = click.make_pass_decorator(Room)
"""Give a command the `Room` as its first argument."""


class Doors(click.Group):
    """A group of commands whose broken rules are said in French and leave with their own exit code."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's own signature
        """Run the command; a known error becomes its sentence."""
        try:
            return super().invoke(ctx)
        except MaillageError as error:
            stop(error.sentence, code=error.exit_code)
        except OSError as error:
            advice = _FILE_TROUBLES.get(error.errno or 0)
            if advice is None:
                raise
            stop(_about_a_file(error, advice), code=ExitCode.REFUSED)
        except Exception as error:
            fault = fault_of(error)
            if fault is None:
                raise
            stop(fault.sentence, code=fault.exit_code)


_FILE_TROUBLES: Mapping[int, str] = {
    errno.EACCES: "vérifiez les droits du compte qui lance la commande",
    errno.EPERM: "vérifiez les droits du compte qui lance la commande",
    errno.EROFS: "ce disque ne se laisse pas écrire ; choisissez un autre dossier",
    errno.ENOSPC: "le disque est plein ; faites de la place",
    errno.EDQUOT: "le disque est plein ; faites de la place",
    errno.EFBIG: "le fichier devient trop grand pour ce disque ; faites de la place",
    errno.ENOENT: "ce dossier ou ce fichier n’existe pas ; vérifiez son chemin",
    errno.ENOTDIR: "un fichier porte le nom d’un de ses dossiers ; choisissez un autre chemin",
    errno.EEXIST: "un fichier porte le nom d’un de ses dossiers ; choisissez un autre chemin",
    errno.EISDIR: "c’est un dossier ; donnez le chemin d’un fichier",
    errno.ENAMETOOLONG: "ce nom est trop long ; choisissez-en un plus court",
}
"""What to do when a file or a folder cannot be used, by the number the machine gives for it."""


def _about_a_file(error: OSError, advice: str) -> str:
    return f"Impossible d’utiliser « {error.filename or 'le disque'} » : {advice}, puis recommencez."


def stop(sentence: str, *, code: int) -> NoReturn:
    """Say a sentence on the error output and end with an exit code."""
    click.echo(sentence, err=True)
    raise click.exceptions.Exit(code)


def who_types(told: str = "") -> str:
    """Name who runs a command: as they say, else by their account, be it behind `sudo`."""
    name = told.strip() or os.environ.get("SUDO_USER", "")
    if name:
        return name
    try:
        return getuser()
    except (KeyError, OSError):
        # A container may run under a number that no account bears.
        return f"compte {os.getuid()}"
