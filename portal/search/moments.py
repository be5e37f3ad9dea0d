"""How far the portal is: the minute, the change up to which the index has followed, and what was changed here since.

No question is put to the database: the index follows the log of changes in every process within a second, and a change
made in this process is heard of when it is committed.
"""

from collections.abc import Hashable
from itertools import count

from portal.core.clock import Clock
from portal.core.database import Database
from portal.directory.events import SheetChanged
from portal.search.cards import CardShelf
from portal.search.indexing import Indexing
from search_index.engine import IndexDamaged


class Moments:
    """Tells whether what was true a moment ago still is; any number of threads may ask."""

    def __init__(self, database: Database, indexing: Indexing, cards: CardShelf, clock: Clock) -> None:
        self._indexing, self._cards, self._clock = indexing, cards, clock
        self._mark = -1
        self._count = count(1)
        self._changes_here = 0
        database.subscribe(SheetChanged, lambda _: self._note())

    def now(self) -> Hashable | None:
        """Give what stays the same while every page says the same; None while the index is lost."""
        changes = self.changes()
        return None if changes is None else (self._clock.now().replace(second=0, microsecond=0), changes)

    def changes(self) -> Hashable | None:
        """Give what stays the same while nothing changes but the hour; None while the index is lost."""
        try:
            mark = self._indexing.engine.mark
        except IndexDamaged:
            return None
        if mark != self._mark:
            # The index has heard of a change: no page made from now on may show a card from before it.
            self._cards.look_again()
            self._mark = mark
        health = self._indexing.health
        # What was made without an index that was found damaged meanwhile says less than it should.
        return mark, self._changes_here, health.n_unanswered, health.n_rebuilds

    def _note(self) -> None:
        self._changes_here = next(self._count)
