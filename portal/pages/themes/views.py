"""The pages of themes."""

from flask import Blueprint, request
from flask_babel import gettext

from portal.core.errors import NotFound
from portal.pages.themes.cards import theme_index, theme_page
from portal.search.requests import LAST_PAGE
from portal.search.serving import current_search
from portal.vocabulary.entries import Family
from portal.web.audience import is_about
from portal.web.rendering import render
from portal.web.visit import clock, reading

themes = Blueprint("themes", __name__)


@themes.get("/themes")
def index() -> str:
    """List the themes."""
    return render("themes/index.html", themes=theme_index(current_search()))


@themes.get("/themes/<slug>")
def sheet(slug: str) -> str:
    """Show one theme, its kinds of service, and all its services page by page."""
    search, now, family = current_search(), clock().now(), _family(slug)
    is_about(theme=family.slug)
    page = theme_page(reading(), search, family, page=_page(), now=now)
    return render("themes/sheet.html", page=page)


class NoSuchTheme(NotFound):
    """The territory shows no such theme."""

    def __init__(self) -> None:
        super().__init__(gettext("Ce thème n’existe pas : choisissez-en un dans la liste des thèmes."))


def _family(slug: str) -> Family:
    vocabulary = current_search().vocabulary
    family = vocabulary.family_by_slug(slug)
    if family is None or family not in vocabulary.shown_families:
        raise NoSuchTheme
    return family


def _page() -> int:
    digits = request.args.get("page", "")[:4]
    asked = int(digits) if digits.isascii() and digits.isdecimal() else 1
    return min(max(asked, 1), LAST_PAGE)
