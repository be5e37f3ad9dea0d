"""A list as a table that spreadsheets open: semicolons, a byte order mark, no cell that could be a formula."""

import csv
from collections.abc import Iterable, Mapping
from functools import lru_cache
from io import StringIO

from portal.directory.cards.values import AccessPointCard, Location
from portal.directory.rules.choices import ContactType, Cost
from portal.hours.slots import Opening
from portal.hours.words import short
from portal.search.exports.listing import Listed, WholeList
from portal.vocabulary.vocabulary import Vocabulary
from portal.web.addresses import absolute

COLUMNS = (
    "id",
    "titre",
    "resume",
    "types",
    "structure",
    "lieu",
    "adresse",
    "code_postal",
    "commune",
    "code_insee",
    "latitude",
    "longitude",
    "distance_m",
    "horaires",
    "telephone",
    "courriel",
    "site",
    "gratuit",
    "competent",
    "verifie_le",
    "source",
    "adresse_web",
)
BYTE_ORDER_MARK = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_COSTS: Mapping[Cost, str] = {Cost.FREE: "oui", Cost.PAID: "non", Cost.DEPENDS: "selon la situation", Cost.UNKNOWN: ""}
_COMPETENT: Mapping[bool | None, str] = {True: "oui", False: "non", None: ""}


def table_of(found: WholeList, *, vocabulary: Vocabulary) -> str:
    """Write a list as a table, one service a line."""
    written = StringIO()
    rows = csv.writer(written, delimiter=";", lineterminator="\r\n")
    rows.writerow(COLUMNS)
    rows.writerows([_cell(value) for value in _values(each, vocabulary)] for each in found.items)
    return BYTE_ORDER_MARK + written.getvalue()


def harmless(text: str) -> str:
    """Write a text so that no spreadsheet runs it: what begins like a formula begins with an apostrophe."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _cell(value: str | float | None) -> str:
    if value is None:
        return ""
    return harmless(value) if isinstance(value, str) else str(value)


def _values(listed: Listed, vocabulary: Vocabulary) -> Iterable[str | float | None]:
    card, desk, distance = listed.hit.card, listed.hit.access_point, listed.hit.distance
    labels = (concept.label.fr for code in card.concepts if (concept := vocabulary.concept(code)) is not None)
    yield from (card.public_id, card.title, card.summary, ", ".join(labels), card.structure.name)
    yield from _place(None if desk is None else desk.location)
    yield None if distance is None else round(distance)
    yield "" if desk is None else _hours(desk.opening.opening)
    yield from _contacts(listed, desk)
    yield _COSTS[card.cost]
    yield _COMPETENT[card.is_competent]
    yield "" if card.verified_on is None else card.verified_on.isoformat()
    yield card.source
    yield absolute(f"/services/{card.slug}-{card.public_id}")


@lru_cache(maxsize=4096)
def _hours(opening: Opening) -> str:
    """Say an opening in short, once for all the desks that share it."""
    return short(opening)


def _place(where: Location | None) -> Iterable[str | float | None]:
    if where is None:
        return ("", "", "", "", "", None, None)
    point = where.own_point
    return (
        where.own_name,
        where.address,
        where.postal_code,
        where.commune.name,
        where.commune.code,
        None if point is None else point.lat,
        None if point is None else point.lon,
    )


def _contacts(listed: Listed, desk: AccessPointCard | None) -> Iterable[str]:
    lines = [line for line in ((desk.contacts if desk else ()) or listed.hit.card.contacts) if line.is_public]
    for kind in (ContactType.PHONE, ContactType.MAIL, ContactType.SITE):
        yield ", ".join(line.value for line in lines if line.type is kind)
