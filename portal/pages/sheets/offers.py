"""Services as the page of a place, a structure or a tour lists them, and what tells apart two pages of one name."""

from collections.abc import Callable

from flask_babel import gettext

from portal.directory.cards.values import AccessPointCard, ServiceCard
from portal.directory.models.identities import Addressed
from portal.pages.sheets.openings import is_open
from portal.pages.sheets.reaching import Telling
from portal.search.listed import ListedService, listed


def in_list(card: ServiceCard, point: AccessPointCard | None, telling: Telling) -> ListedService:
    """Show a service in the list of a page."""
    return listed(card, point, vocabulary=telling.vocabulary, now=telling.now)


def best_of(card: ServiceCard, fits: Callable[[AccessPointCard], bool] = lambda _: True) -> AccessPointCard | None:
    """Choose the desk that stands for a service among those that fit: an open one first, then one with a place."""
    points = [point for point in card.access_points if fits(point)]
    return min(points, key=lambda point: (not is_open(point.opening), point.location is None), default=None)


def told_apart(where: str, row: Addressed, *, has_namesake: bool) -> str:
    """Add what no other sheet of the same name has."""
    mark = gettext("fiche %(id)s", id=row.public_id) if has_namesake else ""
    return ", ".join(words for words in (where, mark) if words)
