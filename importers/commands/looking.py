"""`maillage check` and `explain`: what is understood of a list, and the way of one line. Nothing is written."""

from collections import Counter
from collections.abc import Collection
from dataclasses import replace
from itertools import islice
from pathlib import Path
from shlex import quote

import click

from importers.commands.deploying import Level, findings
from importers.commands.lists import code_of, opened_lists, reference, scope_of, source_argument, where_argument
from importers.commands.outside import TheWeb
from importers.commands.own_lists import list_option, map_option, wish_of
from importers.opening import Installation, pass_installation
from importers.pipeline.declaration import OpenedList
from importers.pipeline.imports import fate_of, import_list
from importers.pipeline.lists import passages, submissions
from importers.pipeline.passages import Passage
from importers.pipeline.words import (
    FATE_OF_ONE,
    passage_lines,
    reading_lines,
    reason_lines,
    report_lines,
    told_reasons,
    verdict_line,
)
from importers.reading import Refusal, Unreadable
from importers.sources.wishes import Wish
from portal.core.command import ExitCode, stop
from portal.core.schema import SchemaState, require_current, schema_state
from portal.intake.record import Submission, Verdict
from portal.intake.report import Fate, Reason
from portal.intake.rules.declarations import RunOptions
from portal.intake.rules.scope import outside_scope

_QUIET = "maillage.quiet"
_FATES = {
    Verdict.QUARANTINED: Fate.QUARANTINED,
    Verdict.REFUSED: Fate.REFUSED,
    Verdict.SKIPPED: Fate.SKIPPED,
}


def _check_deployment(context: click.Context, _option: click.Parameter, is_wanted: bool) -> None:  # noqa: FBT001 - click's own signature
    """Say what is unsafe or missing, and leave: 0 when nothing is, 4 otherwise, 5 when something cannot be read."""
    if not is_wanted or context.resilient_parsing:
        return
    found = list(findings(context.ensure_object(Installation), TheWeb()))
    faults = [finding for finding in found if finding.level is Level.FAULT]
    is_quiet = context.meta[_QUIET]
    for finding in faults if is_quiet else found:
        click.echo(f"[{finding.level}] {finding.sentence}")
    if faults:
        points = "1 point" if len(faults) == 1 else f"{len(faults)} points"
        stop(f"{points} à corriger avant d’ouvrir le portail au public.", code=max(each.code for each in faults))
    if not is_quiet:
        click.echo("Le portail peut ouvrir.")
    context.exit(ExitCode.DONE)


class _Check(click.Command):
    """Know of --quiet before --deploy does its work, whichever is typed first."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the words of the command."""
        ctx.meta[_QUIET] = "--quiet" in args
        extra = [word for word in args if not word.startswith("-")]
        if "--deploy" in args and extra and not ctx.resilient_parsing:
            words = f"« {' '.join(extra)} » est de trop : --deploy contrôle toute l’installation, pas une liste."
            raise click.UsageError(words, ctx)
        return super().parse_args(ctx, args)


@click.command("check", cls=_Check)
@click.option(
    "--deploy",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_check_deployment,
    help="Dire ce qui manque ou n’est pas sûr avant d’ouvrir le portail au public ; ni SOURCE ni CHEMIN.",
)
@click.option(
    "--quiet",
    is_flag=True,
    expose_value=False,
    help="Avec --deploy, ne dire que ce qui est à corriger : pour une tâche programmée.",
)
@source_argument
@where_argument
@map_option
@list_option
@pass_installation
def check(here: Installation, *, name: str, where: str, map_file: Path | None, list_name: str) -> None:
    """Dire ce qui est compris d’une liste, et ce que ferait l’import de chaque ligne. Rien n’est écrit.

    Encodage, séparateur, colonnes ; puis les lignes qui entreraient, celles qui sont déjà là, et celles qui resteraient
    dehors avec leur raison, comme le dirait « maillage import ».
    """
    wish = wish_of(here, name, map_file=map_file, name=list_name, where=where, only_looks=True)
    with opened_lists(here, name, where, wish) as lists:
        if isinstance(lists, Unreadable):
            stop(lists.problem.text, code=code_of(lists))
        codes = [_checked(here, opened, wish) for opened in lists]
    raise click.exceptions.Exit(max(codes))


def _checked(here: Installation, opened: OpenedList, wish: Wish) -> ExitCode:
    for part in opened.parts:
        for words in reading_lines(part.table.reading, part.header):
            click.echo(words)
        if part.header.remarks:
            name = quote(wish.where or part.name)
            click.echo(
                f"Rien n’entrera avant confirmation : écrivez la carte avec « maillage map {name} > carte.toml »."
            )
    if schema_state(here.database) is not SchemaState.CURRENT:
        # Without a base nobody knows what is there already, nor which communes count here.
        return _only_read(here, opened)
    options = RunOptions(dry_run=True, scope=scope_of(here))
    report = import_list(here.database, here.clock, opened, reference(here), options=options)
    click.echo("Ce que ferait l’import :")
    for words in report_lines(report):
        click.echo(words)
    return report.exit_code


def _only_read(here: Installation, opened: OpenedList) -> ExitCode:
    verdicts: Counter[Verdict] = Counter()
    remarks = []
    scope = scope_of(here)
    for submission in submissions(opened, reference(here)):
        each = _within(submission, scope)
        verdicts[each.verdict] += 1
        remarks += [Reason(each.line, problem, _FATES.get(each.verdict)) for problem in each.problems]
    click.echo(verdict_line(verdicts))
    for words in told_reasons(remarks):
        click.echo(words)
    click.echo("L’annuaire n’est pas encore créé (maillage init) : rien n’est dit de ce que ferait l’import.")
    is_set_aside = verdicts[Verdict.QUARANTINED] + verdicts[Verdict.REFUSED]
    return ExitCode.PROBLEMS if is_set_aside else ExitCode.DONE


def _within(submission: Submission, scope: Collection[str] | None) -> Submission:
    """Skip what the territory leaves out: its file is known before there is any base."""
    record = None if submission.verdict is Verdict.REFUSED else submission.record
    outside = None if record is None else outside_scope(record, scope)
    return submission if outside is None else replace(submission, verdict=Verdict.SKIPPED, problems=(outside,))


@click.command("explain")
@source_argument
@where_argument
@click.option("--line", "number", type=click.IntRange(1), required=True, metavar="N", help="Numéro de la ligne.")
@map_option
@list_option
@pass_installation
def explain(here: Installation, *, name: str, where: str, number: int, map_file: Path | None, list_name: str) -> None:
    """Suivre une ligne d’une liste à travers toutes les étapes, jusqu’à ce qu’elle deviendrait. Rien n’est écrit.

    D’un dossier ou d’un zip qui tient plusieurs listes, chacune montre la sienne.
    """
    require_current(here.database)
    wish = wish_of(here, name, map_file=map_file, name=list_name, where=where, only_looks=True)
    with opened_lists(here, name, where, wish) as lists:
        if isinstance(lists, Unreadable):
            stop(lists.problem.text, code=code_of(lists))
        found = [(opened, each) for opened in lists for each in _lines(here, opened, number)]
        if not found:
            stop(f"Le fichier n’a pas de fiche à la ligne {number} : choisissez-en une autre.", code=ExitCode.USAGE)
        codes = [_explained(here, opened, each) for opened, each in found]
    raise click.exceptions.Exit(max(codes))


def _explained(here: Installation, opened: OpenedList, found: Passage | Refusal) -> ExitCode:
    if isinstance(found, Refusal):
        click.echo(found.problem.text, err=True)
        return ExitCode.PROBLEMS
    for words in passage_lines(found):
        click.echo(words)
    options = RunOptions(scope=scope_of(here), said_on=opened.said_on)
    fate, report = fate_of(here.database, here.clock, opened.source, found, options=options)
    click.echo(f"5. Devenir : {FATE_OF_ONE[fate]}")
    for words in reason_lines((reason.line, reason.problem) for reason in report.all_reasons()):
        click.echo(words)
    return ExitCode.DONE


def _lines(here: Installation, opened: OpenedList, number: int) -> list[Passage | Refusal]:
    """Find the rows that stand at a line: one for each file of the list."""
    every = passages(opened, reference(here))
    there = (each for each in every if number == (each.row.line if isinstance(each, Passage) else each.line))
    return list(islice(there, len(opened.parts)))
