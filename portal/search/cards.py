"""The cards of services, kept between two visits as long as nothing of them changed.

Twenty cards take several thousandths of a second to read from the database, and next to nothing to look up again. A
change made in this process is heard of when it is committed; those of others are asked of the database ten times a
second at most, and the log tells whose cards to forget: one edit costs the visitors of other services nothing. What
holds for a while only, such as the state of an opening, is said anew when that while is over, service by service. What
no change tells of, such as the day of an import that changed nothing, is read again after ten minutes. All this is
read ahead, a little at a time: a visitor rarely waits for it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import count
from time import monotonic

from sqlalchemy.orm import Session

from portal.core.database import Database
from portal.directory.cards.moments import card_at, holds_until
from portal.directory.cards.services import service_card
from portal.directory.cards.values import ServiceCard
from portal.directory.events import SheetChanged
from portal.directory.queries.listings import ServiceListing, services_by_ids
from portal.directory.rules.competence import CompetenceArea, VisitorCommune, has_sector, is_competent
from portal.directory.rules.freshness import Provenance
from portal.search.changed import Told, told_since

PATIENCE = 0.1
"""Seconds for which nobody else is thought to have changed anything."""
MOST_KEPT = 5000
"""Services whose cards are kept in each process; beyond, they are forgotten all at once."""
MOST_AHEAD = 50
"""Services read at once before anybody asks: a visitor who comes meanwhile waits some hundredths of a second."""
LONGEST = 600
"""Seconds after which a service is read again though no change tells of it."""


@dataclass(frozen=True)
class _Kept:
    """A service as it was read, and its card for a visitor from anywhere, true from an instant to another."""

    card: ServiceCard
    areas: frozenset[CompetenceArea]
    """The areas it answers for."""
    provenance: Provenance
    parts: frozenset[int]
    """The numbers of all the rows that were read for it."""
    read_at: float
    since: float
    until: float

    def at(self, now: datetime) -> "_Kept":
        """Say what holds now, in a card of its own unless this one does."""
        if self.since <= now.timestamp() < self.until:
            return self
        card = card_at(self.card, self.provenance, now=now)
        since, until = _while_it_holds(card, now)
        return replace(self, card=card, since=since, until=until)


@dataclass
class _Moment:
    """What was read and is still true since a change of the log."""

    change: int = -1
    read: dict[int, _Kept] = field(default_factory=dict)
    """By the number of the service."""
    seen: dict[tuple[str, bool], tuple[ServiceCard, ServiceCard]] = field(default_factory=dict)
    """Public id, and whether it answers for the visitor's commune -> a card, and the same one that says so."""
    forgotten: set[int] = field(default_factory=set)
    """Services that were kept until a change: somebody will ask for them again."""

    def missing(self, services: Sequence[int], now: datetime) -> list[int]:
        """List the services never read, or read too long ago."""
        oldest, newest = now.timestamp() - LONGEST, now.timestamp()
        known = ((number, self.read.get(number)) for number in services)
        return [number for number, kept in known if kept is None or not oldest < kept.read_at <= newest]

    def learn(self, asked: Sequence[int], listings: Sequence[ServiceListing], now: datetime) -> None:
        """Keep what was read of services; one that is not published any more has no card."""
        found = {listing.service.id: _kept(listing, now) for listing in listings}
        self.read.update(found)
        self.forgotten.difference_update(asked)
        for number in asked:
            if number not in found:
                self.read.pop(number, None)

    def card_of(self, service: int, visitor: VisitorCommune | None, now: datetime) -> ServiceCard | None:
        """Give the card of a service as it is now; it says whether it answers for a visitor's commune."""
        known = self.read.get(service)
        if known is None:
            return None
        kept = known.at(now)
        if kept is not known:
            self.read[service] = kept
        answers = is_competent(kept.areas, visitor) if kept.areas else None
        return kept.card if answers is None else self._saying(kept, answers)

    def after(self, told: Told) -> "_Moment":
        """Begin anew, without what the log says was changed."""
        changed, read = told.parts, dict(self.read)
        if changed is None or told.mark < self.change:
            same = {}
        else:
            same = {number: kept for number, kept in read.items() if kept.parts.isdisjoint(changed)}
        return _Moment(told.mark, same, dict(self.seen), self.forgotten | (read.keys() - same.keys()))

    def due(self, now: datetime) -> list[int]:
        """List the services to read before anybody asks: those that a change forgot, and those read long ago."""
        latest = now.timestamp() - LONGEST / 2
        return [*self.forgotten, *(number for number, kept in [*self.read.items()] if kept.read_at < latest)]

    def _saying(self, kept: _Kept, answers: bool) -> ServiceCard:  # noqa: FBT001 - the field it fills
        card = kept.card
        before, told = self.seen.get((card.public_id, answers), (None, card))
        if before is not card:
            serves = answers and not has_sector(kept.areas, card.concepts)
            told = replace(card, is_competent=None if serves else answers, serves_visitor=serves)
            self.seen[card.public_id, answers] = card, told
        return told


class CardShelf:
    """Cards of services by their numbers; any number of threads may ask."""

    def __init__(self, database: Database) -> None:
        self._moment = _Moment()
        self._look_again_at = 0.0
        self._count = count(1)
        self._heard = self._answered = 0
        database.subscribe(SheetChanged, lambda _: self.look_again())

    def by_public_id(
        self, session: Session, services: Sequence[int], *, visitor: VisitorCommune | None, now: datetime
    ) -> Mapping[str, ServiceCard]:
        """Give the cards of services by their public ids; one not published has none.

        No query or one, and two for those that are not kept. To be asked before anything else of the session, which
        then need not say which state of the database it sees.
        """
        moment = self._moment_of(session)
        if missing := moment.missing(services, now):
            moment.learn(missing, services_by_ids(session, missing), now)
        cards = (moment.card_of(number, visitor, now) for number in services)
        return {card.public_id: card for card in cards if card is not None}

    def read_ahead(self, session: Session, services: Sequence[int] = (), *, now: datetime) -> int:
        """Read some services before anybody asks for them, those given first; tell how many. Three queries."""
        moment = self._moment_of(session)
        chosen = [*moment.missing(services, now), *moment.due(now)][:MOST_AHEAD]
        moment.learn(chosen, services_by_ids(session, chosen), now)
        return len(chosen)

    def _moment_of(self, session: Session) -> _Moment:
        """Begin anew after a change, or when much is kept; who still reads keeps the old one."""
        moment, instant, has_begun = self._moment, monotonic(), session.in_transaction()
        # Before the question: a change heard of meanwhile has it asked again.
        is_full, heard = len(moment.read) > MOST_KEPT, self._heard
        if instant < self._look_again_at and heard == self._answered and not (is_full or has_begun):
            return moment
        self._look_again_at = instant + PATIENCE
        told = told_since(session, moment.change)
        if told.mark < moment.change and has_begun:
            # A session that began before the last change sees what was: nobody else may be told of it.
            return _Moment(told.mark)
        if told.mark != moment.change or is_full:
            moment = self._moment = _Moment(told.mark) if is_full else moment.after(told)
        self._answered = heard
        return moment

    def look_again(self) -> None:
        """Ask the database what has changed at every visit until it has answered, however lately it was asked."""
        self._heard = next(self._count)


def _kept(listing: ServiceListing, now: datetime) -> _Kept:
    card = service_card(listing, now=now)
    since, until = _while_it_holds(card, now)
    return _Kept(
        card, frozenset(listing.competence), listing.service.provenance, listing.parts, now.timestamp(), since, until
    )


def _while_it_holds(card: ServiceCard, now: datetime) -> tuple[float, float]:
    """Give the instants between which a card made now is true; its minute counts whole, as states do."""
    minute = now.replace(second=0, microsecond=0)
    return minute.timestamp(), holds_until(card, now=now).timestamp()
