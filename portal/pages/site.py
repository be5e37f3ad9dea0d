"""The map of the site: every subject's pages, opened once in each language."""

from flask import Blueprint, Flask

from portal.core.languages import LANGUAGES
from portal.pages.communes.views import communes
from portal.pages.embedding.views import embedding
from portal.pages.help.views import help_pages
from portal.pages.home.views import home
from portal.pages.legal.views import legal
from portal.pages.machines.views import machines
from portal.pages.map.views import maps
from portal.pages.passages.views import feeds, passages
from portal.pages.published.views import descriptions, published
from portal.pages.reports.views import reports
from portal.pages.sheets.views import sheets
from portal.pages.shortlist.views import shortlist
from portal.pages.themes.views import themes
from portal.search.exports.views import exports
from portal.search.results.views import results
from portal.web.languages import PREFIXES

PAGES: tuple[Blueprint, ...] = (
    home,
    communes,
    passages,
    themes,
    shortlist,
    results,
    sheets,
    reports,
    help_pages,
    legal,
    published,
    embedding,
)
"""What people read: opened under each language."""
MACHINES: tuple[Blueprint, ...] = (feeds, exports, maps, machines, descriptions)
"""What programs read: opened once."""


def open_pages(app: Flask) -> None:
    """Open every subject; English endpoints are named as the French ones, behind `en-`."""
    for language in LANGUAGES:
        prefix = PREFIXES[language]
        for pages in PAGES:
            name = f"{language}-{pages.name}" if prefix else pages.name
            app.register_blueprint(pages, url_prefix=prefix, name=name)
    for programs in MACHINES:
        app.register_blueprint(programs)
