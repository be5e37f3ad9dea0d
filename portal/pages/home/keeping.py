"""What the home page says, kept until something changes, a minute at most: everybody begins there.

What the directory holds is counted once for all communes, languages and versions.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from flask import current_app
from sqlalchemy.orm import Session

from portal.directory.queries.counts import DirectoryCounts, directory_counts
from portal.pages.home.cards import Home
from portal.search.changed import last_change

MOST_KEPT = 200
"""Communes, languages and versions whose home is kept in each process; beyond, all are forgotten at once."""
_KEY = "maillage home"


@dataclass(frozen=True)
class _Shelf:
    """What was made since a change, within a minute."""

    stamp: tuple[int, datetime]
    counts: DirectoryCounts
    homes: dict[tuple[str, str], Home] = field(default_factory=dict)


def kept_home(
    session: Session, key: tuple[str, str], *, now: datetime, make: Callable[[DirectoryCounts], Home]
) -> Home:
    """Give the home page kept under a key, or make it. One to three queries more than making it."""
    shelf = _shelf(session, now)
    home = shelf.homes.get(key)
    if home is None:
        if len(shelf.homes) >= MOST_KEPT:
            shelf.homes.clear()
        home = shelf.homes[key] = make(shelf.counts)
    return home


def _shelf(session: Session, now: datetime) -> _Shelf:
    stamp = last_change(session), now.replace(second=0, microsecond=0)
    shelf: _Shelf | None = current_app.extensions.get(_KEY)
    if shelf is None or shelf.stamp != stamp:
        shelf = current_app.extensions[_KEY] = _Shelf(stamp, directory_counts(session))
    return shelf
