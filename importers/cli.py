"""The composition root of the command line: read the settings, add the commands of every room."""

import builtins
import gettext
import logging
import os
import threading
from collections.abc import Mapping
from importlib import import_module
from keyword import iskeyword

import click

from config import SettingsError, read_settings
from importers.opening import Installation, open_installation
from portal.core.collecting import collecting_rarely
from portal.core.command import Doors, ExitCode, stop
from portal.core.logs import place_of
from portal.directory.events import PersonErased, SheetChanged
from portal.web.shipped import shipped_folder

COMMANDS: Mapping[str, str] = {
    "audience": "portal.statistics.cli",
    "audit": "portal.core.cli",
    "backup": "portal.core.cli",
    "check": "importers.commands.looking",
    "commune": "portal.geography.cli",
    "content-hash": "portal.core.cli",
    "correct": "portal.intake.cli",
    "erase": "portal.intake.cli",
    "explain": "importers.commands.looking",
    "hours": "portal.hours.cli",
    "import": "importers.commands.imports",
    "index": "portal.search.cli",
    "init": "importers.setting_up",
    "jobs": "portal.core.cli",
    "map": "importers.commands.maps",
    "occurrences": "portal.directory.cli",
    "refresh": "importers.commands.refreshing",
    "restore": "portal.core.cli",
    "review": "portal.intake.cli",
    "runs": "portal.intake.cli",
    "search": "portal.search.cli",
    "serve": "importers.serving",
    "sources": "importers.commands.sources",
    "template": "importers.commands.templates",
    "undo": "portal.intake.cli",
    "vocabulary": "portal.vocabulary.cli",
}
"""Every command and the module where it stands, under its own name."""


class LoadedWhenAsked(Doors):
    """Load a command when somebody asks for it: looking a commune up need not wait for the web server."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's own signature
        """Name every command."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - as above
        """Load one command; None when there is none of that name."""
        module = COMMANDS.get(cmd_name)
        if module is None:
            return None
        name = cmd_name.replace("-", "_") + ("_" if iskeyword(cmd_name) or hasattr(builtins, cmd_name) else "")
        command: click.Command = getattr(import_module(module), name)
        return command


_OTHERS = 0o027
"""What is taken from accounts that are not ours: all from strangers, writing from our group."""


@click.group(
    name="maillage",
    cls=LoadedWhenAsked,
    context_settings={"help_option_names": ["-h", "--help"]},
    subcommand_metavar="COMMANDE [ARGUMENTS]…",
)
@click.version_option(package_name="maillage", message="Maillage %(version)s", help="Montrer la version.")
@click.pass_context
def cli(context: click.Context) -> None:
    """Maillage, le portail des services à la population d’un territoire."""
    changed, erased = threading.Event(), threading.Event()
    try:
        here = open_installation(read_settings())
    except SettingsError as error:
        stop(str(error), code=ExitCode.USAGE)
    context.obj = here
    context.call_on_close(here.database.close)
    here.database.subscribe(SheetChanged, lambda _: changed.set())
    here.database.subscribe(PersonErased, lambda _: erased.set())
    # Last in, first out: the index follows while the database is still open.
    context.call_on_close(lambda: _tend_index(here, is_changed=changed.is_set(), is_erased=erased.is_set()))


def _tend_index(here: Installation, *, is_changed: bool, is_erased: bool) -> None:
    """Have the index follow what the command did; one that changed nothing does not even load it."""
    if is_changed or is_erased:
        following = import_module("portal.search.following")
        with collecting_rarely():
            (following.start_over if is_erased else following.follow)(here)


def main() -> None:
    """Run the command line: in French, and with one sentence when the fault is ours."""
    # Whatever is written, a base put back as well as a new one, is closed to the other accounts of the machine.
    os.umask(os.umask(_OTHERS) | _OTHERS)
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    _speak_french()
    try:
        cli(prog_name="maillage")
    except ModuleNotFoundError as error:
        click.echo(
            f"L’installation n’est pas complète : il manque « {error.name} ». Supprimez le dossier .venv, puis "
            "relancez script/setup.",
            err=True,
        )
        raise SystemExit(ExitCode.FAULT) from error
    except Exception as error:
        click.echo(f"Une faute de notre part a tout arrêté ; rien n’est écrit à moitié. ({place_of(error)})", err=True)
        raise SystemExit(ExitCode.FAULT) from error


def _speak_french() -> None:
    """Have the library of the command line say its own sentences in French, whatever the machine speaks."""
    os.environ["LANGUAGE"] = "fr"
    gettext.bindtextdomain("click", str(shipped_folder("translations")))
    gettext.textdomain("click")
