"""The home page."""

from flask import Blueprint

from portal.pages.home.cards import home_of
from portal.web.rendering import render
from portal.web.visit import frame, reading

home = Blueprint("home", __name__)


@home.get("/")
def welcome() -> str:
    """Name the territory and count what its directory holds."""
    around = frame()
    shown = home_of(reading(), territory=around.name, n_communes=around.n_communes)
    return render("pages/home.html", home=shown)
