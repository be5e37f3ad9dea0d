"""The search on other sites: the page that builds what to copy, and the view made for their frame."""

from dataclasses import replace

from flask import Blueprint, Response, make_response, request

from portal.pages.embedding.cards import snippet_for, themes_of, window_on
from portal.search.finder import find
from portal.search.finding import asked_of
from portal.search.requests import SearchRequest, read_request
from portal.search.serving import current_search
from portal.web.headers import let_be_framed, let_nobody_know
from portal.web.languages import current_language
from portal.web.rendering import render
from portal.web.visit import clock, reading

embedding = Blueprint("embedding", __name__)


@embedding.get("/integrer")
def builder() -> str:
    """Show what to copy for a commune and a theme."""
    search, asked = current_search(), _asked()
    is_unknown = bool(asked.where) and asked_of(search, asked, "", clock().now()).place is None
    return render(
        "embedding/builder.html",
        asked=asked,
        is_unknown=is_unknown,
        themes=themes_of(search.vocabulary),
        snippet=snippet_for(replace(asked, where="") if is_unknown else asked),
    )


@embedding.get("/integrer/recherche")
def window() -> Response:
    """Show a small search and its first answers, for a frame on the sites the settings name."""
    let_be_framed()
    search, now = current_search(), clock().now()
    answer = find(search, reading(), _asked(), now=now)
    shown = window_on(answer, vocabulary=search.vocabulary, now=now)
    return let_nobody_know(make_response(render("embedding/window.html", window=shown)), hides=shown.is_sensitive)


def _asked() -> SearchRequest:
    """Read the place and the theme; what cannot be read is left out."""
    given = {name: request.args.getlist(name) for name in ("ou", "theme")}
    return read_request(given, current_search().vocabulary, current_language()).request
