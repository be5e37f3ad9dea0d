"""What search engines are told of a sheet, in the words of schema.org."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from portal.directory.cards.values import AccessPointCard, Location, PlaceSheet, ServiceSheet, StructureSheet
from portal.directory.queries.openings import schedule_of
from portal.directory.rules.choices import Answer, ContactType, Cost, LegalNature
from portal.directory.rules.contact_lines import ContactLine
from portal.directory.rules.names import ACCESS_LABELS
from portal.hours.calendar import Calendar
from portal.hours.schema_org import write_schema_org
from portal.hours.slots import Opening
from portal.pages.sheets.reaching import Telling
from portal.vocabulary.audiences import Audience
from portal.web.addresses import absolute, link_to
from portal.web.linked_data import Described

_WINDOW = timedelta(days=27)
_MOST_CHANNELS = 10
_PROVIDERS = {
    LegalNature.PUBLIC: "GovernmentOrganization",
    LegalNature.ASSOCIATION: "NGO",
    LegalNature.PRIVATE: "Organization",
    LegalNature.UNKNOWN: "Organization",
}


def service_described(sheet: ServiceSheet, points: Sequence[AccessPointCard], telling: Telling) -> Described:
    """Describe a service, its desks and their hours."""
    card = sheet.card
    concept = telling.vocabulary.concept(card.concepts[0]) if card.concepts else None
    is_public = sheet.legal_nature is LegalNature.PUBLIC
    return {
        "@context": "https://schema.org",
        "@type": "GovernmentService" if is_public else "Service",
        "name": card.title,
        "url": absolute(link_to("services", card)),
        "description": card.summary or sheet.description,
        "serviceType": "" if concept is None else concept.label.fr,
        "provider": {
            "@type": _PROVIDERS[sheet.legal_nature],
            "name": card.structure.name,
            "url": absolute(link_to("structures", card.structure)),
        },
        "audience": [
            {"@type": "Audience", "audienceType": each.label.fr}
            for each in card.audiences
            if each is not Audience.EVERYONE
        ],
        "offers": {"@type": "Offer", "price": "0", "priceCurrency": "EUR"} if card.cost is Cost.FREE else None,
        "availableChannel": [
            _channel(point, card.languages, card.contacts, telling.now) for point in points[:_MOST_CHANNELS]
        ],
    }


def place_described(sheet: PlaceSheet) -> Described:
    """Describe a place."""
    return {
        "@context": "https://schema.org",
        **_place(sheet.location),
        "url": absolute(link_to("lieux", sheet.link)),
        "telephone": _first(sheet.contacts, ContactType.PHONE),
    }


def structure_described(sheet: StructureSheet) -> Described:
    """Describe a structure."""
    return {
        "@context": "https://schema.org",
        "@type": _PROVIDERS[sheet.legal_nature],
        "name": sheet.link.name,
        "url": absolute(link_to("structures", sheet.link)),
        "description": sheet.description,
        "telephone": _first(sheet.contacts, ContactType.PHONE),
        "email": _first(sheet.contacts, ContactType.MAIL),
        "sameAs": _first(sheet.contacts, ContactType.SITE),
    }


def _channel(
    point: AccessPointCard, languages: Sequence[str], contacts: tuple[ContactLine, ...], now: datetime
) -> Described:
    where = point.location
    phone = _first((*point.contacts, *contacts), ContactType.PHONE)
    place = None if where is None else _place(where)
    hours = _hours(point, now)
    return {
        "@type": "ServiceChannel",
        "servicePhone": _contact_point(phone, hours if place is None else None),
        "serviceUrl": point.url,
        "availableLanguage": [each for each in languages if each != "fsl"],
        "serviceLocation": None if place is None else {**place, "openingHoursSpecification": hours},
    }


def _contact_point(phone: str, hours: Sequence[Any] | None) -> Described | None:
    """Describe a telephone; its hours are told where they are not those of a place."""
    return {"@type": "ContactPoint", "telephone": phone, "hoursAvailable": hours} if phone else None


def _hours(point: AccessPointCard, now: datetime) -> Sequence[Any]:
    opening = point.opening
    return _hours_from(opening.opening, opening.calendar, now.astimezone(opening.calendar.time_zone).date())


@lru_cache(maxsize=1024)
def _hours_from(opening: Opening, calendar: Calendar, today: date) -> Sequence[Any]:
    """Write hours once a day for all the desks that share them."""
    return tuple(write_schema_org(schedule_of(opening, calendar), today, today + _WINDOW))


def _place(where: Location) -> Described:
    point = where.point
    return {
        "@type": "Place",
        "name": where.commune.name if where.link is None else where.link.name,
        "address": {
            "@type": "PostalAddress",
            "streetAddress": where.address,
            "postalCode": where.postal_code,
            "addressLocality": where.commune.name,
            "addressCountry": "FR",
        },
        "geo": None if point is None else {"@type": "GeoCoordinates", "latitude": point.lat, "longitude": point.lon},
        "amenityFeature": [
            {
                "@type": "LocationFeatureSpecification",
                "name": ACCESS_LABELS[feature].fr,
                "value": answer is Answer.YES,
            }
            for feature, answer in (where.access or {}).items()
            if answer is not Answer.UNKNOWN
        ],
    }


def _first(lines: Iterable[ContactLine], kind: ContactType) -> str:
    return next((line.value for line in lines if line.type is kind and line.is_public), "")
