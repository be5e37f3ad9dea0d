"""The intake's commands: runs and their undoing, corrections, the queue of questions, the erasure of a person."""

import sys
from collections.abc import Callable
from typing import Any

import click

from portal.core.backup import former_copies
from portal.core.changes import SYSTEM, Act, Actor
from portal.core.command import ExitCode, Room, pass_room, stop, who_types
from portal.core.errors import Invalid
from portal.core.events import publish
from portal.core.models import ActorKind
from portal.core.person_names import PersonName
from portal.core.schema import require_current
from portal.directory.events import PersonErased
from portal.directory.operations.erasing import erase_beside, erase_person, sheets_naming
from portal.intake.documents import correction_lines, question_lines, run_line, undone_words
from portal.intake.models.decisions import ReviewItem, ReviewState
from portal.intake.operations.asking import ask_bodies
from portal.intake.operations.correcting import record_correction, shown_of, target_of
from portal.intake.operations.erasing import erase_from_intake
from portal.intake.operations.reviewing import accept, refuse, take_back
from portal.intake.operations.undoing import undo_run
from portal.intake.queries.reports import reports_behind
from portal.intake.queries.reviews import (
    origins_of,
    review_item,
    review_items,
    run_numbered,
    runs_with_feeds,
    service_numbered,
)
from portal.intake.rules.typed import read_one_contact, read_typed, split_contact

_REASON = click.option("--reason", required=True, metavar="TEXTE", help="Pourquoi : gardé avec la décision.")
_BY = click.option(
    "--by", metavar="NOM", default="", help="Qui décide ; sinon le compte qui lance la commande, même par sudo."
)
_NUMBER = click.argument("number", metavar="NUMÉRO", type=int)


@click.command("runs")
@click.option("--limit", default=20, show_default=True, metavar="N", help="Nombre d’imports à montrer.")
@pass_room
def runs(room: Room, *, limit: int) -> None:
    """Montrer les derniers imports et ce qu’ils ont fait."""
    require_current(room.database)
    with room.database.reading() as session:
        lines = [run_line(run, feed, zone=room.clock.zone) for run, feed in runs_with_feeds(session, limit)]
    click.echo("\n".join(lines) or "Aucun import n’a encore été fait.")


@click.command("undo")
@click.argument("run", metavar="IMPORT", type=int)
@click.option("--reason", default="", metavar="TEXTE", help="Pourquoi : gardé dans le journal.")
@_BY
@pass_room
def undo(room: Room, run: int, *, reason: str, by: str) -> None:
    """Défaire un import ; les fiches modifiées depuis sont nommées et laissées."""
    require_current(room.database)
    with room.database.writing() as session:
        undone = undo_run(session, run=run_numbered(session, run), act=_act(room, reason or f"Import {run} défait", by))
    click.echo(f"Import {run} défait : {undone_words(undone)}.")
    if undone.left:
        listed = ", ".join(undone.left)
        stop(f"Laissées telles quelles, car modifiées depuis : {listed}", code=ExitCode.PROBLEMS)


@click.command("correct")
@click.argument("service", metavar="SERVICE")
@click.argument("field", metavar="CHAMP")
@click.argument("value", metavar="VALEUR")
@_REASON
@_BY
@pass_room
def correct(room: Room, service: str, field: str, value: str, *, reason: str, by: str) -> None:
    """Corriger un champ d’un service ; la correction survit aux imports suivants.

    SERVICE est la fin de son adresse, CHAMP par exemple title, structure.name, place.address ou access.opening. Les
    listes se séparent par des points-virgules. « contacts » remplace tous les contacts ; « contacts.telephone »,
    « contacts.courriel » ou « contacts.site » n’en change qu’un, et le retire si VALEUR est vide.
    """
    require_current(room.database)
    with room.database.writing() as session:
        name, kind = split_contact(field)
        target = target_of(session, service=service_numbered(session, service), name=name)
        shown = shown_of(session, target)
        if kind:
            read, problems = read_one_contact(kind, value, shown)
        else:
            read, problems = read_typed(target.part, target.field, value)
        for problem in problems:
            raise Invalid(problem.text)
        act = _act(room, reason, by)
        lines = correction_lines(record_correction(session, target=target, value=read, act=act), before=shown)
        if target.field == "siret" and ask_bodies(session, run=None, at=act.at):
            lines.append("  Une autre structure porte ce SIRET : n’en font-elles qu’une ? Voyez maillage review list.")
    click.echo("\n".join(lines))


@click.group("review")
def review() -> None:
    """Trancher ce que le portail ne décide pas seul : doublons, contradictions, quarantaine, erreurs signalées."""


@review.command("list")
@click.option("--all", "everything", is_flag=True, help="Montrer aussi les questions déjà tranchées.")
@pass_room
def review_list(room: Room, *, everything: bool) -> None:
    """Montrer les questions et ce qui parle pour elles."""
    require_current(room.database)
    with room.database.reading() as session:
        items = review_items(session, None if everything else ReviewState.OPEN)
        reports = reports_behind(session, items)
        origins = origins_of(session, items)
        lines = [
            line for item in items for line in question_lines(item, reports.get(item.key), origins.get(item.id, ""))
        ]
    click.echo("\n".join(lines) or "Rien n’attend de réponse.")


@review.command("accept")
@_NUMBER
@_REASON
@_BY
@pass_room
def review_accept(room: Room, number: int, *, reason: str, by: str) -> None:
    """Répondre oui : fusionner, croire la source, laisser entrer la fiche.

    Une erreur signalée est alors close : corrigez la fiche avec « maillage correct ».
    """
    _answer(room, number, accept, _act(room, reason, by))
    click.echo(f"Question {number} : oui, c’est fait.")


@review.command("refuse")
@_NUMBER
@_REASON
@_BY
@pass_room
def review_refuse(room: Room, number: int, *, reason: str, by: str) -> None:
    """Répondre non : garder deux fiches, la correction, ou la fiche dehors."""
    _answer(room, number, refuse, _act(room, reason, by))
    click.echo(f"Question {number} : non, c’est noté.")


@review.command("undo")
@_NUMBER
@_REASON
@_BY
@pass_room
def review_undo(room: Room, number: int, *, reason: str, by: str) -> None:
    """Reprendre une réponse : ce qu’elle a fait est défait, la question est de nouveau ouverte."""
    _answer(room, number, take_back, _act(room, reason, by))
    click.echo(f"Question {number} : la réponse est reprise.")


@click.command("erase")
@click.option(
    "--name",
    metavar="NOM",
    default=lambda: _asked("--name", "Nom de la personne"),
    help="Nom à effacer ; demandé s’il manque, sur un terminal.",
)
@click.option(
    "--reason",
    metavar="RAISON",
    default=lambda: _asked("--reason", "Raison"),
    help="Pourquoi : la demande, sa date ; jamais le nom. Demandé de même.",
)
@click.option("--yes", "is_sure", is_flag=True, help="Ne pas demander de confirmation.")
@pass_room
def erase(room: Room, *, name: str, reason: str, is_sure: bool) -> None:
    """Effacer une personne de tout ce que la base garde : contacts, journal, lignes reçues, corrections, questions.

    Le nom part quel que soit l’ordre de ses mots, leurs accents et leurs capitales, avec les adresses électroniques
    qui en sont faites, les anciennes adresses de fiches et les traductions ; le journal reste vérifiable. Une ligne
    reçue ou un message de visiteur qui le contient est effacé entier. Un nom d’un seul mot n’est effacé que là où
    il est seul. Les textes que le public lit ne sont pas récrits : la commande dit lesquels nomment encore la
    personne. L’effacement ne se défait pas. L’index de recherche est refait. Les sauvegardes faites avant et les
    bases mises de côté contiennent encore le nom : la commande nomme celles qu’elle connaît ; supprimez-les, ou
    refaites l’effacement après les avoir remises en place. La source qui le donne le redonnera si elle change la
    fiche : demandez-lui aussi de l’effacer.
    """
    require_current(room.database)
    question = "L’effacement ne se défait pas. Effacer cette personne ?"
    if not is_sure and _asked("--yes", question, type=click.Choice(["oui", "non"])) == "non":
        click.echo("Rien n’a été effacé.")
        return
    person = PersonName.of(name)
    if person.is_in(reason):
        raise Invalid("La raison reste dans le journal : dites-la sans le nom de la personne.")
    with room.database.writing() as session:
        found = erase_person(session, name=person, act=Act(by=SYSTEM, at=room.clock.now(), reason=reason))
        beside = erase_beside(session, name=person)
        found += erase_from_intake(session, name=person) + beside.n_slugs + beside.n_translations
        left = sheets_naming(session, name=person)
        publish(session, PersonErased())
    room.database.fold_log()
    copies = former_copies(room.database, room.data_dir)
    if copies:
        listed = "\n".join(f"  {copy}" for copy in copies)
        click.echo(f"Ces copies d’avant ne sont pas touchées et la nomment peut-être : supprimez-les.\n{listed}")
    if not (found or left):
        click.echo("Ce nom n’a été trouvé nulle part : vérifiez son écriture, telle qu’elle est sur la fiche.")
        return
    click.echo(f"Personne effacée, à {found} endroits." if found > 1 else "Personne effacée, à un endroit.")
    if beside.n_slugs:
        click.echo(f"Anciennes adresses de fiches qui la nommaient, effacées : {beside.n_slugs}.")
    if beside.n_translations:
        click.echo(f"Traductions qui la nommaient, à relire : {beside.n_translations}.")
    if left:
        listed = ", ".join(left)
        stop(f"Ces textes publics la nomment encore, récrivez-les puis recommencez : {listed}", code=ExitCode.PROBLEMS)


def _asked(option: str, question: str, **how: Any) -> str:  # noqa: ANN401 - what click's own prompt takes
    """Ask who types; where nobody can answer, name the option that does."""
    try:
        answer: str = click.prompt(question, **how)
    except click.Abort:
        if sys.stdin.isatty():
            raise
        click.echo(err=True)
        stop(f"Rien n’a été effacé : personne n’a répondu ici. Ajoutez {option} à la commande.", code=ExitCode.USAGE)
    return answer


def _answer(room: Room, number: int, how: Callable[..., None], act: Act) -> None:
    require_current(room.database)
    with room.database.writing() as session:
        item: ReviewItem = review_item(session, number)
        how(session, item=item, act=act)


def _act(room: Room, reason: str, by: str) -> Act:
    return Act(by=Actor(kind=ActorKind.PERSON, name=who_types(by)), at=room.clock.now(), reason=reason)


COMMANDS = (runs, undo, correct, review, erase)
"""What the composition root adds."""
