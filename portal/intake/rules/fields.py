"""The fields a record may speak of: whose they are, what type they have, and how the directory calls them."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from portal.directory.rules.choices import AccessFeature, AddressShown, Answer, Cost, LegalNature, Precision
from portal.directory.rules.competence import CompetenceArea
from portal.directory.rules.contact_lines import ContactLine
from portal.geography.points import Point
from portal.hours.slots import Mode, Opening
from portal.vocabulary.audiences import Audience

Contacts = tuple[ContactLine, ...]


class Part(StrEnum):
    """Which row of the directory a field belongs to."""

    SERVICE = "service"
    STRUCTURE = "structure"
    PLACE = "place"
    ACCESS = "access"


FIELDS: Mapping[Part, Mapping[str, Any]] = {
    Part.SERVICE: {
        "title": str,
        "concepts": tuple[str, ...],
        "summary": str,
        "description": str,
        "audiences": tuple[Audience, ...],
        "ages": tuple[int | None, int | None],
        "cost": Cost,
        "cost_note": str,
        "modes": tuple[Mode, ...],
        "languages": tuple[str, ...],
        "documents": str,
        "eligibility": str,
        "legal_nature": LegalNature,
        "competence": tuple[CompetenceArea, ...],
        "online_url": str,
        "contacts": Contacts,
    },
    Part.STRUCTURE: {
        "name": str,
        "siret": str,
        "legal_nature": LegalNature,
        "description": str,
        "contacts": Contacts,
    },
    Part.PLACE: {
        "commune_code": str,
        "name": str,
        "address": str,
        "address_extra": str,
        "postal_code": str,
        "point": Point | None,
        "precision": Precision,
        "address_shown": AddressShown | None,
        "access_note": str,
        "contacts": Contacts,
        **{f"access_{feature}": Answer for feature in AccessFeature},
    },
    Part.ACCESS: {"opening": Opening, "opening_words": str, "note": str, "url": str, "contacts": Contacts},
}
"""Part -> name of the field -> its type, as `values.read` takes it."""

_SAYS_NOTHING: tuple[object, ...] = (None, "", [], {}, "unknown", [None, None])


def says_nothing(written: object) -> bool:
    """Tell whether a written value is empty, or only says that nobody knows."""
    return written in _SAYS_NOTHING
