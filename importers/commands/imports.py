"""`maillage import`: bring the lists at a path into the directory, each as a run of its own."""

import json
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO, TypeAlias

import click

from importers.commands.lists import code_of, opened_lists, reference, scope_of, source_argument
from importers.commands.own_lists import keep_lists, list_option, map_option, new_list_lines, wish_of
from importers.opening import Installation, pass_installation
from importers.pipeline.declaration import OpenedList, Reference
from importers.pipeline.imports import import_list, report_of_unreadable
from importers.pipeline.lists import BrokenOff
from importers.pipeline.outcomes import Outcome, report_of_all, worst
from importers.pipeline.words import report_lines
from importers.reading import Unreadable
from importers.sources import SOURCES
from importers.sources.own import OWN
from importers.sources.wishes import Wish
from portal.core.command import ExitCode
from portal.core.errors import Conflict, MaillageError
from portal.core.locks import file_lock
from portal.core.problems import Problem
from portal.core.schema import require_current
from portal.intake.rules.declarations import RunOptions

_OUR_FAULT = Problem("faute-interne", "Une faute de notre part a tout arrêté ; rien n’est écrit à moitié.")


Tell: TypeAlias = Callable[[str], object]
"""Says a sentence to whoever asked, or to nobody."""


class AlreadyImporting(Conflict):
    """Refuse a second import of one source while the first is running."""

    def __init__(self) -> None:
        super().__init__("Un import de cette source est en cours : attendez qu’il finisse, puis recommencez.")


@dataclass(frozen=True, kw_only=True)
class Order:
    """What is to be imported, and how."""

    name: str
    where: str
    is_dry: bool = False
    accepts_loss: bool = False
    map_file: Path | None = None
    list_name: str = ""
    leaves_openings: bool = False
    """Whether who asks refreshes the openings afterwards."""

    def unread(self, problem: Problem, code: ExitCode) -> Outcome:
        """Tell the outcome of a file nothing was read of."""
        return Outcome(report_of_unreadable(SOURCES[self.name][0], problem), code)


@click.command("import")
@source_argument
@click.argument("where", metavar="CHEMIN|URL")
@click.option("--dry-run", "is_dry", is_flag=True, help="Dire ce que ferait l’import, sans rien écrire.")
@click.option(
    "--report",
    "report_file",
    metavar="FICHIER",
    type=click.File("w", encoding="utf-8", lazy=False),
    help="Écrire le rapport en JSON, quelle que soit l’issue.",
)
@click.option(
    "--accept-loss", "accepts_loss", is_flag=True, help="Accepter que la source ait perdu beaucoup de fiches."
)
@map_option
@list_option
@pass_installation
def import_(  # noqa: PLR0913 - click gives every option by its name
    here: Installation,
    *,
    name: str,
    where: str,
    is_dry: bool,
    report_file: TextIO | None,
    accepts_loss: bool,
    map_file: Path | None,
    list_name: str,
) -> None:
    """Faire entrer une liste dans l’annuaire.

    CHEMIN est un fichier, un zip ou un dossier ; une adresse http ou https est téléchargée d’abord. Le même fichier
    deux fois ne change rien. Les lignes qui ne peuvent entrer sont comptées et expliquées. Plusieurs listes d’un zip ou
    d’un dossier entrent l’une après l’autre, la plus ancienne d’abord.
    """
    order = Order(
        name=name, where=where, is_dry=is_dry, accepts_loss=accepts_loss, map_file=map_file, list_name=list_name
    )
    outcomes = [order.unread(_OUR_FAULT, ExitCode.FAULT)]
    try:
        outcomes = import_all(here, order)
    except MaillageError as error:
        outcomes = [order.unread(Problem("import-arrete", error.sentence), ExitCode.FAULT)]
        raise
    finally:
        if report_file is not None:
            json.dump(report_of_all(outcomes), report_file, ensure_ascii=False, indent=2)
            report_file.write("\n")
    if order.is_dry:
        click.echo("Essai à blanc : rien n’est écrit.")
    _tell(outcomes)
    raise click.exceptions.Exit(worst(outcomes))


def import_all(here: Installation, order: Order, *, tell: Tell = click.echo) -> list[Outcome]:
    """Import under the lock of the source; a file that cannot be read gives a report too."""
    require_current(here.database)
    wish = wish_of(here, order.name, map_file=order.map_file, name=order.list_name, where=order.where)
    with (
        lock_of(here, order.name) as is_alone,
        opened_lists(here, order.name, order.where, wish) as lists,
    ):
        if not is_alone:
            raise AlreadyImporting
        if isinstance(lists, Unreadable):
            return [order.unread(lists.problem, code_of(lists))]
        options = RunOptions(
            dry_run=order.is_dry,
            accepts_loss=order.accepts_loss,
            scope=scope_of(here),
            leaves_openings=order.leaves_openings,
        )
        return import_opened(here, lists, wish, options, tell=tell)


def lock_of(here: Installation, name: str) -> AbstractContextManager[bool]:
    """Hold the lock of a source, if nobody else does: two imports of one source never run at once."""
    return file_lock(here.data_dir / f"import-{name}.lock")


def import_opened(
    here: Installation, lists: tuple[OpenedList, ...], wish: Wish, options: RunOptions, *, tell: Tell = click.echo
) -> list[Outcome]:
    """Make one run of each list, the oldest first; the columns of a spreadsheet that came in are remembered."""
    known = reference(here)
    for words in new_list_lines(lists, wish):
        tell(words)
    outcomes = [_imported(here, opened, known, options) for opened in lists]
    if lists[0].source.name in OWN and not options.dry_run:
        both = zip(lists, outcomes, strict=True)
        keep_lists(here, [opened for opened, outcome in both if outcome.is_worth_remembering], wish)
    return outcomes


def _imported(here: Installation, opened: OpenedList, known: Reference, options: RunOptions) -> Outcome:
    try:
        report = import_list(here.database, here.clock, opened, known, options=options)
    except BrokenOff as broken:
        return Outcome(report_of_unreadable(opened.source, broken.problem), ExitCode.UNREADABLE, opened.name)
    return Outcome(report, report.exit_code, opened.name)


def _tell(outcomes: Iterable[Outcome]) -> None:
    told = list(outcomes)
    for outcome in told:
        is_trouble = outcome.code in (ExitCode.USAGE, ExitCode.REFUSED, ExitCode.UNREADABLE)
        if len(told) > 1:
            click.echo(f"{outcome.name} ({outcome.report.feed})", err=is_trouble)
        for line in report_lines(outcome.report):
            click.echo(line, err=is_trouble)
