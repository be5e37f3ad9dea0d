"""The search of a portal that serves: loaded before the first visitor, tended in every process that answers."""

import threading

from flask import Flask, current_app

from portal.core.command import Room
from portal.core.database import Database
from portal.core.schema import is_current
from portal.geography.territory import Territory
from portal.search.opening import Search, open_search
from portal.search.unmet import Unmet, write_unmet

_KEY = "maillage search"
_PAUSE = 30.0
"""Seconds between two writings of what was sought in vain."""


def open_searches(app: Flask, *, room: Room, territory: Territory | None) -> Search:
    """Load the search of an application, and its index."""
    search = open_search(room, territory)
    if is_current(room.database):
        search.indexing.make_ready()
    search.indexing.listen()
    app.extensions[_KEY] = search
    return search


def current_search() -> Search:
    """Find the search of the current request."""
    search: Search = current_app.extensions[_KEY]
    return search


def tend_search(app: Flask, database: Database) -> None:
    """Start the threads that keep the search of this process true; they end with it."""
    search: Search = app.extensions[_KEY]
    stop = threading.Event()
    threading.Thread(target=search.indexing.tend, args=(stop,), name="index", daemon=True).start()
    threading.Thread(target=_keep_writing, args=(search.unmet, database, stop), name="unmet", daemon=True).start()


def write_what_was_unmet(unmet: Unmet, database: Database) -> None:
    """Write the counts of what was sought in vain, if there are any."""
    counted = unmet.take()
    if counted:
        with database.writing() as session:
            write_unmet(session, counted)


def _keep_writing(unmet: Unmet, database: Database, stop: threading.Event) -> None:
    while not stop.wait(_PAUSE):
        write_what_was_unmet(unmet, database)
