"""What time it is in the territory; the only place of the portal that asks the machine."""

from datetime import UTC, date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo


class Clock(Protocol):
    """Tell the time of the territory."""

    @property
    def zone(self) -> ZoneInfo:
        """Name the time zone of the territory."""
        ...

    def now(self) -> datetime:
        """Tell the present instant, aware, in the territory's zone."""
        ...

    def today(self) -> date:
        """Tell today's date in the territory."""
        ...


class SystemClock:
    """Tell the time of the machine, as the territory reads it."""

    def __init__(self, zone: ZoneInfo | str = "Europe/Paris") -> None:
        self.zone = ZoneInfo(str(zone))

    def now(self) -> datetime:
        """Tell the present instant, aware, in the territory's zone."""
        return datetime.now(UTC).astimezone(self.zone)

    def today(self) -> date:
        """Tell today's date in the territory."""
        return self.now().date()


class FixedClock:
    """Stand still at an instant until told to advance."""

    def __init__(self, instant: datetime, zone: ZoneInfo | str = "Europe/Paris") -> None:
        self.zone = ZoneInfo(str(zone))
        # A naive instant is territory time; an aware one keeps its instant. Counting in UTC keeps
        # `advance` right across the nights when summer time begins or ends.
        aware = instant.replace(tzinfo=self.zone) if instant.tzinfo is None else instant
        self._instant = aware.astimezone(UTC)

    def now(self) -> datetime:
        """Tell the instant the clock stands at, aware, in the territory's zone."""
        return self._instant.astimezone(self.zone)

    def today(self) -> date:
        """Tell the date the clock stands at in the territory."""
        return self.now().date()

    def advance(self, by: timedelta) -> None:
        """Move on by a length of real time."""
        self._instant += by
