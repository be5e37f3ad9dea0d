"""Which week, around where: the question of the page of passages, as a value that goes to an address and back."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from urllib.parse import urlencode

from portal.core.text import tidy
from portal.geography.points import Point, read_point

USUAL_RADIUS = 10
RADII = (5, 10, 20, 30)
"""Kilometres one may choose: what passes farther away is no help."""
LONGEST_PLACE = 100
WEEK = timedelta(weeks=1)
FARTHEST = 12
"""Weeks after this one that are written out."""


@dataclass(frozen=True)
class PassagesRequest:
    """What passes in one week, around one place."""

    monday: date
    """Of the week."""
    where: str | Point = ""
    radius: int = USUAL_RADIUS
    theme: str = ""
    """Slug of a family."""

    def parameters(self, today: date) -> dict[str, str]:
        """Give the parameters of its address, in order; this week goes without saying."""
        written = {
            "ou": str(self.where),
            "rayon": "" if self.radius == USUAL_RADIUS else str(self.radius),
            "semaine": "" if self.monday == monday_of(today) else week_code(self.monday),
            "theme": self.theme,
        }
        return {name: value for name, value in written.items() if value}

    def address(self, today: date, path: str = "/passages") -> str:
        """Write its address."""
        query = urlencode(self.parameters(today))
        return f"{path}?{query}" if query else path

    def days(self, today: date) -> tuple[date, date]:
        """Give the first and last day shown: what has passed is left out."""
        return max(self.monday, today), self.monday + timedelta(days=6)

    def later(self, n_weeks: int) -> "PassagesRequest":
        """Ask the same for a later week, or an earlier one."""
        return replace(self, monday=self.monday + n_weeks * WEEK)


def read_passages(given: Mapping[str, str], *, themes: frozenset[str], today: date) -> PassagesRequest:
    """Read the parameters of an address; what cannot be used is left aside, what is too far is brought back."""
    text = given.get("ou", "")[:LONGEST_PLACE]
    point, _ = read_point(text)
    theme = given.get("theme", "")
    return PassagesRequest(
        monday=_monday(given.get("semaine", ""), today),
        where=tidy(text) if point is None else point.cut(),
        radius=_radius(given.get("rayon", "")),
        theme=theme if theme in themes else "",
    )


def monday_of(day: date) -> date:
    """Give the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def week_code(monday: date) -> str:
    """Name a week as addresses do: 2026-W49."""
    year, week, _ = monday.isocalendar()
    return f"{year}-W{week:02}"


def _monday(text: str, today: date) -> date:
    """Read a week, or any day of it."""
    this_week = monday_of(today)
    try:
        asked = monday_of(date.fromisoformat(text[:10]))
    except ValueError:
        return this_week
    return min(max(asked, this_week), this_week + FARTHEST * WEEK)


def _radius(text: str) -> int:
    digits = text.strip()[:3]
    asked = int(digits) if digits.isascii() and digits.isdecimal() else USUAL_RADIUS
    return min(RADII, key=lambda radius: (abs(radius - asked), radius))
