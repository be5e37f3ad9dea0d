"""What programs ask: the map of the site, what they may read, how to search, how the portal is."""

from flask import Blueprint, Response, current_app, request
from werkzeug.exceptions import NotFound

from portal.pages.machines.cards import page_addresses
from portal.pages.machines.documents import search_description, site_map, suggestion_list
from portal.pages.machines.metrics import may_read_metrics, measures
from portal.pages.machines.rules import robots
from portal.search.requests import LONGEST_QUESTION
from portal.search.serving import current_search
from portal.search.suggesting import suggestions_for
from portal.web.addresses import absolute
from portal.web.keeping import AN_HOUR, NOTHING
from portal.web.rendering import static_url
from portal.web.visit import frame, reading

machines = Blueprint("machines", __name__)


@machines.get("/robots.txt")
def robots_txt() -> Response:
    """Say what search engines may read."""
    return _kept(robots(absolute("/sitemap.xml"), is_fiction=frame().is_demonstration), "text/plain")


@machines.get("/sitemap.xml")
@machines.get("/sitemap-<int(min=1):part>.xml")
def sitemap(part: int = 0) -> Response:
    """Map the site: every page the public sees, in both languages."""
    written = site_map(page_addresses(reading(), current_search(), current_app.url_map), part=part)
    if written is None:
        raise NotFound
    return _kept(written, "application/xml")


@machines.get("/opensearch.xml")
def opensearch() -> Response:
    """Let a browser search here from its address bar."""
    return _kept(search_description(frame().name), "application/opensearchdescription+xml")


@machines.get("/opensearch/suggestions")
def suggestions() -> Response:
    """Complete what is typed in the address bar."""
    typed = request.args.get("q", "")[:LONGEST_QUESTION]
    found = suggestions_for(current_search(), typed)
    return Response(suggestion_list(typed, found), content_type="application/x-suggestions+json; charset=utf-8")


@machines.get("/favicon.ico")
def favicon() -> Response:
    """Lead old browsers to the icon."""
    return Response(status=301, headers={"Location": static_url("icon.svg")})


@machines.get("/metrics")
def metrics() -> Response:
    """Say how the portal is to who watches over it; to others the page does not exist."""
    if not may_read_metrics(request):
        raise NotFound
    answer = Response(measures(current_search()), content_type="text/plain; version=0.0.4; charset=utf-8")
    answer.headers["Cache-Control"] = NOTHING
    return answer


def _kept(text: str, kind: str) -> Response:
    return Response(text, content_type=f"{kind}; charset=utf-8", headers={"Cache-Control": AN_HOUR})
