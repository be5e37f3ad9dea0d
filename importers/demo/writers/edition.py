"""An edition of a list: the day it says of itself, and the days its rows say, counted from the reference day."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from importers.demo.days import read_day
from portal.vocabulary.marks import Table

_FRESHEST, _STALEST = 45, 600
"""Days since which a register last looked at an entry whose day nobody wrote."""


@dataclass(frozen=True, kw_only=True)
class Edition:
    """The day a list is of, and the one that the content counts from."""

    reference_day: date
    said_on: date
    labels: Mapping[str, str] = field(default_factory=dict)
    """What a register writes beside its codes."""

    def updated(self, entry: Table) -> date | None:
        """Give the day an entry says it was last looked at; never after the list itself."""
        day = read_day(entry.text("verifie"), reference_day=self.reference_day)
        return None if day is None else min(day, self.said_on)

    def registered(self, entry: Table) -> date:
        """Give the day of an entry in a register that dates every row."""
        return self.updated(entry) or min(self.reference_day - timedelta(days=_age_of(entry)), self.said_on)


def _age_of(entry: Table) -> int:
    digest = hashlib.sha256(f"{entry.text('commune')} {entry.text('nom')}".encode()).digest()
    return _FRESHEST + int.from_bytes(digest[:4], "big") % (_STALEST - _FRESHEST)
