"""What pages say, kept beyond the minute while it is true: read, put into words and drawn once, then given again.

Whoever makes something says until when it is true: the next time that a door opens or closes, midnight at the latest.
All of it is forgotten as soon as anything changes (`stamp`, the one of whole pages without its minute). What no change
tells of, such as the day of an import that changed nothing, is made again after ten minutes; what was made within a
minute of a change, after that minute, because an import writes out the days to come once it has told its changes.

Nothing of a visitor may stand in what is kept but what its key says; the language, the version and the host of the
page are part of every key. What many pages are made of, such as what passes in a commune, is kept once for all of them
(`kept_parts`): its key says everything. No page outlives its parts.
"""

from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from math import inf
from secrets import token_hex
from sys import getsizeof
from threading import Lock
from typing import Any, Protocol, TypeVar, runtime_checkable

from flask import Flask, current_app, g
from markupsafe import Markup

from portal.web.addresses import absolute
from portal.web.languages import here
from portal.web.remembering import Stamp
from portal.web.visit import clock

MOST_KEPT = 32_000_000
"""Bytes kept in each process; beyond, what was asked for longest ago leaves first."""
WORDS = 25_000
"""Bytes of the words of a page, beside what is drawn of them: some forty thousand for a sheet, three times as many for
a busy week of passages.
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
Key = TypeVar("Key", bound=Hashable)


@dataclass
class _Held:
    made: Any
    since: float
    until: float
    weight: int


@dataclass
class _Shelf:
    """What was made since a change, what was asked for last at the end."""

    stamp: Hashable
    settles_at: float
    weight: int = 0
    _held: OrderedDict[Hashable, _Held] = field(default_factory=OrderedDict)
    _keys: dict[int, Hashable] = field(default_factory=dict)
    """By the identity of what is held, which nothing else has while it is."""
    _lock: Lock = field(default_factory=Lock)

    def find(self, key: Hashable, now: datetime) -> _Held | None:
        """Give what is held under a key, if it is true at an instant."""
        with self._lock:
            held = self._held.get(key)
            if held is None or not held.since <= now.timestamp() < held.until:
                return None
            self._held.move_to_end(key)
        return held

    def keep(self, key: Hashable, held: _Held) -> None:
        """Hold something; what was asked for longest ago leaves when there is no room for it."""
        with self._lock:
            self._drop(key)
            self._held[key], self._keys[id(held.made)] = held, key
            self._grow(held.weight)

    def weigh(self, made: object, more: int) -> None:
        """Learn that something became heavier, if it is held here."""
        with self._lock:
            held = self._held.get(self._keys.get(id(made)))
            if held is not None and held.made is made:
                held.weight += more
                self._grow(more)

    def _grow(self, more: int) -> None:
        self.weight += more
        while self.weight > MOST_KEPT and self._held:
            self._drop(next(iter(self._held)))

    def _drop(self, key: Hashable) -> None:
        held = self._held.pop(key, None)
        if held is not None:
            self.weight -= held.weight
            self._keys.pop(id(held.made), None)


class _Memory:
    """What an application keeps; any number of threads may ask."""

    def __init__(self, stamp: Stamp) -> None:
        self._stamp = stamp
        self._shelf = _Shelf(None, 0.0)

    def shelf(self, now: float) -> _Shelf | None:
        """Give the shelf of this moment, an empty one after a change; None while nothing is sure."""
        stamp, shelf = self._stamp(), self._shelf
        if stamp is None:
            return None
        if stamp != shelf.stamp:
            shelf = self._shelf = _Shelf(stamp, now + SETTLING)
        return shelf

    def weigh(self, made: object, more: int) -> None:
        """Learn that something became heavier."""
        self._shelf.weigh(made, more)


def keep_pages(app: Flask, *, stamp: Stamp) -> None:
    """Let pages be kept (`kept`), and templates keep what they draw of them: `drawn_with(page, macro, own)`."""
    app.extensions[_KEY] = _Memory(stamp)
    app.jinja_env.globals.update(drawn_with=drawn_with)


def kept(key: Hashable, make: Callable[[], Made]) -> Made:
    """Give what is kept under a key, or make it; to be asked before anything is read for the page.

    Only what says until when it is true is kept; what names the present is no one else's. The shelf is the one of the
    stamp from before it was made, and of no use if that has moved on meanwhile.
    """
    now = clock().now()
    shelf = _shelf(now)
    if shelf is None:
        return make()
    whole = key, here(), absolute("")
    held = shelf.find(whole, now)
    if held is not None:
        found: Made = held.made
        return found
    g.parts_until = inf
    made = make()
    if isinstance(made, Lasting) and made.until > now and _is_still(shelf, now):
        until = min(made.until.timestamp(), g.parts_until)
        # What is all text, such as a feed, says itself how many bytes it takes.
        weight: int = getattr(made, "weight", WORDS)
        shelf.keep(whole, _Held(made, _minute(now), _latest(until, now, shelf), weight))
    return made


def kept_parts(
    kind: Hashable,
    keys: Collection[Key],
    make: Callable[[Collection[Key]], Mapping[Key, Made]],
    *,
    weigh: Callable[[Made], int],
) -> dict[Key, Made]:
    """Give what many pages are made of, by its keys; those that are not kept are made all at once.

    It must say the same in every language and version, to everybody and at every hour until something changes.
    """
    now = clock().now()
    shelf = _shelf(now)
    if shelf is None:
        return dict(make(keys))
    held = {key: found for key in keys if (found := shelf.find((kind, key), now)) is not None}
    missing = [key for key in keys if key not in held]
    made = make(missing) if missing else {}
    until = _latest(inf, now, shelf)
    if missing and _is_still(shelf, now):
        for key, each in made.items():
            shelf.keep((kind, key), _Held(each, _minute(now), until, weigh(each)))
    g.parts_until = min(g.get("parts_until", inf), *(each.until for each in held.values()), until)
    return {**{key: each.made for key, each in held.items()}, **made}


def drawn_with(page: Drawable, draw: Callable[..., Markup], own: Markup = _NOTHING) -> Markup:
    """Draw a page, or give what was drawn of it, with what is the visitor's own in its places.

    The macro is given the page, and what stands for `own`, which nothing of what is kept has seen.
    """
    name: str = getattr(draw, "name")  # noqa: B009 - every macro has one, as no other function
    pieces = page.drawn.get(name)
    if pieces is None:
        pieces = page.drawn[name] = [Markup(each) for each in str(draw(page, _OWN)).split(_OWN)]  # noqa: S704 - drawn
        _memory().weigh(page, sum(map(getsizeof, pieces)))
    return own.join(pieces)


def _shelf(now: datetime) -> _Shelf | None:
    """Give the shelf for what is read from now on, and for parts the one of the page they are read for.

    A visit that has read sees a state from before: what is made of it is nobody else's, unless the shelf was already
    this one when it had read nothing yet.
    """
    shelf = _memory().shelf(now.timestamp())
    if _has_read():
        return shelf if shelf is g.get("kept_shelf") else None
    g.kept_shelf = shelf
    return shelf


def _is_still(shelf: _Shelf, now: datetime) -> bool:
    return _memory().shelf(now.timestamp()) is shelf


def _minute(now: datetime) -> float:
    return now.replace(second=0, microsecond=0).timestamp()


def _latest(until: float, now: datetime, shelf: _Shelf) -> float:
    begun = now.timestamp()
    latest = min(until, begun + LONGEST)
    return min(latest, shelf.settles_at) if begun < shelf.settles_at else latest


def _memory() -> _Memory:
    memory: _Memory = current_app.extensions[_KEY]
    return memory


def _has_read() -> bool:
    session = g.get("session")
    return session is not None and session.in_transaction()
