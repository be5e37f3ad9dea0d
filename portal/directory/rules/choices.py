"""The closed lists of the directory: one word per possibility, stored as it is written here."""

from enum import StrEnum


class Kind(StrEnum):
    """What a public id may stand for."""

    STRUCTURE = "structure"
    PLACE = "place"
    SERVICE = "service"
    ACCESS_POINT = "access_point"
    TOUR = "tour"
    STOP = "stop"


class Status(StrEnum):
    """Where a service stands in its life."""

    DRAFT = "draft"
    PUBLISHED = "published"
    CLOSED = "closed"


class Cost(StrEnum):
    """What a visitor pays; unknown is never shown as free."""

    FREE = "free"
    PAID = "paid"
    DEPENDS = "depends"
    UNKNOWN = "unknown"


class LegalNature(StrEnum):
    """Who answers for a service in law."""

    PUBLIC = "public"
    PRIVATE = "private"
    ASSOCIATION = "association"
    UNKNOWN = "unknown"


class AccessPointKind(StrEnum):
    """How one reaches a service."""

    PLACE = "place"
    PHONE = "phone"
    VIDEO = "video"
    HOME = "home"
    TOUR_STOP = "tour_stop"


class AddressShown(StrEnum):
    """How much of an address the public may see."""

    EXACT = "exact"
    COMMUNE = "commune"
    NONE = "none"


class Precision(StrEnum):
    """What the point of a place was taken from."""

    ADDRESS = "address"
    STREET = "street"
    LOCALITY = "locality"
    COMMUNE = "commune"
    UNKNOWN = "unknown"


class Answer(StrEnum):
    """Whether a place has an access feature; unknown is not no."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class AccessFeature(StrEnum):
    """What a disabled person asks of a place."""

    WHEELCHAIR = "wheelchair"
    STEP_FREE = "step_free"
    TOILETS = "toilets"
    PARKING = "parking"
    LIFT = "lift"
    HEARING_LOOP = "hearing_loop"
    GUIDANCE = "guidance"
    SIGN_LANGUAGE = "sign_language"


class ContactType(StrEnum):
    """By what means one gets in touch."""

    PHONE = "phone"
    MAIL = "mail"
    SITE = "site"
    FORM = "form"
    FAX = "fax"
    POST = "post"
    SOCIAL = "social"


class ContactAudience(StrEnum):
    """Who may see a contact."""

    PUBLIC = "public"
    PROFESSIONAL = "professional"


class CompetenceKind(StrEnum):
    """What kind of area a service answers for."""

    COMMUNE = "commune"
    EPCI = "epci"
    TERRITORY = "territory"
    EVERYONE = "everyone"


class TranslationStatus(StrEnum):
    """Who translated: a machine's words are shown as such."""

    HUMAN = "human"
    MACHINE = "machine"


REVIEW_RHYTHMS = (1, 3, 6, 12, 24)
"""Months after which a service is asked whether its sheet is still true."""
SUMMARY_LENGTH = 200
"""Characters a summary may have: two lines on a telephone."""
