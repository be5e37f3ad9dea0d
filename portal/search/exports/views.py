"""The list of a search in other forms, at one address in all languages; every site may read them."""

from dataclasses import replace

from flask import Blueprint, Response, request

from portal.search.exports.dates import MOST_SERVICES, dates_of
from portal.search.exports.listing import WholeList, alone, whole_list
from portal.search.exports.news import news_of
from portal.search.exports.points import points_of
from portal.search.exports.table import table_of
from portal.search.requests import read_request
from portal.search.results.addresses import SHAPES, shape_of
from portal.search.results.sentences import theme_name
from portal.search.serving import current_search
from portal.search.shapes import Telling
from portal.web.addresses import absolute
from portal.web.icalendar import calendar_answer
from portal.web.problems import BadValue
from portal.web.visit import clock, frame, reading

exports = Blueprint("exports", __name__)
MOST = 1000
"""Services a list may hold; the table says nothing of those beyond, the points and the page count them."""


@exports.get("/recherche.csv")
@alone()
def table() -> Response:
    """Give the list as a table."""
    found = _found()
    answer = _answer(table_of(found, vocabulary=current_search().vocabulary), "csv", found)
    answer.headers["Content-Disposition"] = 'attachment; filename="services.csv"'
    return answer


@exports.get("/recherche.geojson")
@alone()
def points() -> Response:
    """Give the list as points."""
    telling = Telling(vocabulary=current_search().vocabulary, now=clock().now(), address=absolute)
    found = _found()
    return _answer(points_of(found, telling=telling), "geojson", found)


@exports.get("/recherche.atom")
@alone()
def news() -> Response:
    """Give the list as news."""
    found = _found()
    return _answer(news_of(found, title=_title(found), author=frame().name, now=clock().now()), "atom", found)


@exports.get("/recherche.ics")
@alone()
def dates() -> Response:
    """Give the openings of what was found to a diary."""
    found, now = _found(MOST_SERVICES), clock().now()
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    answer = calendar_answer(_title(found), dates_of(found, now=now), stamp=midnight)
    return _located(answer, found, "ics")


def _found(most: int = MOST) -> WholeList:
    search, now = current_search(), clock().now()
    asked = read_request(request.args.to_dict(flat=False), search.vocabulary)
    # These lists have no pages, and no room to say what was made of a value.
    faults = (*asked.problems, *(each.problem for each in asked.adjusted if each.field != "page"))
    if faults:
        raise BadValue(faults[0])
    return whole_list(search, reading(), replace(asked.request, page=1), now=now, most=most)


def _title(found: WholeList) -> str:
    asked = found.request
    what = asked.words or (theme_name(asked.theme, current_search().vocabulary) if asked.theme else "")
    return " – ".join(
        part for part in (f"Services : {what}" if what else "Services", found.place, frame().name) if part
    )


def _answer(text: str, shape: str, found: WholeList) -> Response:
    answer = Response(text, content_type=f"{SHAPES[shape]}; charset=utf-8")
    # The list of a search is for programs: other search engines have the sheets themselves.
    answer.headers["X-Robots-Tag"] = "noindex"
    return _located(answer, found, shape)


def _located(answer: Response, found: WholeList, shape: str) -> Response:
    """Say which question was answered: the same list at its one address, the commune by its code."""
    request = replace(found.request, where=found.commune or found.request.where)
    answer.headers["Content-Location"] = shape_of(request, shape)
    return answer
