"""One visit: the installation it reaches, its one reading unit of work, the frame around its page."""

from contextlib import ExitStack
from dataclasses import dataclass
from itertools import zip_longest

from flask import Flask, current_app, g
from sqlalchemy.orm import Session

from portal.core.clock import Clock
from portal.core.command import Room
from portal.core.languages import ENGLISH, FRENCH

_KEY = "maillage"
_FRAME = "maillage frame"


@dataclass(frozen=True)
class Colours:
    """The two colours of a brand, each readable on white."""

    primary: str = "#14532d"
    accent: str = "#8a3b12"


@dataclass(frozen=True)
class Frame:
    """What stands around every page."""

    name: str
    is_demonstration: bool
    n_communes: int
    notices: tuple[str, ...] = ()
    """What the territory announces to everybody."""
    notices_en: tuple[str, ...] = ()
    """The same in English, as far as somebody wrote it."""
    colours: Colours = Colours()
    exit_url: str = ""
    """A harmless site, for who must leave a page about violence at once; empty: no such link."""
    conformity: str = "non conforme"
    """What every page must say of its accessibility, as the law words it."""
    itinerary_url: str = ""
    """A site of itineraries, with {lat} and {lon} in its address; empty: pages lead to none."""
    tiles_url: str = ""
    """Where a map takes its background from; empty: our own outlines of communes, and no third party."""
    tiles_credit: str = ""

    def notices_in(self, language: str) -> tuple[tuple[str, str], ...]:
        """Give each notice and the language it is in: French where nobody wrote it in the one asked for."""
        told = zip_longest(self.notices, self.notices_en[: len(self.notices)], fillvalue="")
        return tuple((en, ENGLISH) if language == ENGLISH and en else (fr, FRENCH) for fr, en in told)


def welcome_visits(app: Flask, *, room: Room, around: Frame) -> None:
    """Give every request its installation and close what it opened."""
    app.extensions[_KEY] = room
    app.extensions[_FRAME] = around
    app.jinja_env.globals.update(frame=around)
    app.teardown_appcontext(_leave)


def installation() -> Room:
    """Find the installation the current request reaches."""
    room: Room = current_app.extensions[_KEY]
    return room


def clock() -> Clock:
    """Find the clock of the current request."""
    return installation().clock


def frame() -> Frame:
    """Find what stands around every page of this installation."""
    around: Frame = current_app.extensions[_FRAME]
    return around


def reading() -> Session:
    """Open, once per request, a unit of work that sees one state and cannot write."""
    if "unit" not in g:
        g.unit = ExitStack()
        g.session = g.unit.enter_context(installation().database.reading())
    session: Session = g.session
    return session


def _leave(_error: BaseException | None) -> None:
    unit: ExitStack | None = g.pop("unit", None)
    if unit is not None:
        unit.close()
