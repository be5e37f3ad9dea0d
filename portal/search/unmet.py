"""What nobody found: kinds of service asked for in vain, counted by day without any word or visitor.

A page only reads. What it could not give is kept here for a moment, and written apart by the thread that tends the
index.
"""

import threading
from collections import Counter
from collections.abc import Iterable
from datetime import date

from sqlalchemy.orm import Session

from portal.search.models import UnmetNeed

MOST_KEPT = 10_000
NOTHING_RECOGNISED = ""
"""Stands for a question in which no kind of service was recognised."""


class Unmet:
    """Counts kept until they are written; threads may share it."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[date, str]] = Counter()
        self._lock = threading.Lock()

    def note(self, day: date, *, concepts: Iterable[str]) -> None:
        """Count a question without answer, once for each kind of service it asked for."""
        with self._lock:
            for code in sorted({*concepts}) or [NOTHING_RECOGNISED]:
                if len(self._counts) < MOST_KEPT:
                    self._counts[day, code] += 1

    def take(self) -> dict[tuple[date, str], int]:
        """Give what was counted, and begin anew."""
        with self._lock:
            taken, self._counts = dict(self._counts), Counter()
        return taken


def write_unmet(session: Session, counted: dict[tuple[date, str], int]) -> None:
    """Add counts to those of the database."""
    for (day, concept), times in sorted(counted.items()):
        row = session.get(UnmetNeed, (day, concept))
        if row is None:
            session.add(UnmetNeed(day=day, concept=concept, times=times))
        else:
            row.times += times
