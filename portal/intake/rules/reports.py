"""What a visitor may report of a sheet, and how long their words are kept."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from portal.core.languages import Label
from portal.directory.rules.freshness import months_later

LONGEST_WORDS = 800
LONGEST_RECEIPT = 16
MOST_OPEN = 20
"""Reports of one sheet that may wait for an answer: a hundred more would say nothing new."""
MONTHS_AFTER_ANSWER = 6
MONTHS_WITHOUT_ANSWER = 12


class Wrong(StrEnum):
    """What may be wrong on a sheet, as it is ticked."""

    CLOSED = "closed"
    HOURS = "hours"
    CONTACT = "contact"
    ADDRESS = "address"
    CONDITIONS = "conditions"
    OTHER = "other"


WRONG_LABELS = {
    Wrong.CLOSED: Label("Ce service n’existe plus ou a déménagé", "This service has closed or moved"),
    Wrong.HOURS: Label("Les horaires ou les jours de passage", "The opening hours or the days it visits"),
    Wrong.CONTACT: Label("Le téléphone, le courriel ou le site", "The phone number, email or website"),
    Wrong.ADDRESS: Label("L’adresse ou l’emplacement", "The address or the location"),
    Wrong.CONDITIONS: Label(
        "Le coût, le public ou les documents demandés", "The cost, who it is for, or the documents required"
    ),
    Wrong.OTHER: Label("Autre chose", "Something else"),
}


@dataclass(frozen=True)
class Report:
    """What a visitor says of a sheet."""

    wrong: Collection[Wrong]
    words: str


def are_words_over(said_at: datetime, answered_at: datetime | None, today: date) -> bool:
    """Tell whether the words of a report have been kept long enough."""
    if answered_at is not None and months_later(answered_at.date(), MONTHS_AFTER_ANSWER) <= today:
        return True
    return months_later(said_at.date(), MONTHS_WITHOUT_ANSWER) <= today
