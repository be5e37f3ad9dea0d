"""Which door or stop somebody came for: a list leads to a sheet by one of them, and the sheet then begins with it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from flask_babel import ngettext

from portal.core.languages import FRENCH
from portal.geography.grammar import at_commune
from portal.pages.sheets.reaching import Reach
from portal.search.listed import ListedState
from portal.web.languages import current_language

DOOR = "acces"
"""Parameter of a service’s address: the public id of one of its access points."""
COMMUNE = "ou"
"""Parameter of a tour’s address: the code of the commune where one waits for it."""

Row = TypeVar("Row")


@dataclass(frozen=True)
class FoundDoor:
    """The way to reach a service that somebody came for."""

    anchor: str
    icon: str
    where: str
    state: ListedState
    others: str
    """How many other ways there are."""


def found_door(reaches: Sequence[Reach], asked: str) -> FoundDoor | None:
    """Tell which way was asked for; nothing where it is the only one, or none of them."""
    found = next((reach for reach in reaches if reach.public_id == asked), None)
    n_others = len(reaches) - 1
    if found is None or not n_others:
        return None
    others = ngettext("Voir l’autre accueil", "Voir les %(num)s autres accueils", n_others)
    return FoundDoor(found.anchor, found.icon, _where(found), found.opening.state, str(others))


def first_of(rows: Iterable[Row], asked: Iterable[Row]) -> list[Row]:
    """Put those asked for before the others; both keep their order."""
    first = [*asked]
    return [*first, *(row for row in rows if row not in first)]


def at_words(commune: str) -> str:
    """Say "at" a commune at the beginning of a line: "Au Mériot"; its bare name in other languages."""
    words = at_commune(commune) if current_language() == FRENCH else commune
    return words[:1].upper() + words[1:]


def _where(reach: Reach) -> str:
    if reach.place is None:
        return reach.name
    town = at_words(reach.place.commune_name)
    return f"{town}, {reach.name}" if reach.place.link is not None else town
