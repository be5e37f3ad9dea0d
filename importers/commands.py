"""The commands that bring lists in: import one, check it, follow one line through it, name the sources."""

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TextIO

import click

from importers.opening import Installation, installed_territory, pass_installation
from importers.pipeline.declaration import Reference, Source
from importers.pipeline.imports import fate_of, import_list, report_of_unreadable
from importers.pipeline.lists import BrokenOff, OpenedList, open_list, passages, submissions
from importers.pipeline.passages import Passage
from importers.pipeline.words import (
    FATE_OF_ONE,
    passage_lines,
    problem_line,
    reading_lines,
    reason_lines,
    report_lines,
    verdict_line,
)
from importers.reading import NotModified, OpenWeb, Refusal, Unreadable, pieces_of, pieces_within
from importers.sources import SOURCES
from portal.core.command import ExitCode, stop
from portal.core.database import Database
from portal.core.errors import Conflict, MaillageError
from portal.core.locks import file_lock
from portal.core.problems import Problem
from portal.core.schema import SchemaState, require_current, schema_state
from portal.geography.lookup import communes
from portal.geography.territory import communes_in_scope
from portal.intake.queries.traces import feed_number, last_file_run
from portal.intake.record import Verdict
from portal.intake.report import Report
from portal.intake.rules.declarations import RunOptions
from portal.vocabulary.loading import load_vocabulary

_OUR_FAULT = Problem("faute-interne", "Une faute de notre part a tout arrêté ; rien n’est écrit à moitié.")
_UNCHANGED_URL = Problem("fichier-inchange", "Ce fichier n’a pas changé depuis la dernière fois.")
_source_argument = click.argument("name", metavar="SOURCE", type=click.Choice(sorted(SOURCES)))
_where_argument = click.argument("where", metavar="CHEMIN")


class AlreadyImporting(Conflict):
    """Refuse a second import of one source while the first is running."""

    def __init__(self) -> None:
        super().__init__("Un import de cette source est en cours : attendez qu’il finisse, puis recommencez.")


@dataclass(frozen=True, kw_only=True)
class _Order:
    """What a person asked to be imported, and how."""

    source: Source
    where: str
    is_dry: bool
    accepts_loss: bool


@click.command("import")
@_source_argument
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
@pass_installation
def import_(
    here: Installation, *, name: str, where: str, is_dry: bool, report_file: TextIO | None, accepts_loss: bool
) -> None:
    """Faire entrer une liste dans l’annuaire.

    CHEMIN est un fichier, un zip ou un dossier ; une adresse http ou https est téléchargée d’abord. Le même fichier
    deux fois ne change rien. Les lignes qui ne peuvent entrer sont comptées et expliquées.
    """
    order = _Order(source=SOURCES[name], where=where, is_dry=is_dry, accepts_loss=accepts_loss)
    report = report_of_unreadable(order.source, _OUR_FAULT)
    code: int = ExitCode.FAULT
    try:
        report, code = _imported(here, order)
    except MaillageError as error:
        report = report_of_unreadable(order.source, Problem("import-arrete", error.sentence))
        raise
    finally:
        if report_file is not None:
            json.dump(report.as_json(), report_file, ensure_ascii=False, indent=2)
            report_file.write("\n")
    if is_dry:
        click.echo("Essai à blanc : rien n’est écrit.")
    for line in report_lines(report):
        click.echo(line, err=code in (ExitCode.REFUSED, ExitCode.UNREADABLE))
    raise click.exceptions.Exit(code)


@click.command("check")
@_source_argument
@_where_argument
@pass_installation
def check(here: Installation, *, name: str, where: str) -> None:
    """Dire ce qui est compris d’une liste : encodage, séparateur, colonnes, lignes, remarques. Rien n’est écrit."""
    source = SOURCES[name]
    with _opened(here, source, where) as opened:
        if isinstance(opened, Unreadable):
            stop(opened.problem.text, code=ExitCode.UNREADABLE)
        for words in reading_lines(opened.table.reading, opened.header):
            click.echo(words)
        verdicts: Counter[Verdict] = Counter()
        remarks: list[tuple[int, Problem]] = []
        for each in submissions(source, opened, _reference()):
            verdicts[each.verdict] += 1
            remarks += [(each.line, problem) for problem in each.problems]
    click.echo(verdict_line(verdicts))
    click.echo(problem_line(Counter(problem.code for _, problem in remarks)))
    for words in reason_lines(remarks):
        click.echo(words)
    is_set_aside = verdicts[Verdict.QUARANTINED] + verdicts[Verdict.REFUSED]
    raise click.exceptions.Exit(ExitCode.PROBLEMS if is_set_aside else ExitCode.DONE)


@click.command("explain")
@_source_argument
@_where_argument
@click.option("--line", "number", type=click.IntRange(1), required=True, metavar="N", help="Numéro de la ligne.")
@pass_installation
def explain(here: Installation, *, name: str, where: str, number: int) -> None:
    """Suivre une ligne d’une liste à travers toutes les étapes, jusqu’à ce qu’elle deviendrait. Rien n’est écrit."""
    source = SOURCES[name]
    require_current(here.database)
    with _opened(here, source, where) as opened:
        if isinstance(opened, Unreadable):
            stop(opened.problem.text, code=ExitCode.UNREADABLE)
        found = _line(source, opened, number)
        if found is None:
            stop(f"Le fichier n’a pas de fiche à la ligne {number} : choisissez-en une autre.", code=ExitCode.USAGE)
        if isinstance(found, Refusal):
            stop(found.problem.text, code=ExitCode.PROBLEMS)
        for words in passage_lines(found):
            click.echo(words)
        options = RunOptions(scope=_scope(here), said_on=opened.said_on)
        fate, report = fate_of(here.database, here.clock, source, found, options=options)
    click.echo(f"5. Devenir : {FATE_OF_ONE[fate]}")
    for words in reason_lines((reason.line, reason.problem) for reason in report.all_reasons()):
        click.echo(words)


@click.command("sources")
@pass_installation
def sources(here: Installation) -> None:
    """Lister les sources : qui les publie, sous quelle licence, et le dernier import."""
    is_ready = schema_state(here.database) is SchemaState.CURRENT
    for name, source in sorted(SOURCES.items()):
        said = source.declaration
        click.echo(f"{name} : {said.title} ({said.owner}, {said.licence})")
        click.echo(f"  {_freshness(here.database, source) if is_ready else 'jamais importée'}")


def _imported(here: Installation, order: _Order) -> tuple[Report, int]:
    """Import under the lock of the source; a file that cannot be read gives a report too."""
    require_current(here.database)
    with (
        file_lock(here.data_dir / f"import-{order.source.name}.lock") as is_alone,
        _opened(here, order.source, order.where) as opened,
    ):
        if not is_alone:
            raise AlreadyImporting
        if isinstance(opened, Unreadable):
            return report_of_unreadable(order.source, opened.problem), ExitCode.UNREADABLE
        options = RunOptions(dry_run=order.is_dry, accepts_loss=order.accepts_loss, scope=_scope(here))
        try:
            report = import_list(here.database, here.clock, order.source, opened, _reference(), options=options)
        except BrokenOff as broken:
            return report_of_unreadable(order.source, broken.problem), ExitCode.UNREADABLE
        return report, report.exit_code


@contextmanager
def _opened(here: Installation, source: Source, where: str) -> Iterator[OpenedList | Unreadable]:
    """Open a list at a path or a URL; what was fetched goes when it was read."""
    if not where.lower().startswith(("http://", "https://")):
        pieces = pieces_of(Path(where))
        yield pieces if isinstance(pieces, Unreadable) else open_list(source, pieces)
        return
    with TemporaryDirectory(prefix="recu-", dir=here.data_dir if here.data_dir.is_dir() else None) as folder:
        answer = OpenWeb(Path(folder)).fetch(where)
        if isinstance(answer, Unreadable | NotModified):
            yield answer if isinstance(answer, Unreadable) else Unreadable(_UNCHANGED_URL)
            return
        pieces = pieces_within(answer.piece)
        yield pieces if isinstance(pieces, Unreadable) else open_list(source, pieces)


def _line(source: Source, opened: OpenedList, number: int) -> Passage | Refusal | None:
    """Find the row that stands at a line."""
    for each in passages(source, opened, _reference()):
        if number == (each.row.line if isinstance(each, Passage) else each.line):
            return each
    return None


def _reference() -> Reference:
    return Reference(communes(), load_vocabulary())


def _scope(here: Installation) -> frozenset[str] | None:
    territory = installed_territory(here)
    return None if territory is None else communes_in_scope(territory, communes().communes)


def _freshness(database: Database, source: Source) -> str:
    with database.reading() as session:
        run = last_file_run(session, feed_number(session, source=source.name, name=source.feed))
        if run is None:
            return "jamais importée"
        return f"importée le {run.at:%d/%m/%Y}, liste du {run.said_on:%d/%m/%Y}, {run.counts['read']} lignes"
