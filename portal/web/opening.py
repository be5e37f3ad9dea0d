"""What every portal does with any request and any answer, whatever the page: its openings, in their order."""

from dataclasses import dataclass

from flask import Flask, Request
from flask.sessions import SessionInterface

from portal.web.addresses import write_addresses
from portal.web.compression import compress_answers
from portal.web.errors import answer_errors
from portal.web.headers import origin_of, protect_answers
from portal.web.keeping import say_what_may_be_kept
from portal.web.languages import speak_languages
from portal.web.pieces import keep_pieces
from portal.web.positions import cut_positions
from portal.web.remembering import Stamp, remember_pages
from portal.web.rendering import prepare_templates
from portal.web.shipped import shipped_folder

LARGEST_FORM = 2_000_000


@dataclass(frozen=True)
class Opened:
    """How the portal is opened to visitors."""

    secret_key: str
    hosts: tuple[str, ...]
    over_https: bool = False
    base_url: str = ""
    """The public address; empty on a portal that only this machine sees."""
    exit_url: str = ""
    """Where somebody who is watched goes at once from a page about violence."""
    framed_by: tuple[str, ...] = ()
    """The sites that may show the search in a frame."""
    itinerary_url: str = ""
    """A site of itineraries, with {lat} and {lon} in its address."""
    tiles_url: str = ""
    """The background of maps, with {z}, {x} and {y}; empty: our own outlines of communes, and no third party."""
    tiles_credit: str = ""
    metrics_token: str = ""
    """What another machine shows to read the metrics."""


class _NoSession(SessionInterface):
    """No visitor has a session: none is looked for, and a signer of cookies is not made anew for each request."""

    def open_session(self, app: Flask, request: Request) -> None:
        """Open none."""


def new_app(opened: Opened) -> Flask:
    """Make an application that knows how to write a page, and has none yet."""
    app = Flask(
        "maillage", static_folder=str(shipped_folder("static")), template_folder=str(shipped_folder("templates"))
    )
    app.session_interface = _NoSession()
    app.config.update(SECRET_KEY=opened.secret_key, TRUSTED_HOSTS=list(opened.hosts), MAX_CONTENT_LENGTH=LARGEST_FORM)
    prepare_templates(app)
    speak_languages(app)
    keep_pieces(app)
    write_addresses(app, base_url=opened.base_url)
    return app


def tend_answers(app: Flask, opened: Opened, *, stamp: Stamp) -> None:
    """Remember pages until the stamp changes; protect, shrink and date every answer, errors included.

    What is opened first has the last word on an answer: the memory keeps what all the others have done.
    """
    remember_pages(app, stamp=stamp)
    protect_answers(
        app, over_https=opened.over_https, framed_by=opened.framed_by, pictures_from=origin_of(opened.tiles_url)
    )
    compress_answers(app)
    say_what_may_be_kept(app)
    answer_errors(app)
    cut_positions(app)
