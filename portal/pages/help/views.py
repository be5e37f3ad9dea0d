"""The help page."""

from flask import Blueprint

from portal.pages.help.cards import examples_for, glossary_of
from portal.search.serving import current_search
from portal.web.rendering import render

help_pages = Blueprint("help", __name__)


@help_pages.get("/aide")
def how_to() -> str:
    """Say how to search, how to read an answer, and what the acronyms mean."""
    search = current_search()
    return render("help/help.html", examples=examples_for(search.territory), glossary=glossary_of(search.vocabulary))
