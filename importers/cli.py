"""The composition root of the command line: read the settings, add the commands of every room."""

import gettext
import logging
import os

import click

from config import SettingsError, read_settings
from importers.opening import open_installation
from importers.serving import serve
from importers.setting_up import init
from portal.core.cli import audit, backup, content_hash, jobs, restore
from portal.core.command import Doors, ExitCode, stop
from portal.core.logs import place_of
from portal.directory.cli import erase, occurrences
from portal.geography.cli import commune
from portal.hours.cli import hours
from portal.vocabulary.cli import vocabulary
from portal.web.shipped import shipped_folder


@click.group(
    name="maillage",
    cls=Doors,
    context_settings={"help_option_names": ["-h", "--help"]},
    subcommand_metavar="COMMANDE [ARGUMENTS]…",
)
@click.version_option(package_name="maillage", message="Maillage %(version)s", help="Montrer la version.")
@click.pass_context
def cli(context: click.Context) -> None:
    """Maillage, le portail des services à la population d’un territoire."""
    try:
        here = open_installation(read_settings())
    except SettingsError as error:
        stop(str(error), code=ExitCode.USAGE)
    context.obj = here
    context.call_on_close(here.database.close)


for command in (
    init,
    serve,
    commune,
    hours,
    vocabulary,
    occurrences,
    jobs,
    audit,
    content_hash,
    backup,
    restore,
    erase,
):
    cli.add_command(command)


def main() -> None:
    """Run the command line: in French, and with one sentence when the fault is ours."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    _speak_french()
    try:
        cli(prog_name="maillage")
    except Exception as error:
        click.echo(f"Une faute de notre part a tout arrêté ; rien n’est écrit à moitié. ({place_of(error)})", err=True)
        raise SystemExit(ExitCode.FAULT) from error


def _speak_french() -> None:
    """Have the library of the command line say its own sentences in French, whatever the machine speaks."""
    os.environ["LANGUAGE"] = "fr"
    gettext.bindtextdomain("click", str(shipped_folder("translations")))
    gettext.textdomain("click")
