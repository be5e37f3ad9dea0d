"""The composition root of the web: put the rooms together into one application."""

from urllib.parse import urlsplit

from flask import Flask

from portal.core.command import Room
from portal.core.schema import is_current
from portal.geography.territory import Territory
from portal.pages.frame import frame_of
from portal.pages.machines.metrics import guard_metrics
from portal.pages.site import open_pages
from portal.search.carrying import carry_shortlist
from portal.search.drawn import put_cards_together
from portal.search.glossed import explain_acronyms
from portal.search.moments import Moments
from portal.search.serving import open_searches
from portal.search.views import open_api
from portal.statistics.counting import count_audience
from portal.web.colours import paint
from portal.web.health import answer_supervisors
from portal.web.kept import keep_pages
from portal.web.opening import Opened, new_app, tend_answers
from portal.web.simple import offer_simple_version
from portal.web.tally import count_requests
from portal.web.visit import welcome_visits

__all__ = ["Opened", "create_app"]


def create_app(room: Room, territory: Territory | None, opened: Opened) -> Flask:
    """Make the application and load what its first visitor would otherwise wait for."""
    app, around = new_app(opened), frame_of(territory, opened)
    search = open_searches(app, room=room, territory=territory)
    moments = Moments(room.database, search.indexing, search.cards, room.clock)
    tend_answers(app, opened, stamp=moments.now)
    keep_pages(app, stamp=moments.changes)
    welcome_visits(app, room=room, around=around)
    paint(app, around.colours)
    checks = {"base": lambda: is_current(room.database), "index": search.indexing.is_ready}
    answer_supervisors(app, ready_when=checks, public_host=urlsplit(opened.base_url).netloc)
    open_api(app)
    open_pages(app)
    guard_metrics(app, token=opened.metrics_token)
    count_requests(app)
    count_audience(app, room.clock)
    explain_acronyms(app)
    carry_shortlist(app)
    put_cards_together(app)
    offer_simple_version(app)
    return app
