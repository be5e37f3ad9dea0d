"""The home page."""

from functools import partial

from flask import Blueprint, request

from portal.core.text import tidy
from portal.pages.home.cards import home_of
from portal.pages.home.keeping import kept_home
from portal.pages.passages.rules import LONGEST_PLACE
from portal.search.serving import current_search
from portal.web.languages import here
from portal.web.rendering import render
from portal.web.visit import clock, frame, reading

home = Blueprint("home", __name__)


@home.get("/")
def welcome() -> str:
    """Say where to begin, what passes this week near a commune, and how much there is."""
    where, now, session = tidy(request.args.get("ou", "")[:LONGEST_PLACE]), clock().now(), reading()
    make = partial(
        home_of, session=session, search=current_search(), where=where, n_communes=frame().n_communes, now=now
    )
    return render("pages/home.html", home=kept_home(session, (where, here()), now=now, make=make))
