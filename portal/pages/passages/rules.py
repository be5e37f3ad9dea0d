"""Which seven days, around where: the question of the page of passages, as a value that goes to an address and back."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from urllib.parse import urlencode

from portal.core.text import tidy
from portal.geography.points import Point, read_point
from portal.search.requests import Adjustment

USUAL_RADIUS = 10
RADII = (5, 10, 20, 30)
"""Kilometres one may choose: what passes farther away is no help."""
LONGEST_PLACE = 100
MOST_SHEETS = 2
_FRIDAY = 4
WEEK = timedelta(weeks=1)
FARTHEST = 12
"""Weeks from today on that are written out."""


@dataclass(frozen=True)
class PassagesRequest:
    """What passes in seven days, around one place."""

    first: date
    """The first of them: on a Saturday two days of a calendar week would be left."""
    where: str | Point = ""
    radius: int = USUAL_RADIUS
    theme: str = ""
    """Slug of a family."""
    sheets: int = 1
    """On how many sheets of paper its poster stands."""

    def parameters(self, today: date) -> dict[str, str]:
        """Give the parameters of its address, in order; the days from today on go without saying."""
        written = {
            "feuilles": "" if self.sheets == 1 else str(self.sheets),
            "ou": str(self.where),
            "rayon": "" if self.radius == USUAL_RADIUS else str(self.radius),
            "semaine": "" if self.first == today else _written(self.first),
            "theme": self.theme,
        }
        return {name: value for name, value in written.items() if value}

    def address(self, today: date, path: str = "/passages") -> str:
        """Write its address."""
        query = urlencode(self.parameters(today))
        return f"{path}?{query}" if query else path

    @property
    def last(self) -> date:
        """Give the last of the days."""
        return self.first + WEEK - timedelta(days=1)

    def later(self, n_weeks: int) -> "PassagesRequest":
        """Ask the same for later days, or earlier ones."""
        return replace(self, first=self.first + n_weeks * WEEK)


def poster_week(today: date) -> date:
    """Give the first day a notice board is made for: from Friday on, next Monday's week."""
    return today if today.weekday() < _FRIDAY else today + timedelta(days=7 - today.weekday())


def read_passages(
    given: Mapping[str, str], *, themes: frozenset[str], today: date, usual: date | None = None
) -> PassagesRequest:
    """Read the parameters of an address; what cannot be used is left aside, what is too far is brought back.

    Seven days begin today unless others are `usual`.
    """
    text = given.get("ou", "")[:LONGEST_PLACE]
    point, _ = read_point(text)
    theme = given.get("theme", "")
    return PassagesRequest(
        first=_first(given.get("semaine", ""), today, usual or today),
        where=tidy(text) if point is None else point.cut(),
        radius=_radius(given.get("rayon", "")),
        theme=theme if theme in themes else "",
        sheets=MOST_SHEETS if given.get("feuilles", "").strip() == str(MOST_SHEETS) else 1,
    )


def adjusted_passages(
    given: Mapping[str, Sequence[str]], asked: PassagesRequest, *, themes: Collection[str], today: date
) -> Iterator[Adjustment]:
    """Say which values of an address were not taken as they stand: a page shows other ones, a diary refuses.

    What is said of each is for who writes the answer.
    """
    first = {name: values[0].strip()[:LONGEST_PLACE] for name, values in given.items() if values}
    for name in ("ou", "rayon", "semaine", "theme"):
        values = [*dict.fromkeys(value for value in given.get(name, ()) if value.strip())]
        if len(values) > 1:
            yield Adjustment(name, ", ".join(values)[:LONGEST_PLACE], first[name], "", (first[name],))
    radius, week, theme = (first.get(name, "") for name in ("rayon", "semaine", "theme"))
    if radius and radius != str(asked.radius):
        yield Adjustment("rayon", radius, str(asked.radius), "", tuple(map(str, RADII)))
    if week and not _is_taken(week, asked.first, today):
        yield Adjustment("semaine", week, _written(asked.first), "", ("2026-W49", "2026-12-05"))
    if theme and theme != asked.theme:
        yield Adjustment("theme", theme, "", "", tuple(sorted(themes)))


def _is_taken(week: str, first: date, today: date) -> bool:
    """Tell whether the days asked for are those that are shown; of a week that has begun, its rest is."""
    try:
        asked = date.fromisoformat(week)
    except ValueError:
        return False
    return asked == first or asked <= today < asked + WEEK


def _written(day: date) -> str:
    """Write the first day as addresses do: 2026-W49 for a Monday, 2026-12-05 for another day."""
    year, week, weekday = day.isocalendar()
    return f"{year}-W{week:02}" if weekday == 1 else day.isoformat()


def _first(text: str, today: date, usual: date) -> date:
    """Read a week or a day; what has passed begins today."""
    try:
        asked = date.fromisoformat(text[:10])
    except ValueError:
        return usual
    return min(max(asked, today), today + FARTHEST * WEEK)


def _radius(text: str) -> int:
    digits = text.strip()[:3]
    asked = int(digits) if digits.isascii() and digits.isdecimal() else USUAL_RADIUS
    return min(RADII, key=lambda radius: (abs(radius - asked), radius))
