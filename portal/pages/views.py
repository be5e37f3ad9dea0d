"""The public pages."""

from flask import Blueprint

from portal.pages.queries import home_of
from portal.web.rendering import render
from portal.web.visit import reading

pages = Blueprint("pages", __name__)


@pages.get("/")
def home() -> str:
    """Name the territory and count what its directory holds."""
    return render("pages/home.html", home=home_of(reading()))
