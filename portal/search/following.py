"""What a command does for the index once it has changed the directory: nothing when nothing changed."""

import click

from portal.core.command import Room
from portal.core.errors import Busy
from portal.core.schema import SchemaState, schema_state
from portal.geography.territories import read_territory
from portal.search.changed import services_changed
from portal.search.engines import EngineKind, forget_former_editions
from portal.search.indexing import MOST_EDITED, Indexing
from portal.search.opening import open_indexing, vocabulary_of
from search_index.engine import IndexBusy, IndexDamaged


def leave_ready(room: Room) -> None:
    """Leave an index behind that is built and up to date: the end of `maillage init`."""
    if EngineKind(room.search_engine).lasts:
        indexing = _indexing(room)
        indexing.make_ready()
        forget_former_editions(room.data_dir, indexing.vocabulary)


def follow(room: Room) -> None:
    """Catch a lasting index up after a command; one that is missing or at work elsewhere is left to who serves."""
    if not EngineKind(room.search_engine).lasts or schema_state(room.database) is not SchemaState.CURRENT:
        return
    indexing = _indexing(room)
    try:
        if indexing.is_behind() and not _is_much(indexing):
            indexing.catch_up()
    except (Busy, IndexBusy, IndexDamaged):
        return


def start_over(room: Room) -> None:
    """Build a lasting index anew and keep nothing of the former ones: a name that was erased stands in their files."""
    if not EngineKind(room.search_engine).lasts or schema_state(room.database) is not SchemaState.CURRENT:
        return
    indexing = _indexing(room)
    try:
        indexing.rebuild()
        indexing.engine.forget_former()
    except (Busy, IndexBusy):
        click.echo(
            "L’index de recherche contient peut-être encore le nom, car un autre programme y travaille : recommencez "
            "l’effacement dans un moment.",
            err=True,
        )
    forget_former_editions(room.data_dir, indexing.vocabulary)


def _is_much(indexing: Indexing) -> bool:
    """Tell whether a new index is called for: a nightly import must not wait for it."""
    with indexing.database.reading() as session:
        n_services = len(services_changed(session, since=indexing.engine.mark).services)
    if n_services > MOST_EDITED:
        click.echo(
            "L’index de recherche suivra : le portail s’en charge pendant qu’il sert, ou lancez maillage index update."
        )
    return n_services > MOST_EDITED


def _indexing(room: Room) -> Indexing:
    territory = None if room.territory is None else read_territory(room.territory)[0]
    return open_indexing(room, vocabulary_of(territory))
