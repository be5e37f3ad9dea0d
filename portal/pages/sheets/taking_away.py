"""Sheets in the shapes one takes away: JSON for programs, a calendar for a diary, a card for an address book."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from http import HTTPStatus

from flask import Response
from flask_babel import gettext
from sqlalchemy.orm import Session

from portal.directory.cards.services import service_sheet
from portal.directory.cards.sheets import place_sheet
from portal.directory.queries.listings import ServiceListing
from portal.directory.queries.sheets import PlaceListing
from portal.directory.rules.refusals import NoSuchSheet
from portal.pages.sheets import vcards
from portal.pages.sheets.beside import beside_service
from portal.pages.sheets.closed import ClosedPage, GonePage
from portal.pages.sheets.diary import events_of
from portal.pages.sheets.reaching import Telling, in_order
from portal.pages.sheets.shapes import sheet_shape
from portal.web.addresses import absolute
from portal.web.icalendar import calendar_answer
from portal.web.problems import problem_answer

_AsShape = Callable[[Session, ServiceListing, Telling], Response]


def service_in_shape(session: Session, listing: ServiceListing, shape: str, telling: Telling) -> Response:
    """Give a service as `json`, `ics` or `vcf`."""
    return _SHAPES[shape](session, listing, telling)


def place_card(listing: PlaceListing, telling: Telling) -> Response:
    """Give a place as a card for an address book."""
    sheet = place_sheet(listing, now=telling.now)
    if sheet is None:
        raise NoSuchSheet
    address = absolute(f"/lieux/{sheet.link.slug}-{sheet.link.public_id}")
    return _card([vcards.card_of_place(sheet, source=address, changed_at=listing.place.changed_at)], sheet.link.slug)


def closed_shape(page: ClosedPage) -> Response:
    """Tell a program that a service is closed, and which one answers for it today."""
    heir = "" if page.successor is None else absolute(f"/services/{page.successor.slug}-{page.successor.public_id}")
    title = gettext("%(service)s : fermé", service=page.link.name)
    sentence = gettext("Ce service a fermé le %(day)s.", day=page.closed_on)
    return problem_answer(title, sentence, HTTPStatus.GONE, members={"successeur": heir} if heir else None)


def gone_shape(page: GonePage) -> Response:
    """Tell a program that a sheet was taken away."""
    sentence = gettext("Elle a été retirée du portail le %(day)s.", day=page.gone_on)
    return problem_answer(gettext("Cette fiche n’existe plus"), sentence, HTTPStatus.GONE)


def _json(session: Session, listing: ServiceListing, telling: Telling) -> Response:
    sheet = service_sheet(listing, now=telling.now)
    beside = beside_service(session, listing.service.id, language="", stops=(), on_demand=())
    body = sheet_shape(sheet, in_order(sheet.card.access_points), beside.sources, telling)
    written = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return Response(written, content_type="application/json; charset=utf-8")


def _calendar(_session: Session, listing: ServiceListing, telling: Telling) -> Response:
    sheet = service_sheet(listing, now=telling.now)
    points = in_order(sheet.card.access_points)
    events = events_of(sheet, points, now=telling.now, url=_address(listing))
    return calendar_answer(sheet.card.title, events, stamp=last_change(listing))


def last_change(listing: ServiceListing) -> datetime:
    """Tell when what a diary is told of a service last changed: a diary asks often, and is seldom told anything new."""
    rows = [row for each in listing.access_points for row in (each.access_point, each.place) if row is not None]
    return max(row.changed_at for row in (listing.service, *rows))


def _address_book(_session: Session, listing: ServiceListing, telling: Telling) -> Response:
    sheet = service_sheet(listing, now=telling.now)
    cards = vcards.cards_of_service(sheet, in_order(sheet.card.access_points), source=_address(listing))
    return _card(cards, listing.service.slug)


def _card(cards: list[vcards.BusinessCard], slug: str) -> Response:
    answer = Response(vcards.write_vcards(cards), content_type=vcards.CONTENT_TYPE)
    answer.headers["Content-Disposition"] = f'attachment; filename="{slug}.vcf"'
    return answer


def _address(listing: ServiceListing) -> str:
    return absolute(f"/services/{listing.service.slug}-{listing.service.public_id}")


_SHAPES: Mapping[str, _AsShape] = {"json": _json, "ics": _calendar, "vcf": _address_book}
