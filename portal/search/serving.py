"""The search of a portal that serves: loaded before the first visitor, tended in every process that answers."""

import logging
import threading

from flask import Flask, current_app

from portal.core.command import Room
from portal.core.database import Database
from portal.core.logs import place_of
from portal.core.schema import is_current
from portal.geography.territory import Territory
from portal.search.cards import MOST_AHEAD
from portal.search.documents import published_services
from portal.search.finder import find
from portal.search.opening import Search, open_search
from portal.search.requests import SearchRequest
from portal.search.suggesting import refresh_names
from portal.search.unmet import Unmet, write_unmet

_KEY = "maillage search"
_PAUSE = 5.0
"""Seconds between two looks at new names to suggest, and two writings of what was sought in vain."""
MOST_WARM = 1000
"""Services whose cards are read before the first visitor comes: all those of a usual territory."""
_PORTIONS = 4
"""Times that cards are read ahead in one turn."""
log = logging.getLogger(__name__)


def open_searches(app: Flask, *, room: Room, territory: Territory | None) -> Search:
    """Load the search of an application, and its index."""
    search = open_search(room, territory)
    if is_current(room.database):
        search.indexing.make_ready()
        _warm_up(search, room)
    search.indexing.listen()
    app.extensions[_KEY] = search
    return search


def _warm_up(search: Search, room: Room) -> None:
    """Ask once, so that no first visitor waits for anything to be read."""
    refresh_names(search)
    search.indexing.known_hours()
    with room.database.reading() as session:
        find(search, session, SearchRequest(words="mairie transprt"), now=room.clock.now())
        services = published_services(session)[:MOST_WARM]
        for first in range(0, len(services), MOST_AHEAD):
            search.cards.read_ahead(session, services[first : first + MOST_AHEAD], now=room.clock.now())
    search.unmet.take()


def current_search() -> Search:
    """Find the search of the current request."""
    search: Search = current_app.extensions[_KEY]
    return search


def tend_search(app: Flask, database: Database) -> None:
    """Start the threads that keep the search of this process true; they end with it."""
    search: Search = app.extensions[_KEY]
    stop = threading.Event()
    threading.Thread(target=search.indexing.tend, args=(stop,), name="index", daemon=True).start()
    threading.Thread(target=_keep_up, args=(search, database, stop), name="search", daemon=True).start()


def write_what_was_unmet(unmet: Unmet, database: Database) -> None:
    """Write the counts of what was sought in vain, if there are any."""
    counted = unmet.take()
    if counted:
        with database.writing() as session:
            write_unmet(session, counted)


def _keep_up(search: Search, database: Database, stop: threading.Event) -> None:
    while not stop.wait(_PAUSE):
        try:
            refresh_names(search)
            write_what_was_unmet(search.unmet, database)
            _read_ahead(search, database)
        except Exception as error:  # noqa: BLE001 - the next turn may succeed; a dead thread helps nobody
            log.error("keeping the search up failed: %(error)s", {"error": place_of(error)})  # noqa: TRY400 - see logs.py


def _read_ahead(search: Search, database: Database) -> None:
    """Read some of the cards that somebody will ask for; a large import takes a few turns."""
    for _ in range(_PORTIONS):
        with database.reading() as session:
            if not search.cards.read_ahead(session, now=search.indexing.clock.now()):
                break
