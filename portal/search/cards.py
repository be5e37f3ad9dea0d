"""The cards of services, kept between two visits as long as nothing changed and the minute lasts.

Twenty cards take several thousandths of a second to read from the database, and next to nothing to look up again. A
change made in this process is heard of when it is committed; for those of others the number of the last change is asked
of the database ten times a second at most: what was kept before it is forgotten. States hold for a minute; so does what
no change tells of, such as the day of an import that changed nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from time import monotonic

from sqlalchemy.orm import Session

from portal.core.database import Database
from portal.directory.cards.services import service_card
from portal.directory.cards.values import ServiceCard
from portal.directory.events import SheetChanged
from portal.directory.queries.listings import services_by_ids
from portal.directory.rules.competence import CompetenceArea, VisitorCommune, has_sector, is_competent
from portal.search.changed import last_change

PATIENCE = 0.1
"""Seconds for which nobody else is thought to have changed anything."""
MOST_KEPT = 5000
"""Services whose cards are kept in each process; beyond, they are forgotten all at once."""

_Areas = tuple[CompetenceArea, ...]


@dataclass
class _Moment:
    """What was read since the last change, within one minute."""

    change: int = -1
    minute: datetime | None = None
    read: dict[int, tuple[ServiceCard, _Areas]] = field(default_factory=dict)
    """Number of a service -> its card for a visitor from anywhere, and the areas it answers for."""
    seen: dict[tuple[str, bool], ServiceCard] = field(default_factory=dict)
    """Public id, and whether it answers for the visitor's commune -> the card that says so."""

    def seen_by(self, visitor: VisitorCommune | None, card: ServiceCard, areas: _Areas) -> ServiceCard:
        """Say on a card whether the service answers for a visitor's commune, where that makes a difference."""
        answers = is_competent(areas, visitor) if areas else None
        if answers is None:
            return card
        told = self.seen.get((card.public_id, answers))
        if told is None:
            serves = answers and not has_sector(areas, card.concepts)
            told = replace(card, is_competent=None if serves else answers, serves_visitor=serves)
            self.seen[card.public_id, answers] = told
        return told


class CardShelf:
    """Cards of services by their numbers; any number of threads may ask."""

    def __init__(self, database: Database) -> None:
        self._moment = _Moment()
        self._look_again_at = 0.0
        database.subscribe(SheetChanged, lambda _: self._look_again())

    def by_public_id(
        self, session: Session, services: Sequence[int], *, visitor: VisitorCommune | None, now: datetime
    ) -> Mapping[str, ServiceCard]:
        """Give the cards of services by their public ids; one not published has none.

        No query or one, and three for those that are not kept.
        """
        moment = self._moment_of(session, now)
        if missing := [number for number in services if number not in moment.read]:
            for listing in services_by_ids(session, missing):
                moment.read[listing.service.id] = service_card(listing, now=now), listing.competence
        kept = (moment.read.get(number) for number in services)
        return {each[0].public_id: moment.seen_by(visitor, *each) for each in kept if each is not None}

    def _moment_of(self, session: Session, now: datetime) -> _Moment:
        """Begin anew after a change, in the next minute, or when much is kept; who still reads keeps the old one."""
        moment, minute, instant = self._moment, now.replace(second=0, microsecond=0), monotonic()
        is_good = moment.minute == minute and len(moment.read) <= MOST_KEPT
        if is_good and instant < self._look_again_at:
            return moment
        # Before the question: a change heard of meanwhile has it asked again.
        self._look_again_at = instant + PATIENCE
        change = last_change(session)
        if not is_good or moment.change != change:
            moment = self._moment = _Moment(change, minute)
        return moment

    def _look_again(self) -> None:
        self._look_again_at = 0.0
