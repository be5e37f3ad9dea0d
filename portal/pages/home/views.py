"""The home page."""

from flask import Blueprint, request

from portal.core.text import tidy
from portal.pages.home.cards import home_of
from portal.pages.passages.rules import LONGEST_PLACE
from portal.search.serving import current_search
from portal.web.rendering import render
from portal.web.visit import clock, frame, reading

home = Blueprint("home", __name__)


@home.get("/")
def welcome() -> str:
    """Say where to begin, what passes this week near a commune, and how much there is."""
    where = tidy(request.args.get("ou", "")[:LONGEST_PLACE])
    n_communes = frame().n_communes
    shown = home_of(reading(), current_search(), where=where, n_communes=n_communes, now=clock().now())
    return render("pages/home.html", home=shown)
