"""The directory's commands: refresh the occurrences."""

import click

from portal.core.command import Room, pass_room
from portal.core.schema import require_current
from portal.directory.jobs import refresh_everything


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


COMMANDS = (occurrences,)
