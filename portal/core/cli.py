"""The core's commands: backup and restore, content hash, audit, jobs."""

import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from portal.core.audit import verify_chain
from portal.core.backup import LAST_BACKUP, back_up
from portal.core.backup import restore as restore_backup
from portal.core.canonical import plain
from portal.core.command import ExitCode, Room, pass_room, stop
from portal.core.content_hash import content_hash as hash_of
from portal.core.errors import Invalid
from portal.core.job_runner import leadership, run_due
from portal.core.jobs import JobCard, list_jobs
from portal.core.jobs import retry as retry_job
from portal.core.models import JobState
from portal.core.schema import require_current

STATES = {
    JobState.WAITING: "en attente",
    JobState.RUNNING: "en cours",
    JobState.DONE: "faite",
    JobState.FAILED: "échouée",
}
_A_FILE = click.Path(path_type=Path, dir_okay=False)


class NoSuchFolder(Invalid):
    """Refuse to make a whole path of folders out of one that was typed wrong."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"Le dossier {folder} n’existe pas : créez-le, ou corrigez le chemin. Rien n’a été écrit.")


@click.command("backup")
@click.argument("file", metavar="FICHIER", type=_A_FILE)
@pass_room
def backup(room: Room, file: Path) -> None:
    """Sauvegarder la base dans un fichier vérifié, même pendant que le portail sert."""
    if not file.absolute().parent.is_dir():
        raise NoSuchFolder(file.absolute().parent)
    manifest = back_up(room.database, file, now=room.clock.now(), companions=room.companions)
    (room.data_dir / LAST_BACKUP).write_text(f"{manifest.made_at} {file.absolute()}\n", encoding="utf-8")
    click.echo(f"Sauvegarde faite et vérifiée : {file} ({manifest.size // 1024} Ko de base).")


@click.command("restore")
@click.argument("file", metavar="FICHIER", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--replace", is_flag=True, help="Remplacer la base en place, qui est mise de côté.")
@pass_room
def restore(room: Room, file: Path, *, replace: bool) -> None:
    """Remettre en place une sauvegarde, entière ou pas du tout."""
    restored = restore_backup(room.database, file, replace=replace, now=room.clock.now(), companions=room.companions)
    made_at = datetime.fromisoformat(restored.manifest.made_at).astimezone(room.clock.zone)
    click.echo(f"Base remise en place (sauvegarde du {made_at:%d/%m/%Y à %H:%M}).")
    if restored.set_aside:
        click.echo(f"La base précédente est gardée ici : {restored.set_aside}")


@click.command("content-hash")
@pass_room
def content_hash(room: Room) -> None:
    """Afficher l’empreinte de ce que l’annuaire publie."""
    require_current(room.database)
    with room.database.reading() as session:
        click.echo(hash_of(session, room.contents))


@click.group("audit")
def audit() -> None:
    """Contrôler le journal des modifications."""


@audit.command("verify")
@pass_room
def audit_verify(room: Room) -> None:
    """Vérifier que le journal est tel qu’il a été écrit, ou nommer sa première ligne altérée."""
    require_current(room.database)
    with room.database.reading() as session:
        alteration = verify_chain(session)
    if alteration:
        stop(alteration.sentence, code=ExitCode.REFUSED)
    click.echo("Le journal est tel qu’il a été écrit.")


@click.group("jobs")
def jobs() -> None:
    """Faire et voir les tâches de fond."""


@jobs.command("run")
@pass_room
def jobs_run(room: Room) -> None:
    """Faire les tâches échues (à appeler par cron quand « maillage serve » ne tourne pas)."""
    require_current(room.database)
    with leadership(room.database, room.data_dir) as leads:
        if not leads:
            click.echo("Un autre programme fait déjà les tâches : rien à faire ici.")
            return
        report = run_due(room.database, room.clock, room.jobs)
    click.echo(f"Tâches faites : {report.done} ; à reprendre : {report.to_retry} ; échouées : {report.failed}.")
    if report.failed:
        stop("Des tâches ont échoué. Voyez lesquelles avec : maillage jobs list", code=ExitCode.FAULT)


@jobs.command("list")
@click.option("--json", "as_json", is_flag=True, help="Écrire du JSON.")
@click.option("--all", "everything", is_flag=True, help="Montrer aussi les tâches faites.")
@pass_room
def jobs_list(room: Room, *, as_json: bool, everything: bool) -> None:
    """Montrer les tâches et leur état, les échecs d’abord."""
    require_current(room.database)
    states = [state for state in JobState if everything or state is not JobState.DONE]
    with room.database.reading() as session:
        cards = list_jobs(session, states)
    if as_json:
        click.echo(json.dumps([plain(asdict(card)) for card in cards], ensure_ascii=False))
        return
    for card in cards:
        click.echo(_line(card, room.clock.zone))
    if not cards:
        click.echo("Aucune tâche.")


@jobs.command("retry")
@click.argument("number", metavar="NUMÉRO", type=int)
@pass_room
def jobs_retry(room: Room, number: int) -> None:
    """Relancer une tâche échouée."""
    require_current(room.database)
    with room.database.writing() as session:
        retry_job(session, number, room.clock.now())
    click.echo(f"La tâche {number} attend de nouveau son tour.")


def _line(card: JobCard, zone: ZoneInfo) -> str:
    due = card.due.astimezone(zone)
    failure = f" ; {card.failure}" if card.failure else ""
    return f"{card.id} {card.kind} : {STATES[card.state]}, {due:%d/%m/%Y %H:%M}, essais : {card.attempts}{failure}"
