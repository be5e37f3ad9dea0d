"""The public pages."""

from flask import Blueprint

from portal.pages.cards import home_of
from portal.web.rendering import render
from portal.web.visit import frame, reading

pages = Blueprint("pages", __name__)


@pages.get("/")
def home() -> str:
    """Name the territory and count what its directory holds."""
    around = frame()
    home = home_of(reading(), territory=around.name, n_communes=around.n_communes)
    return render("pages/home.html", home=home)
