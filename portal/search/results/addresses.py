"""The addresses of a search: as a page in the language of the visitor, and in its other shapes."""

from portal.search.requests import SearchRequest
from portal.search.shapes import SEARCH_PAGE, address_of_request
from portal.search.shortlist import CARRIED
from portal.web.addresses import to

SHAPES = {
    "json": "application/json",
    "csv": "text/csv",
    "geojson": "application/geo+json",
    "atom": "application/atom+xml",
    "ics": "text/calendar",
}
"""Extension -> media type of the other forms of the same list."""


def page_of(request: SearchRequest) -> str:
    """Lead to the page of a search, with the list the visitor is filling."""
    address = to(address_of_request(request))
    if not request.shortlist:
        return address
    return f"{address}{'&' if request.query_string else '?'}{CARRIED}={request.shortlist}"


def shape_of(request: SearchRequest, extension: str) -> str:
    """Lead to the same list in another form; it has one address in all languages."""
    query = request.query_string
    return f"{SEARCH_PAGE}.{extension}?{query}" if query else f"{SEARCH_PAGE}.{extension}"
