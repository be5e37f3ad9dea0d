"""The page of results, and the page that says which value of its address could not be read."""

from http import HTTPStatus

from flask import Blueprint, Response, make_response, request

from portal.search.finder import find
from portal.search.requests import Reading, read_request
from portal.search.results.audience import tell_subject
from portal.search.results.cards import results_of
from portal.search.serving import current_search
from portal.web.headers import let_nobody_know
from portal.web.keeping import NOTHING
from portal.web.languages import current_language
from portal.web.rendering import render
from portal.web.visit import clock, reading

results = Blueprint("results", __name__)


@results.get("/recherche")
def found() -> Response | tuple[str, int]:
    """Show what a question finds."""
    search, now = current_search(), clock().now()
    asked = read_request(request.args.to_dict(flat=False), search.vocabulary, current_language())
    if asked.problems:
        return _refused(asked)
    answer = find(search, reading(), asked.request, now=now, read=asked)
    tell_subject(answer, search.vocabulary)
    page = results_of(answer, vocabulary=search.vocabulary, now=now)
    response = make_response(render("search/results.html", page=page))
    if answer.is_from_database:
        # Made with what understands fewer words: the next one may ask again at once.
        response.headers["Cache-Control"] = NOTHING
    return let_nobody_know(response, hides=page.is_sensitive)


def _refused(asked: Reading) -> tuple[str, int]:
    return render("search/refused.html", request=asked.request, problems=asked.problems), HTTPStatus.BAD_REQUEST
