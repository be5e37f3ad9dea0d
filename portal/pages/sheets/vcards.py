"""Sheets as business cards (vCard 4, RFC 6350): what a telephone keeps among its contacts."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from portal.directory.cards.values import AccessPointCard, Location, PlaceSheet, ServiceSheet
from portal.directory.rules.choices import ContactType
from portal.directory.rules.contact_lines import ContactLine
from portal.hours.words import short
from portal.web.content_lines import escaped, text_line, written

CONTENT_TYPE = "text/vcard; charset=utf-8"
_MOST_CARDS = 20
_KINDS = {
    ContactType.PHONE: "TEL;TYPE=work,voice",
    ContactType.FAX: "TEL;TYPE=work,fax",
    ContactType.MAIL: "EMAIL;TYPE=work",
}
_WEB = frozenset({ContactType.SITE, ContactType.FORM, ContactType.SOCIAL})


@dataclass(frozen=True)
class BusinessCard:
    """One entry of an address book."""

    uid: str
    name: str
    organisation: str
    contacts: tuple[ContactLine, ...]
    source: str
    """The address of the sheet it was made from."""
    changed_at: datetime
    where: Location | None = None
    note: str = ""


def cards_of_service(sheet: ServiceSheet, points: Iterable[AccessPointCard], *, source: str) -> list[BusinessCard]:
    """Make a card for each place of a service, or one when nobody goes there."""
    card = sheet.card
    whole = BusinessCard(card.public_id, card.title, card.structure.name, card.contacts, source, sheet.changed_at)
    located = [(point, point.location) for point in points if point.location is not None]
    found = [
        replace(
            whole,
            uid=point.public_id,
            name=card.title if len(located) == 1 else f"{card.title} – {_place_name(where)}",
            contacts=(*point.contacts, *card.contacts),
            where=where,
            note=short(point.opening.opening) if point.opening.opening.slots else "",
        )
        for point, where in located[:_MOST_CARDS]
    ]
    return found or [whole]


def card_of_place(sheet: PlaceSheet, *, source: str, changed_at: datetime) -> BusinessCard:
    """Make the card of a place; its note says what one finds there."""
    return BusinessCard(
        uid=sheet.link.public_id,
        name=sheet.link.name,
        organisation=sheet.link.name,
        contacts=sheet.contacts,
        source=source,
        changed_at=changed_at,
        where=sheet.location,
        note="\n".join(card.title for card in sheet.services),
    )


def write_vcards(cards: Iterable[BusinessCard]) -> str:
    """Write cards behind each other."""
    return written(line for card in cards for line in _lines(card))


def _lines(card: BusinessCard) -> Iterator[str]:
    yield "BEGIN:VCARD"
    yield "VERSION:4.0"
    yield "PRODID:-//Maillage//Maillage//FR"
    yield text_line("UID", f"{card.uid}@maillage")
    yield "KIND:org"
    yield text_line("FN", card.name)
    yield text_line("ORG", card.organisation)
    yield from _contacts(card.contacts)
    if card.where is not None:
        yield from _address(card.where)
    if card.note:
        yield text_line("NOTE", card.note)
    yield f"SOURCE:{card.source}"
    yield f"REV:{card.changed_at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield "END:VCARD"


def _contacts(lines: Iterable[ContactLine]) -> Iterator[str]:
    for line in dict.fromkeys((each.type, each.value) for each in lines if each.is_public):
        kind, value = line
        if kind in _KINDS:
            yield text_line(_KINDS[kind], value)
        elif kind in _WEB and value.startswith(("https://", "http://")):
            yield f"URL:{value}"


def _address(where: Location) -> Iterator[str]:
    parts = ("", where.address_extra, where.address, where.commune.name, "", where.postal_code, "France")
    yield f"ADR;TYPE=work:{';'.join(map(escaped, parts))}"
    if where.own_point is not None:
        yield f"GEO:geo:{where.own_point}"


def _place_name(where: Location) -> str:
    return where.commune.name if where.link is None else where.link.name
