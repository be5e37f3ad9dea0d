"""The pages of communes."""

from functools import partial
from http import HTTPStatus

from flask import Blueprint, redirect
from werkzeug.wrappers import Response

from portal.geography.communes import Commune
from portal.geography.lookup import communes as all_communes
from portal.pages.communes.cards import CommunePage, address_of, commune_index, commune_page
from portal.pages.communes.rules import read_address
from portal.search.serving import current_search
from portal.web.addresses import to
from portal.web.audience import is_about
from portal.web.kept import kept
from portal.web.rendering import render
from portal.web.simple import is_simple
from portal.web.visit import clock, reading

communes = Blueprint("communes", __name__)


@communes.get("/communes")
def index() -> str:
    """List the communes of the territory."""
    return render("communes/index.html", letters=commune_index(current_search()))


@communes.get("/communes/<name>")
def sheet(name: str) -> str | Response | tuple[str, int]:
    """Show one commune; an old code or another spelling leads to its address of today."""
    commune = _commune(name)
    if commune is None or not _has_page(commune):
        return render("communes/elsewhere.html", commune=commune), HTTPStatus.NOT_FOUND
    if name != commune.slug:
        return redirect(to(address_of(commune)), HTTPStatus.MOVED_PERMANENTLY)
    is_about(commune=commune.code)
    page = kept((commune_page, commune.code), partial(_page, commune))
    return render("communes/simple.html" if is_simple() else "communes/sheet.html", page=page)


def _page(commune: Commune) -> CommunePage:
    return commune_page(reading(), current_search(), commune, now=clock().now())


def _commune(name: str) -> Commune | None:
    known = all_communes().communes
    code = known.todays_code(read_address(name).code)
    return None if code is None else known.get(code)


def _has_page(commune: Commune) -> bool:
    """Tell whether the territory is the commune's; without a territory all of France is at home."""
    home = current_search().book.home
    return not home or commune.code in home
