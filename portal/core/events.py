"""Facts told upwards: queued while work is being done, delivered only once it is committed.

An event of a rolled-back unit (or savepoint) is never told. A subscriber that fails loses neither the commit nor
the other subscribers' turn.
"""

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar, cast
from weakref import WeakKeyDictionary

from sqlalchemy import event
from sqlalchemy.orm import Session, SessionTransaction

from portal.core.logs import place_of

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Event:
    """Something that has happened; each room derives its own, named in the past tense."""


EventType = TypeVar("EventType", bound=Event)
_Subscriber = Callable[[Any], None]
_QUEUE = "events"
_MARKS = "event marks"


def publish(session: Session, fact: Event) -> None:
    """Queue a fact, to be told after the unit of work is committed."""
    _queue(session).append(fact)


def queued(session: Session) -> tuple[Event, ...]:
    """List what the session would tell if it were committed now."""
    return tuple(_queue(session))


class Subscribers:
    """Who wants to hear of what."""

    def __init__(self) -> None:
        self._by_type: dict[type[Event], list[_Subscriber]] = defaultdict(list)

    def subscribe(self, kind: type[EventType], subscriber: Callable[[EventType], None]) -> None:
        """Ask to hear of every event of a kind, or of a kind derived from it."""
        self._by_type[kind].append(subscriber)

    def deliver(self, facts: Iterable[Event]) -> None:
        """Tell each fact to each of its subscribers, whatever happens to the others."""
        for fact in facts:
            for kind in type(fact).__mro__:
                for subscriber in self._by_type.get(kind, ()):
                    _tell(subscriber, fact)


def _tell(subscriber: _Subscriber, fact: Event) -> None:
    try:
        subscriber(fact)
    except Exception as error:  # noqa: BLE001 - the work is committed: nothing a subscriber does may undo it
        logger.error(  # noqa: TRY400 - a traceback would print the error's message, which may quote a person
            "a subscriber of %(event)s failed: %(error)s",
            {"event": type(fact).__name__, "error": place_of(error)},
        )


def _queue(session: Session) -> list[Event]:
    return cast("list[Event]", session.info.setdefault(_QUEUE, []))


@event.listens_for(Session, "after_transaction_create")
def _mark_savepoint(session: Session, transaction: SessionTransaction) -> None:
    if transaction.nested:
        # Weak: an import opens a savepoint for each record.
        session.info.setdefault(_MARKS, WeakKeyDictionary())[transaction] = len(_queue(session))


@event.listens_for(Session, "after_soft_rollback")
def _drop_rolled_back(session: Session, transaction: SessionTransaction) -> None:
    if transaction.nested:
        del _queue(session)[session.info.get(_MARKS, {}).get(transaction, 0) :]
    else:
        _queue(session).clear()
