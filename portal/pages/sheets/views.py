"""The pages of sheets, the short addresses, and what is said where a sheet no longer stands."""

from functools import partial
from http import HTTPStatus
from urllib.parse import urlencode

from flask import Blueprint, Response, make_response, redirect, request
from werkzeug.wrappers import Response as Redirect

from portal.directory.queries.addresses import Gone, Moved
from portal.directory.queries.listings import ServiceListing
from portal.directory.rules.choices import Kind
from portal.directory.rules.public_ids import number_of
from portal.pages.sheets.addresses import SHELVES, Name, read_name
from portal.pages.sheets.closed import ClosedPage, closed_page, gone_page
from portal.pages.sheets.coming import near_place
from portal.pages.sheets.found import COMMUNE, DOOR
from portal.pages.sheets.places import PlacePage, place_page
from portal.pages.sheets.queries import (
    at_short_address,
    elsewhere,
    heir_of,
    place_named,
    service_named,
    structure_named,
    tour_named,
)
from portal.pages.sheets.reaching import Telling
from portal.pages.sheets.service import ServicePage, is_published, service_page
from portal.pages.sheets.structures import StructurePage, structure_page
from portal.pages.sheets.taking_away import closed_shape, gone_shape, place_card, service_in_shape
from portal.pages.sheets.tours import TourPage, tour_page
from portal.search.serving import current_search
from portal.web.addresses import to
from portal.web.audience import tell
from portal.web.headers import let_nobody_know
from portal.web.kept import kept
from portal.web.languages import current_language
from portal.web.rendering import render
from portal.web.simple import is_simple
from portal.web.visit import clock, reading

sheets = Blueprint("sheets", __name__)


@sheets.get("/services/<name>")
def service(name: str) -> Response | Redirect:
    """Show one service; a closed one says so."""
    named, asked = read_name(name), request.args.get(DOOR, "")
    page = kept((Kind.SERVICE, named, asked), partial(_service, named, asked))
    if not isinstance(page, ServicePage):
        return page
    tell(page.about)
    template = "sheets/simple.html" if is_simple() else "sheets/service.html"
    return let_nobody_know(make_response(render(template, page=page)), hides=page.is_sensitive)


@sheets.get("/services/<name>.<any(ics, json, vcf):shape>")
def service_shape(name: str, shape: str) -> Response | Redirect:
    """Give one service in a shape that programs take away."""
    listing = service_named(reading(), read_name(name))
    if listing is None:
        return _elsewhere(Kind.SERVICE, read_name(name), shape=f".{shape}")
    if not is_published(listing):
        return closed_shape(_closed_page(listing))
    return service_in_shape(reading(), listing, shape, _telling())


@sheets.get("/lieux/<name>")
def place(name: str) -> str | Redirect | Response:
    """Show one place and all that is offered there."""
    page = kept((Kind.PLACE, read_name(name)), partial(_place, read_name(name)))
    if not isinstance(page, PlacePage):
        return page
    tell(page.about)
    return render("sheets/place.html", page=page)


@sheets.get("/lieux/<name>.vcf")
def place_shape(name: str) -> Response | Redirect:
    """Give one place as a card for an address book."""
    listing = place_named(reading(), read_name(name))
    if listing is None:
        return _elsewhere(Kind.PLACE, read_name(name), shape=".vcf")
    return place_card(listing, _telling())


@sheets.get("/structures/<name>")
def structure(name: str) -> Redirect | Response:
    """Show one structure and what it offers."""
    page = kept((Kind.STRUCTURE, read_name(name)), partial(_structure, read_name(name)))
    if not isinstance(page, StructurePage):
        return page
    return let_nobody_know(make_response(render("sheets/structure.html", page=page)), hides=page.is_sensitive)


@sheets.get("/tournees/<name>")
def tour(name: str) -> str | Redirect | Response:
    """Show one tour and its stops."""
    named, commune = read_name(name), request.args.get(COMMUNE, "")
    page = kept((Kind.TOUR, named, commune), partial(_tour, named, commune))
    return render("sheets/tour.html", page=page) if isinstance(page, TourPage) else page


@sheets.get("/s/<public_id>")
def short(public_id: str) -> Response | Redirect:
    """Lead from a short address, such as that of a QR code, to its sheet."""
    door = request.args.get(DOOR, "")
    return _lead(
        at_short_address(reading(), public_id),
        door=f"?{urlencode({DOOR: door})}" if number_of(door) is not None else "",
    )


def _service(name: Name, asked: str) -> ServicePage | Response | Redirect:
    listing = service_named(reading(), name)
    if listing is None:
        return _elsewhere(Kind.SERVICE, name)
    if not is_published(listing):
        return _closed(listing)
    return service_page(reading(), listing, search=current_search(), telling=_telling(), asked=asked)


def _place(name: Name) -> PlacePage | Response | Redirect:
    listing = place_named(reading(), name, near=partial(near_place, current_search()))
    return _elsewhere(Kind.PLACE, name) if listing is None else place_page(listing, _telling())


def _structure(name: Name) -> StructurePage | Response | Redirect:
    listing = structure_named(reading(), name)
    return _elsewhere(Kind.STRUCTURE, name) if listing is None else structure_page(listing, _telling())


def _tour(name: Name, commune: str) -> TourPage | Response | Redirect:
    listing = tour_named(reading(), name)
    return _elsewhere(Kind.TOUR, name) if listing is None else tour_page(listing, _telling(), commune=commune)


def _closed(listing: ServiceListing) -> Response:
    return make_response(render("sheets/closed.html", page=_closed_page(listing)))


def _closed_page(listing: ServiceListing) -> ClosedPage:
    heir = heir_of(reading(), listing.service)
    return closed_page(listing, heir=heir, search=current_search(), language=current_language())


def _elsewhere(kind: Kind, name: Name, *, shape: str = "") -> Response | Redirect:
    return _lead(elsewhere(reading(), kind, name), shape=shape)


def _lead(found: Moved | Gone, *, shape: str = "", door: str = "") -> Response | Redirect:
    if isinstance(found, Moved):
        address = to(f"/{SHELVES[found.kind]}/{found.slug}-{found.public_id}{shape}{door}")
        return redirect(address, HTTPStatus.MOVED_PERMANENTLY)
    page = gone_page(found, language=current_language())
    if shape:
        return gone_shape(page)
    return make_response(render("sheets/gone.html", page=page), HTTPStatus.GONE)


def _telling() -> Telling:
    return Telling(clock().now(), current_language(), current_search().vocabulary)
