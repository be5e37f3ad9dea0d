"""The page of the open data."""

from flask import Blueprint

from portal.intake.queries.published import published_sources
from portal.pages.published.cards import API, FORMATS, sources_shown
from portal.web.addresses import absolute
from portal.web.rendering import render
from portal.web.visit import reading

published = Blueprint("published", __name__)


@published.get("/donnees")
def open_data() -> str:
    """Say where the listings come from, under which licences, and how to take them."""
    return render(
        "published/data.html",
        sources=sources_shown(published_sources(reading())),
        formats=FORMATS,
        api=[absolute(path) for path in API],
    )
