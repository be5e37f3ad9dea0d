"""The directory's commands: refresh the occurrences, erase a person."""

import click

from portal.core.changes import SYSTEM, Act
from portal.core.command import Room, pass_room
from portal.core.schema import require_current
from portal.directory.jobs import refresh_everything
from portal.directory.operations.erasing import erase_person


@click.group("occurrences")
def occurrences() -> None:
    """Tenir à jour les ouvertures des treize prochaines semaines."""


@occurrences.command("refresh")
@pass_room
def refresh(room: Room) -> None:
    """Recalculer les ouvertures des treize prochaines semaines ; ce qui est juste n’est pas touché."""
    require_current(room.database)
    done = refresh_everything(room.database, room.clock.now())
    click.echo(f"Ouvertures : {done.added} ajoutées, {done.removed} retirées, {done.kept} déjà justes.")


@click.command("erase")
@click.option("--name", metavar="NOM", prompt="Nom de la personne", help="Nom à effacer ; demandé s’il manque.")
@click.option("--reason", metavar="RAISON", prompt="Raison", help="Pourquoi : la demande, sa date ; jamais le nom.")
@click.option("--yes", "is_sure", is_flag=True, help="Ne pas demander de confirmation.")
@pass_room
def erase(room: Room, *, name: str, reason: str, is_sure: bool) -> None:
    """Effacer une personne des contacts et du journal des modifications.

    Le nom part des contacts, des valeurs du journal et de ses auteurs ; le journal reste vérifiable. L’effacement ne
    se défait pas. Les sauvegardes faites avant le contiennent encore : supprimez-les, ou refaites l’effacement après
    les avoir remises en place.
    """
    require_current(room.database)
    question = "L’effacement ne se défait pas. Effacer cette personne ?"
    if not is_sure and click.prompt(question, type=click.Choice(["oui", "non"])) == "non":
        click.echo("Rien n’a été effacé.")
        return
    with room.database.writing() as session:
        found = erase_person(session, name=name, act=Act(by=SYSTEM, at=room.clock.now(), reason=reason))
    room.database.fold_log()
    if not found:
        click.echo("Ce nom n’a été trouvé nulle part : vérifiez son écriture, telle qu’elle est sur la fiche.")
        return
    click.echo(f"Personne effacée, à {found} endroits." if found > 1 else "Personne effacée, à un endroit.")


COMMANDS = (occurrences, erase)
