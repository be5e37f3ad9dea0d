"""The composition root of the web: put the rooms together into one application."""

from dataclasses import dataclass, replace

from flask import Flask

from portal.core.command import Room
from portal.core.schema import is_current
from portal.geography.lookup import communes
from portal.geography.territory import Territory
from portal.pages.machines.metrics import guard_metrics
from portal.pages.site import open_pages
from portal.search.glossed import explain_acronyms
from portal.search.moments import Moments
from portal.search.serving import open_searches
from portal.search.views import open_api
from portal.statistics.counting import count_audience
from portal.web.addresses import write_addresses
from portal.web.colours import paint
from portal.web.compression import compress_answers
from portal.web.errors import answer_errors
from portal.web.headers import origin_of, protect_answers
from portal.web.health import answer_supervisors
from portal.web.keeping import say_what_may_be_kept
from portal.web.languages import speak_languages
from portal.web.remembering import remember_pages
from portal.web.rendering import prepare_templates
from portal.web.shipped import shipped_folder
from portal.web.simple import offer_simple_version
from portal.web.tally import count_requests
from portal.web.visit import Colours, Frame, welcome_visits

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


def create_app(room: Room, territory: Territory | None, opened: Opened) -> Flask:
    """Make the application and load what its first visitor would otherwise wait for."""
    app = Flask(
        "maillage", static_folder=str(shipped_folder("static")), template_folder=str(shipped_folder("templates"))
    )
    app.config.update(SECRET_KEY=opened.secret_key, TRUSTED_HOSTS=list(opened.hosts), MAX_CONTENT_LENGTH=LARGEST_FORM)
    prepare_templates(app)
    speak_languages(app)
    write_addresses(app, base_url=opened.base_url)
    search = open_searches(app, room=room, territory=territory)
    remember_pages(app, stamp=Moments(room.database, search.indexing, room.clock).now)
    protect_answers(
        app, over_https=opened.over_https, framed_by=opened.framed_by, pictures_from=origin_of(opened.tiles_url)
    )
    compress_answers(app)
    say_what_may_be_kept(app)
    answer_errors(app)
    around = replace(
        _frame(territory),
        exit_url=opened.exit_url,
        itinerary_url=opened.itinerary_url,
        tiles_url=opened.tiles_url,
        tiles_credit=opened.tiles_credit,
    )
    welcome_visits(app, room=room, around=around)
    paint(app, around.colours)
    answer_supervisors(app, ready_when=[lambda: is_current(room.database), search.indexing.is_present])
    open_api(app)
    open_pages(app)
    guard_metrics(app, token=opened.metrics_token)
    count_requests(app)
    count_audience(app, room.clock)
    explain_acronyms(app)
    offer_simple_version(app)
    return app


def _frame(territory: Territory | None) -> Frame:
    if territory is None:
        return Frame(name="Maillage", is_demonstration=False, n_communes=len(communes().communes))
    return Frame(
        territory.name,
        territory.is_demonstration,
        n_communes=len(territory.communes),
        notices=territory.notices,
        colours=Colours(territory.branding.primary, territory.branding.accent),
        conformity=territory.accessibility.conformity,
    )
