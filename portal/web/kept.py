"""What pages say, kept beyond the minute while it is true: read, put into words and drawn once, then given again.

Whoever makes something says until when it is true: the next time that a door opens or closes, midnight at the latest.
All of it is forgotten as soon as anything changes (`stamp`, the one of whole pages without its minute). What no change
tells of, such as the day of an import that changed nothing, is made again after ten minutes; what was made within a
minute of a change, after that minute, because an import writes out the days to come once it has told its changes.

Nothing of a visitor may stand in what is kept but what its key says; the language, the version and the host of the
page are part of every key.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from secrets import token_hex
from typing import Any, Protocol, TypeVar, runtime_checkable

from flask import Flask, current_app, g
from markupsafe import Markup

from portal.web.addresses import absolute
from portal.web.languages import here
from portal.web.remembering import Stamp
from portal.web.visit import clock

MOST_KEPT = 250
"""Pages kept in each process: some seventy kilobytes for a sheet, three hundred for a busy week of passages;
beyond, all are forgotten at once.
"""
LONGEST = 600.0
"""Seconds after which something is made again though no change tells of it."""
SETTLING = 60.0
"""Seconds for which what a change brought may still be on its way."""
_KEY = "maillage kept"
_NOTHING = Markup()
_OWN = token_hex(12)
"""What stands in a drawing for what is the page's own; no text of anybody holds words drawn by lot at the start."""


@runtime_checkable
class Lasting(Protocol):
    """Something that is true for a while."""

    @property
    def until(self) -> datetime:
        """Tell until when; the end is not included."""


class Drawable(Protocol):
    """Something that remembers how templates drew it."""

    @property
    def drawn(self) -> dict[str, Sequence[Markup]]:
        """Give the pieces between what is the page's own, by the name of what drew them."""


Made = TypeVar("Made")


@dataclass(frozen=True)
class _Held:
    made: Any
    since: float
    until: float


@dataclass
class _Shelf:
    """What was made since a change."""

    stamp: Hashable
    settles_at: float
    held: dict[Hashable, _Held] = field(default_factory=dict)


class _Memory:
    """What an application keeps; any number of threads may ask."""

    def __init__(self, stamp: Stamp) -> None:
        self._stamp = stamp
        self._shelf = _Shelf(None, 0.0)

    def shelf(self, now: float) -> _Shelf | None:
        """Give the shelf of this moment, an empty one after a change or when it is full; None while nothing is sure."""
        stamp, shelf = self._stamp(), self._shelf
        if stamp is None:
            return None
        if stamp != shelf.stamp:
            shelf = self._shelf = _Shelf(stamp, now + SETTLING)
        elif len(shelf.held) >= MOST_KEPT:
            shelf = self._shelf = _Shelf(stamp, shelf.settles_at)
        return shelf


def keep_pages(app: Flask, *, stamp: Stamp) -> None:
    """Let pages be kept (`kept`), and templates keep what they draw of them: `drawn_with(page, macro, own)`."""
    app.extensions[_KEY] = _Memory(stamp)
    app.jinja_env.globals.update(drawn_with=drawn_with)


def kept(key: Hashable, make: Callable[[], Made]) -> Made:
    """Give what is kept under a key, or make it; to be asked before anything is read for the page.

    Only what says until when it is true is kept; what names the present is no one else's. The shelf is the one of the
    stamp from before it was made, and of no use if that has moved on meanwhile.
    """
    now, memory = clock().now(), _memory()
    shelf = None if _has_read() else memory.shelf(now.timestamp())
    if shelf is None:
        return make()
    whole = key, here(), absolute("")
    held = shelf.held.get(whole)
    if held is not None and held.since <= now.timestamp() < held.until:
        found: Made = held.made
        return found
    made = make()
    if isinstance(made, Lasting) and made.until > now and memory.shelf(now.timestamp()) is shelf:
        shelf.held[whole] = _held(made, now, shelf)
    return made


def drawn_with(page: Drawable, draw: Callable[..., Markup], own: Markup = _NOTHING) -> Markup:
    """Draw a page, or give what was drawn of it, with what is the visitor's own in its places.

    The macro is given the page, and what stands for `own`, which nothing of what is kept has seen.
    """
    name: str = getattr(draw, "name")  # noqa: B009 - every macro has one, as no other function
    pieces = page.drawn.get(name)
    if pieces is None:
        pieces = page.drawn[name] = [Markup(each) for each in str(draw(page, _OWN)).split(_OWN)]  # noqa: S704 - drawn
    return own.join(pieces)


def _held(made: Lasting, now: datetime, shelf: _Shelf) -> _Held:
    begun = now.timestamp()
    until = min(made.until.timestamp(), begun + LONGEST)
    if begun < shelf.settles_at:
        until = min(until, shelf.settles_at)
    return _Held(made, now.replace(second=0, microsecond=0).timestamp(), until)


def _memory() -> _Memory:
    memory: _Memory = current_app.extensions[_KEY]
    return memory


def _has_read() -> bool:
    """Tell whether this visit sees a state from before: what is made of it is nobody else's."""
    session = g.get("session")
    return session is not None and session.in_transaction()
