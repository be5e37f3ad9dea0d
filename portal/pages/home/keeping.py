"""What the home page says, kept until something changes, a minute at most: everybody begins there."""

from collections.abc import Callable
from datetime import datetime

from flask import current_app
from sqlalchemy.orm import Session

from portal.pages.home.cards import Home
from portal.search.changed import last_change

MOST_KEPT = 200
"""Communes, languages and versions whose home is kept in each process; beyond, all are forgotten at once."""
_KEY = "maillage home"
_Stamp = tuple[int, datetime]


def kept_home(session: Session, key: tuple[str, str], *, now: datetime, make: Callable[[], Home]) -> Home:
    """Give the home page kept under a key, or make it. One query more than making it."""
    shelf: dict[tuple[str, str], tuple[_Stamp, Home]] = current_app.extensions.setdefault(_KEY, {})
    stamp = last_change(session), now.replace(second=0, microsecond=0)
    known = shelf.get(key)
    if known is not None and known[0] == stamp:
        return known[1]
    if len(shelf) >= MOST_KEPT:
        shelf.clear()
    home = make()
    shelf[key] = stamp, home
    return home
