"""The pages the law asks for, the contact and the map of the site."""

from flask import Blueprint

from portal.pages.legal.cards import declaration_of, person_to_ask, register_of, site_plan
from portal.pages.legal.rules import OUTSIDE
from portal.search.serving import current_search
from portal.web.addresses import absolute
from portal.web.rendering import render
from portal.web.visit import frame

legal = Blueprint("legal", __name__)


@legal.get("/contact")
def contact() -> str:
    """Say whom to ask, and whom not to wait for."""
    return render("legal/contact.html", person=person_to_ask(current_search().territory))


@legal.get("/mentions-legales")
def notices() -> str:
    """Say who publishes and hosts the portal, and what may be done with it."""
    territory = current_search().territory
    publisher = None if territory is None else territory.publisher
    return render("legal/notices.html", publisher=publisher, outside=OUTSIDE)


@legal.get("/accessibilite")
def accessibility() -> str:
    """Declare how accessible the portal is, in the form the law imposes."""
    territory = current_search().territory
    return render(
        "legal/accessibility.html",
        declaration=declaration_of(territory),
        address=absolute(""),
        person=person_to_ask(territory),
        outside=OUTSIDE,
    )


@legal.get("/donnees-personnelles")
def privacy() -> str:
    """Say what is kept of people, table by table."""
    territory = current_search().territory
    return render(
        "legal/privacy.html",
        register=register_of(tiles_url=frame().tiles_url),
        publisher=None if territory is None else territory.publisher,
        person=person_to_ask(territory),
        outside=OUTSIDE,
    )


@legal.get("/plan-du-site")
def plan() -> str:
    """List every way into the site."""
    search = current_search()
    return render("legal/plan.html", shelves=site_plan(search.territory, search.vocabulary))
